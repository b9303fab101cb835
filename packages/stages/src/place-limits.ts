import type { Rule } from '@offing/rules';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@offing/units';
import type { PlaceLimits } from './place-stage.ts';

/** Returns what the rules ask of the place stage, by their parameters; null for what none asks. */
export function placeLimitsOf(rules: readonly Rule[]): PlaceLimits {
  const encounter = paramsOf(rules, 'encounter');
  const grouping = paramsOf(rules, 'irregular-grouping');
  return {
    meetings: encounter && {
      withinM: encounter('withinM'),
      slowKn: encounter('slowKn'),
      leastMs: encounter('leastH') * HOUR_MS,
      mostLegMs: encounter('mostLegMin') * MINUTE_MS,
      joinMs: encounter('joinH') * HOUR_MS,
      anchorageKm: encounter('anchorageKm'),
    },
    calls: grouping && {
      slowKn: grouping('slowKn'),
      portKm: grouping('portKm'),
      withinKm: grouping('withinKm'),
      historyMs: grouping('historyD') * DAY_MS,
      heardMs: grouping('heardH') * HOUR_MS,
    },
  };
}

function paramsOf(rules: readonly Rule[], id: Rule['id']): ((name: string) => number) | null {
  const rule = rules.find((candidate) => candidate.id === id);
  return rule === undefined ? null : (name) => Number(rule.params[name]);
}
