import { SILENCE_PARAMS } from './place/silence.ts';
import type { Rule } from './rule.ts';
import { darkNearPort } from './rules/dark-near-port.ts';
import { designatedVessel } from './rules/designated-vessel.ts';
import { draughtChange } from './rules/draught-change.ts';
import { embargoBreach } from './rules/embargo-breach.ts';
import { encounter } from './rules/encounter.ts';
import { feedOutage } from './rules/feed-outage.ts';
import { firstSeenNearCoast } from './rules/first-seen-near-coast.ts';
import { hovering } from './rules/hovering.ts';
import { identityChange } from './rules/identity-change.ts';
import { impossibleJump } from './rules/impossible-jump.ts';
import { irregularGrouping } from './rules/irregular-grouping.ts';
import { loitering } from './rules/loitering.ts';
import { portVisit } from './rules/port-visit.ts';
import { recentDprkCall } from './rules/recent-dprk-call.ts';
import { sharedMmsi } from './rules/shared-mmsi.ts';
import { roundTripWithoutCall } from './rules/round-trip-without-call.ts';
import { transponderGap } from './rules/transponder-gap.ts';
import { zoneEntry } from './rules/zone-entry.ts';

/** Parameters that a deployment changes, by rule id; what is not named keeps its documented default. */
export type RuleSettings = { readonly [ruleId: string]: Readonly<Record<string, unknown>> };

const MAKERS = {
  'dark-near-port': darkNearPort,
  'designated-vessel': designatedVessel,
  'draught-change': draughtChange,
  'embargo-breach': embargoBreach,
  encounter: encounter,
  'feed-outage': feedOutage,
  'first-seen-near-coast': firstSeenNearCoast,
  hovering: hovering,
  'identity-change': identityChange,
  'impossible-jump': impossibleJump,
  'irregular-grouping': irregularGrouping,
  loitering: loitering,
  'port-visit': portVisit,
  'recent-dprk-call': recentDprkCall,
  'round-trip-without-call': roundTripWithoutCall,
  'shared-mmsi': sharedMmsi,
  'transponder-gap': transponderGap,
  'zone-entry': zoneEntry,
} as const;

/** Returns every rule with its parameters, in a fixed order; a RangeError lists every faulty name and parameter at once. */
export function ruleBook(settings: RuleSettings = {}): readonly Rule[] {
  const faults: string[] = Object.keys(settings)
    .filter((id) => !(id in MAKERS))
    .map((id) => `${id}: no such rule (known: ${Object.keys(MAKERS).join(', ')})`);
  const rules = Object.entries(MAKERS).flatMap(([id, make]) => {
    try {
      return [make(settingsOf(id, settings))];
    } catch (error) {
      faults.push((error as Error).message);
      return [];
    }
  });
  if (faults.length > 0) throw new RangeError(faults.join('\n'));
  return rules;
}

/** What a deployment set for a rule. Both rules on silences judge by one set of parameters unless it says otherwise. */
function settingsOf(id: string, settings: RuleSettings): Readonly<Record<string, unknown>> {
  const own = settings[id] ?? {};
  if (id !== 'dark-near-port') return own;
  const shared = Object.entries(settings['transponder-gap'] ?? {}).filter(([name]) => name in SILENCE_PARAMS);
  return { ...Object.fromEntries(shared), ...own };
}
