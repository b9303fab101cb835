import type { EventState, Severity, Verdict } from '@offing/rules';
import type { CorrectionKind } from '@offing/store';

/** The ids of all rules of the catalogue; a rule that this version does not have has no events. */
export const EVENT_TYPES = [
  'designated-vessel',
  'transponder-gap',
  'dark-near-port',
  'hovering',
  'loitering',
  'encounter',
  'port-visit',
  'round-trip-without-call',
  'irregular-grouping',
  'embargo-breach',
  'recent-dprk-call',
  'identity-change',
  'shared-mmsi',
  'impossible-jump',
  'draught-change',
  'first-seen-near-coast',
  'zone-entry',
  'feed-outage',
] as const;

/** How much an event matters, least first. */
export const SEVERITIES = [
  'info',
  'low',
  'medium',
  'high',
  'critical',
] as const satisfies readonly Severity[];

/** What the evidence supports about a silence. */
export const VERDICTS = ['silent', 'unobserved', 'void'] as const satisfies readonly Verdict[];

/** Where an event stands. */
export const STATES = ['open', 'closed', 'retracted'] as const satisfies readonly EventState[];

/** What a later version did to an alert that had been told. */
export const CORRECTION_KINDS = [
  'retracted',
  'corrected',
  'extended',
] as const satisfies readonly CorrectionKind[];

/** What may be asked for as `state`. */
export const STATE_CHOICES = [...STATES, 'any'] as const;
