import { COAST_UNITS_PER_DEGREE, type Coast } from '@offing/geo';
import type { Outline } from '@offing/picture';
import type { Projection } from './projection.ts';

/** A step on the paper below which a vertex is left out. */
const LEAST_STEP = 0.4;

/** The rings of a coast with the box around each, in the units of the coast. */
export type Land = { readonly coast: Coast; readonly boxes: Int32Array };

/** Returns a coast made ready to be drawn. */
export function landOf(coast: Coast): Land {
  const { ringStart, lons, lats } = coast;
  const boxes = new Int32Array(4 * (ringStart.length - 1));
  for (let ring = 0; ring + 1 < ringStart.length; ring++) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = ringStart[ring]; i < ringStart[ring + 1]; i++) {
      west = Math.min(west, lons[i]);
      east = Math.max(east, lons[i]);
      south = Math.min(south, lats[i]);
      north = Math.max(north, lats[i]);
    }
    boxes.set([west, south, east, north], 4 * ring);
  }
  return { coast, boxes };
}

/** Returns the outlines of the land that lies on the paper; what an odd number of them goes around is land. */
export function landOutlines({ coast, boxes }: Land, projection: Projection): readonly Outline[] {
  const units = COAST_UNITS_PER_DEGREE;
  const { west, south, east, north } = projection.bounds;
  const outlines: Outline[] = [];
  for (let ring = 0; ring + 1 < coast.ringStart.length; ring++) {
    const [w, s, e, n] = boxes.subarray(4 * ring, 4 * ring + 4);
    if (w > east * units || e < west * units || s > north * units || n < south * units) continue;
    outlines.push(ringOutline(coast, ring, projection));
  }
  return outlines;
}

function ringOutline({ ringStart, lons, lats }: Coast, ring: number, projection: Projection): Outline {
  const outline: number[] = [];
  let [lastX, lastY] = [Infinity, Infinity];
  for (let i = ringStart[ring]; i < ringStart[ring + 1]; i++) {
    const { x, y } = projection.of({
      lon: lons[i] / COAST_UNITS_PER_DEGREE,
      lat: lats[i] / COAST_UNITS_PER_DEGREE,
    });
    if (Math.abs(x - lastX) + Math.abs(y - lastY) < LEAST_STEP) continue;
    outline.push(x, y);
    [lastX, lastY] = [x, y];
  }
  return outline;
}
