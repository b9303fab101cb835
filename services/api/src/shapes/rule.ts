import type { Rule } from '@offing/rules';
import { calibrationFigures, labelledFigures } from '../measured/rule-figures.ts';
import type { PublicRule } from '../schemas/rule.ts';

/** Returns a rule as it stands in the API, with what was measured of it. */
export function publicRule(rule: Rule): PublicRule {
  const { id, version, docs, params } = rule;
  return {
    id,
    title: docs.title,
    version,
    summary: docs.summary,
    life: docs.life,
    silentFor: docs.silentFor,
    limits: docs.limits,
    innocentExplanations: docs.innocent,
    sources: docs.sources,
    params,
    parameters: parametersOf(rule),
    labelled: labelledOf(id),
    calibration: calibrationOf(id),
  };
}

function parametersOf({ params, paramsSchema }: Rule): PublicRule['parameters'] {
  return Object.entries(paramsSchema.properties).map(([name, schema]) => {
    const { minimum, maximum, description } = schema as {
      readonly minimum?: number;
      readonly maximum?: number;
      readonly description?: string;
    };
    const value = params[name] ?? null;
    return { name, value, least: minimum ?? null, most: maximum ?? null, meaning: description ?? '' };
  });
}

function labelledOf(id: string): PublicRule['labelled'] {
  const figures = labelledFigures(id);
  if (figures === null) return null;
  const { expected, found, falseAlarms } = figures;
  return { ...figures, recall: share(found, expected), precision: share(found, found + falseAlarms) };
}

function calibrationOf(id: string): PublicRule['calibration'] {
  const figures = calibrationFigures(id);
  if (figures === null) return null;
  const byWitnesses = figures.byWitnesses.map(({ audible, right, rightAudible, ...bucket }) => ({
    ...bucket,
    precision: share(right, bucket.told),
    recall: share(rightAudible, audible),
  }));
  return { ...figures, byWitnesses };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1000) / 1000;
}
