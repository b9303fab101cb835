import type { Identity } from '@offing/track';

/** One position as received, as far as evidence needs it. Null where the message did not say. */
export type Fix = {
  /** Event time, ms. */
  readonly at: number;
  readonly lon: number;
  readonly lat: number;
  readonly sogKn: number | null;
  /** True. */
  readonly cogDeg: number | null;
  readonly navStatus: number | null;
};

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
};

/** A position at the edge of a slow stretch: enough of a fix to say where and when it began or ended. */
export type SlowFix = Pick<Fix, 'at' | 'lon' | 'lat' | 'sogKn'>;

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

/**
 * What wakes a rule. The hot path looks at every position and raises a signal only when something about a vessel changed:
 * - `silent`: the feed's watermark passed the last position by more than the rule's threshold; with the speed that the
 *   hull made good over its last positions, kn, for those that report none;
 * - `returned`: the same hull was heard again after a `silent`;
 * - `elsewhere`: another hull was heard under the MMSI of a silent one;
 * - `hour`: an hour with positions ended, near a watched port or with the rule in the middle of something;
 * - `identity`: the hull said something new of itself, or was first heard;
 * - `heard`: the next position of a hull for which the rule asked;
 * - `wake`: the instant came for which the rule asked.
 */
export type Signal =
  | { readonly kind: 'silent'; readonly at: number; readonly off: Fix; readonly madeGoodKn: number | null }
  | { readonly kind: 'returned'; readonly at: number; readonly off: Fix; readonly on: Fix }
  | { readonly kind: 'elsewhere'; readonly at: number }
  | { readonly kind: 'hour'; readonly at: number; readonly hour: HourSummary }
  | { readonly kind: 'identity'; readonly at: number; readonly fix: Fix }
  | { readonly kind: 'heard'; readonly at: number; readonly fix: Fix }
  | { readonly kind: 'wake'; readonly at: number; readonly lastFix: Fix };
