import type { TSchema } from '@fastify/type-provider-typebox';
import type { ListFormat } from '../formats/writer.ts';
import { problemSchema } from './problem.ts';

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

/** The response where there is nothing of an id. */
export const missing = problem('There is none of this id.');

/** The response to a request with faults. */
export const refused = problem('The request cannot be understood; every fault is listed.');

const always = {
  400: refused,
  503: problem('The database does not answer now, or not in time.'),
};

const notModified = { description: 'Nothing changed since the ETag was given.', type: 'null' } as const;

/** Returns the responses of an operation that answers JSON. */
export function jsonResponses<Schema extends TSchema>(description: string, schema: Schema) {
  return {
    200: { description, content: { 'application/json': { schema } } },
    304: notModified,
    ...always,
  };
}

/** Returns the responses of an operation that answers one thing or says that there is none. */
export function itemResponses<Schema extends TSchema>(description: string, schema: Schema) {
  return { ...jsonResponses(description, schema), 404: missing };
}

/** Returns the responses of a page for people, its errors as pages, too; `missing` says what a 404 means. */
export function pageResponses(missing?: string) {
  return {
    200: inHtml('The page.'),
    304: notModified,
    400: {
      description:
        'A page that lists every fault of the address; a problem where its path cannot be read at all.',
      content: { ...refused.content, 'text/html': { schema: pageText } },
    },
    ...(missing === undefined ? {} : { 404: inHtml(missing) }),
    503: inHtml('The database does not answer now, or not in time.'),
  };
}

function inHtml(description: string) {
  return { description, content: { 'text/html': { schema: pageText } } };
}

const pageText = { type: 'string', examples: ['<!doctype html>'] } as const;

/** Returns the responses of a list: in the format of its extension, or in any of them. */
export function listResponses<Schema extends TSchema>(
  description: string,
  schema: Schema,
  format: ListFormat | undefined,
) {
  const contents = {
    json: { 'application/json': { schema } },
    geojson: { 'application/geo+json': { schema: geojson } },
    csv: { 'text/csv': { schema: csv } },
    kml: { 'application/vnd.google-earth.kml+xml': { schema: kml } },
    ndjson: { 'application/x-ndjson': { schema: ndjson } },
  };
  const content =
    format === undefined
      ? { ...contents.json, ...contents.geojson, ...contents.csv, ...contents.kml, ...contents.ndjson }
      : contents[format];
  // Routes send JSON by this type; the other formats are text, which no schema touches.
  return { 200: { description, content: content as typeof contents.json }, 304: notModified, ...always };
}

const geojson = {
  type: 'string',
  description: 'A FeatureCollection of points, RFC 7946.',
  examples: ['{"type":"FeatureCollection","features":[]}'],
} as const;

const csv = {
  type: 'string',
  description:
    'RFC 4180 with a header line; cells that a spreadsheet would run as a formula begin with an apostrophe.',
  examples: ['id,type,version,state\r\n'],
} as const;

const kml = {
  type: 'string',
  description: 'A KML 2.2 document, OGC 07-147r2.',
  examples: ['<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"></kml>\n'],
} as const;

const ndjson = {
  type: 'string',
  description: 'One item a line, each as in `items` of the JSON.',
  examples: ['{"id":"e3f1c09a77b2d4456e10"}\n'],
} as const;
