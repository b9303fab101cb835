import type { TSchema } from '@fastify/type-provider-typebox';
import { problemSchema } from './problem.ts';

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

const always = {
  400: problem('The request cannot be understood; every fault is listed.'),
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
  return { ...jsonResponses(description, schema), 404: problem('There is none of this id.') };
}

/** Returns the responses of a list: in the format of its extension, or in any of them. */
export function listResponses<Schema extends TSchema>(
  description: string,
  schema: Schema,
  format: 'json' | 'geojson' | 'csv' | undefined,
) {
  const contents = {
    json: { 'application/json': { schema } },
    geojson: { 'application/geo+json': { schema: geojson } },
    csv: { 'text/csv': { schema: csv } },
  };
  const content =
    format === undefined ? { ...contents.json, ...contents.geojson, ...contents.csv } : contents[format];
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
