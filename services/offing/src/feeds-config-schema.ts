import type { LiveKind } from '@offing/ingest';
import { Type, type TProperties, type TSchema } from 'typebox';

/** A secret stands in the environment; the file only names the variable. */
const secret = Type.Object(
  { env: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }) },
  {
    additionalProperties: false,
    expected: '{"env": "NAME"}: the name of an environment variable that holds it',
  },
);

const host = Type.String({ minLength: 1, maxLength: 255, expected: 'the name or address of a host' });
const port = Type.Integer({ minimum: 1, maximum: 65_535, expected: 'a whole number from 1 to 65535' });
const longitude = Type.Number({ minimum: -180, maximum: 180 });
const latitude = Type.Number({ minimum: -90, maximum: 90 });

/** West, south, east, north, as in GeoJSON; a box over the antimeridian is written as two. */
const box = Type.Tuple([longitude, latitude, longitude, latitude], {
  expected: '[west, south, east, north] in degrees, west before east',
});

const url = (...protocols: readonly string[]) =>
  Type.String({
    pattern: `^(${protocols.join('|')})://[^\\s/@?#]+(/[^\\s?#]*)?$`,
    expected: `an address that begins with ${protocols.map((name) => `${name}://`).join(' or ')}, without user, password and query`,
  });

const seconds = (least: number, most: number) =>
  Type.Number({ minimum: least, maximum: most, expected: `seconds from ${least} to ${most}` });

/** Fields that every feed may have. */
export const COMMON_FIELDS = {
  name: Type.String({
    pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
    expected: 'a name of small letters, digits and hyphens, at most 64',
  }),
  kind: Type.String(),
  synthetic: Type.Optional(Type.Boolean({ expected: 'true for made-up ships, else false' })),
  terms: Type.Optional(Type.String({ maxLength: 500, expected: 'the terms of use in up to 500 characters' })),
  staleDays: Type.Optional(Type.Number({ minimum: 0.01, maximum: 365, expected: 'days from 0.01 to 365' })),
  silentSeconds: Type.Optional(seconds(5, 86_400)),
} as const satisfies TProperties;

const listener = { host: Type.Optional(host), port };

/** The fields of each kind of feed beside those that all may have. */
export const KIND_FIELDS = {
  'nmea-tcp': { host, port },
  'nmea-tcp-listener': listener,
  'nmea-udp': listener,
  'nmea-stdin': {},
  aisstream: {
    apiKey: secret,
    url: Type.Optional(url('wss', 'ws')),
    boxes: Type.Array(box, { minItems: 1, maxItems: 50, expected: 'a list of one to fifty boxes' }),
    mmsi: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1, maximum: 999_999_999 }), {
        maxItems: 50,
        expected: 'a list of up to fifty MMSIs',
      }),
    ),
  },
  'digitraffic-mqtt': { url: Type.Optional(url('wss', 'ws', 'mqtts', 'mqtt')) },
  'digitraffic-rest': {
    url: Type.Optional(url('https', 'http')),
    everySeconds: Type.Optional(seconds(10, 86_400)),
  },
  barentswatch: {
    clientId: Type.String({ minLength: 1, maxLength: 255, expected: 'the id of a client of BarentsWatch' }),
    clientSecret: secret,
    url: Type.Optional(url('https', 'http')),
    tokenUrl: Type.Optional(url('https', 'http')),
  },
  aishub: {
    username: secret,
    url: Type.Optional(url('https', 'http')),
    format: Type.Optional(Type.Union([Type.Literal(0), Type.Literal(1)], { expected: '0 or 1' })),
    box: Type.Optional(box),
    // AISHub answers no more than once a minute.
    everySeconds: Type.Optional(seconds(60, 86_400)),
  },
  gpsd: { host: Type.Optional(host), port: Type.Optional(port) },
  'ais-catcher-http': listener,
  'ais-catcher-udp': listener,
  signalk: { url: url('wss', 'ws'), token: Type.Optional(secret) },
} as const satisfies Readonly<Record<LiveKind, TProperties>>;

/** The kinds of feed that can be configured. */
export const FEED_KINDS = Object.keys(KIND_FIELDS) as readonly LiveKind[];

/** Returns the schema of a feed of a kind. */
export function feedSchema(kind: LiveKind): TSchema {
  return Type.Object({ ...COMMON_FIELDS, ...KIND_FIELDS[kind] }, { additionalProperties: false });
}

/** Fields of the file beside its feeds. */
export const FILE_FIELDS = {
  allowedLatenessSeconds: Type.Optional(seconds(0, 86_400)),
  rawKeepDays: Type.Optional(Type.Number({ minimum: 0, maximum: 3650, expected: 'days from 0 to 3650' })),
} as const satisfies TProperties;

/** Fields of a list of ships that is fetched. */
export const LIST_FIELDS = {
  urls: Type.Array(Type.String({ pattern: '^https?://[^\\s/@?#]+(/[^\\s#]*)?$', maxLength: 2000 }), {
    minItems: 1,
    maxItems: 8,
    expected:
      'one to eight addresses that begin with https:// or http://, without user: the files of one list',
  }),
  list: Type.Optional(
    Type.String({ minLength: 1, maxLength: 64, expected: 'the name of the list in up to 64 characters' }),
  ),
  everyHours: Type.Optional(Type.Number({ minimum: 1, maximum: 720, expected: 'hours from 1 to 720' })),
} as const satisfies TProperties;
