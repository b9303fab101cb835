import { LANGUAGES } from '@offing/alerts';
import { Type, type Static } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import type { EventPort, Json } from '@offing/rules';
import { nullableString } from './nullable.ts';
import { SEVERITIES, STATES } from './vocabulary.ts';

const freeObject = (description: string) =>
  Type.Unsafe<{ readonly [key: string]: Json }>({ type: 'object', additionalProperties: true, description });

const strings = (description: string) => listOf(Type.String(), { description });
const integers = (description: string) => listOf(Type.Integer(), { description });

const port = Type.Unsafe<EventPort | null>({
  type: ['object', 'null'],
  description: 'The port that the event is about.',
  properties: {
    id: { type: 'string' },
    name: { type: 'string', description: 'Plain name, such as Longkou.' },
    country: { type: 'string', description: 'ISO 3166-1 alpha-2.' },
  },
  required: ['id', 'name', 'country'],
});

const face = {
  type: Type.String({ description: 'Kind of event: the id of its rule.' }),
  version: Type.Integer({ minimum: 1 }),
  state: Type.Enum(STATES, { type: 'string' }),
  mmsi: integers('MMSIs of the vessels, as sent.'),
  imoNumber: integers('IMO numbers of the vessels, as sent and with a check digit that holds.'),
  vesselId: strings('Our ids of the hulls; see /v1/vessels/{id}.'),
  openedAt: Type.String({
    description: 'First moment of the matter, ISO 8601 UTC; not when a threshold passed.',
  }),
  closedAt: nullableString('When it ended; null while it goes on.'),
  lon: Type.Number({ description: 'Degrees east, WGS84.' }),
  lat: Type.Number({ description: 'Degrees north, WGS84.' }),
  port,
  verdict: nullableString('silent, unobserved or void; null except for silences.'),
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  severity: Type.Enum(SEVERITIES, { type: 'string' }),
  sentence: Type.String({ description: 'What happened, in one sentence with cautious words.' }),
  evidence: freeObject('Observed values beside their thresholds, and the positions it rests on as received.'),
  knownSince: Type.String({ description: 'Since when this version was known, ISO 8601 UTC.' }),
  rule: Type.Object({
    id: Type.String(),
    version: Type.Integer(),
    params: freeObject('Parameters in use, units in their names.'),
  }),
  synthetic: Type.Boolean({ description: 'Whether it rests on made-up ships of the demonstration.' }),
  feeds: strings('Names of the feeds that it rests on.'),
  nexus: Type.Boolean({ description: 'Whether a dated, sourced reason links a vessel to the DPRK.' }),
};

const sentences = Type.Object(
  {
    en: Type.String(),
    zh: nullableString('Chinese; null for a version that was written before there were translations.'),
    ko: nullableString('Korean; null likewise.'),
  },
  { description: 'The sentence in every language, with the same figures.' },
);

const alertFace = {
  id: Type.String({ description: 'Id of the alert; a replay makes the same.' }),
  eventId: Type.String({ description: 'Id of the event that it shows.' }),
  ...face,
  innocentExplanations: strings('Explanations without ill intent that fit the same evidence.'),
  reference: freeObject('Versions of the lists, ports and coast that were used.'),
  reason: nullableString('Why this version corrects an earlier one.'),
  sentenceLang: Type.Optional(
    Type.Enum(LANGUAGES, {
      type: 'string',
      description:
        'Only where `lang` was asked for: the language of the sentence; `en` where this version has no other.',
    }),
  ),
};

const example = {
  id: 'e3f1c09a77b2d4456e10',
  type: 'transponder-gap',
  version: 2,
  state: 'closed',
  mmsi: [445123000],
  imoNumber: [],
  vesselId: ['v9b1de02a6c3f4778a01'],
  openedAt: '2016-11-05T15:40:00Z',
  closedAt: '2016-11-06T18:45:00Z',
  lon: 120.28,
  lat: 37.72,
  port: { id: 'CNLKU', name: 'Longkou', country: 'CN' },
  verdict: 'silent',
  confidence: 0.8,
  severity: 'medium',
  sentence: 'No position was received for 27 h 5 min off Longkou although other ships there were heard.',
  evidence: { silentH: 27.08, thresholdH: 6 },
  knownSince: '2016-11-06T18:45:00Z',
  rule: { id: 'transponder-gap', version: 1, params: { thresholdH: 6 } },
  synthetic: true,
  feeds: ['demo'],
  nexus: true,
};

const alertExample = {
  ...example,
  id: 'a77b2d4456e103f1c09a',
  eventId: example.id,
  innocentExplanations: ['A fault of the transponder.'],
  reference: { gazetteer: '2026-01-01' },
  reason: null,
};

/** An event as listed and exported: the contract of the command line's `export events`. */
export const eventSchema = Type.Object(
  { id: Type.String(), ...face },
  { title: 'Event', examples: [example] },
);

/** An alert as listed: the face of its event under its own id. */
export const alertSchema = Type.Object(alertFace, { title: 'Alert', examples: [alertExample] });

const eventVersion = Type.Object(
  {
    id: Type.String(),
    ...face,
    reason: nullableString('Why this version corrects an earlier one.'),
  },
  { title: 'EventVersion' },
);

const positionsUrl = Type.String({
  description: 'Where the positions are that it rests on, with their receivers and raw records.',
});

/** An event with every version of it as it was known. */
export const eventDetailSchema = Type.Object(
  { id: Type.String(), ...face, positionsUrl, versions: listOf(eventVersion) },
  {
    title: 'EventDetail',
    examples: [{ ...example, positionsUrl: `/v1/events/${example.id}/positions`, versions: [] }],
  },
);

const alertVersion = Type.Object({ ...alertFace, sentences }, { title: 'AlertVersion' });

/** An alert with every version of it as it was known. */
export const alertDetailSchema = Type.Object(
  { ...alertFace, sentences, positionsUrl, versions: listOf(alertVersion) },
  {
    title: 'AlertDetail',
    examples: [
      {
        ...alertExample,
        sentences: { en: alertExample.sentence, zh: null, ko: null },
        positionsUrl: `/v1/alerts/${alertExample.id}/positions`,
        versions: [],
      },
    ],
  },
);

/** An event in public. */
export type PublicEvent = Static<typeof eventSchema>;
/** An alert in public. */
export type PublicAlert = Static<typeof alertSchema>;
