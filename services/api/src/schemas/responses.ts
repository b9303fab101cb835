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

/** Returns the responses of a list that answers JSON, GeoJSON or CSV. */
export function listResponses<Schema extends TSchema>(description: string, schema: Schema) {
  const plain = (what: string) => ({ schema: { type: 'string', description: what } as const });
  return {
    200: {
      description,
      content: {
        'application/json': { schema },
        'application/geo+json': plain('A FeatureCollection of points, RFC 7946.'),
        'text/csv': plain(
          'RFC 4180 with a header line; cells that a spreadsheet would run begin with an apostrophe.',
        ),
      },
    },
    304: notModified,
    ...always,
  };
}
