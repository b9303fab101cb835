/** Metres in one international nautical mile, by definition (BIPM, The SI, table 8 of the 8th edition). */
export const METRES_PER_NAUTICAL_MILE = 1852;

/** Metres per second in one knot, by definition: one nautical mile an hour. */
export const METRES_PER_SECOND_PER_KNOT = METRES_PER_NAUTICAL_MILE / 3600;

/** Milliseconds in a minute. */
export const MINUTE_MS = 60_000;

/** Milliseconds in an hour. */
export const HOUR_MS = 3_600_000;

/** Milliseconds in a day of 24 hours; days are used as durations only, never as a boundary. */
export const DAY_MS = 86_400_000;

/** A place on WGS84: degrees east (-180 to 180) and degrees north (-90 to 90). */
export type Place = { readonly lon: number; readonly lat: number };

/** Returns degrees from an integer in 1e-7 degrees, the unit in which coordinates are kept in columns and rows. */
export function degreesOfE7(e7: number): number {
  return e7 / 1e7;
}

/** Returns the integer in 1e-7 degrees nearest to a coordinate in degrees; 1e-7 degrees is 11 mm at the equator. */
export function e7OfDegrees(degrees: number): number {
  return Math.round(degrees * 1e7);
}
