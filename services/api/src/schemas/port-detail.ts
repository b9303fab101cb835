import { Type, type Static } from '@fastify/type-provider-typebox';
import { embargoComparisonSchema } from './embargo.ts';
import { eventSchema } from './event.ts';
import { listOf } from './list-of.ts';
import { nullableNumber, nullableString } from './nullable.ts';
import { PORT_EXAMPLE, portSchema } from './port.ts';

const monday = Type.String({ description: 'Its Monday, YYYY-MM-DD in UTC.' });

const visitWeek = Type.Object({
  week: monday,
  visits: Type.Integer({ description: 'Visits that began in it.' }),
  vessels: Type.Integer(),
  synthetic: Type.Integer({ description: 'How many of the visits are of made-up ships.' }),
  flags: listOf(
    Type.Object({
      flag: nullableString('Country by the first digits of the MMSI, ISO 3166-1 alpha-2.'),
      visits: Type.Integer(),
      vessels: Type.Integer(),
    }),
    { description: 'Most visits first.' },
  ),
});

/** Visits of a port in one week. */
export type VisitWeek = Static<typeof visitWeek>;

const heardWeek = Type.Object({
  week: monday,
  hours: Type.Integer({
    description: 'Hours in which at least three ships were heard within 30 km of the port; of 168.',
  }),
});

const queueWeek = Type.Object({
  week: monday,
  meanWaiting: Type.Number({ description: 'How many ships waited off the port, on average over the week.' }),
  mostWaiting: Type.Integer({ description: 'The most at one time.' }),
  called: Type.Integer({ description: 'Ships that came to a berth in it after waiting.' }),
  synthetic: Type.Boolean({ description: 'Whether a made-up ship is among them.' }),
});

/** How many ships waited off a port in one week. */
export type QueueWeek = Static<typeof queueWeek>;

const queue = Type.Object({
  usualWaiting: nullableNumber(
    'The middle of the weekly means, over the weeks that were heard; null below four of them.',
  ),
  weeksHeard: Type.Integer({ description: 'Weeks of which at least a fifth of the hours was heard.' }),
  medianWaitH: nullableNumber('The middle of the waits that ended with a visit, hours.'),
  limitD: Type.Number({
    description: 'Days after which the rule `hovering` takes a wait for more than queueing.',
  }),
  basis: Type.Enum(['history', 'fixed'], {
    type: 'string',
    description:
      'Whether that limit comes of the port’s own waits, or is the one for ports without enough of them.',
  }),
  completedWaits: Type.Integer({ description: 'Waits that ended with a visit, of the last year of them.' }),
  percentile95H: nullableNumber('19 of 20 such waits were shorter, hours; null while the limit is fixed.'),
  perWeek: listOf(queueWeek, {
    description: 'Newest first: weeks that were heard or in which a ship waited.',
  }),
});

/** How many ships wait off a port, and how long a wait may last. */
export type PortQueue = Static<typeof queue>;

/** A port with who waits, who went dark, visits, its queue and what bans came to. */
export const portDetailSchema = Type.Object(
  {
    ...portSchema.properties,
    asOf: nullableString('The instant whose knowledge this is; null for now.'),
    waiting: listOf(eventSchema, { description: 'Ships that hover near it now.' }),
    dark: listOf(eventSchema, { description: 'The latest silences near it.' }),
    visitsPerWeek: listOf(visitWeek, {
      description: 'Newest first; weeks without a visit are left out.',
    }),
    heardPerWeek: listOf(heardWeek, {
      description: 'Newest first; weeks in which nothing was heard are left out.',
    }),
    queue,
    embargo: listOf(embargoComparisonSchema, {
      description:
        'Announcements with the visits in the 90 days before and after, as /v1/ports/{id}/embargo has them.',
    }),
  },
  {
    title: 'PortDetail',
    examples: [
      {
        ...PORT_EXAMPLE,
        asOf: null,
        waiting: [],
        dark: [],
        visitsPerWeek: [
          {
            week: '2016-10-31',
            visits: 12,
            vessels: 9,
            synthetic: 0,
            flags: [
              { flag: 'CN', visits: 9, vessels: 7 },
              { flag: 'KP', visits: 3, vessels: 2 },
            ],
          },
        ],
        heardPerWeek: [{ week: '2016-10-31', hours: 141 }],
        queue: {
          usualWaiting: null,
          weeksHeard: 1,
          medianWaitH: 19.5,
          limitD: 14,
          basis: 'fixed',
          completedWaits: 5,
          percentile95H: null,
          perWeek: [{ week: '2016-10-31', meanWaiting: 1.4, mostWaiting: 4, called: 5, synthetic: false }],
        },
        embargo: [],
      },
    ],
  },
);

/** A port with all that its address answers. */
export type PortDetail = Static<typeof portDetailSchema>;

/** What is counted of a port. */
export type PortFigures = Pick<PortDetail, 'visitsPerWeek' | 'heardPerWeek' | 'queue' | 'embargo'>;
