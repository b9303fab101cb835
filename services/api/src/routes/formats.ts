import { Type, type TObject } from '@fastify/type-provider-typebox';
import { allows, type Reader } from '@offing/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BYTE_ORDER_MARK } from '../formats/csv.ts';
import type { Listed, ListKind } from '../formats/kinds.ts';
import { PARQUET_TYPE } from '../formats/parquet.ts';
import { termsFor } from '../formats/terms.ts';
import type { FileFormat, ListFormat } from '../formats/writer.ts';
import { listFile } from '../formats/writers.ts';
import type { Cost } from '../plugins/cost-limits.ts';
import { Problem } from '../plugins/problem.ts';
import { knownTerms } from './terms.ts';

/** The formats in which lists are answered, by the extension that asks for each. */
export const EXTENSIONS: readonly ListFormat[] = [
  'json',
  'geojson',
  'csv',
  'kml',
  'ndjson',
  'fgb',
  'parquet',
];

const MEDIA_TYPES: Readonly<Record<string, ListFormat>> = {
  'application/json': 'json',
  'application/geo+json': 'geojson',
  'application/vnd.geo+json': 'geojson',
  'text/csv': 'csv',
  'application/vnd.google-earth.kml+xml': 'kml',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/flatgeobuf': 'fgb',
  [PARQUET_TYPE]: 'parquet',
};

/** What is made to be taken away rather than looked at; it needs the scope `export`. */
const EXPORTS: ReadonlySet<ListFormat> = new Set(['csv', 'kml', 'ndjson', 'fgb', 'parquet']);

/**
 * Returns the format that a request wants: the extension of its path, else what `Accept` prefers, else JSON. Throws where
 * the key does not allow that format.
 */
export function wantedFormat(request: FastifyRequest): ListFormat {
  const { format } = request.routeOptions.config;
  if (format !== undefined) return format;
  const accepted = acceptedFormat(request);
  const { key } = request.caller;
  if (key !== null && EXPORTS.has(accepted) && !allows(key.scopes, 'export')) {
    throw new Problem(
      'not-allowed',
      `The key allows ${key.scopes.join(', ')}; this format needs the scope export`,
    );
  }
  return accepted;
}

function acceptedFormat(request: FastifyRequest): ListFormat {
  const wanted = (request.headers.accept ?? '').split(',').flatMap((entry) => {
    const [type, ...parameters] = entry
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const known = Object.hasOwn(MEDIA_TYPES, type) ? MEDIA_TYPES[type] : undefined;
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return known === undefined ? [] : [{ known, weight: weight === undefined ? 1 : Number(weight.slice(2)) }];
  });
  const best = wanted.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)[0];
  return best?.known ?? 'json';
}

/** Sends items as a file of that name, whole pages at once, with the terms of use of the feeds that they rest on. */
export async function sendFile<Item extends Listed>(
  reader: Reader,
  reply: FastifyReply,
  kind: ListKind<Item>,
  format: FileFormat,
  items: readonly Item[],
  name = kind.name,
): Promise<FastifyReply> {
  const { request } = reply;
  const terms = termsFor(items, await knownTerms(reader, request));
  const { mediaType, content } = listFile(kind, format, items, terms);
  const mark = request.filters.get('bom') === 'true' ? BYTE_ORDER_MARK : '';
  return reply
    .type(mediaType)
    .header('content-disposition', `inline; filename="${name}.${format}"`)
    .send(typeof content === 'string' ? mark + content : content);
}

/** A route of a list: without a format it answers what `Accept` prefers. */
export type ListRoute = {
  readonly url: string;
  readonly list: string;
  readonly scope: 'read' | 'export';
  readonly cost: (request: FastifyRequest) => Cost;
  readonly format?: ListFormat;
};

/** Returns the routes of a list: its path, and its path with each extension. */
export function listRoutes(list: string): readonly ListRoute[] {
  const withExtension = EXTENSIONS.map((format): ListRoute => ({
    url: `${list}.${format}`,
    list,
    scope: EXPORTS.has(format) ? 'export' : 'read',
    cost: costOf,
    format,
  }));
  return [{ url: list, list, scope: 'read', cost: costOf }, ...withExtension];
}

/** Questions that an index answers wherever their page lies; others may read a whole table to find a few items. */
const BY_INDEX: ReadonlySet<string> = new Set(['limit', 'cursor', 'to', 'mmsi', 'imo', 'vessel']);
const SHORT_PAGE = 100;

function costOf(request: FastifyRequest): Cost {
  const { format = acceptedFormat(request) } = request.routeOptions.config;
  const isShort = Number(request.filters.get('limit') ?? SHORT_PAGE) <= SHORT_PAGE;
  const isByIndex = [...request.filters.keys()].every((name) => BY_INDEX.has(name));
  return format === 'json' && isShort && isByIndex ? 'none' : 1;
}

/** Returns the query of a list's route: in CSV it can ask for a byte order mark, too. */
export function listQuery<Schema extends TObject>(schema: Schema, { format }: ListRoute): Schema {
  // The mark is read where text is sent; no handler sees it in its query.
  return format === 'csv'
    ? (Type.Partial(Type.Object({ ...schema.properties, bom })) as unknown as Schema)
    : schema;
}

const bom = Type.Boolean({
  description:
    'Whether a byte order mark comes first: without one Excel takes names in other scripts for Latin.',
  examples: [true],
  'x-expected': 'true or false',
});

/** Returns what tells the routes of a list apart in the documents. */
export function listNames({ format }: ListRoute, summary: string, operationId: string) {
  return format === undefined
    ? { summary, operationId }
    : { summary: `${summary} as ${NAMES[format]}`, operationId: `${operationId}As${NAMES[format]}` };
}

const NAMES: Readonly<Record<ListFormat, string>> = {
  json: 'JSON',
  geojson: 'GeoJSON',
  csv: 'CSV',
  kml: 'KML',
  ndjson: 'NDJSON',
  fgb: 'FlatGeobuf',
  parquet: 'GeoParquet',
};
