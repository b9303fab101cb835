import { Type, type Static } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import { nullableInteger, nullableNumber } from './nullable.ts';

const texts = (description: string) => listOf(Type.String(), { description });

const parameterSchema = Type.Object({
  name: Type.String({ description: 'Its unit stands at its end.' }),
  value: Type.Unsafe<unknown>({ description: 'In use on this server.' }),
  least: nullableNumber('The least that may be set.'),
  most: nullableNumber('The most that may be set.'),
  meaning: Type.String({
    description: 'What it means, its unit, and in brackets where the default comes from.',
  }),
});

const labelledSchema = Type.Unsafe<{
  readonly ranOn: string;
  readonly command: string;
  readonly scenarios: number;
  readonly version: number;
  readonly expected: number;
  readonly found: number;
  readonly falseAlarms: number;
  readonly recall: number | null;
  readonly precision: number | null;
  readonly medianDelayH: number | null;
} | null>({
  ...Type.Object({
    ranOn: Type.String({ description: 'Day of the run.' }),
    command: Type.String({
      description: 'What was run; running it again gives the figures of this version.',
    }),
    scenarios: Type.Integer({ description: 'Labelled scenarios of all rules together.' }),
    version: Type.Integer({ description: 'Version of the rule that was measured.' }),
    expected: Type.Integer(),
    found: Type.Integer(),
    falseAlarms: Type.Integer(),
    recall: nullableNumber('Found of expected.'),
    precision: nullableNumber('Found of all that it raised.'),
    medianDelayH: nullableNumber('From the moment that a scenario names until the rule knew, hours.'),
  }),
  type: ['object', 'null'],
  description: 'How it does on the labelled scenarios; null where it was not measured.',
});

const bucketSchema = Type.Object({
  leastWitnesses: Type.Integer(),
  mostWitnesses: nullableInteger('Null: without limit.'),
  gaps: Type.Integer({ description: 'Silences longer than the threshold.' }),
  real: Type.Integer({ description: 'Of ships that were switched off.' }),
  told: Type.Integer({ description: 'Told as `silent`.' }),
  precision: nullableNumber('Switched off of those told as `silent`.'),
  recall: nullableNumber('Told as `silent` of those switched off that would have been heard otherwise.'),
});

const calibrationSchema = Type.Unsafe<{
  readonly ranOn: string;
  readonly command: string;
  readonly rule: { readonly id: string; readonly version: number };
  readonly seas: number;
  readonly ships: number;
  readonly days: number;
  readonly byWitnesses: readonly Static<typeof bucketSchema>[];
} | null>({
  ...Type.Object({
    ranOn: Type.String({ description: 'Day of the run.' }),
    command: Type.String(),
    rule: Type.Object({ id: Type.String(), version: Type.Integer() }, { description: 'What was measured.' }),
    seas: Type.Integer({ description: 'Made-up seas.' }),
    ships: Type.Integer({ description: 'Ships on each.' }),
    days: Type.Integer({ description: 'Days of each.' }),
    byWitnesses: listOf(bucketSchema, { description: 'By other ships heard meanwhile.' }),
  }),
  type: ['object', 'null'],
  description: 'How often `silent` was right on made-up seas; null for rules that judge no silence.',
});

/** A rule as this server runs it. */
export const ruleSchema = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    version: Type.Integer(),
    summary: Type.String(),
    life: texts('When it opens, is revised, closes and is taken back.'),
    silentFor: texts('What must not raise it.'),
    limits: texts('What it cannot see.'),
    innocentExplanations: texts('Explanations without ill intent, printed with its alerts.'),
    sources: texts('Where its defaults come from.'),
    params: Type.Unsafe<Readonly<Record<string, unknown>>>({
      type: 'object',
      additionalProperties: true,
      description: 'Parameters in use, units in their names.',
    }),
    parameters: listOf(parameterSchema, { description: 'The same with their ranges and meanings.' }),
    labelled: labelledSchema,
    calibration: calibrationSchema,
  },
  {
    title: 'Rule',
    examples: [
      {
        id: 'transponder-gap',
        title: 'Transponder gap',
        version: 1,
        summary: 'A ship that was heard falls silent.',
        life: ['Opens when the silence is longer than the threshold.'],
        silentFor: ['outages of the feed'],
        limits: ['A hole in reception looks like a silence.'],
        innocentExplanations: ['the transponder failed'],
        sources: ['Welch et al. 2022'],
        params: { thresholdH: 6 },
        parameters: [
          {
            name: 'thresholdH',
            value: 6,
            least: 1,
            most: 720,
            meaning: 'Silence must be longer; hours [GFW].',
          },
        ],
        labelled: null,
        calibration: null,
      },
    ],
  },
);

/** A rule in public. */
export type PublicRule = Static<typeof ruleSchema>;
