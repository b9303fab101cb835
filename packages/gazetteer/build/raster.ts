import {
  COAST_UNITS_PER_DEGREE,
  distanceM,
  indexCoast,
  indexPlaces,
  nearestPlace,
  RASTER_MAX_M,
  RASTER_STEPS_PER_DEGREE,
  RASTER_UNIT_M,
  rasterSize,
  type Bounds,
  type Coast,
  type ShoreRaster,
} from '@offing/geo';

/** Edges are filled with points this far apart, so that the nearest point is within 0.5 km of the nearest shore, m. */
const SPACING_M = 1000;

/**
 * Returns the raster of distances to the nearest shore. A node holds at most 0.5 km more than the distance to the edges as
 * drawn, and from 1 km off the shore at most 150 m more.
 */
export function rasterOf(coast: Coast, bounds: Bounds): ShoreRaster {
  const { lons, lats } = pointsAlong(coast);
  const index = indexPlaces(lons, lats);
  const { columns, rows } = rasterSize(bounds);
  const units = new Uint16Array(columns * rows);
  const step = 1 / RASTER_STEPS_PER_DEGREE;
  for (let row = 0; row < rows; row++) {
    let last = RASTER_MAX_M / 1000;
    for (let column = 0; column < columns; column++) {
      const lon = bounds.west + column * step;
      const lat = bounds.south + row * step;
      // No node is farther from shore than its neighbour is, plus the way between the two.
      const km = nearestPlace(index, lon, lat, Math.min(last + 6, RASTER_MAX_M / 1000))?.km;
      last = km ?? RASTER_MAX_M / 1000;
      units[row * columns + column] = Math.round((last * 1000) / RASTER_UNIT_M);
    }
  }
  return { bounds, columns, units };
}

function pointsAlong(coast: Coast): { lons: number[]; lats: number[] } {
  const { clipped } = indexCoast(coast);
  const lons: number[] = [];
  const lats: number[] = [];
  for (let ring = 0; ring + 1 < coast.ringStart.length; ring++) {
    for (let i = coast.ringStart[ring]; i + 1 < coast.ringStart[ring + 1]; i++) {
      if (clipped[i] === 1) continue;
      const [lonA, latA, lonB, latB] = [
        coast.lons[i],
        coast.lats[i],
        coast.lons[i + 1],
        coast.lats[i + 1],
      ].map((units) => units / COAST_UNITS_PER_DEGREE);
      const parts = Math.ceil(distanceM(lonA, latA, lonB, latB) / SPACING_M);
      for (let part = 0; part < parts; part++) {
        lons.push(lonA + ((lonB - lonA) * part) / parts);
        lats.push(latA + ((latB - latA) * part) / parts);
      }
    }
  }
  return { lons, lats };
}
