import { Type, type Static } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import { nullableString } from './nullable.ts';

const value = (description: string) => Type.String({ description });
const count = Type.Integer({ minimum: 0 });

const counts = (description: string) => listOf(Type.Object({ value: value(''), count }), { description });

const ports = listOf(
  Type.Object({
    value: value("The port's id."),
    name: Type.String({ description: 'As the alerts name it.' }),
    country: Type.String({ description: 'ISO 3166-1 alpha-2; empty where it is not known.' }),
    count,
  }),
  { description: 'By port, at most the hundred with the most alerts.' },
);

const histogram = Type.Object(
  {
    unit: Type.Enum(['hour', 'day', 'week', 'month'], {
      type: 'string',
      description: 'Length of a bin by the calendar of UTC, chosen from the interval; weeks begin on Monday.',
    }),
    from: nullableString('Begin of the interval: `from`, else the first opening; null where there is none.'),
    to: nullableString('Its end: `to`, else the last opening.'),
    before: Type.Integer({ minimum: 0, description: 'Alerts that had begun before it and lasted into it.' }),
    bins: listOf(
      Type.Object({
        from: Type.String({ description: 'First moment of the bin, as `from` takes it.' }),
        to: Type.String({ description: 'Its last moment, as `to` takes it.' }),
        count: Type.Integer({ minimum: 1 }),
      }),
      { description: 'Bins in which something began, in order; the others are empty.' },
    ),
  },
  { description: 'Alerts by when they began.' },
);

/** How many alerts of each kind a filter finds. */
export const facetsSchema = Type.Object(
  {
    total: Type.Integer({ minimum: 0, description: 'Alerts that the filter finds.' }),
    rule: counts('By kind of event.'),
    severity: counts('By severity; `severity` of the filter is the least wanted, these are single ones.'),
    verdict: counts('By verdict; what is no silence is in none.'),
    state: counts('By state.'),
    nexus: counts('`true` and `false`.'),
    flag: counts('By country of the MMSIs; an alert with ships of two countries counts for both.'),
    port: ports,
    histogram,
    asOf: nullableString('The instant whose knowledge this is; null for now.'),
  },
  {
    title: 'AlertFacets',
    examples: [
      {
        total: 3,
        rule: [{ value: 'transponder-gap', count: 3 }],
        severity: [
          { value: 'high', count: 2 },
          { value: 'low', count: 1 },
        ],
        verdict: [{ value: 'silent', count: 2 }],
        state: [{ value: 'closed', count: 3 }],
        nexus: [{ value: 'false', count: 3 }],
        flag: [{ value: 'KP', count: 3 }],
        port: [{ value: 'CNLKU', name: 'Longkou', country: 'CN', count: 3 }],
        histogram: {
          unit: 'day',
          from: '2016-11-05T15:40:00Z',
          to: '2016-11-20T04:00:00Z',
          before: 0,
          bins: [{ from: '2016-11-05T00:00:00Z', to: '2016-11-05T23:59:59.999Z', count: 3 }],
        },
        asOf: null,
      },
    ],
  },
);

/** How many alerts of each kind a filter finds, as answered. */
export type PublicFacets = Static<typeof facetsSchema>;
