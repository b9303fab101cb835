import { destinationPoint } from '@offing/geo';
import type { Gazetteer } from '@offing/gazetteer';
import { HOUR_MS } from '@offing/units';
import type { Fix } from '../signal.ts';
import type { Reception, Witness } from './reception.ts';

/** How far behind a ship receivers must be shown to hear, and how near to that place a witness must be, km (ours). */
const BEHIND_KM = 40;
const BEHIND_RADIUS_KM = 25;
/** How much farther off shore the ship must have come from, km (ours). */
const FROM_SEA_KM = 10;
/** How long before its first position witnesses are asked for (ours: 40 km take two hours at 11 kn). */
const LOOK_BACK_H = 6;

/** Who was heard where a ship must have come from. */
export type SeenComing = {
  readonly witnesses: readonly Witness[];
  /** Hours of the six before with a witness. */
  readonly hoursHeard: number;
  readonly behind: { readonly lon: number; readonly lat: number };
};

/**
 * Returns who was heard of an AIS class where a ship must have come from, in the six hours before its first position;
 * null where its course does not say that it came from the open sea, or the coast is not known.
 */
export function seenComing(
  fix: Fix,
  source: { readonly feed: number; readonly aisClass: number; readonly exceptMmsi: number },
  reception: Reception,
  gazetteer: Gazetteer,
): SeenComing | null {
  if (fix.cogDeg === null) return null;
  const behind = destinationPoint(fix.lon, fix.lat, fix.cogDeg + 180, BEHIND_KM * 1000);
  const here = gazetteer.shoreDistanceM(fix.lon, fix.lat);
  const there = gazetteer.shoreDistanceM(behind.lon, behind.lat);
  if (here === null || there === null || (there - here) / 1000 < FROM_SEA_KM) return null;
  const from = fix.at - LOOK_BACK_H * HOUR_MS;
  const query = { ...source, ...behind, radiusKm: BEHIND_RADIUS_KM, from, to: fix.at };
  const witnesses = reception.witnesses(query);
  const hours = witnesses.flatMap(({ pieces }) => pieces.map((piece) => Math.floor(piece / 6)));
  return { witnesses, hoursHeard: new Set(hours).size, behind };
}
