import type { Approach as NearWatched, Gazetteer } from '@offing/gazetteer';
import { distanceM } from '@offing/geo';
import { DAY_MS } from '@offing/units';
import type { Fix, TrailPoint } from '../signal.ts';
import { berthKm } from './moored.ts';

/** A stop within this distance of a berth was a stop at the berth, km (GFW anchorages_pipeline). */
const AT_BERTH_KM = 3;

/** Where an approach ends, and from how far and how long ago it must have come. */
export type ApproachLimits = {
  readonly portKm: number;
  readonly anchorageKm: number;
  readonly fromKm: number;
  readonly withinD: number;
};

/** How a ship came to lie near a watched port. */
export type ShipApproach = {
  readonly near: NearWatched;
  /** The last place where it was farther from the port than the limit, and how far that was, km. */
  readonly far: TrailPoint;
  readonly farKm: number;
  /** Where it was since, oldest first. */
  readonly since: readonly TrailPoint[];
};

/**
 * Returns how a ship came near a watched port: from beyond the limit, lately, and without a stop at a berth on the way;
 * null where it is not near one, had been lying there, or only where it came from is not known.
 */
export function approachOf(
  limits: ApproachLimits,
  fix: Fix,
  trail: readonly TrailPoint[],
  gazetteer: Gazetteer,
): ShipApproach | null {
  const near = gazetteer.watchedApproach(fix.lon, fix.lat, limits.portKm, limits.anchorageKm);
  if (near === null) return null;
  const kmToPort = (point: TrailPoint): number =>
    distanceM(point.lon, point.lat, near.port.lon, near.port.lat) / 1000;
  const last = trail.findLastIndex((point) => kmToPort(point) > limits.fromKm);
  if (last < 0 || fix.at - trail[last].at > limits.withinD * DAY_MS) return null;
  const since = trail.slice(last + 1);
  if (since.some((point) => point.still && berthKm(point, gazetteer) <= AT_BERTH_KM)) return null;
  return { near, far: trail[last], farKm: kmToPort(trail[last]), since };
}
