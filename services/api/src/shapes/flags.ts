import { flagOfMid, midOf } from '@offing/units';

/** Returns the country of an MMSI's first three digits, ISO 3166-1 alpha-2, or null when it is not known. */
export function flagOf(mmsi: number): string | null {
  return flagOfMid(midOf(mmsi));
}
