import { destinationPoint } from '@offing/geo';
import type { Gazetteer } from '@offing/gazetteer';
import { HOUR_MS } from '@offing/units';
import type { Fix } from '../signal.ts';
import type { Reception } from './reception.ts';

/** How far ahead of a moving ship receivers must be shown to hear, and how near to that place a witness must be, km (ours). */
const AHEAD_KM = 40;
const AHEAD_RADIUS_KM = 30;
/** How long before the silence what was heard ahead still shows what the receivers hear (ours). */
const AHEAD_LOOK_BACK_MS = 6 * HOUR_MS;
/** A ship this near to the shore is well within the horizon of receivers on it, km (ours: an antenna 30 m up sees a ship 35 km away). */
const INSHORE_KM = 20;
/** How much farther off shore a course must lead to be one that leaves coverage, km (ours). */
const OUTWARD_KM = 10;

/**
 * Returns whether a ship's course at its last position led out of the water that the receivers hear, as far as the
 * coast tells: it was under way (or did not say), not close to the shore, and heading at least 10 km farther off. A
 * course that was not sent may be any. Where the coast is not known, every course may lead out.
 */
export function headsOutward(off: Fix, leastKn: number, gazetteer: Gazetteer): boolean {
  if (off.sogKn !== null && off.sogKn < leastKn) return false;
  const here = gazetteer.shoreDistanceM(off.lon, off.lat);
  if (here === null) return true;
  if (here / 1000 <= INSHORE_KM) return false;
  const ahead = placeAhead(off);
  if (ahead === null) return true;
  const there = gazetteer.shoreDistanceM(ahead.lon, ahead.lat);
  return there === null || (there - here) / 1000 > OUTWARD_KM;
}

/**
 * Returns whether a feed heard anyone of an AIS class, the ship itself among them, where its course led: between six
 * hours before its silence and `to` (ms), or from `since` on where what came before was asked already.
 */
export function heardAhead(
  off: Fix,
  source: { readonly feed: number; readonly aisClass: number },
  reception: Reception,
  since: number | null,
  to: number,
): boolean {
  const ahead = placeAhead(off);
  if (ahead === null) return false;
  const from = since ?? off.at - AHEAD_LOOK_BACK_MS;
  const query = { ...source, ...ahead, radiusKm: AHEAD_RADIUS_KM, exceptMmsi: null, from, to };
  return reception.witnesses(query).length > 0;
}

function placeAhead(off: Fix): { readonly lon: number; readonly lat: number } | null {
  return off.cogDeg === null ? null : destinationPoint(off.lon, off.lat, off.cogDeg, AHEAD_KM * 1000);
}
