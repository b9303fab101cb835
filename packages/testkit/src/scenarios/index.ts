import { CALLS } from './calls.ts';
import { IDENTITIES } from './identities.ts';
import { LISTS_AND_ZONES } from './lists-and-zones.ts';
import { MEETINGS } from './meetings.ts';
import type { Scenario } from './scenario.ts';
import { SILENCES } from './silences.ts';
import { WAITS } from './waits.ts';

/** All labelled scenarios that are made here. */
export const SCENARIOS: readonly Scenario[] = [
  ...WAITS,
  ...MEETINGS,
  ...SILENCES,
  ...CALLS,
  ...IDENTITIES,
  ...LISTS_AND_ZONES,
];
