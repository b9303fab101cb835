import { Type, type Static } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import { nullableString } from './nullable.ts';

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
  },
  {
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
      },
    ],
  },
);

/** All feeds, and what was refused. */
export const feedsSchema = Type.Object({
  items: listOf(feedSchema),
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
