import type { LocatedPort } from '@offing/gazetteer';
import type { VesselView } from '../signal.ts';

/** How often the ships with nexus that lie off the watched ports are counted, ms of event time (ours). */
export const ROLL_CALL_MS = 6 * 3_600_000;

/** A ship that answers a roll call. */
export type RollCallMember = {
  readonly vessel: VesselView;
  readonly lon: number;
  readonly lat: number;
  /** Since when it lies there, as far as is known, ms. */
  readonly since: number;
  readonly lastHeardAt: number;
};

/** The ships with nexus that lie together off a watched port at one instant, and how many did before. */
export type RollCall = {
  readonly at: number;
  readonly port: LocatedPort;
  /** The largest group off the port of which no two lie farther apart than the rule allows, by MMSI. */
  readonly members: readonly RollCallMember[];
  /** What the same count was over the port's history; the last day is left out, in which the group may have gathered. */
  readonly history: RollCallHistory;
};

/** A port's counts of late. */
export type RollCallHistory = {
  readonly samples: number;
  readonly mean: number;
  readonly variance: number;
  readonly most: number;
};

/** What the place stage needs to know of the rule on groupings. */
export type RollCallLimits = {
  readonly slowKn: number;
  readonly portKm: number;
  readonly withinKm: number;
  readonly historyMs: number;
  /** A ship last heard longer ago is not counted. */
  readonly heardMs: number;
};
