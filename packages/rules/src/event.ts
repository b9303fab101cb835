/** The kinds of event that the rules of this version raise; each is the id of its rule. */
export type EventType =
  | 'draught-change'
  | 'embargo-breach'
  | 'encounter'
  | 'irregular-grouping'
  | 'loitering'
  | 'port-visit'
  | 'recent-dprk-call'
  | 'round-trip-without-call'
  | 'zone-entry'
  | 'dark-near-port'
  | 'feed-outage'
  | 'first-seen-near-coast'
  | 'impossible-jump'
  | 'shared-mmsi'
  | 'transponder-gap'
  | 'hovering'
  | 'designated-vessel'
  | 'identity-change';

/** What the evidence supports about a silence (shared vocabulary of the gap rules). */
export type Verdict = 'silent' | 'unobserved' | 'void';

/** How much an event matters, least first; the table that gives it stands in the alerts package. */
export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';

/** Where an event stands: it goes on, it ended, or it was withdrawn. */
export type EventState = 'open' | 'closed' | 'retracted';

/** What a version did to its event. */
export type EventChange = 'opened' | 'revised' | 'closed' | 'retracted';

/** A port as printed with an event. */
export type EventPort = { readonly id: string; readonly name: string; readonly country: string };

/** A hull as printed with an event: what it claimed at the time. */
export type EventVessel = {
  readonly vesselId: string;
  readonly mmsi: number;
  readonly imoNumber: number | null;
  readonly shipName: string | null;
};

/** Evidence is plain JSON: numbers with their unit in the name, instants as ISO text. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A sentence in the languages beside English. */
export type Translations = { readonly zh: string; readonly ko: string };

/** What a rule says happened, before ids, severity and words are put on it. */
export type EventDraft = {
  readonly type: EventType;
  readonly change: EventChange;
  readonly vessels: readonly EventVessel[];
  /** Parts that tell this event from others of the same rule and hull beside its first moment; usually empty. */
  readonly discriminator: string;
  /** What stands for the hulls in the id, where the hulls may change while the event lasts. */
  readonly idParts?: readonly string[];
  /** First moment of the matter as first told, ms; the id is made from it. */
  readonly firstToldAt: number;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly lon: number;
  readonly lat: number;
  readonly port: EventPort | null;
  readonly verdict: Verdict | null;
  /** 0 to 1. */
  readonly confidence: number;
  /** Whether a dated, sourced reason links a vessel of the event to the DPRK. */
  readonly nexus: boolean;
  readonly evidence: { readonly [key: string]: Json };
  /** Names of the feeds that the event rests on. */
  readonly feeds: readonly string[];
  /** Whether any of those feeds is made up. */
  readonly synthetic: boolean;
  readonly ruleVersion: number;
  readonly ruleParams: { readonly [key: string]: Json };
  /** Why this version exists, in words, when it corrects an earlier one. */
  readonly reason: string | null;
  /** The watermark at which the rule could know, ms. */
  readonly knownSince: number;
};

/** One version of an event as it is kept and shown. */
export type EventVersion = Omit<
  EventDraft,
  'vessels' | 'discriminator' | 'idParts' | 'firstToldAt' | 'change'
> & {
  readonly eventId: string;
  readonly alertId: string;
  readonly version: number;
  readonly state: EventState;
  readonly change: EventChange;
  readonly mmsi: readonly number[];
  readonly imoNumber: readonly number[];
  readonly vesselId: readonly string[];
  readonly severity: Severity;
  readonly sentence: string;
  /** The same sentence in other languages; null for versions that were written before there were any. */
  readonly translations: Translations | null;
  /** Explanations without any ill intent that fit the same evidence. */
  readonly innocent: readonly string[];
  /** Versions of the lists, ports and coast that were used. */
  readonly reference: { readonly [key: string]: Json };
};
