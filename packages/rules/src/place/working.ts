import { AIS_CLASS } from '@offing/track';
import type { VesselView } from '../signal.ts';

/** Engaged in fishing (ITU-R M.1371-5 table 48). */
export const ENGAGED_IN_FISHING = 7;
/** Fishing (ITU-R M.1371-5 table 53). */
export const FISHING_TYPE = 30;
/** Restricted in ability to manoeuvre, towing astern, pushing ahead: work, unless the ship is a trader (ITU-R M.1371-5 table 48). */
const WORKING_STATUSES: ReadonlySet<number | null> = new Set([3, 11, 12]);
/** Ship types whose work is to be slow (ITU-R M.1371-5 table 53): fishing to pleasure craft, pilots to police, medical. */
const WORKING_TYPES: ReadonlySet<number> = new Set([
  30, 31, 32, 33, 34, 35, 36, 37, 50, 51, 52, 53, 54, 55, 58,
]);
/** Towing, towing of great length, tugs (ITU-R M.1371-5 table 53). */
const TOWING_TYPES: ReadonlySet<number | null> = new Set([31, 32, 52]);

/** Returns whether a craft is slow for its work by its own word: its ship type, or a status that no trader sends. */
export function isAtWork(shipType: number | null, navStatus: number | null): boolean {
  if (navStatus === ENGAGED_IN_FISHING || hasWorkingType(shipType)) return true;
  return WORKING_STATUSES.has(navStatus) && !isCargoOrTanker(shipType);
}

/** Returns whether a ship type is one whose work is to be slow. */
export function hasWorkingType(shipType: number | null): boolean {
  return shipType !== null && WORKING_TYPES.has(shipType);
}

/** Returns whether a ship type is a tug's. */
export function isTug(shipType: number | null): boolean {
  return TOWING_TYPES.has(shipType);
}

/** Returns whether a craft may be a trader: class A, which sea-going ships must carry, or a cargo ship or tanker by its own word. */
export function mayBeTrader({ aisClass, identity }: VesselView): boolean {
  return aisClass !== AIS_CLASS.B || isCargoOrTanker(identity.shipType);
}

/** Returns whether a ship type is a cargo ship's or a tanker's. */
export function isCargoOrTanker(shipType: number | null): boolean {
  return shipType !== null && shipType >= 70 && shipType <= 89;
}
