import type { HourCoverage } from '@offing/rules';
import type { Fold } from '@offing/stages';

/** Returns what a fold heard so far in the hour that goes on, as a list of that hour; empty before the first position. */
export function coverageNow(fold: Fold): readonly HourCoverage[] {
  const hour = fold.coverageNow();
  return hour === null ? [] : [hour];
}
