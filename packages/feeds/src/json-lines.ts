import type { StaticReport } from '@offing/track';
import { aisClassOf, navStatusOf, shipTypeOf } from './csv-codes.ts';
import { fieldNamed, type CsvField } from './csv-layouts.ts';
import type { FeedOutput, FeedReaderOptions } from './feed.ts';
import { jsonFeed, type MessageReader } from './json-feed.ts';
import { reportTaker, type JsonReport } from './json-report.ts';
import {
  etaText,
  instantIn,
  isObject,
  numberIn,
  positiveIn,
  sumIn,
  textIn,
  writtenEta,
  type JsonObject,
} from './json-value.ts';

const MOST_NAMES = 4096;

/**
 * Returns a reader of flat JSON objects, one a line, whose fields are known by the names that the columns of a CSV are known
 * by (CSV_FIELDS and their spellings), or by `options.columns`: our field to the object's.
 */
export function jsonLinesReader(out: FeedOutput, options: FeedReaderOptions): MessageReader {
  const take = reportTaker(out, options);
  const mapped = new Map(
    Object.entries(options.columns ?? {}).map(([field, name]) => [name, fieldNamed(field)]),
  );
  const known = new Map<string, CsvField | null>();

  function fieldOf(name: string): CsvField | null {
    const given = mapped.get(name) ?? known.get(name);
    if (given !== undefined) return given;
    const field = fieldNamed(name);
    if (known.size < MOST_NAMES) known.set(name, field);
    return field;
  }

  return jsonFeed(out, options, (value, line, raw) => {
    if (!isObject(value)) return out.reject('malformed', line, raw, 'the line is no object');
    const fields: Record<string, unknown> = {};
    for (const [name, part] of Object.entries(value)) {
      const field = fieldOf(name);
      if (field !== null && (mapped.has(name) || fields[field] === undefined)) fields[field] = part;
    }
    if (!('mmsi' in fields)) return out.reject('missing-field', line, raw, 'no field is an MMSI');
    take(reportOf(fields), line, raw);
  });
}

function reportOf(fields: JsonObject): JsonReport {
  const type = numberIn(fields, 'message_type') ?? 0;
  const status = fields['nav_status'];
  const ais = fields['ais_class'];
  return {
    mmsi: numberIn(fields, 'mmsi'),
    at: instantIn(fields, 'timestamp'),
    messageType: Number.isInteger(type) && type >= 0 && type <= 27 ? type : 0,
    position: 'lat' in fields ? { lon: numberIn(fields, 'lon'), lat: numberIn(fields, 'lat') } : null,
    sogKn: numberIn(fields, 'sog'),
    cogDeg: numberIn(fields, 'cog'),
    headingDeg: numberIn(fields, 'heading'),
    navStatus: numberIn(fields, 'nav_status') ?? (typeof status === 'string' ? navStatusOf(status) : null),
    ...(typeof ais === 'string' ? { aisClass: aisClassOf(ais) } : {}),
    receivedAt: instantIn(fields, 'received_at'),
    statics: staticsOf(fields),
  };
}

function staticsOf(fields: JsonObject): StaticReport | null {
  const { ship_type: type, imo } = fields;
  const eta = ['eta_month', 'eta_day', 'eta_hour', 'eta_minute'].map((part) => numberIn(fields, part));
  const found = {
    imoNumber: positiveIn({ imo: typeof imo === 'string' ? imo.replace(/^IMO\s*/i, '') : imo }, 'imo'),
    callSign: textIn(fields, 'call_sign'),
    shipName: textIn(fields, 'name'),
    shipType: positiveIn(fields, 'ship_type') ?? (typeof type === 'string' ? shipTypeOf(type) : null),
    lengthM: positiveIn(fields, 'length') ?? sumIn(fields, 'to_bow', 'to_stern'),
    beamM: positiveIn(fields, 'width') ?? sumIn(fields, 'to_port', 'to_starboard'),
    draughtM: positiveIn(fields, 'draught'),
    destination: textIn(fields, 'destination'),
    eta: etaText(eta[0], eta[1], eta[2], eta[3]) ?? writtenEta(textIn(fields, 'eta')),
  };
  const said = Object.entries(found).filter(([, part]) => part !== null);
  return said.length === 0 ? null : Object.fromEntries(said);
}
