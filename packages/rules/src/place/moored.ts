import type { Gazetteer } from '@offing/gazetteer';
import { AIS_CLASS } from '@offing/track';
import type { Fix } from '../signal.ts';

/** A ship this slow lies still, kn (ours: GPS noise of a moored ship stays below it). */
const STILL_KN = 0.5;
/** A stop within this distance of a berth is at the berth, km (GFW anchorages_pipeline: port entry distance). */
const BERTH_KM = 3;
/** A ship that says it is at anchor lies on the roads unless it is nearer than this to a berth, km (detections.md, 7). */
const ANCHOR_KM = 0.5;
/** Class B within this distance of the shore lies in a marina or at a quay, km (ours). */
const MARINA_KM = 2;
const AT_ANCHOR = 1;
const MOORED = 5;

/** Why a ship lies where ships are moored; null when it does not. */
export type Moored = 'berth' | 'status-moored' | 'marina' | null;

/**
 * Returns whether a fix is one of a ship moored: stopped at a berth, moored by its own word near an anchorage point or a
 * port, or class B stopped close to the shore. Ports without public anchorage points (the DPRK's) count by their own place.
 * Outside the gazetteer's waters only the ship's own word can tell.
 */
export function mooredAt(fix: Fix, aisClass: number, gazetteer: Gazetteer): Moored {
  const still = fix.sogKn !== null && fix.sogKn <= STILL_KN;
  const { lon, lat } = fix;
  const shoreM = gazetteer.shoreDistanceM(lon, lat);
  if (fix.navStatus === MOORED && (fix.sogKn === null || still)) {
    const near =
      gazetteer.nearestAnchorage(lon, lat, { maxKm: BERTH_KM }) ??
      gazetteer.nearestPort(lon, lat, { maxKm: BERTH_KM });
    if (near !== null || shoreM === null) return 'status-moored';
  }
  if (!still) return null;
  if (aisClass === AIS_CLASS.B && shoreM !== null && Math.abs(shoreM) / 1000 <= MARINA_KM) return 'marina';
  return berthKm(fix, gazetteer) <= (fix.navStatus === AT_ANCHOR ? ANCHOR_KM : BERTH_KM) ? 'berth' : null;
}

/** Returns the distance from a fix to the nearest berth point or, where a port has no such points, to the port; km, Infinity when none is near. */
export function berthKm(fix: { readonly lon: number; readonly lat: number }, gazetteer: Gazetteer): number {
  const berth = gazetteer.nearestAnchorage(fix.lon, fix.lat, { maxKm: BERTH_KM, kind: 'berth' });
  if (berth !== null) return berth.km;
  const port = gazetteer.nearestPort(fix.lon, fix.lat, { maxKm: BERTH_KM });
  return port !== null && port.port.country === 'KP' ? port.km : Infinity;
}
