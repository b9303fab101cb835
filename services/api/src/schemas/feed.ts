import { Type, type Static } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import { nullableInteger, nullableNumber, nullableString } from './nullable.ts';

const hourRate = {
  hour: Type.String({ description: 'When the hour begins, ISO 8601 UTC.' }),
  messages: Type.Integer({ description: 'Messages heard in it.' }),
  usualMessages: nullableInteger('Median of the hours of the day before it; null before it is known.'),
  state: Type.String({
    description:
      '`usual`; `low`: less than half of what is usual; `silent`; `new`: too little is known to say.',
  }),
};

const rateSchema = Type.Object(hourRate);

const regionRate = Type.Object({
  bbox: listOf(Type.Number(), { description: 'West, south, east, north, degrees.' }),
  ...hourRate,
});

/** A feed as listed. */
export const feedSchema = Type.Object(
  {
    name: Type.String(),
    synthetic: Type.Boolean({ description: 'Whether its ships are made up for demonstration.' }),
    terms: nullableString('Terms of use of the source.'),
    positions: Type.Integer({
      description:
        'Positions of the vessels heard on it. A vessel heard on several feeds counts for each, so feeds that share vessels must not be summed.',
    }),
    vessels: Type.Integer(),
    vesselsShared: Type.Integer({ description: 'Of these, heard on another feed, too.' }),
    firstAt: nullableString('First position, ISO 8601 UTC.'),
    lastAt: nullableString('Last position, ISO 8601 UTC.'),
    rate: Type.Unsafe<Static<typeof rateSchema> | null>({
      ...rateSchema,
      type: ['object', 'null'],
      description:
        'The last whole hour beside the day before it; null where nothing was heard in all that time.',
    }),
    regions: listOf(regionRate, {
      description: 'The same by regions of 5° by 5°, those in which most is usual first, at most 50.',
    }),
  },
  {
    title: 'Feed',
    examples: [
      {
        name: 'demo',
        synthetic: true,
        terms: null,
        positions: 84210,
        vessels: 31,
        vesselsShared: 0,
        firstAt: '2016-11-01T00:00:00Z',
        lastAt: '2016-11-20T00:00:00Z',
        rate: { hour: '2016-11-19T23:00:00Z', messages: 310, usualMessages: 702, state: 'low' },
        regions: [
          {
            bbox: [120, 35, 125, 40],
            hour: '2016-11-19T23:00:00Z',
            messages: 0,
            usualMessages: 390,
            state: 'silent',
          },
        ],
      },
    ],
  },
);

const countsByCode = (description: string) =>
  Type.Unsafe<Readonly<Record<string, number>>>({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description,
  });

/** How a live feed is doing. */
export const liveFeedSchema = Type.Object(
  {
    name: Type.String(),
    state: Type.String({ description: '`connecting`, `open`, `waiting` for the next try, or `stopped`.' }),
    since: Type.String({ description: 'Since when, ISO 8601 UTC.' }),
    updatedAt: Type.String({
      description: 'When the service said so, ISO 8601 UTC; long ago when it does not run.',
    }),
    fault: nullableString('Why the last connection ended.'),
    faultCode: nullableString('`feed-lost`, `feed-silent`, `feed-throttled` or `feed-refused`.'),
    retryAt: nullableString('When the next connection is made, ISO 8601 UTC.'),
    connections: Type.Integer({ description: 'Connections since the service started.' }),
    records: Type.Integer({ description: 'Records taken in since the service started.' }),
    shed: Type.Integer({ description: 'Messages left out because the database was behind.' }),
    rejected: countsByCode('Records refused since the service started, by code.'),
    lastMessageAt: nullableString('When anything came last, ISO 8601 UTC.'),
    lastRecordAt: nullableString('The newest event time, ISO 8601 UTC.'),
    perMinute: nullableNumber('Records in the last full minute.'),
    usualPerMinute: nullableNumber('Median of the minutes of the hour before it.'),
    delayS: nullableNumber("Median of receipt minus the source's time, seconds."),
    clockCorrectionS: Type.Number({
      description: "What is added to the source's times because its clock is wrong by a constant, seconds.",
    }),
  },
  { title: 'LiveFeed' },
);

/** A live feed in public. */
export type PublicLiveFeed = Static<typeof liveFeedSchema>;

/** All feeds, and what was refused. */
export const feedsSchema = Type.Object({
  items: listOf(feedSchema),
  live: listOf(liveFeedSchema),
  watermark: nullableString('The instant up to which everything was judged, ISO 8601 UTC.'),
  rejected: Type.Unsafe<Readonly<Record<string, number>>>({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Records refused, by code, over all sessions.',
    examples: [{ checksum: 12, 'no-time': 3 }],
  }),
});

/** A feed in public. */
export type PublicFeed = Static<typeof feedSchema>;
