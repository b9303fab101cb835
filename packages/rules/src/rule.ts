import type { Gazetteer } from '@offing/gazetteer';
import type { Register } from '@offing/designations';
import type { TObject } from 'typebox';
import type { EventDraft, EventType, Json } from './event.ts';
import type { Berths } from './place/berths.ts';
import type { ImoClaims } from './place/imo-claims.ts';
import type { NexusEntry } from './place/nexus-entry.ts';
import type { OutageNotice } from './place/outage-notice.ts';
import type { Outages } from './place/outages.ts';
import type { Queues } from './place/queues.ts';
import type { Reception } from './place/reception.ts';
import type { RollCall } from './place/roll-call.ts';
import type { Vanishings } from './place/vanishings.ts';
import type { Signal, VesselView } from './signal.ts';

/** What rules may look at beside their own state: reference data, and what the place stage heard. All of it is read only. */
export type Surroundings = {
  readonly gazetteer: Gazetteer;
  readonly register: Register;
  readonly reception: Reception;
  readonly outages: Outages;
  readonly vanishings: Vanishings;
  readonly berths: Berths;
  readonly queues: Queues;
  /** Which hulls sent which IMO number. */
  readonly claims: ImoClaims;
};

/** What a rule makes of a signal: its new state (undefined: nothing to remember), what happened, when to be woken. */
export type Reaction<State> = {
  readonly state: State | undefined;
  readonly events?: readonly EventDraft[];
  /** Event time at which the rule wants a `wake`, ms; a later reaction does not cancel it. */
  readonly wakeAt?: number;
  /** Whether the rule wants a `heard` with the hull's next position. */
  readonly whenHeard?: boolean;
  /** Links of the hull to the DPRK that the rule found out: kept by hull and IMO number, seen from the next signal on. */
  readonly nexus?: readonly NexusEntry[];
  /** The same of the other hull of a meeting. */
  readonly nexusOfOther?: readonly NexusEntry[];
};

/** What people need to know of a rule; printed in `docs/rules.md`, by the API and beside its alerts. */
export type RuleDocs = {
  readonly title: string;
  /** One sentence: what it raises. */
  readonly summary: string;
  /** When it opens, is revised, closes, is retracted. */
  readonly life: readonly string[];
  /** What must not raise it. */
  readonly silentFor: readonly string[];
  /** What it cannot see. */
  readonly limits: readonly string[];
  /** Explanations without ill intent that fit the same evidence. */
  readonly innocent: readonly string[];
  readonly sources: readonly string[];
};

/** One kind of event: data in, data out. A rule knows no clock, no I/O, no other rule. */
export type Rule<State = unknown> = {
  readonly id: EventType;
  /** Raised when the same track would give another event. */
  readonly version: number;
  readonly docs: RuleDocs;
  /** Schema of the parameters: defaults, ranges, and the source of each number as its description. */
  readonly paramsSchema: TObject;
  readonly params: { readonly [key: string]: Json };
  /** The kinds of signal that it reacts to. */
  readonly signals: readonly Signal['kind'][];
  react(state: State | undefined, signal: Signal, vessel: VesselView, around: Surroundings): Reaction<State>;
  /** What it makes of receivers that went out or are back; such an event has no vessel. */
  readonly onOutage?: (notice: OutageNotice, around: Surroundings) => readonly EventDraft[];
  /** Reacts to the ships that lie off a port, with a state for each port; only rules about places have it. */
  reactAtPort?(state: State | undefined, call: RollCall, around: Surroundings): Reaction<State>;
};
