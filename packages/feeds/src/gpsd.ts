import type { StaticReport } from '@offing/track';
import type { FeedOutput, FeedReaderOptions } from './feed.ts';
import { jsonFeed, type MessageReader } from './json-feed.ts';
import { reportTaker, type JsonReport, type TakeReport } from './json-report.ts';
import {
  instantIn,
  isObject,
  numberIn,
  positiveIn,
  sumIn,
  textIn,
  writtenEta,
  type JsonObject,
} from './json-value.ts';

const POSITION_TYPES: ReadonlySet<number> = new Set([1, 2, 3, 18, 19, 27]);
const STATIC_TYPES: ReadonlySet<number> = new Set([5, 19, 24]);

/** Fields in which writers of gpsd's shape put the time; gpsd itself sends none. */
const TIME_FIELDS = ['rxuxtime', 'rxtime', 'tagblock_timestamp', 'timestamp'];

/** What the writers of gpsd's shape do differently. */
export type GpsdDialect = {
  /** Whether scaled positions of type 27 are rounded to 0.1 degrees, six nautical miles. */
  readonly roundsLongRange: boolean;
};

/**
 * Returns a reader of gpsd's reports of class AIS (gpsd_json(5), "AIS DUMP FORMATS"), scaled or not, one a line. Reports of
 * other classes are counted. A scaled position of type 27 is rounded to 0.1 degrees there and counted as
 * `rounded-position`: ask for unscaled reports.
 */
export function gpsdReader(out: FeedOutput, options: FeedReaderOptions): MessageReader {
  const take = reportTaker(out, options);
  return jsonFeed(out, options, (value, line, raw) => {
    takeGpsdObject(value, { roundsLongRange: true }, out, take, line, raw);
  });
}

/** Takes one report in gpsd's shape into the records, or counts or refuses it. */
export function takeGpsdObject(
  value: unknown,
  dialect: GpsdDialect,
  out: FeedOutput,
  take: TakeReport,
  line: number,
  raw: Uint8Array,
): void {
  if (!isObject(value)) return out.reject('malformed', line, raw, 'the report is no object');
  if (value['class'] !== undefined && value['class'] !== 'AIS') return out.count('other-class');
  const type = numberIn(value, 'type');
  if (type === null || !Number.isInteger(type) || type < 1 || type > 27)
    return out.reject('unknown-type', line, raw, `message type is ${type ?? 'missing'}, expected 1 to 27`);
  if (!POSITION_TYPES.has(type) && !STATIC_TYPES.has(type)) return out.count(`type-${type}`);
  const scaled = value['scaled'] !== false;
  if (type === 27 && scaled && dialect.roundsLongRange) return out.count('rounded-position');
  take(reportOf(value, type, scaled), line, raw);
}

function reportOf(value: JsonObject, type: number, scaled: boolean): JsonReport {
  const timeField = TIME_FIELDS.find((field) => value[field] !== undefined);
  const report = {
    mmsi: numberIn(value, 'mmsi'),
    at: timeField === undefined ? null : instantIn(value, timeField),
    messageType: type,
    statics: STATIC_TYPES.has(type) ? staticsOf(value, type, scaled) : null,
  };
  if (!POSITION_TYPES.has(type)) return { ...report, position: null };
  const isLong = type === 27;
  // Unscaled: 1/10,000 minute, in type 27 1/10 minute, whole knots and degrees.
  const degree = scaled ? 1 : isLong ? 600 : 600_000;
  const tenth = scaled || isLong ? 1 : 10;
  const divided = (field: string, by: number): number | null => {
    const sent = numberIn(value, field);
    return sent === null ? null : sent / by;
  };
  const speed = divided('speed', tenth);
  return {
    ...report,
    position: { lon: divided('lon', degree), lat: divided('lat', degree) },
    sogKn: isLong && speed === 63 ? null : speed,
    cogDeg: divided('course', tenth),
    headingDeg: isLong ? null : numberIn(value, 'heading'),
    navStatus: numberIn(value, 'status'),
    utcSecond: isLong ? null : numberIn(value, 'second'),
  };
}

function staticsOf(value: JsonObject, type: number, scaled: boolean): StaticReport {
  const size = {
    lengthM: sumIn(value, 'to_bow', 'to_stern'),
    beamM: sumIn(value, 'to_port', 'to_starboard'),
  };
  const name = { shipName: textIn(value, 'shipname') };
  if (type === 19) return { ...name, shipType: positiveIn(value, 'shiptype'), ...size };
  if (type === 24) {
    const hasA = 'shipname' in value;
    const hasB = 'callsign' in value || 'shiptype' in value;
    const b = { callSign: textIn(value, 'callsign'), shipType: positiveIn(value, 'shiptype'), ...size };
    return { ...(hasA ? name : {}), ...(hasB ? b : {}) };
  }
  const draught = positiveIn(value, 'draught');
  return {
    ...name,
    imoNumber: positiveIn(value, 'imo'),
    callSign: textIn(value, 'callsign'),
    shipType: positiveIn(value, 'shiptype'),
    ...size,
    draughtM: draught !== null && !scaled ? draught / 10 : draught,
    destination: textIn(value, 'destination'),
    eta: writtenEta(textIn(value, 'eta')),
  };
}
