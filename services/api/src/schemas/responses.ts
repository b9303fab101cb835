import { Type, type TSchema } from '@fastify/type-provider-typebox';
import { PARQUET_TYPE } from '../formats/parquet.ts';
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

const unlimited = {
  401: problem('This needs a key.'),
  403: problem('The key does not allow this.'),
  429: problem('More was asked than the allowance of the key or address; see Retry-After.'),
};

const always = {
  400: refused,
  ...unlimited,
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

/** Returns the responses of an operation that answers what belongs to the key's owner. */
export function ownResponses<Schema extends TSchema>(description: string, schema: Schema) {
  return {
    200: { description, content: { 'application/json': { schema } } },
    ...always,
    404: missing,
  };
}

const refusals = {
  ...always,
  404: missing,
  409: problem('It cannot be done now: the problem says why.'),
};

type ChangeResponses<Status extends number, Schema extends TSchema> = typeof refusals &
  Record<
    Status,
    {
      readonly description: string;
      readonly content: { readonly 'application/json': { readonly schema: Schema } };
    }
  >;

/** Returns the responses of an operation that changes something, with what it answers when it is done. */
export function changeResponses<Status extends number, Schema extends TSchema>(
  status: Status,
  description: string,
  schema?: Schema,
): ChangeResponses<Status, Schema> {
  const done =
    schema === undefined
      ? { description, type: 'null' }
      : { description, content: { 'application/json': { schema } } };
  return { ...refusals, [status]: done } as ChangeResponses<Status, Schema>;
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
    401: inHtml('Reading needs a key here: any name, and the key as the password.'),
    403: inHtml('The key does not allow this.'),
    ...(missing === undefined ? {} : { 404: inHtml(missing) }),
    429: inHtml('More was asked than the allowance of the key or address; see Retry-After.'),
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
    fgb: { 'application/flatgeobuf': { schema: fgb } },
    parquet: { [PARQUET_TYPE]: { schema: parquet } },
  };
  const content =
    format === undefined
      ? {
          ...contents.json,
          ...contents.geojson,
          ...contents.csv,
          ...contents.kml,
          ...contents.ndjson,
          ...contents.fgb,
          ...contents.parquet,
        }
      : contents[format];
  // Routes send JSON by this type; the other formats are text, which no schema touches.
  return { 200: { description, content: content as typeof contents.json }, 304: notModified, ...always };
}

const geojson = {
  type: 'string',
  description:
    'A FeatureCollection of points, RFC 7946; `terms` beside the features are the terms of use of their feeds.',
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

const fgb = {
  type: 'string',
  description: 'FlatGeobuf 3 with points, typed columns and no index; bytes, not text.',
  examples: ['fgb'],
} as const;

const parquet = {
  type: 'string',
  description: 'GeoParquet 1.1 with points in `geometry` and typed columns; bytes, not text.',
  examples: ['PAR1'],
} as const;

/** Returns the responses of a feed for readers. */
export function feedResponses(description: string, mediaType: string) {
  return {
    200: { description, content: { [mediaType]: { schema: feedBody } } },
    304: notModified,
    ...always,
    404: missing,
  };
}

const feedBody = {
  type: 'string',
  description: 'A feed; see its format.',
  examples: ['<feed></feed>'],
} as const;

/** The responses of an operation that answers bytes as they were received. */
export const rawResponses = {
  200: {
    description: 'The bytes.',
    content: {
      'application/octet-stream': {
        schema: Type.Unsafe<Buffer>({
          type: 'string',
          description: 'As received; most are text.',
          examples: ['!AIVDM,1,1,,A,133qNL00000>`W8MGi`=VmRF0PSh,0*2F'],
        }),
      },
    },
  },
  304: notModified,
  ...always,
  404: missing,
};

/** Returns the responses of an operation that answers a map as GeoJSON. */
export function mapResponses(description: string) {
  return {
    200: { description, content: { 'application/geo+json': { schema: geojson } } },
    304: notModified,
    ...always,
    404: missing,
  };
}

/** The responses of an operation that answers a picture. */
export const pictureResponses = {
  200: {
    description: 'The picture.',
    content: {
      'image/png': {
        schema: Type.Unsafe<Buffer>({
          type: 'string',
          description: 'PNG; bytes, not text.',
          examples: ['PNG'],
        }),
      },
    },
  },
  304: notModified,
  ...always,
  404: missing,
};

/** The responses of an operation that answers a bundle of files. */
export const bundleResponses = {
  200: {
    description: 'The bundle.',
    content: {
      'application/zip': {
        schema: Type.Unsafe<Buffer>({
          type: 'string',
          description: 'A ZIP; bytes, not text.',
          examples: ['PK'],
        }),
      },
    },
  },
  304: notModified,
  ...always,
  404: missing,
};

/** Returns the responses of a stream of server-sent events. */
export function streamResponses(description: string) {
  return { 200: { description, content: { 'text/event-stream': { schema: events } } }, ...always };
}

const events = {
  type: 'string',
  description: 'Server-sent events, WHATWG HTML section 9.2.',
  examples: ['id: 7\nevent: alert\ndata: {"change":"opened"}\n\n'],
} as const;

/** Returns the responses of an operation that answers a vector tile, or nothing where there is only sea. */
export function tileResponses() {
  const content = { 'application/vnd.mapbox-vector-tile': { schema: tile } };
  return {
    200: { description: 'The tile.', content },
    204: { description: 'There is only sea.', type: 'null' },
    304: notModified,
    ...always,
    404: problem('There is no such tile at this zoom.'),
  };
}

const tile = Type.Unsafe<Buffer>({
  type: 'string',
  description: 'A Mapbox vector tile, version 2.1; bytes, not text.',
  examples: ['mvt'],
});
