import { expectedLength, intAt, lengthFits, messageTypeOf, uintAt } from '@offing/ais';
import { AIS_CLASS, MISSING_16, MISSING_8, NO_COORDINATE, NO_STATIC, reserve } from '@offing/track';
import { isShipMmsi, mmsiKind } from '@offing/units';
import type { FeedOutput, FeedReader, FeedReaderOptions, LiveMoment, RejectCode } from './feed.ts';
import { futureText, staleText } from './future.ts';
import { recordingClock, sawSecond, stopClock } from './nmea-clock.ts';
import type { RecordingClock } from './nmea-clock.ts';
import { rawOf } from './nmea-frame.ts';
import type { NmeaFrame } from './nmea-frame.ts';
import { nmeaFrames } from './nmea-frames.ts';
import { staticReader } from './nmea-statics.ts';
import type { StaticReader } from './nmea-statics.ts';

/** What to do with each message type: bit 1 it has a position, bit 2 it has a static report; 0 it is counted only. */
const CARRIES = makeCarries();
const POSITION = 1;
const STATIC = 2;

/**
 * What it takes to make records of messages, with the fields of the position at hand. The functions below get it as their first
 * argument and are not made anew for each feed: the engine compiles them for all feeds as well as for one.
 */
type RecordMaker = {
  readonly out: FeedOutput;
  readonly feed: number;
  readonly latestAt: number;
  readonly live: LiveMoment | undefined;
  readonly clock: RecordingClock;
  readonly statics: StaticReader;
  lon: number;
  lat: number;
  sog: number;
  cog: number;
  heading: number;
  second: number;
};

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
  const maker: RecordMaker = {
    out,
    feed: options.feed,
    latestAt: options.latestAt ?? Infinity,
    live: options.live,
    clock: recordingClock(options.startAt),
    statics: staticReader(out.statics),
    lon: NO_COORDINATE,
    lat: NO_COORDINATE,
    sog: MISSING_16,
    cog: MISSING_16,
    heading: MISSING_16,
    second: MISSING_8,
  };
  return nmeaFrames({
    frame: (frame) => {
      takeFrame(maker, frame);
    },
    reject: out.reject.bind(out),
    count: out.count.bind(out),
  });
}

function takeFrame(maker: RecordMaker, frame: NmeaFrame): void {
  const { bits } = frame;
  const type = messageTypeOf(bits);
  if (!Number.isNaN(frame.at)) stopClock(maker.clock);
  if (bits.length < 6) return refuse(maker, frame, 'unsupported-length', `payload has ${bits.length} bits`);
  if (type < 1 || type > 27)
    return refuse(maker, frame, 'unknown-type', `message type is ${type}, expected 1 to 27`);
  if (!lengthFits(type, bits)) {
    const why = `type ${type} has ${bits.length} bits, expected ${expectedLength(type)}`;
    return refuse(maker, frame, 'unsupported-length', why);
  }
  const carries = CARRIES[type];
  if (carries === 0) return maker.out.count(TYPE_NAMES[type]);
  if (type === 24 && uintAt(bits.words, 38, 2) > 1) {
    const why = `type 24 part ${uintAt(bits.words, 38, 2)}, expected 0 or 1`;
    return refuse(maker, frame, 'unknown-type', why);
  }
  takeReport(maker, frame, type, carries);
}

function takeReport(maker: RecordMaker, frame: NmeaFrame, type: number, carries: number): void {
  const { out, live } = maker;
  const { records } = out;
  const words = frame.bits.words;
  if ((carries & POSITION) !== 0) {
    readFields(maker, type, words);
    if (maker.second !== MISSING_8) sawSecond(maker.clock, maker.second);
  }
  const mmsi = uintAt(words, 8, 30);
  if (!isShipMmsi(mmsi)) return takeOther(maker, frame, mmsi);
  const fault = (carries & POSITION) === 0 ? 'no-position' : positionFault(maker.lon, maker.lat);
  if (fault !== null && (carries & POSITION) !== 0) out.count('without-position');
  if (fault !== null && (carries & STATIC) === 0) return refuse(maker, frame, fault, positionText(maker));
  const at = instantOf(maker, frame);
  if (Number.isNaN(at)) return refuseWithoutTime(maker, frame);
  const latest = live === undefined ? maker.latestAt : live.latestAt;
  if (at > latest) return refuse(maker, frame, 'future-time', futureText(at, latest));
  if (live !== undefined && at < live.earliestAt)
    return refuse(maker, frame, 'stale', staleText(at, live.earliestAt));
  append(maker, frame, type, mmsi, at, fault === null);
  if ((carries & STATIC) !== 0) records.staticId[records.length] = maker.statics.idOf(type, frame.bits);
  records.length++;
  out.took?.(records.length - 1, rawOf(frame));
}

function readFields(maker: RecordMaker, type: number, words: Uint32Array): void {
  if (type === 27) readLongRange(maker, words);
  else if (type <= 3) readPosition(maker, words, CLASS_A);
  else readPosition(maker, words, CLASS_B);
}

function readPosition(maker: RecordMaker, words: Uint32Array, layout: PositionLayout): void {
  const sog = uintAt(words, layout.sog, 10);
  const cog = uintAt(words, layout.cog, 12);
  const heading = uintAt(words, layout.heading, 9);
  const second = uintAt(words, layout.second, 6);
  maker.lon = intAt(words, layout.lon, 28);
  maker.lat = intAt(words, layout.lat, 27);
  maker.sog = sog === 1023 ? MISSING_16 : sog;
  maker.cog = cog >= 3600 ? MISSING_16 : cog;
  maker.heading = heading >= 360 ? MISSING_16 : heading;
  maker.second = second >= 60 ? MISSING_8 : second;
}

function readLongRange(maker: RecordMaker, words: Uint32Array): void {
  const sog = uintAt(words, 79, 6);
  const cog = uintAt(words, 85, 9);
  // Tenths of a minute here, ten-thousandths in the other types; exact, as both are integers.
  maker.lon = intAt(words, 44, 18) * 1000;
  maker.lat = intAt(words, 62, 17) * 1000;
  maker.sog = sog === 63 ? MISSING_16 : sog * 10;
  maker.cog = cog >= 360 ? MISSING_16 : cog * 10;
  maker.heading = MISSING_16;
  maker.second = MISSING_8;
}

/** Returns the code for a position in 1/10,000 minute that cannot be used, or null. */
function positionFault(lon: number, lat: number): RejectCode | null {
  if (lon === 108_600_000 || lat === 54_600_000) return 'no-position';
  if (lon > 108_000_000 || lon < -108_000_000 || lat > 54_000_000 || lat < -54_000_000)
    return 'position-range';
  return lon === 0 && lat === 0 ? 'position-zero' : null;
}

/** A time that the line gave and that cannot be read is a fault; the time of receipt stands in only where it gave none. */
function instantOf({ live, clock }: RecordMaker, frame: NmeaFrame): number {
  if (!Number.isNaN(frame.at)) return frame.at;
  return live !== undefined && frame.timeFault === '' ? live.receivedAt : clock.at;
}

function append(
  maker: RecordMaker,
  frame: NmeaFrame,
  type: number,
  mmsi: number,
  at: number,
  located: boolean,
): void {
  const { live } = maker;
  const { records } = maker.out;
  const row = records.length;
  if (row >= records.at.length) reserve(records, row + 1);
  const classA = type <= 5 || type === 27;
  const moves = CARRIES[type] !== STATIC;
  records.at[row] = at;
  records.receivedAt[row] =
    live !== undefined && Number.isNaN(frame.receivedAt) ? live.receivedAt : frame.receivedAt;
  records.mmsi[row] = mmsi;
  records.lonE7[row] = located ? Math.round((maker.lon * 50) / 3) : NO_COORDINATE;
  records.latE7[row] = located ? Math.round((maker.lat * 50) / 3) : NO_COORDINATE;
  records.sogDkn[row] = moves ? maker.sog : MISSING_16;
  records.cogDdeg[row] = moves ? maker.cog : MISSING_16;
  records.headingDeg[row] = moves ? maker.heading : MISSING_16;
  records.navStatus[row] = moves && classA ? uintAt(frame.bits.words, type === 27 ? 40 : 38, 4) : MISSING_8;
  records.utcSecond[row] = moves ? maker.second : MISSING_8;
  records.messageType[row] = type;
  records.aisClass[row] = classA ? AIS_CLASS.A : AIS_CLASS.B;
  records.receiverKind[row] = frame.receiverKind;
  records.feed[row] = maker.feed;
  records.staticId[row] = NO_STATIC;
}

function takeOther(maker: RecordMaker, frame: NmeaFrame, mmsi: number): void {
  if (mmsi === 0 || mmsi > 999_999_999)
    refuse(maker, frame, 'no-mmsi', `MMSI is ${mmsi}, expected nine digits`);
  else maker.out.count(`mmsi-${mmsiKind(mmsi)}`);
}

function refuse({ out }: RecordMaker, frame: NmeaFrame, code: RejectCode, why: string): void {
  out.reject(code, frame.line, rawOf(frame), why);
}

function refuseWithoutTime(maker: RecordMaker, frame: NmeaFrame): void {
  if (frame.timeFault === '') refuse(maker, frame, 'no-time', 'neither the line nor a start time says when');
  else refuse(maker, frame, 'bad-time', frame.timeFault);
}

function positionText({ lon, lat }: RecordMaker): string {
  return `longitude ${lon / 600_000}, latitude ${lat / 600_000}`;
}
