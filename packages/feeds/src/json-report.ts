import {
  AIS_CLASS,
  MISSING_16,
  MISSING_8,
  NO_COORDINATE,
  NO_STATIC,
  RECEIVER_KIND,
  reserve,
  type StaticReport,
} from '@offing/track';
import { isShipMmsi, mmsiKind } from '@offing/units';
import type { FeedOutput, FeedReaderOptions, RejectCode } from './feed.ts';
import { futureText, staleText } from './future.ts';

/** What a source said in one object of JSON, in our units; null for what it did not say. */
export type JsonReport = {
  readonly mmsi: number | null;
  /** ms since 1970; NaN for a time that cannot be read, null for none. */
  readonly at: number | null;
  /** AIS message type 1 to 27; 0 when the source does not tell. */
  readonly messageType: number;
  /** Degrees; null for a report that has no place for a position. */
  readonly position: { readonly lon: number | null; readonly lat: number | null } | null;
  readonly sogKn?: number | null;
  readonly cogDeg?: number | null;
  readonly headingDeg?: number | null;
  readonly navStatus?: number | null;
  readonly utcSecond?: number | null;
  /** One of AIS_CLASS, where the source tells it other than by the message type. */
  readonly aisClass?: number;
  readonly statics?: StaticReport | null;
  /** When the source's own station received it, where it says so beside `at`. */
  readonly receivedAt?: number | null;
};

/** Takes reports into the output's records, or counts and refuses them with a code as nmeaReader does. */
export type TakeReport = (report: JsonReport, line: number, raw: Uint8Array) => void;

/** Speed that says "not available", in 0.1 kn; 1022 says 102.2 kn or more (ITU-R M.1371-5, annex 8, 3.1). */
const NO_SOG_DKN = 1023;
const CLASS_B_TYPES: ReadonlySet<number> = new Set([18, 19, 24]);

/** Returns a function that appends reports to the output's records. */
export function reportTaker(out: FeedOutput, options: FeedReaderOptions): TakeReport {
  const { records } = out;

  /** Returns the code and the reason for which an instant is refused, or null. */
  function timeFault(at: number): readonly [RejectCode, string] | null {
    const { live } = options;
    if (Number.isNaN(at)) return ['bad-time', 'the time is none that can be read, expected 2000 to 2099'];
    const latest = live === undefined ? (options.latestAt ?? Infinity) : live.latestAt;
    if (at > latest) return ['future-time', futureText(at, latest)];
    if (live !== undefined && at < live.earliestAt) return ['stale', staleText(at, live.earliestAt)];
    return null;
  }

  function append(report: JsonReport, mmsi: number, at: number, located: boolean): void {
    const row = records.length;
    if (row >= records.at.length) reserve(records, row + 1);
    const { position, messageType, statics } = report;
    const aisClass = report.aisClass ?? classOf(messageType);
    records.at[row] = at;
    records.receivedAt[row] = orNone(report.receivedAt ?? options.live?.receivedAt);
    records.mmsi[row] = mmsi;
    records.lonE7[row] = located ? Math.round((position?.lon ?? 0) * 1e7) : NO_COORDINATE;
    records.latE7[row] = located ? Math.round((position?.lat ?? 0) * 1e7) : NO_COORDINATE;
    records.sogDkn[row] = within(report.sogKn, 10, NO_SOG_DKN);
    records.cogDdeg[row] = within(report.cogDeg, 10, 3600);
    records.headingDeg[row] = within(report.headingDeg, 1, 360);
    records.navStatus[row] = aisClass === AIS_CLASS.B ? MISSING_8 : code(report.navStatus, 15);
    records.utcSecond[row] = code(report.utcSecond, 59);
    records.messageType[row] = messageType;
    records.aisClass[row] = aisClass;
    records.receiverKind[row] = RECEIVER_KIND.unknown;
    records.feed[row] = options.feed;
    records.staticId[row] = statics == null ? NO_STATIC : out.statics.intern(statics);
    records.length = row + 1;
  }

  return (report, line, raw) => {
    const { mmsi } = report;
    if (mmsi === null || !isShipMmsi(mmsi) || !Number.isInteger(mmsi)) {
      if (mmsi !== null && Number.isInteger(mmsi) && mmsi > 0 && mmsi <= 999_999_999)
        return out.count(`mmsi-${mmsiKind(mmsi)}`);
      return out.reject('no-mmsi', line, raw, `MMSI is ${mmsi ?? 'missing'}, expected nine digits`);
    }
    const fault = positionFault(report.position);
    const says = report.statics != null;
    if (fault !== null && (fault !== 'no-position' || !says))
      return out.reject(fault, line, raw, positionText(report.position));
    const at = report.at ?? options.live?.receivedAt ?? options.startAt;
    if (at === null) return out.reject('no-time', line, raw, 'nothing says when');
    const refused = timeFault(at);
    if (refused !== null) return out.reject(refused[0], line, raw, refused[1]);
    if (fault !== null && report.position !== null) out.count('without-position');
    append(report, mmsi, at, fault === null);
    out.took?.(records.length - 1, raw);
  };
}

/** Returns the code for a position that cannot be used, or null. */
function positionFault(position: JsonReport['position']): RejectCode | null {
  if (position === null) return 'no-position';
  const { lon, lat } = position;
  if (lon === null || lat === null || lon === 181 || lat === 91) return 'no-position';
  if (lon > 180 || lon < -180 || lat > 90 || lat < -90) return 'position-range';
  return lon === 0 && lat === 0 ? 'position-zero' : null;
}

function positionText(position: JsonReport['position']): string {
  return `longitude ${position?.lon ?? 'missing'}, latitude ${position?.lat ?? 'missing'}`;
}

function classOf(messageType: number): number {
  if (messageType === 0) return AIS_CLASS.unknown;
  return CLASS_B_TYPES.has(messageType) ? AIS_CLASS.B : AIS_CLASS.A;
}

/** Returns a value in units of `1 / scale` below `end`, or MISSING_16: what is at or above it says "not available". */
function within(value: number | null | undefined, scale: number, end: number): number {
  if (value == null || value < 0 || value * scale >= end) return MISSING_16;
  const scaled = Math.round(value * scale);
  // 359.97 is north.
  return scaled === end && end !== NO_SOG_DKN ? 0 : scaled;
}

function code(value: number | null | undefined, most: number): number {
  return value != null && Number.isInteger(value) && value >= 0 && value <= most ? value : MISSING_8;
}

function orNone(at: number | undefined): number {
  return at ?? NaN;
}
