import { MEASURES, text, type Evidence } from './measure-rows.ts';

export type { Evidence } from './measure-rows.ts';

/** A threshold of a rule beside what was observed. */
export type Measure = {
  readonly what: string;
  readonly observed: string;
  readonly threshold: string;
  /** The fields of the evidence that it tells as a whole. */
  readonly keys: readonly string[];
};

/** Returns the thresholds of an event's rule beside the observed values, as far as its evidence tells them. */
export function measuresOf(type: string, evidence: Evidence): readonly Measure[] {
  const rows = Object.hasOwn(MEASURES, type) ? MEASURES[type] : [];
  return rows
    .filter(({ paths }) => paths.every((path) => text(evidence, path) !== ''))
    .map(({ what, paths, observed, threshold }) => ({
      what,
      keys: paths.filter((path) => !path.includes('.')),
      observed: observed(evidence),
      threshold: threshold(evidence),
    }));
}
