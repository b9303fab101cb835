import { distanceM } from '@offing/geo';
import type { Gazetteer } from '@offing/gazetteer';
import type { HourSummary, VesselView } from '../signal.ts';
import { mooredAt } from './moored.ts';

/** A ship has stopped below this speed, kn (GFW anchorages_pipeline). */
const STOPPED_KN = 0.2;
/** Mean speed of an hour spent at a berth, kn (ours). */
const BERTHED_MEAN_KN = 0.5;
/** A ship this near to where it was asked about last is where it was, metres (ours; far below the distances judged). */
const SAME_ANSWER_M = 200;

/** What the gazetteer says of where a ship spent a slow hour; kept, because most ships lie where they lay. */
export type Waters = {
  readonly lon: number;
  readonly lat: number;
  readonly navStatus: number | null;
  readonly stopped: boolean;
  readonly berthed: boolean;
  /** Off a watched port. */
  readonly watched: boolean;
  /** Far from every anchorage point. */
  readonly outside: boolean;
};

/** Distances of the question, km. */
export type WaterLimits = { readonly portKm: number; readonly outsideKm: number };

/** Returns what the gazetteer says of a slow hour, or what it said before where the ship has not moved 200 m since. */
export function watersOf(
  limits: WaterLimits,
  hour: HourSummary,
  meanKn: number,
  vessel: VesselView,
  gazetteer: Gazetteer,
  before: Waters | null,
): Waters {
  const { lon, lat } = hour;
  const { navStatus } = hour.last;
  const stopped = (hour.minSogKn ?? meanKn) < STOPPED_KN && meanKn < BERTHED_MEAN_KN;
  const same =
    before !== null &&
    before.navStatus === navStatus &&
    before.stopped === stopped &&
    distanceM(before.lon, before.lat, lon, lat) <= SAME_ANSWER_M;
  if (same) return before;
  const fix = { ...hour.last, lon, lat, sogKn: meanKn };
  const lying = { fix, madeGoodKn: null, aisClass: vessel.aisClass, shipType: vessel.identity.shipType };
  const berthed = stopped && mooredAt(lying, gazetteer) !== null;
  const watched = !berthed && isWatched(lon, lat, limits, gazetteer);
  const outside = watched && gazetteer.nearestAnchorage(lon, lat, { maxKm: limits.outsideKm }) === null;
  return { lon, lat, navStatus, stopped, berthed, watched, outside };
}

/** Returns whether a place lies off a watched port. */
export function isWatched(lon: number, lat: number, limits: WaterLimits, gazetteer: Gazetteer): boolean {
  return gazetteer.watchedApproach(lon, lat, limits.portKm) !== null;
}
