import { METRES_PER_SECOND_PER_KNOT } from '@offing/units';

/** Slow points of ships are compared on a grid of event time with this spacing, ms (detections.md, `encounter`). */
export const GRID_MS = 600_000;

/** What one side of a meeting did during one part of it. */
export type MeetingSide = {
  /** Mean place, degrees; longitudes are averaged as differences. */
  readonly lon: number;
  readonly lat: number;
  /** Mean of the reported speeds (made good where none was reported), kn. */
  readonly meanSogKn: number;
  /** Share of the instants at which it said that it was at anchor, moored, fishing. */
  readonly atAnchor: number;
  readonly moored: number;
  readonly fishing: number;
  /** Longest time over which its place was interpolated, ms. */
  readonly longestLegMs: number;
};

/** One time that two ships were close and slow, from the first grid instant to the last. */
export type MeetingPart = {
  readonly from: number;
  readonly to: number;
  /** Grid instants at which they were close. */
  readonly instants: number;
  readonly closestM: number;
  readonly closestAt: number;
  readonly meanM: number;
  readonly lon: number;
  readonly lat: number;
  readonly sides: readonly [MeetingSide, MeetingSide];
};

/** Where a meeting of two ships stands, as the place stage sees it. */
export type Meeting = {
  /**
   * `lasts`: the newest part has reached its least length, or another hour; `parted`: it ended; `moved-on`: where both
   * went since is known, as far as they were heard; `over`: they did not meet again, forget them.
   */
  readonly phase: 'lasts' | 'parted' | 'moved-on' | 'over';
  /** Parts of the least length or more, oldest first; the last is the newest, which may go on. */
  readonly parts: readonly MeetingPart[];
  /** Whether they were side by side under way before the first part: a convoy, a tow, two devices of one ship. */
  readonly cameTogether: boolean;
  /** Whether they were side by side under way after the newest part; false while that is not known. */
  readonly leftTogether: boolean;
  /** Whether they were seen apart before the first part. */
  readonly seenApart: boolean;
  /** Other slow ships within CROWD_M of the meeting at the newest instant. */
  readonly others: number;
};

/** Ships this near to a meeting lie in the same roads, metres (ours). */
export const CROWD_M = 1500;

/** What the place stage needs to know of the rule on encounters. */
export type MeetingLimits = {
  readonly withinM: number;
  readonly slowKn: number;
  readonly leastMs: number;
  readonly mostLegMs: number;
  readonly joinMs: number;
  /** Ships nearer than this to an anchorage point are only looked at where one side has nexus. */
  readonly anchorageKm: number;
};

/** Returns how far a ship at a speed comes in a time, metres. */
export function runM(speedKn: number, forMs: number): number {
  return (speedKn * METRES_PER_SECOND_PER_KNOT * forMs) / 1000;
}
