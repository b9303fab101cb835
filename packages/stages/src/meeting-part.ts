import type { MeetingPart, MeetingSide } from '@offing/rules';
import { ENGAGED_IN_FISHING, GRID_MS } from '@offing/rules';
import { wrapLonDeg } from '@offing/geo';
import type { SlowPoints } from './slow-points.ts';

const AT_ANCHOR = 1;
const MOORED = 5;
const TURN_E7 = 3_600_000_000;

/** Sums over the instants of one side of a part; places as differences to the part's first, 1e-7 degrees. */
type SideSums = {
  lonE7: number;
  latE7: number;
  sogDkn: number;
  anchored: number;
  moored: number;
  fishing: number;
  longestLegMs: number;
};

/** A time that two ships are close, while it goes on. Plain data. */
export type OpenPart = {
  readonly from: number;
  /** Newest instant at which they were close, and newest at which they were not, but only just. */
  to: number;
  seenAt: number;
  instants: number;
  sumM: number;
  closestM: number;
  closestAt: number;
  readonly lonE7: number;
  readonly latE7: number;
  readonly sides: readonly [SideSums, SideSums];
};

/** Returns the part that two points of an instant begin. */
export function beginPart(at: number, metres: number, points: SlowPoints, a: number, b: number): OpenPart {
  const part: OpenPart = {
    from: at,
    to: at,
    seenAt: at,
    instants: 0,
    sumM: 0,
    closestM: Infinity,
    closestAt: at,
    lonE7: points.lonE7[a],
    latE7: points.latE7[a],
    sides: [noSums(), noSums()],
  };
  extendPart(part, at, metres, points, a, b);
  return part;
}

/** Adds an instant at which the two are close. */
export function extendPart(
  part: OpenPart,
  at: number,
  metres: number,
  points: SlowPoints,
  a: number,
  b: number,
): void {
  part.to = at;
  part.seenAt = at;
  part.instants++;
  part.sumM += metres;
  if (metres < part.closestM) {
    part.closestM = metres;
    part.closestAt = at;
  }
  addTo(part.sides[0], part, points, a);
  addTo(part.sides[1], part, points, b);
}

/** Returns whether a part goes on at an instant: nothing lies between it and the newest that was looked at. */
export function isNext(part: OpenPart, at: number): boolean {
  return at - part.seenAt === GRID_MS;
}

/** Returns the part so far, as rules see it. */
export function partOf(part: OpenPart): MeetingPart {
  const [one, other] = part.sides;
  const sides = [sideOf(one, part), sideOf(other, part)] as const;
  const lonE7 = part.lonE7 + (one.lonE7 + other.lonE7) / 2 / part.instants;
  const latE7 = part.latE7 + (one.latE7 + other.latE7) / 2 / part.instants;
  return {
    from: part.from,
    to: part.to,
    instants: part.instants,
    closestM: part.closestM,
    closestAt: part.closestAt,
    meanM: part.sumM / part.instants,
    lon: wrapLonDeg(lonE7 / 1e7),
    lat: latE7 / 1e7,
    sides,
  };
}

function noSums(): SideSums {
  return { lonE7: 0, latE7: 0, sogDkn: 0, anchored: 0, moored: 0, fishing: 0, longestLegMs: 0 };
}

function addTo(sums: SideSums, part: OpenPart, points: SlowPoints, i: number): void {
  sums.lonE7 += shortWayE7(points.lonE7[i] - part.lonE7);
  sums.latE7 += points.latE7[i] - part.latE7;
  sums.sogDkn += points.sogDkn[i];
  const status = points.navStatus[i];
  if (status === AT_ANCHOR) sums.anchored++;
  else if (status === MOORED) sums.moored++;
  else if (status === ENGAGED_IN_FISHING) sums.fishing++;
  if (points.legMs[i] > sums.longestLegMs) sums.longestLegMs = points.legMs[i];
}

function sideOf(sums: SideSums, part: OpenPart): MeetingSide {
  const { instants } = part;
  return {
    lon: wrapLonDeg((part.lonE7 + sums.lonE7 / instants) / 1e7),
    lat: (part.latE7 + sums.latE7 / instants) / 1e7,
    meanSogKn: sums.sogDkn / instants / 10,
    atAnchor: sums.anchored / instants,
    moored: sums.moored / instants,
    fishing: sums.fishing / instants,
    longestLegMs: sums.longestLegMs,
  };
}

/** Brings a difference of longitudes in 1e-7 degrees to the short way round. */
export function shortWayE7(e7: number): number {
  if (e7 > TURN_E7 / 2) return e7 - TURN_E7;
  return e7 < -TURN_E7 / 2 ? e7 + TURN_E7 : e7;
}
