import { circleHalfWidthDeg, KM_PER_DEGREE } from '@offing/geo';
import type { Place } from '@offing/units';

/** The distance within which `nearWatched` never says no, km. */
export const NEAR_WATCHED_KM = 60;

const COLUMNS = 3600;
const ROWS = 1800;

/**
 * Returns a test, cheap enough for every position, of whether a place in 1e-7 degrees may lie within 60 km (or `km`) of one of
 * some places: never false when it does, and false wherever none is within 51 km more (up to 80° of latitude). A bitmap of the globe in
 * squares of 0.1°, 810 kB; it allocates nothing when asked. Coordinates outside the globe are near nothing.
 */
export function makeWatchGrid(
  places: readonly Place[],
  km = NEAR_WATCHED_KM,
): (lonE7: number, latE7: number) => boolean {
  const bits = new Uint8Array((COLUMNS * ROWS) / 8);
  for (const place of places) mark(bits, place, km);
  return (lonE7, latE7) => {
    const column = Math.floor((lonE7 + 1_800_000_000) / 1_000_000);
    const row = Math.floor((latE7 + 900_000_000) / 1_000_000);
    if (!(column >= 0 && column <= COLUMNS && row >= 0 && row <= ROWS)) return false;
    // 180° east is the first column again; the north pole belongs to the last row.
    const square = Math.min(row, ROWS - 1) * COLUMNS + (column === COLUMNS ? 0 : column);
    return (bits[square >> 3] & (1 << (square & 7))) !== 0;
  };
}

function mark(bits: Uint8Array, { lon, lat }: Place, km: number): void {
  const high = km / KM_PER_DEGREE + 1e-6;
  const wide = Math.min(180, circleHalfWidthDeg(lat, km) + 1e-6);
  const south = Math.max(0, Math.floor((lat - high + 90) * 10));
  const north = Math.min(ROWS - 1, Math.floor((lat + high + 90) * 10));
  const west = Math.floor((lon - wide + 180) * 10);
  const east = Math.floor((lon + wide + 180) * 10);
  for (let row = south; row <= north; row++) {
    for (let column = west; column <= east; column++) {
      const square = row * COLUMNS + (((column % COLUMNS) + COLUMNS) % COLUMNS);
      bits[square >> 3] |= 1 << (square & 7);
    }
  }
}
