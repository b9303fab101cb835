import { midOf } from '@offing/units';
import { MIDS_OF_COUNTRIES } from './mid-table.ts';

const midsByCountry: ReadonlyMap<string, readonly number[]> = new Map(
  MIDS_OF_COUNTRIES.split(';').map((entry) => {
    const [country, ...mids] = entry.trim().split(' ');
    return [country, mids.map(Number)];
  }),
);

const countryByMid: ReadonlyMap<number, string> = new Map(
  [...midsByCountry].flatMap(([country, mids]) => mids.map((mid) => [mid, country] as const)),
);

/** Returns the country of an MMSI's first three digits, ISO 3166-1 alpha-2, or null when it is not known. */
export function flagOf(mmsi: number): string | null {
  return countryByMid.get(midOf(mmsi)) ?? null;
}

/** Returns the first three digits that a country's ships have; empty for a country that has none. Letters of either case. */
export function midsOfFlag(flag: string): readonly number[] {
  return midsByCountry.get(flag.toUpperCase()) ?? [];
}
