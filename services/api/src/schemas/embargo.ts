import { Type, type Static } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import { nullableNumber, nullableString } from './nullable.ts';

/** What visits before and after say of an announcement. */
export const EMBARGO_ANSWERS = ['fewer', 'more', 'about-as-many', 'cannot-tell'] as const;

/** What visits before and after say of an announcement. */
export type EmbargoAnswer = (typeof EMBARGO_ANSWERS)[number];

const span = Type.Object({
  from: Type.String({ description: 'ISO 8601 UTC.' }),
  to: Type.String({ description: 'ISO 8601 UTC, itself left out.' }),
  visits: Type.Integer({ description: 'Observed visits that began in it.' }),
  vessels: Type.Integer(),
  hours: Type.Integer(),
  hoursHeard: Type.Integer({
    description: 'Hours in which at least three ships were heard around the port.',
  }),
  heardShare: Type.Number({ description: '0 to 1.' }),
  visitsPerHeardWeek: nullableNumber('Visits in 168 hours heard; null where none was.'),
});

/** Visits in a span of time, and how much of it was heard. */
export type EmbargoSpan = Static<typeof span>;

const nullableSpan = (description: string) =>
  Type.Unsafe<EmbargoSpan | null>({
    ...span,
    type: ['object', 'null'],
    description,
  });

/** What visits before and after say of one announcement. */
export const embargoComparisonSchema = Type.Object({
  announcement: Type.Object({
    id: Type.String(),
    bars: Type.String({ description: 'Whom or what it bars, as reported.' }),
    barred: Type.String({ description: 'dprk-flag, listed, dprk-call, cargo or unclear.' }),
    allPorts: Type.Boolean({ description: 'Whether it is of all ports of the country.' }),
    firstDay: Type.String({ description: 'YYYY-MM-DD in the calendar of the place.' }),
    lastDay: nullableString('YYYY-MM-DD; null while nobody ended it.'),
    announcedBy: Type.String(),
    reportedBy: Type.String(),
    deniedBy: nullableString('Who denied it.'),
    deniedOn: nullableString('When.'),
    note: nullableString('What else is known.'),
  }),
  counted: nullableString(
    'Whose visits are counted: `dprk-flag`, or `nexus`: ships with a dated link to the DPRK. Null: nobody’s.',
  ),
  before: nullableSpan('The time before its first day.'),
  after: nullableSpan('The time from its first day on.'),
  rateRatio: nullableNumber('Visits in an hour heard after, over those before; null without a visit before.'),
  rateRatioLow: nullableNumber('Lower end of its exact 95 % interval.'),
  rateRatioHigh: nullableNumber('Upper end; null where there is none.'),
  answer: Type.Enum(EMBARGO_ANSWERS, { type: 'string' }),
  why: Type.String({ description: 'In words.' }),
});

/** What visits before and after say of one announcement. */
export type EmbargoComparison = Static<typeof embargoComparisonSchema>;

/** The announcements on a port with what visits say of them. */
export const portEmbargoSchema = Type.Object(
  {
    port: Type.Object({ id: Type.String(), name: Type.String(), country: Type.String() }),
    days: Type.Integer({ description: 'Length of the spans that are compared.' }),
    items: listOf(embargoComparisonSchema, { description: 'By first day.' }),
  },
  {
    title: 'PortEmbargo',
    examples: [
      {
        port: { id: 'WPI-60133', name: 'Rizhao', country: 'CN' },
        days: 90,
        items: [
          {
            announcement: {
              id: 'cn-rizhao-2016',
              bars: 'all DPRK-flagged vessels',
              barred: 'dprk-flag',
              allPorts: false,
              firstDay: '2016-03-21',
              lastDay: null,
              announcedBy: 'local port authority',
              reportedBy: 'Asahi Shimbun',
              deniedBy: 'Chinese foreign ministry',
              deniedOn: '2016-03-23',
              note: null,
            },
            counted: 'dprk-flag',
            before: {
              from: '2015-12-21T16:00:00Z',
              to: '2016-03-20T16:00:00Z',
              visits: 21,
              vessels: 9,
              hours: 2160,
              hoursHeard: 1980,
              heardShare: 0.92,
              visitsPerHeardWeek: 1.78,
            },
            after: {
              from: '2016-03-20T16:00:00Z',
              to: '2016-06-18T16:00:00Z',
              visits: 2,
              vessels: 2,
              hours: 2160,
              hoursHeard: 1404,
              heardShare: 0.65,
              visitsPerHeardWeek: 0.239,
            },
            rateRatio: 0.134,
            rateRatioLow: 0.0153,
            rateRatioHigh: 0.549,
            answer: 'fewer',
            why: 'fewer visits in the hours heard than before, beyond chance',
          },
        ],
      },
    ],
  },
);
