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
/** A stop on land or within this distance of the shore is at a berth, whether or not a berth is on record, km (detections.md, 7). */
const ALONGSIDE_KM = 1;
const AT_ANCHOR = 1;
const MOORED = 5;
/** Sailing and pleasure craft (ITU-R M.1371-5 table 53). */
const LEISURE_TYPES: ReadonlySet<number | null> = new Set([36, 37]);

/** Why a ship lies where ships are moored; null when it does not. */
export type Moored = 'berth' | 'alongside' | 'status-moored' | 'marina' | null;

/** What tells how a ship lies: its last position, its speed where it reports none (null: not known), and what kind it is. */
export type Lying = {
  readonly fix: Fix;
  readonly madeGoodKn: number | null;
  readonly aisClass: number;
  readonly shipType: number | null;
};

/** Returns whether a ship lies still, by the speed that it reports or else by what it made good; null where neither is known. */
export function isStill({ fix, madeGoodKn }: Pick<Lying, 'fix' | 'madeGoodKn'>): boolean | null {
  const speedKn = fix.sogKn ?? madeGoodKn;
  return speedKn === null ? null : speedKn <= STILL_KN;
}

/**
 * Returns whether a ship is moored: stopped at a berth, or on land or close to the shore where no berth is on record;
 * moored by its own word near an anchorage point or a port; or a small craft stopped near the shore. Ports without public
 * anchorage points (the DPRK's) count by their own place. Outside the gazetteer's waters only the ship's own word can tell.
 */
export function mooredAt(lying: Lying, gazetteer: Gazetteer): Moored {
  const { fix, aisClass, shipType } = lying;
  const { lon, lat } = fix;
  const still = isStill(lying);
  if (still === false) return null;
  const shoreM = gazetteer.shoreDistanceM(lon, lat);
  if (fix.navStatus === MOORED) {
    const near =
      gazetteer.nearestAnchorage(lon, lat, { maxKm: BERTH_KM }) ??
      gazetteer.nearestPort(lon, lat, { maxKm: BERTH_KM });
    if (near !== null || shoreM === null) return 'status-moored';
  }
  if (still === null) return null;
  const shoreKm = shoreM === null ? Infinity : shoreM / 1000;
  const small = aisClass === AIS_CLASS.B || LEISURE_TYPES.has(shipType);
  if (small && Math.abs(shoreKm) <= MARINA_KM) return 'marina';
  const atAnchor = fix.navStatus === AT_ANCHOR;
  if (berthKm(fix, gazetteer) <= (atAnchor ? ANCHOR_KM : BERTH_KM)) return 'berth';
  return !atAnchor && shoreKm <= ALONGSIDE_KM ? 'alongside' : null;
}

/** Returns the distance from a fix to the nearest berth point or, where a port has no such points, to the port; km, Infinity when none is near. */
export function berthKm(fix: { readonly lon: number; readonly lat: number }, gazetteer: Gazetteer): number {
  const berth = gazetteer.nearestAnchorage(fix.lon, fix.lat, { maxKm: BERTH_KM, kind: 'berth' });
  if (berth !== null) return berth.km;
  const port = gazetteer.nearestPort(fix.lon, fix.lat, { maxKm: BERTH_KM });
  return port !== null && port.port.country === 'KP' ? port.km : Infinity;
}
