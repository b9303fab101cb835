import { Type, type TSchema } from '@fastify/type-provider-typebox';
import { LANGUAGES } from '@offing/alerts';
import { CORRECTION_KINDS, EVENT_TYPES, SEVERITIES, STATE_CHOICES, VERDICTS } from './vocabulary.ts';

/** Items on a page unless `limit` says otherwise. */
export const PAGE_ITEMS = 100;
/** Positions on a page of a track unless `limit` says otherwise. */
export const TRACK_ITEMS = 1000;

const instantText = (description: string) =>
  Type.String({
    format: 'offing-instant',
    maxLength: 40,
    description,
    examples: ['2016-11-05T15:40:00Z'],
    'x-expected':
      'an instant in UTC such as 2016-11-05T15:40:00Z, or a day such as 2016-11-05 (years 1970 to 2999; write + as %2B)',
  });

const text = (description: string, example: string, maxLength = 100) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^[^\\u0000]*$',
    description,
    examples: [example],
    'x-expected': `text of 1 to ${maxLength} characters without NUL`,
  });

const choices = (format: string, allowed: readonly string[], description: string, example: string) =>
  Type.String({
    format,
    maxLength: 400,
    description: `${description} One or more, with commas between: ${allowed.join(', ')}.`,
    examples: [example],
    'x-expected': `one or more of ${allowed.join(', ')}, with commas between`,
  });

const flag = (description: string) =>
  Type.Boolean({ description, examples: [true], 'x-expected': 'true or false' });

const box = (description: string) =>
  Type.String({
    format: 'offing-box',
    maxLength: 100,
    description: `${description} West, south, east and north in degrees; where west is greater than east the box crosses the antimeridian.`,
    examples: ['117,37,125,41'],
    'x-expected':
      'west,south,east,north in degrees: longitudes -180 to 180, latitudes -90 to 90, south not above north',
  });

/** The parameters that only ever mean one thing, each defined once. */
export const parameters = {
  from: instantText('What lasted into or beyond this instant. A day alone means its first moment.'),
  to: instantText('What had begun by this instant. A day alone means its last moment.'),
  knownFrom: instantText('Known at this instant or later. A day alone means its first moment.'),
  knownTo: instantText('Known at this instant or earlier. A day alone means its last moment.'),
  correctionKind: choices(
    'offing-correction-list',
    CORRECTION_KINDS,
    'What was done: taken back, corrected for a reason, or told how it went on.',
    'retracted',
  ),
  as_of: instantText(
    'What was known at this instant: the newest versions with `knownSince` up to then. A day alone means its last moment. Once the watermark has passed the instant the answer stays the same for good.',
  ),
  on: Type.String({
    format: 'offing-day',
    description: 'In force on this day; the day of removal is the last listed day.',
    examples: ['2016-03-20'],
    'x-expected': 'a day of the calendar, YYYY-MM-DD',
  }),
  bbox: box('Where it lies.'),
  polygon: Type.String({
    format: 'offing-polygon',
    maxLength: 6000,
    description:
      'Where it lies: a WKT polygon without holes, edges straight in longitude and latitude. Longitudes more than 180° apart mean that it crosses the antimeridian.',
    examples: ['POLYGON((119 37, 121 37, 121 39, 119 39))'],
    'x-expected':
      'POLYGON((lon lat, lon lat, …)) of 3 to 200 corners in degrees: longitudes -180 to 180, latitudes -90 to 90',
  }),
  cellBox: box('Where the middle of the cell lies.'),
  lastBox: box('Where the last position lies.'),
  port: text("A port's id or its plain name, compared without case.", 'Longkou'),
  type: choices('offing-type-list', EVENT_TYPES, 'Kind of event: the id of its rule.', 'transponder-gap'),
  rule: choices('offing-type-list', EVENT_TYPES, 'The same as `type`.', 'hovering'),
  severity: Type.Enum(SEVERITIES, {
    type: 'string',
    description: 'The least severity wanted, in this order: info, low, medium, high, critical.',
    examples: ['medium'],
    'x-expected': `one of ${SEVERITIES.join(', ')}`,
  }),
  verdict: choices(
    'offing-verdict-list',
    VERDICTS,
    'What the evidence supports about a silence. Events that are no silence have none and do not match.',
    'silent',
  ),
  state: choices(
    'offing-state-list',
    STATE_CHOICES,
    'Where the event stands; without it open and closed ones, so that retracted ones show only when asked for.',
    'any',
  ),
  confidence: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'The least confidence wanted, 0 to 1.',
    examples: [0.5],
    'x-expected': 'a decimal number from 0 to 1',
  }),
  nexus: flag('Whether a dated, sourced reason links a vessel of the event to the DPRK.'),
  synthetic: flag('Whether the event rests on made-up ships of the demonstration; without it both.'),
  feed: text('Name of a feed that the event rests on.', 'demo'),
  coverageFeed: text('Name of the feed that heard it.', 'demo'),
  mmsi: Type.String({
    format: 'offing-mmsi-list',
    maxLength: 1000,
    description: 'One or more MMSIs, with commas between.',
    examples: ['445123000'],
    'x-expected': 'one or more numbers of up to nine digits, with commas between',
  }),
  imo: Type.String({
    format: 'offing-imo-list',
    maxLength: 1300,
    description: 'One or more IMO numbers, with commas between.',
    examples: ['9163166'],
    'x-expected': 'one or more numbers of seven digits, with commas between',
  }),
  name: text('Part of a name, compared without case; names sent in the past count.', 'JIN TENG'),
  portName: text('Part of a plain, other or local name, compared without case.', 'Longkou'),
  listedName: text('Part of the listed name, compared without case.', 'Jin Teng'),
  vessel: text("A vessel's id.", 'v0123456789abcdef0123'),
  flag: Type.String({
    pattern: '^[A-Za-z]{2}$',
    description: 'Country by the first digits of the MMSI, ISO 3166-1 alpha-2.',
    examples: ['KP'],
    'x-expected': 'two letters, such as KP',
  }),
  country: Type.String({
    pattern: '^[A-Za-z]{2}$',
    description: 'Country of the port, ISO 3166-1 alpha-2.',
    examples: ['CN'],
    'x-expected': 'two letters, such as CN',
  }),
  days: Type.Integer({
    minimum: 7,
    maximum: 730,
    default: 90,
    description: 'Length of the spans that are compared, days.',
    examples: [90],
    'x-expected': 'a whole number from 7 to 730',
  }),
  size: Type.Enum(['small', 'medium', 'large'], {
    type: 'string',
    default: 'medium',
    description: 'How large: small is 600 pixels wide, medium 1200, large 2400.',
    examples: ['small'],
    'x-expected': 'one of small, medium, large',
  }),
  part: Type.Enum(['whole', 'map'], {
    type: 'string',
    default: 'whole',
    description: 'What to draw: the words beside the map, or the map alone.',
    examples: ['map'],
    'x-expected': 'whole or map',
  }),
  lang: Type.Enum(LANGUAGES, {
    type: 'string',
    description: 'In which language: English, 中文 or 한국어.',
    examples: ['zh'],
    'x-expected': `one of ${LANGUAGES.join(', ')}`,
  }),
  watched: flag('Whether the port is watched by default.'),
  list: text("A list's name, compared without case.", 'UN'),
  limit: Type.Integer({
    minimum: 1,
    maximum: 1000,
    default: PAGE_ITEMS,
    description: 'Most items on the page.',
    examples: [100],
    'x-expected': 'a whole number from 1 to 1000',
  }),
  trackLimit: Type.Integer({
    minimum: 1,
    maximum: 10_000,
    default: TRACK_ITEMS,
    description: 'Most positions on the page.',
    examples: [1000],
    'x-expected': 'a whole number from 1 to 10000',
  }),
  cursor: Type.String({
    pattern: '^[A-Za-z0-9_-]{1,800}$',
    description: 'Where the page begins: `next` of the page before, unchanged, with the same filters.',
    examples: ['WyJhYmMiLDE0Nzgz'],
    'x-expected': 'the `next` of an earlier page, unchanged',
  }),
} as const satisfies Record<string, TSchema>;

const id = (description: string, example: string) =>
  Type.String({
    pattern: '^[A-Za-z0-9_.:-]{1,80}$',
    description,
    examples: [example],
    'x-expected': 'an id of 1 to 80 letters, digits, and the signs _ . : -',
  });

const idIn = (example: string) => Type.Object({ id: id('The id as printed by the lists.', example) });

/** The id of an alert in a path. */
export const alertIdParameters = idIn('a0123456789abcdef0123');
/** The id of an event in a path. */
export const eventIdParameters = idIn('e0123456789abcdef0123');
/** The id of a vessel in a path. */
export const vesselIdParameters = idIn('v0123456789abcdef0123');
/** The id of a port in a path. */
export const portIdParameters = idIn('CNLKU');
/** The id of a rule in a path. */
export const ruleIdParameters = idIn('transponder-gap');
/** The id of a watchlist in a path. */
export const watchlistIdParameters = idIn('w0123456789abcdef0123');

/** The SHA-256 of a raw record in a path. */
export const rawParameters = Type.Object({
  sha256: Type.String({
    pattern: '^[0-9a-f]{64}$',
    description: 'SHA-256 of the record, 64 hexadecimal digits in small letters.',
    examples: ['4c93b8d4225f8774e568d45f951cf3ed2c6e57310490949a161789eea8c2cacd'],
  }),
});

/** The ids of a watchlist and of one of its channels in a path. */
export const channelParameters = Type.Object({
  id: id('The id of the watchlist.', 'w0123456789abcdef0123'),
  channel: id('The id of the channel.', 'c0123456789abcdef0123'),
});

/** The ids of a watchlist and of one of its deliveries in a path. */
export const deliveryParameters = Type.Object({
  id: id('The id of the watchlist.', 'w0123456789abcdef0123'),
  delivery: id('The id of the delivery.', 'msg_0123456789abcdef'),
});

/** A token in a path, which opens what it names. */
export const tokenParameters = Type.Object({
  token: Type.String({
    pattern: '^[A-Za-z0-9_-]{16,80}$',
    description: 'The token of the address; it opens what it names, so keep it to yourself.',
    examples: ['abcdefghijklmnopqrstuvwxyz012345'],
    'x-expected': 'the token as it stood in the address',
  }),
});
