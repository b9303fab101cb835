import { Type, type Static } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import { nullableInteger, nullableString } from './nullable.ts';
import { EVENT_TYPES, SEVERITIES, VERDICTS } from './vocabulary.ts';

/** Watchlists of one owner, and channels of one watchlist, at most. */
export const MOST_WATCHLISTS = 100;
export const MOST_CHANNELS = 10;

/** Where a watchlist's alerts can be told. */
export const CHANNEL_KINDS = ['webhook', 'email', 'slack'] as const;
/** How often a channel speaks. */
export const DIGESTS = ['none', 'hourly', 'daily'] as const;

const name = (description: string, maxLength = 100) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^[^\\u0000-\\u001f\\u007f]*$',
    description,
    'x-expected': `text of 1 to ${maxLength} characters without control characters`,
  });

const some = <Item extends Parameters<typeof listOf>[0]>(item: Item, most: number, description: string) =>
  Type.Optional(listOf(item, { maxItems: most, description }));

const ring = Type.Unsafe<readonly (readonly [number, number])[]>({
  type: 'array',
  minItems: 3,
  maxItems: 200,
  description: 'Corners [lon, lat] in degrees, in order; the last need not repeat the first.',
  items: {
    type: 'array',
    minItems: 2,
    maxItems: 2,
    items: { type: 'number', minimum: -180, maximum: 180, 'x-expected': 'degrees from -180 to 180' },
    'x-expected': '[lon, lat]',
  },
});

const filterFields = {
  ports: some(name('Id or plain name, compared without case.'), 100, 'Ports.'),
  polygons: some(ring, 20, 'Areas; one whose longitudes lie more than 180° apart crosses the antimeridian.'),
  mmsi: some(Type.Integer({ minimum: 0, maximum: 999_999_999 }), 500, 'Vessels by MMSI.'),
  imoNumbers: some(Type.Integer({ minimum: 1_000_000, maximum: 9_999_999 }), 500, 'Vessels by IMO number.'),
  vesselIds: some(
    Type.String({ pattern: '^[A-Za-z0-9_.:-]{1,80}$', 'x-expected': 'an id as printed by /v1/vessels' }),
    500,
    'Vessels by our id.',
  ),
  lists: some(name('Name of a list.'), 50, 'Designation lists: every ship that they name by IMO number.'),
  rules: some(
    Type.Enum(EVENT_TYPES, { type: 'string', 'x-expected': `one of ${EVENT_TYPES.join(', ')}` }),
    EVENT_TYPES.length,
    'Kinds of event; none means all.',
  ),
  minSeverity: Type.Optional(
    Type.Enum(SEVERITIES, {
      type: 'string',
      description: 'The least severity wanted; `low` when left out.',
      'x-expected': `one of ${SEVERITIES.join(', ')}`,
    }),
  ),
  verdicts: some(
    Type.Enum(VERDICTS, { type: 'string', 'x-expected': `one of ${VERDICTS.join(', ')}` }),
    VERDICTS.length,
    'Verdicts of silences that are wanted; none means all. What is no silence passes.',
  ),
  synthetic: Type.Optional(
    Type.Boolean({
      description: 'Whether made-up ships of the demonstration are of interest, too; left out they are not.',
    }),
  ),
};

const confirm = Type.Optional(
  Type.Boolean({ description: 'Says that so many alerts are wanted where a list would drown its reader.' }),
);

const channelFields = {
  kind: Type.Enum(CHANNEL_KINDS, {
    type: 'string',
    'x-expected': `one of ${CHANNEL_KINDS.join(', ')}`,
  }),
  target: Type.String({
    minLength: 3,
    maxLength: 2000,
    pattern: '^[!-~]+$',
    description: 'A URL for webhook and slack, an address for email.',
    'x-expected': 'a URL or an e-mail address of printable ASCII (write IDN in punycode)',
  }),
  digest: Type.Optional(
    Type.Enum(DIGESTS, {
      type: 'string',
      description: 'For email: at once, or what came together each hour or day (UTC).',
      'x-expected': `one of ${DIGESTS.join(', ')}`,
    }),
  ),
};

const strict = { additionalProperties: false } as const;

/** A channel as it is asked for. */
export const newChannelSchema = Type.Object(channelFields, {
  title: 'NewChannel',
  ...strict,
  examples: [{ kind: 'webhook', target: 'https://hooks.example.org/offing' }],
});

/** What a watchlist is about, as asked for in a preview. */
export const watchFilterSchema = Type.Object(filterFields, {
  title: 'WatchFilter',
  ...strict,
  examples: [{ ports: ['Longkou'], rules: ['transponder-gap', 'dark-near-port'], minSeverity: 'medium' }],
});

/** A watchlist as it is changed. */
export const watchlistChangeSchema = Type.Object(
  { name: name('For people.'), ...filterFields, confirm },
  {
    title: 'WatchlistChange',
    ...strict,
    examples: [{ name: 'Longkou', ports: ['Longkou'], minSeverity: 'medium' }],
  },
);

/** A watchlist as it is made. */
export const newWatchlistSchema = Type.Object(
  {
    name: name('For people.'),
    ...filterFields,
    channels: some(newChannelSchema, MOST_CHANNELS, 'Where it is told, beside its feeds.'),
    confirm,
  },
  {
    title: 'NewWatchlist',
    ...strict,
    examples: [
      {
        name: 'Longkou',
        ports: ['Longkou'],
        minSeverity: 'medium',
        channels: [{ kind: 'webhook', target: 'https://hooks.example.org/offing' }],
      },
    ],
  },
);

const channelExample = {
  id: 'c0123456789abcdef0123',
  kind: 'webhook',
  target: 'https://hooks.example.org/offing',
  digest: 'none',
  state: 'active',
  disabledReason: null,
};

/** A channel as shown; `secret` only where it was just made. */
export const channelSchema = Type.Object(
  {
    id: Type.String(),
    kind: Type.String(),
    target: Type.String(),
    digest: Type.String(),
    state: Type.String({ description: 'active or disabled.' }),
    disabledReason: nullableString('Why nothing is sent any more.'),
    secret: Type.Optional(
      Type.String({ description: 'Signs webhooks (Standard Webhooks); shown only when it is made.' }),
    ),
  },
  { title: 'Channel', examples: [channelExample] },
);

const shownFilter = Type.Object({
  ports: listOf(Type.String()),
  polygons: listOf(ring),
  mmsi: listOf(Type.Integer()),
  imoNumbers: listOf(Type.Integer()),
  vesselIds: listOf(Type.String()),
  lists: listOf(Type.String()),
  rules: listOf(Type.String()),
  minSeverity: Type.String(),
  verdicts: listOf(Type.String()),
  synthetic: Type.Boolean(),
});

const feeds = Type.Object(
  { atom: Type.String(), rss: Type.String(), json: Type.String() },
  { description: 'Addresses of its feeds; whoever knows one can read it.' },
);

/** A watchlist as shown. */
export const watchlistSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    filter: shownFilter,
    channels: listOf(channelSchema),
    feeds,
    createdAt: Type.String(),
    updatedAt: Type.String(),
  },
  {
    title: 'Watchlist',
    examples: [
      {
        id: 'w0123456789abcdef0123',
        name: 'Longkou',
        filter: {
          ports: ['Longkou'],
          polygons: [],
          mmsi: [],
          imoNumbers: [],
          vesselIds: [],
          lists: [],
          rules: [],
          minSeverity: 'medium',
          verdicts: [],
          synthetic: false,
        },
        channels: [channelExample],
        feeds: {
          atom: 'http://127.0.0.1:8080/feeds/TOKEN/alerts.atom',
          rss: 'http://127.0.0.1:8080/feeds/TOKEN/alerts.rss',
          json: 'http://127.0.0.1:8080/feeds/TOKEN/alerts.json',
        },
        createdAt: '2026-01-01T00:00:00Z',
        updatedAt: '2026-01-01T00:00:00Z',
      },
    ],
  },
);

/** What a watchlist would have told. */
export const previewSchema = Type.Object(
  {
    from: nullableString('Begin of the month, in event time; null while nothing was judged.'),
    to: nullableString('Its end: the watermark.'),
    alerts: Type.Integer({ description: 'Alerts of the month.' }),
    messages: Type.Integer({ description: 'Messages about them, with every later version.' }),
    limit: Type.Integer({ description: 'Alerts a month beyond which a list must be confirmed.' }),
    wouldDrown: Type.Boolean(),
  },
  {
    title: 'Preview',
    examples: [
      {
        from: '2016-10-21T00:00:00Z',
        to: '2016-11-20T00:00:00Z',
        alerts: 12,
        messages: 25,
        limit: 300,
        wouldDrown: false,
      },
    ],
  },
);

/** One delivery of the log. */
export const deliverySchema = Type.Object(
  {
    id: Type.String({ description: 'Stable: also in the message, as webhook-id or Message-ID.' }),
    channelId: Type.String(),
    alertId: nullableString('Null for a test.'),
    version: nullableInteger('Of the alert.'),
    change: Type.String({ description: 'opened, revised, closed, retracted or test.' }),
    state: Type.String({ description: 'pending, delivered, failed or cancelled.' }),
    attempts: Type.Integer(),
    createdAt: Type.String(),
    nextAt: nullableString('When it is tried next; null when it is not.'),
    finishedAt: nullableString('When it arrived or was given up.'),
    lastStatus: nullableInteger('HTTP status of the last try.'),
    lastError: nullableString('Why the last try failed.'),
  },
  {
    title: 'Delivery',
    examples: [
      {
        id: 'msg_0123456789abcdef',
        channelId: channelExample.id,
        alertId: 'a77b2d4456e103f1c09a',
        version: 1,
        change: 'opened',
        state: 'delivered',
        attempts: 1,
        createdAt: '2026-01-01T00:00:00Z',
        nextAt: null,
        finishedAt: '2026-01-01T00:00:01Z',
        lastStatus: 200,
        lastError: null,
      },
    ],
  },
);

/** A watchlist's filter as it was asked for. */
export type WatchFilterBody = Static<typeof watchFilterSchema>;
/** A watchlist as it is asked for, and as it is changed. */
export type NewWatchlistBody = Static<typeof newWatchlistSchema>;
export type WatchlistChangeBody = Static<typeof watchlistChangeSchema>;
/** A channel as it is asked for. */
export type NewChannelBody = Static<typeof newChannelSchema>;
