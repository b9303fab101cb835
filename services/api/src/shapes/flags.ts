/** Returns the country of an MMSI's first three digits, ISO 3166-1 alpha-2, or null when it is not known. */
export function flagOf(_mmsi: number): string | null {
  return null;
}

/** Returns the first three digits that a country's ships have; empty for a country that has none. */
export function midsOfFlag(_flag: string): readonly number[] {
  return [];
}
