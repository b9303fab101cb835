import { Type, type Static } from '@fastify/type-provider-typebox';
import { nullableString } from './nullable.ts';

/** What may be asked for as `class`. */
export const CLASS_CHOICES = ['A', 'B', 'unknown'] as const;
/** What may be asked for as `receiver`. */
export const RECEIVER_CHOICES = ['terrestrial', 'satellite', 'unknown'] as const;

/** Coverage as listed. */
export const coverageSchema = Type.Object(
  {
    hour: Type.String({ description: 'When the hour begins, ISO 8601 UTC.' }),
    feed: Type.String(),
    aisClass: nullableString('A or B; null where the messages do not tell.'),
    receiverKind: nullableString('terrestrial or satellite; null where the feed does not tell.'),
    cell: Type.Integer({
      description: 'Number of the area cell, 0.2° of latitude high and 20 to 30 km wide.',
    }),
    west: Type.Number({ description: 'Edge of the cell, degrees east.' }),
    south: Type.Number({ description: 'Edge of the cell, degrees north.' }),
    east: Type.Number({ description: 'Edge of the cell, degrees east.' }),
    north: Type.Number({ description: 'Edge of the cell, degrees north.' }),
    lon: Type.Number({ description: 'Middle of the cell, degrees east.' }),
    lat: Type.Number({ description: 'Middle of the cell, degrees north.' }),
    vessels: Type.Integer({ description: 'MMSIs of which a position was heard there in that hour.' }),
    messages: Type.Integer({ description: 'Their positions, repeats left out.' }),
  },
  {
    title: 'CoverageCell',
    examples: [
      {
        hour: '2016-11-05T15:00:00Z',
        feed: 'demo',
        aisClass: 'A',
        receiverKind: 'terrestrial',
        cell: 1_149_580,
        west: 121.64,
        south: 38.6,
        east: 121.9,
        north: 38.8,
        lon: 121.77,
        lat: 38.7,
        vessels: 12,
        messages: 431,
      },
    ],
  },
);

/** Coverage in public. */
export type PublicCoverage = Static<typeof coverageSchema>;
