import { COAST_UNITS_PER_DEGREE, type Coast } from '@offing/geo';

/**
 * What the picture of the bundled coast shows, in degrees, and its units for a degree; one of longitude is shorter, by about as
 * much as at 40° N.
 */
export const OVERVIEW = { west: 104, south: 14, east: 151, north: 56, perLon: 20, perLat: 26 } as const;

const { perLon: PER_LON, perLat: PER_LAT } = OVERVIEW;

/**
 * Returns a plain picture of a coast as SVG: x = 20 (lon - west), y = 26 (north - lat). It has colours of its own and no
 * style, which the policy of the pages would not let work.
 */
export function overviewOf({ bounds, ringStart, lons, lats }: Coast): string {
  const { west, south, east, north } = bounds;
  const path: string[] = [];
  for (let ring = 0; ring + 1 < ringStart.length; ring++) {
    const corners = new Set<string>();
    for (let i = ringStart[ring]; i < ringStart[ring + 1]; i++) {
      const x = (lons[i] / COAST_UNITS_PER_DEGREE - west) * PER_LON;
      const y = (north - lats[i] / COAST_UNITS_PER_DEGREE) * PER_LAT;
      // Whole units: what is smaller cannot be seen, and rings that shrink to a line are left out.
      corners.add(`${Math.round(x)} ${Math.round(y)}`);
    }
    if (corners.size > 2) path.push(`M${[...corners].join('L')}z`);
  }
  const size = `${(east - west) * PER_LON} ${(north - south) * PER_LAT}`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}">` +
    `<rect width="100%" height="100%" fill="#dde6ec"/>` +
    `<path d="${path.join('')}" fill="#f6f3ea" stroke="#8d9ca6" stroke-width="0.7" fill-rule="evenodd"/></svg>\n`
  );
}
