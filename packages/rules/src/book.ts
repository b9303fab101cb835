import type { Rule } from './rule.ts';
import { designatedVessel } from './rules/designated-vessel.ts';
import { hovering } from './rules/hovering.ts';
import { transponderGap } from './rules/transponder-gap.ts';

/** Parameters that a deployment changes, by rule id; what is not named keeps its documented default. */
export type RuleSettings = { readonly [ruleId: string]: Readonly<Record<string, unknown>> };

const MAKERS = {
  'designated-vessel': designatedVessel,
  hovering: hovering,
  'transponder-gap': transponderGap,
} as const;

/** Returns every rule with its parameters, in a fixed order; a RangeError lists every faulty name and parameter at once. */
export function ruleBook(settings: RuleSettings = {}): readonly Rule[] {
  const faults: string[] = Object.keys(settings)
    .filter((id) => !(id in MAKERS))
    .map((id) => `${id}: no such rule (known: ${Object.keys(MAKERS).join(', ')})`);
  const rules = Object.entries(MAKERS).flatMap(([id, make]) => {
    try {
      return [make(settings[id] ?? {})];
    } catch (error) {
      faults.push((error as Error).message);
      return [];
    }
  });
  if (faults.length > 0) throw new RangeError(faults.join('\n'));
  return rules;
}
