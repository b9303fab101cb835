import type { StaticReport } from '@offing/track';
import { METRES_PER_SECOND_PER_KNOT } from '@offing/units';
import type { FeedOutput, FeedReaderOptions } from './feed.ts';
import { jsonFeed, type MessageReader } from './json-feed.ts';
import { reportTaker } from './json-report.ts';
import {
  instantIn,
  isObject,
  numberIn,
  objectIn,
  positiveIn,
  textIn,
  type JsonObject,
} from './json-value.ts';

/** A delta is about a ship when its context names her MMSI. */
const CONTEXT = /^vessels\.urn:mrn:(?:imo|signalk):mmsi:(\d{1,10})$/;
const DEGREES_PER_RADIAN = 180 / Math.PI;

/**
 * Returns a reader of Signal K deltas (Signal K specification 1.7, "Delta format"): values by path in SI units, m/s and
 * radians. A context without an MMSI, `vessels.self` among them, is counted.
 */
export function signalkReader(out: FeedOutput, options: FeedReaderOptions): MessageReader {
  const take = reportTaker(out, options);

  function takeUpdate(mmsi: number, update: JsonObject, line: number, raw: Uint8Array): void {
    const values = valuesOf(update);
    const place = values.get('navigation.position');
    const statics = staticsOf(values);
    if (place === undefined && statics === null) return out.count('other-path');
    const report = {
      mmsi,
      at: instantIn(update, 'timestamp'),
      messageType: 0,
      position: isObject(place)
        ? { lon: numberIn(place, 'longitude'), lat: numberIn(place, 'latitude') }
        : null,
      sogKn: scaled(values, 'navigation.speedOverGround', 1 / METRES_PER_SECOND_PER_KNOT),
      cogDeg: scaled(values, 'navigation.courseOverGroundTrue', DEGREES_PER_RADIAN),
      headingDeg: scaled(values, 'navigation.headingTrue', DEGREES_PER_RADIAN),
      statics,
    };
    const { headingDeg, cogDeg } = report;
    take({ ...report, headingDeg: whole(headingDeg), cogDeg: turned(cogDeg) }, line, raw);
  }

  return jsonFeed(out, options, (value, line, raw) => {
    if (!isObject(value)) return out.reject('malformed', line, raw, 'the delta is no object');
    const { context, updates } = value;
    if (!Array.isArray(updates)) return out.count('other-message');
    const match = typeof context === 'string' ? CONTEXT.exec(context) : null;
    if (match === null) return out.count('other-context');
    for (const update of updates as readonly unknown[]) {
      if (isObject(update)) takeUpdate(Number(match[1]), update, line, raw);
      else out.reject('malformed', line, raw, 'an update is no object');
    }
  });
}

type Values = ReadonlyMap<string, unknown>;

function valuesOf(update: JsonObject): Values {
  const { values } = update;
  const found = new Map<string, unknown>();
  for (const entry of Array.isArray(values) ? (values as readonly unknown[]) : []) {
    if (!isObject(entry) || typeof entry['path'] !== 'string') continue;
    // The root path carries name and MMSI as an object.
    if (entry['path'] === '' && isObject(entry['value']))
      for (const [field, value] of Object.entries(entry['value'])) found.set(field, value);
    else found.set(entry['path'], entry['value']);
  }
  return found;
}

function scaled(values: Values, path: string, by: number): number | null {
  const value = values.get(path);
  return typeof value === 'number' && Number.isFinite(value) ? value * by : null;
}

/** Two pi is north, as zero is; radians cannot say "not available". */
function turned(deg: number | null): number | null {
  return deg === null ? null : ((deg % 360) + 360) % 360;
}

function whole(deg: number | null): number | null {
  const near = turned(deg);
  return near === null ? null : Math.round(near) % 360;
}

function staticsOf(values: Values): StaticReport | null {
  const flat: JsonObject = {
    name: values.get('name'),
    callSign: values.get('communication.callsignVhf') ?? partOf(values.get('communication'), 'callsignVhf'),
    imo: imoOf(values.get('registrations.imo') ?? partOf(values.get('registrations'), 'imo')),
    type: partOf(values.get('design.aisShipType'), 'id'),
    length: partOf(values.get('design.length'), 'overall'),
    beam: values.get('design.beam'),
    draught: partOf(values.get('design.draft'), 'current') ?? partOf(values.get('design.draft'), 'maximum'),
    destination: values.get('navigation.destination.commonName'),
  };
  const found = {
    imoNumber: positiveIn(flat, 'imo'),
    callSign: textIn(flat, 'callSign'),
    shipName: textIn(flat, 'name'),
    shipType: positiveIn(flat, 'type'),
    lengthM: positiveIn(flat, 'length'),
    beamM: positiveIn(flat, 'beam'),
    draughtM: positiveIn(flat, 'draught'),
    destination: textIn(flat, 'destination'),
  };
  const said = Object.entries(found).filter(([, part]) => part !== null);
  return said.length === 0 ? null : Object.fromEntries(said);
}

function partOf(value: unknown, field: string): unknown {
  return isObject(value) ? objectIn({ value }, 'value')[field] : undefined;
}

/** `IMO 9627980` */
function imoOf(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^IMO\s*/i, '') : value;
}
