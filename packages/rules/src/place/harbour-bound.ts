import { destinationPoint } from '@offing/geo';
import type { Gazetteer } from '@offing/gazetteer';
import { AIS_CLASS } from '@offing/track';
import { METRES_PER_NAUTICAL_MILE } from '@offing/units';
import type { Fix } from '../signal.ts';

/** Fishing vessels, sailing and pleasure craft (ITU-R M.1371-5 table 53): they lie in harbours by night, and switch off there. */
const SMALL_TYPES: ReadonlySet<number | null> = new Set([30, 36, 37]);
/** A small craft that can be ashore within this time on its course may have come home, h (ours). */
const RUN_H = 1;
/** This near to the shore it is home, metres (ours). */
const HOME_M = 1000;
const LOOKS = 6;
/** Class B within this distance of the shore can be home in a few hours, whichever way it went, km (ours: four hours at 4 kn). */
const CLASS_B_HOME_KM = 30;

/**
 * Returns whether a small craft may lie in a harbour by now, switched off: its course leads to the shore within an hour's
 * run or, with a transponder of class B, it was not far off the shore.
 */
export function isHarbourBound(
  fix: Fix,
  vessel: { readonly aisClass: number; readonly shipType: number | null },
  gazetteer: Gazetteer,
): boolean {
  if (vessel.aisClass === AIS_CLASS.B) {
    const shoreM = gazetteer.shoreDistanceM(fix.lon, fix.lat);
    return shoreM !== null && shoreM <= CLASS_B_HOME_KM * 1000;
  }
  if (!SMALL_TYPES.has(vessel.shipType) || fix.sogKn === null || fix.cogDeg === null) return false;
  for (let look = 0; look <= LOOKS; look++) {
    const metres = (fix.sogKn * METRES_PER_NAUTICAL_MILE * RUN_H * look) / LOOKS;
    const place = destinationPoint(fix.lon, fix.lat, fix.cogDeg, metres);
    const shoreM = gazetteer.shoreDistanceM(place.lon, place.lat);
    if (shoreM !== null && shoreM <= HOME_M) return true;
  }
  return false;
}
