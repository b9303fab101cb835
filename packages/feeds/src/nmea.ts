import { expectedLength, intAt, lengthFits, messageTypeOf, uintAt } from '@offing/ais';
import { AIS_CLASS, MISSING_16, MISSING_8, NO_COORDINATE, NO_STATIC, reserve } from '@offing/track';
import { isShipMmsi, mmsiKind } from '@offing/units';
import type { FeedOutput, FeedReader, FeedReaderOptions, RejectCode } from './feed.ts';
import { futureText, staleText } from './future.ts';
import { recordingClock } from './nmea-clock.ts';
import { nmeaFrames } from './nmea-frames.ts';
import type { NmeaFrame } from './nmea-frames.ts';
import { staticReader } from './nmea-statics.ts';

/** What to do with each message type: bit 1 it has a position, bit 2 it has a static report; 0 it is counted only. */
const CARRIES = makeCarries();
const POSITION = 1;
const STATIC = 2;

/** Where the fields of a position report start (ITU-R M.1371-5, annex 8, 3.1, 3.16, 3.17); in bits. */
type PositionLayout = {
  readonly sog: number;
  readonly lon: number;
  readonly lat: number;
  readonly cog: number;
  readonly heading: number;
  readonly second: number;
};
const CLASS_A: PositionLayout = { sog: 50, lon: 61, lat: 89, cog: 116, heading: 128, second: 137 };
const CLASS_B: PositionLayout = { sog: 46, lon: 57, lat: 85, cog: 112, heading: 124, second: 133 };

/** Names under which unused types are counted, made once. */
const TYPE_NAMES = Array.from({ length: 64 }, (_, type) => `type-${type}`);

function makeCarries(): Uint8Array {
  const table = new Uint8Array(64);
  for (const type of [1, 2, 3, 18, 27]) table[type] = 1;
  for (const type of [5, 24]) table[type] = 2;
  table[19] = 3;
  return table;
}

/**
 * Returns a reader of NMEA 0183 AIVDM and AIVDO lines that appends the ships' position and static reports (types 1, 2, 3, 5,
 * 18, 19, 24, 27) to the output's records; all else is counted by `type-<n>` or `mmsi-<kind>`, or refused with a code.
 * Without any time in the recording, records take `startAt` moved on by the UTC seconds inside the messages.
 */
export function nmeaReader(out: FeedOutput, options: FeedReaderOptions): FeedReader {
  const { records } = out;
  const { latestAt = Infinity, live } = options;
  const clock = recordingClock(options.startAt);
  const statics = staticReader(out.statics);
  // The fields of the position at hand, kept here and not in an object: a call per field would cost more than the field.
  let lon = NO_COORDINATE;
  let lat = NO_COORDINATE;
  let sog = MISSING_16;
  let cog = MISSING_16;
  let heading = MISSING_16;
  let second = MISSING_8;

  const refuse = (frame: NmeaFrame, code: RejectCode, why: string): void => {
    out.reject(code, frame.line, frame.raw(), why);
  };

  function readPosition(words: Uint32Array, layout: PositionLayout): void {
    const rawSog = uintAt(words, layout.sog, 10);
    const rawCog = uintAt(words, layout.cog, 12);
    const rawHeading = uintAt(words, layout.heading, 9);
    const rawSecond = uintAt(words, layout.second, 6);
    lon = intAt(words, layout.lon, 28);
    lat = intAt(words, layout.lat, 27);
    sog = rawSog === 1023 ? MISSING_16 : rawSog;
    cog = rawCog >= 3600 ? MISSING_16 : rawCog;
    heading = rawHeading >= 360 ? MISSING_16 : rawHeading;
    second = rawSecond >= 60 ? MISSING_8 : rawSecond;
  }

  function readLongRange(words: Uint32Array): void {
    const rawSog = uintAt(words, 79, 6);
    const rawCog = uintAt(words, 85, 9);
    // Tenths of a minute here, ten-thousandths in the other types; exact, as both are integers.
    lon = intAt(words, 44, 18) * 1000;
    lat = intAt(words, 62, 17) * 1000;
    sog = rawSog === 63 ? MISSING_16 : rawSog * 10;
    cog = rawCog >= 360 ? MISSING_16 : rawCog * 10;
    heading = MISSING_16;
    second = MISSING_8;
  }

  function readFields(type: number, words: Uint32Array): void {
    if (type === 27) readLongRange(words);
    else if (type <= 3) readPosition(words, CLASS_A);
    else readPosition(words, CLASS_B);
  }

  /** Returns the code for a position that cannot be used, or null. `lon` and `lat` are in 1/10,000 minute. */
  function positionFault(): RejectCode | null {
    if (lon === 108_600_000 || lat === 54_600_000) return 'no-position';
    if (lon > 108_000_000 || lon < -108_000_000 || lat > 54_000_000 || lat < -54_000_000)
      return 'position-range';
    return lon === 0 && lat === 0 ? 'position-zero' : null;
  }

  function takeFrame(frame: NmeaFrame): void {
    const { bits } = frame;
    const type = messageTypeOf(bits);
    if (!Number.isNaN(frame.at)) clock.stop();
    if (bits.length < 6) return refuse(frame, 'unsupported-length', `payload has ${bits.length} bits`);
    if (type < 1 || type > 27)
      return refuse(frame, 'unknown-type', `message type is ${type}, expected 1 to 27`);
    if (!lengthFits(type, bits))
      return refuse(
        frame,
        'unsupported-length',
        `type ${type} has ${bits.length} bits, expected ${expectedLength(type)}`,
      );
    const carries = CARRIES[type];
    if (carries === 0) return out.count(TYPE_NAMES[type]);
    if (type === 24 && uintAt(bits.words, 38, 2) > 1)
      return refuse(frame, 'unknown-type', `type 24 part ${uintAt(bits.words, 38, 2)}, expected 0 or 1`);
    takeReport(frame, type, carries);
  }

  function takeReport(frame: NmeaFrame, type: number, carries: number): void {
    const words = frame.bits.words;
    if ((carries & POSITION) !== 0) {
      readFields(type, words);
      if (second !== MISSING_8) clock.sawSecond(second);
    }
    const mmsi = uintAt(words, 8, 30);
    if (!isShipMmsi(mmsi)) return takeOther(frame, mmsi);
    const fault = (carries & POSITION) === 0 ? 'no-position' : positionFault();
    if (fault !== null && (carries & POSITION) !== 0) out.count('without-position');
    if (fault !== null && (carries & STATIC) === 0) return refuse(frame, fault, positionText());
    const at = instantOf(frame);
    if (Number.isNaN(at)) {
      const why = frame.timeFault === '' ? 'neither the line nor a start time says when' : frame.timeFault;
      return refuse(frame, frame.timeFault === '' ? 'no-time' : 'bad-time', why);
    }
    const latest = live === undefined ? latestAt : live.latestAt;
    if (at > latest) return refuse(frame, 'future-time', futureText(at, latest));
    if (live !== undefined && at < live.earliestAt)
      return refuse(frame, 'stale', staleText(at, live.earliestAt));
    append(frame, type, mmsi, at, fault === null);
    if ((carries & STATIC) !== 0) records.staticId[records.length] = statics.idOf(type, frame.bits);
    records.length++;
    out.took?.(records.length - 1, frame.raw());
  }

  /** A time that the line gave and that cannot be read is a fault; the time of receipt stands in only where it gave none. */
  function instantOf(frame: NmeaFrame): number {
    if (!Number.isNaN(frame.at)) return frame.at;
    return live !== undefined && frame.timeFault === '' ? live.receivedAt : clock.at;
  }

  function takeOther(frame: NmeaFrame, mmsi: number): void {
    if (mmsi === 0 || mmsi > 999_999_999) refuse(frame, 'no-mmsi', `MMSI is ${mmsi}, expected nine digits`);
    else out.count(`mmsi-${mmsiKind(mmsi)}`);
  }

  function positionText(): string {
    return `longitude ${lon / 600_000}, latitude ${lat / 600_000}`;
  }

  function append(frame: NmeaFrame, type: number, mmsi: number, at: number, located: boolean): void {
    const row = records.length;
    if (row >= records.at.length) reserve(records, row + 1);
    const classA = type <= 5 || type === 27;
    const moves = CARRIES[type] !== STATIC;
    records.at[row] = at;
    records.receivedAt[row] =
      live !== undefined && Number.isNaN(frame.receivedAt) ? live.receivedAt : frame.receivedAt;
    records.mmsi[row] = mmsi;
    records.lonE7[row] = located ? Math.round((lon * 50) / 3) : NO_COORDINATE;
    records.latE7[row] = located ? Math.round((lat * 50) / 3) : NO_COORDINATE;
    records.sogDkn[row] = moves ? sog : MISSING_16;
    records.cogDdeg[row] = moves ? cog : MISSING_16;
    records.headingDeg[row] = moves ? heading : MISSING_16;
    records.navStatus[row] = moves && classA ? uintAt(frame.bits.words, type === 27 ? 40 : 38, 4) : MISSING_8;
    records.utcSecond[row] = moves ? second : MISSING_8;
    records.messageType[row] = type;
    records.aisClass[row] = classA ? AIS_CLASS.A : AIS_CLASS.B;
    records.receiverKind[row] = frame.receiverKind;
    records.feed[row] = options.feed;
    records.staticId[row] = NO_STATIC;
  }

  return nmeaFrames({ frame: takeFrame, reject: out.reject.bind(out), count: out.count.bind(out) });
}
