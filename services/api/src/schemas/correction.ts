import { LANGUAGES } from '@offing/alerts';
import { Type, type Static } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import { nullableString } from './nullable.ts';
import { pageOf } from './page.ts';
import { CORRECTION_KINDS, SEVERITIES, STATES } from './vocabulary.ts';

const example = {
  id: 'a_77b2d4456e103f1c09a0:3',
  alertId: 'a_77b2d4456e103f1c09a0',
  eventId: 'e_77b2d4456e103f1c09a0',
  version: 3,
  kind: 'retracted',
  type: 'transponder-gap',
  knownSince: '2016-11-13T00:00:00Z',
  recordedAt: '2026-01-01T00:00:00Z',
  reason: 'the feed itself was out',
  changes: ['State: open → retracted'],
  sentence: 'RETRACTED: No position was received for 27 h. Withdrawn because the feed itself was out.',
  sentenceBefore: 'No position was received for 27 h.',
  state: 'retracted',
  severity: 'info',
  mmsi: [445123000],
  synthetic: false,
  feeds: ['demo'],
  url: '/alerts/a_77b2d4456e103f1c09a0?as_of=2016-11-13T00%3A00%3A00Z',
} as const;

/** A revision or retraction of an alert that had been told. */
export const correctionSchema = Type.Object(
  {
    id: Type.String({ description: 'Of the alert and its version.' }),
    alertId: Type.String(),
    eventId: Type.String(),
    version: Type.Integer({ minimum: 2, description: 'The version that corrects the one before it.' }),
    kind: Type.Enum(CORRECTION_KINDS, {
      type: 'string',
      description:
        'retracted: taken back; corrected: changed for the reason given; extended: told how it went on.',
    }),
    type: Type.String({ description: 'Kind of event: the id of its rule.' }),
    knownSince: Type.String({ description: 'Since when it was known, in the time of the data.' }),
    recordedAt: Type.String({ description: 'When it was written down and told here, by the clock.' }),
    reason: nullableString('Why; null where the matter only went on.'),
    changes: listOf(Type.String(), { description: 'What changed, a line each.' }),
    sentence: Type.String({ description: 'As it reads now.' }),
    sentenceBefore: Type.String({ description: 'As it read before.' }),
    sentenceLang: Type.Optional(
      Type.Enum(LANGUAGES, { type: 'string', description: 'Only where `lang` was asked for.' }),
    ),
    state: Type.Enum(STATES, { type: 'string' }),
    severity: Type.Enum(SEVERITIES, { type: 'string' }),
    mmsi: listOf(Type.Integer()),
    synthetic: Type.Boolean(),
    feeds: listOf(Type.String()),
    url: Type.String({ description: 'Page of the alert as it was then.' }),
  },
  { title: 'Correction', examples: [example] },
);

/** A page of corrections, with whom to write to for another. */
export const correctionsSchema = Type.Object({
  ...pageOf(correctionSchema).properties,
  contact: nullableString('Whom to write to for a right of reply; null where nobody is named.'),
});

/** A correction in public. */
export type PublicCorrection = Static<typeof correctionSchema>;
