import { COLLECTIONS } from './collections.ts';

/** Most features on a page; more is asked for page by page. */
export const MOST_FEATURES = 1000;
/** Features on a page unless `limit` says otherwise. */
export const FEATURES = 100;

const query = (name: string, schema: object, description: string) => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
});

const answers = (description: string) => ({
  200: { description, content: { 'application/geo+json': { schema: { type: 'object' } } } },
  400: { description: 'The request cannot be understood.' },
});

/** Returns the definition of /ogc as OpenAPI 3.0: GDAL and QGIS read it for `limit`, and know no 3.1. */
export function definition(base: string, version: string): object {
  const paths = Object.entries(COLLECTIONS).map(([id, { title, isDated }]) => [
    `/collections/${id}/items`,
    {
      get: {
        operationId: `get${title}`,
        summary: title,
        tags: [id],
        parameters: [
          query(
            'limit',
            { type: 'integer', minimum: 1, maximum: MOST_FEATURES, default: FEATURES },
            'Most features on the page.',
          ),
          query(
            'bbox',
            { type: 'array', minItems: 4, maxItems: 4, items: { type: 'number' } },
            'West, south, east, north in degrees.',
          ),
          ...(isDated
            ? [query('datetime', { type: 'string' }, 'An instant, or an interval such as ../2016-11-05.')]
            : []),
          query('cursor', { type: 'string' }, 'Where the page begins, from the `next` link.'),
        ],
        responses: answers(`A page of ${title.toLowerCase()}.`),
      },
    },
  ]);
  return {
    openapi: '3.0.3',
    info: { title: 'Offing: OGC API Features', version },
    servers: [{ url: base }],
    paths: Object.fromEntries(paths) as object,
  };
}
