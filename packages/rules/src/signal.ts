import type { Zone } from '@offing/gazetteer';
import type { Identity } from '@offing/track';
import type { EventVessel } from './event.ts';
import type { Meeting } from './place/meeting.ts';
import type { NexusEntry } from './place/nexus-entry.ts';
import type { Fix } from './fix.ts';
import type { Visit } from './place/visit.ts';

export type { Fix } from './fix.ts';

/** The hull that a signal is about, as it is known at that moment. */
export type VesselView = {
  readonly vesselId: string;
  readonly mmsi: number;
  readonly identity: Identity;
  /** One of AIS_CLASS in the track package. */
  readonly aisClass: number;
  /** Index of the feed that heard it last, in the list of feeds. */
  readonly feed: number;
  /** Names of all the feeds that have heard it. */
  readonly feeds: readonly string[];
  /** Whether any of them is made up. */
  readonly synthetic: boolean;
  /** Mean time between its reports of late, silences left out; ms, 0 before the second report. */
  readonly cadenceMs: number;
  /** Positions heard so far. */
  readonly positions: number;
  /** What rules found out of its links to the DPRK, past ones among them, oldest first. */
  readonly nexus: readonly NexusEntry[];
};

/** A position at the edge of a slow stretch: enough of a fix to say where and when it began or ended. */
export type SlowFix = Pick<Fix, 'at' | 'lon' | 'lat' | 'sogKn'>;

/** A place where a hull was at an instant, ms. */
export type SeenAt = { readonly at: number; readonly lon: number; readonly lat: number };

/** A place on a hull's way, and whether it lay still there in that hour. */
export type TrailPoint = SeenAt & { readonly still: boolean };

/** A hull as another of its MMSI is set beside it: what it claims, where it was first and where it was heard last. */
export type HullSight = {
  readonly vessel: EventVessel;
  readonly positions: number;
  readonly first: SeenAt;
  readonly last: SeenAt;
};

/** What a vessel did in one hour (UTC hours are only a way to count; nothing is cut at a day). */
export type HourSummary = {
  /** First and last position of the hour, ms. */
  readonly first: Fix;
  readonly last: Fix;
  readonly positions: number;
  /** Mean of the reported speeds over the time; speed made good where none was reported; null for one position without. */
  readonly meanSogKn: number | null;
  readonly minSogKn: number | null;
  /** Mean place, longitudes averaged on the circle. */
  readonly lon: number;
  readonly lat: number;
  /** Last slow position before the hour's last fast ones; null where it was not slow before, or stayed so. */
  readonly slowUntil: SlowFix | null;
  /** First position since which it was slow to the end of the hour; null where it was not. */
  readonly slowSince: SlowFix | null;
};

/** What is known of a hull's past when it falls silent. */
export type Past = {
  /** Where it was, coarsely, oldest first. */
  readonly trail: readonly TrailPoint[];
  /** Highest speed that it made good over half an hour and more, kn; null where none is known. */
  readonly serviceKn: number | null;
  /** Since when it had been heard without a long pause, ms. */
  readonly heardSince: number;
};

/** What happened to a visit to a port; `wasTold` where an earlier signal opened it. */
export type VisitChange = {
  readonly change: 'opened' | 'revised' | 'closed';
  readonly visit: Visit;
  readonly wasTold: boolean;
};

/** From whose waters a hull came into whose (ISO 3166-1 alpha-2); null: nobody's, or those of a country that does not matter. */
export type WatersChange = { readonly from: string | null; readonly to: string | null };

/** A zone that a hull came into or left. */
export type ZoneStep = { readonly zone: Zone; readonly inside: boolean };

/** Several hulls that are heard under one MMSI. */
export type HullsInTurn = {
  readonly heard: HullSight;
  /** Where `heard` was before the position that raised the signal; null where that was its first. */
  readonly before: SeenAt | null;
  /** The other believed hull that was heard last. */
  readonly other: HullSight;
  /** When the run began in which hulls of the MMSI were heard in turn, without a pause of a day, ms. */
  readonly since: number;
  /** Whether two believed hulls were each heard again after the other. */
  readonly interleaved: boolean;
  /** Whether `heard` came to be believed with this position. */
  readonly isNew: boolean;
};

/**
 * What wakes a rule. The hot path looks at every position and raises a signal only when something about a vessel changed:
 * - `silent`: the feed's watermark passed the last position by more than the rule's threshold; with the speed that the
 *   hull made good over its last positions, kn, for those that report none;
 * - `returned`: the same hull was heard again after a `silent`;
 * - `elsewhere`: another hull was heard under the MMSI of a silent one;
 * - `hulls`: under an MMSI that several hulls use another was heard than before, or one more came to be believed; the
 *   state is that of the MMSI, whichever hull was heard;
 * - `hour`: an hour with positions ended, near a watched port or with the rule in the middle of something;
 * - `offshore`: an hour with positions ended far from shore that was slow, or began to be, or with the rule in the middle
 *   of something;
 * - `meeting`: the hull and another were close and slow for long, or that ended; told to the one with the lower MMSI;
 * - `visit`: the hull stopped at a berth, at the berths of another port, or left the port after a stop;
 * - `waters`: it came into or left the 12-mile waters of a country that a rule cares about, or was first heard there;
 * - `zone`: it came into a zone of the user's or left one;
 * - `identity`: the hull said something new of itself, or was first heard;
 * - `heard`: the next position of a hull for which the rule asked;
 * - `wake`: the instant came for which the rule asked.
 */
export type Signal =
  | ({
      readonly kind: 'silent';
      readonly at: number;
      readonly off: Fix;
      readonly madeGoodKn: number | null;
    } & Past)
  | { readonly kind: 'returned'; readonly at: number; readonly off: Fix; readonly on: Fix }
  | { readonly kind: 'elsewhere'; readonly at: number }
  | ({ readonly kind: 'hulls'; readonly at: number } & HullsInTurn)
  | { readonly kind: 'hour'; readonly at: number; readonly hour: HourSummary }
  | { readonly kind: 'offshore'; readonly at: number; readonly hour: HourSummary }
  | { readonly kind: 'meeting'; readonly at: number; readonly other: VesselView; readonly meeting: Meeting }
  | ({ readonly kind: 'visit'; readonly at: number } & VisitChange)
  | ({
      readonly kind: 'waters';
      readonly at: number;
      readonly before: Fix | null;
      readonly fix: Fix;
    } & WatersChange)
  | ({
      readonly kind: 'zone';
      readonly at: number;
      readonly before: Fix | null;
      readonly fix: Fix;
    } & ZoneStep)
  | { readonly kind: 'identity'; readonly at: number; readonly fix: Fix }
  | { readonly kind: 'heard'; readonly at: number; readonly fix: Fix }
  | { readonly kind: 'wake'; readonly at: number; readonly lastFix: Fix };
