import { distanceM } from '@offing/geo';
import type { Port } from '@offing/gazetteer';
import { HOUR_MS, METRES_PER_NAUTICAL_MILE, MINUTE_MS } from '@offing/units';
import type { Fix } from '../fix.ts';
import type { Berths } from './berths.ts';
import type { Stretch } from './overlap.ts';

const AT_ANCHOR = 1;
/** A stop counts from this length on, ms (ours: one bad speed is no stop, and a ship that anchors says so some minutes later). */
export const STOP_MS = 20 * MINUTE_MS;
/** Stops at one port less than this far apart, with no more than this between them, are one stop (ours: a ship swings and is warped along). */
const ONE_STOP_M = 1000;
const ONE_STOP_MS = HOUR_MS;
/** A ship that was heard again within this distance lay where it had lain, metres (ours: it swings on its anchor). */
const SAME_PLACE_M = 1000;
/** A ship whose speed is not known makes this much, kn (ours: a small coaster). */
const USUAL_KN = 10;

/** Distances and speeds that make a visit [GFW anchorages_pipeline]. */
export type VisitLimits = {
  readonly enterKm: number;
  readonly leaveKm: number;
  readonly stopKn: number;
  readonly movingKn: number;
  /** A silence longer than this inside a port may hide a stop. */
  readonly gapH: number;
  /** A ship that says it is at anchor lies at a berth only up to this distance. */
  readonly anchorKm: number;
};

/** A stop at a berth, seen (`stop`) or possible during a silence (`gap`). */
export type VisitStop = {
  readonly portId: string;
  readonly from: Fix;
  /** Null while it lasts. */
  readonly to: Fix | null;
  readonly berthKm: number;
  readonly how: 'stop' | 'gap';
};

/** How long a ship lay slow on the roads before it came in. */
export type Waiting = {
  readonly firstAt: number;
  readonly lastAt: number;
  /** Mean place of its slow hours, as sums of differences to the first, degrees. */
  readonly lon: number;
  readonly lat: number;
  /** Hours of the wait in which it was seen slow. */
  readonly slowHours: number;
  /** Whether it was seen under way before: else the wait may have been longer. */
  readonly seenComing: boolean;
  /** When it was heard last, ms, and whether a silence since may hide a call. */
  readonly heardAt: number;
  readonly mayHaveCalled: boolean;
};

/** A ship's presence in a port, from coming within the entry distance of a berth to leaving the exit distance behind. */
export type Visit = {
  /** First position inside. */
  readonly entry: Fix;
  /** Whether it was heard outside shortly before. */
  readonly entrySeen: boolean;
  /** Stops at berths so far; a visit without one is passing through. */
  readonly stops: readonly VisitStop[];
  /** Silences inside that are long enough for a stop. */
  readonly silences: readonly Stretch[];
  /** Newest position known to be inside. */
  readonly lastInside: Fix;
  /** First position outside; null while it is inside. */
  readonly exit: Fix | null;
  /** Whether that came shortly after one inside. */
  readonly exitSeen: boolean;
  readonly waiting: Waiting | null;
  /** First position of a stop that is not yet long enough to count. */
  readonly pending: Fix | null;
};

/** How a ship moves inside a port: under way, stopped since just now, stopped for as long as counts. */
export type Motion = 'moving' | 'stopped-now' | 'stopped';

/** A change of a ship's motion or place in a port. */
export type PortStep = {
  /** Its position before; null for the first ever. */
  readonly before: Fix | null;
  readonly fix: Fix;
  readonly motion: Motion;
  /** How much of the time between the two the receivers were out, ms. */
  readonly outMs: number;
};

/** Returns a visit that begins with the first position inside. */
export function beginVisit(limits: VisitLimits, { before, fix }: PortStep): Visit {
  return {
    entry: fix,
    entrySeen: before !== null && fix.at - before.at <= limits.gapH * HOUR_MS,
    stops: [],
    silences: [],
    lastInside: fix,
    exit: null,
    exitSeen: false,
    waiting: null,
    pending: null,
  };
}

/** Returns the visit after a change of motion inside the port. */
export function continueVisit(limits: VisitLimits, visit: Visit, step: PortStep, berths: Berths): Visit {
  const { fix } = step;
  const heard = withSilence(limits, visit, step, berths);
  const here = { ...heard, lastInside: fix };
  switch (step.motion) {
    case 'stopped-now':
      return { ...endStop(limits, here, step, berths), pending: fix };
    case 'stopped':
      return here.pending === null
        ? here
        : { ...addStop(limits, here, here.pending, null, berths), pending: null };
    case 'moving':
      return endStop(limits, here, step, berths);
  }
}

/** Returns the visit that a first position outside ends. */
export function endVisit(limits: VisitLimits, visit: Visit, step: PortStep, berths: Berths): Visit {
  const before = step.before ?? visit.lastInside;
  const gone = endStop(limits, withSilence(limits, visit, step, berths), step, berths);
  const exitSeen = step.fix.at - before.at <= limits.gapH * HOUR_MS;
  return { ...gone, lastInside: before, exit: step.fix, exitSeen };
}

/** Returns the grade of what was seen, 1 to 4 [GFW anchorages_pipeline]: no stop; a stop alone; with entry or exit; with both. */
export function gradeOf(visit: Visit): 1 | 2 | 3 | 4 {
  if (visit.stops.length === 0) return 1;
  if (visit.entrySeen && visit.exitSeen) return 4;
  return visit.entrySeen || visit.exitSeen ? 3 : 2;
}

/** Returns when a visit ended: the first position outside, or the last inside where a silence lies between; null while it lasts. */
export function endOf(visit: Visit): number | null {
  if (visit.exit === null) return null;
  return visit.exitSeen ? visit.exit.at : visit.lastInside.at;
}

/** Returns the port at whose berths the ship lay longest, as calls are told; null before the first stop. */
export function visitedPort(visit: Visit, berths: Berths): Port | null {
  const lengths = new Map<string, number>();
  for (const { portId, from, to } of visit.stops) {
    const port = berths.calledPort(portId);
    if (port === null) continue;
    const lay = (to ?? visit.lastInside).at - from.at;
    lengths.set(port.id, (lengths.get(port.id) ?? 0) + lay);
  }
  const [longest] = [...lengths].sort(([, a], [, b]) => b - a);
  return longest === undefined ? null : berths.calledPort(longest[0]);
}

function endStop(limits: VisitLimits, visit: Visit, { before, fix }: PortStep, berths: Berths): Visit {
  const { pending } = visit;
  const last = before ?? visit.lastInside;
  if (pending !== null) {
    const stopped = fix.at - pending.at >= STOP_MS ? addStop(limits, visit, pending, last, berths) : visit;
    return { ...stopped, pending: null };
  }
  const stops = visit.stops.map((stop) => (stop.to === null ? { ...stop, to: last } : stop));
  return { ...visit, stops };
}

/** The visit with a stop at a berth, where it was one; a stop goes on with the one before at the same berth. */
function addStop(limits: VisitLimits, visit: Visit, from: Fix, to: Fix | null, berths: Berths): Visit {
  const near = berths.nearest(from.lon, from.lat, berthReachKm(limits, from));
  if (near === null) return visit;
  const last = visit.stops.at(-1);
  const goesOn =
    last?.how === 'stop' &&
    last.to !== null &&
    last.portId === near.portId &&
    from.at - last.to.at <= ONE_STOP_MS &&
    distanceM(last.from.lon, last.from.lat, from.lon, from.lat) <= ONE_STOP_M;
  const stop: VisitStop = goesOn
    ? { ...last, to }
    : { portId: near.portId, from, to, berthKm: near.km, how: 'stop' };
  return { ...visit, stops: [...(goesOn ? visit.stops.slice(0, -1) : visit.stops), stop] };
}

function berthReachKm(limits: VisitLimits, { navStatus }: Fix): number {
  return navStatus === AT_ANCHOR ? limits.anchorKm : limits.enterKm;
}

/** The visit with the silence that a position ended, and the stop that it may have hidden. */
function withSilence(
  limits: VisitLimits,
  visit: Visit,
  { before, fix, outMs }: PortStep,
  berths: Berths,
): Visit {
  if (before === null || fix.at - before.at <= limits.gapH * HOUR_MS) return visit;
  const heard = { ...visit, silences: [...visit.silences, { from: before.at, to: fix.at }] };
  const lying = visit.pending !== null || visit.stops.some((stop) => stop.to === null);
  const ofReceivers = fix.at - before.at - outMs <= limits.gapH * HOUR_MS;
  if (lying || ofReceivers || !mayHideStop(limits, before, fix, berths)) return heard;
  const near = berths.nearest(before.lon, before.lat, limits.leaveKm);
  if (near === null) return heard;
  const stop: VisitStop = { portId: near.portId, from: before, to: fix, berthKm: near.km, how: 'gap' };
  return { ...heard, stops: [...heard.stops, stop] };
}

/**
 * Whether a silence that began inside a port may hide a stop there: the ship was inside again after it, and did not just
 * lie at anchor. Of a DPRK port, where reception is poor, that it had the time on its way to where it was heard again is
 * enough; elsewhere such a call is only inferred.
 */
function mayHideStop(limits: VisitLimits, off: Fix, on: Fix, berths: Berths): boolean {
  const metres = distanceM(off.lon, off.lat, on.lon, on.lat);
  const anchored = off.navStatus === AT_ANCHOR || on.navStatus === AT_ANCHOR;
  if (anchored && metres <= SAME_PLACE_M) return false;
  const near = berths.nearest(off.lon, off.lat, limits.leaveKm);
  if (near === null) return false;
  if (berths.nearestOfFamily(near.portId, on.lon, on.lat, limits.leaveKm) !== null) return true;
  const speedKn = Math.max(USUAL_KN, off.sogKn ?? 0, on.sogKn ?? 0);
  const spareH = (on.at - off.at) / HOUR_MS - metres / METRES_PER_NAUTICAL_MILE / speedKn;
  return berths.calledPort(near.portId)?.country === 'KP' && spareH > limits.gapH;
}
