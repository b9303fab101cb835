import { COAST_UNITS_PER_DEGREE, type Bounds, type Coast } from '@offing/geo';

type Ring = readonly (readonly number[])[];
type GeoJson = { readonly geometries: readonly { readonly type: string; readonly coordinates: unknown }[] };

/** Waters within land smaller than this (fish ponds, reservoirs) are left out: no ship of ours goes there, km². */
const LEAST_WATER_KM2 = 5;
const KM_PER_DEGREE = 111.195;

/**
 * Returns the coast of a GeoJSON GeometryCollection of (multi)polygons that was clipped to `bounds`: every island, but
 * of the waters within land only those of 5 km² and more (tidal rivers, harbours behind locks, lakes).
 */
export function coastOf(json: GeoJson, bounds: Bounds): Coast {
  const rings: number[][] = [];
  for (const polygon of polygonsOf(json)) {
    for (const [i, ring] of polygon.entries()) {
      const units = i > 0 && areaKm2(ring) < LEAST_WATER_KM2 ? [] : unitsOf(ring);
      // A closed ring around any area has four vertices, the last equal to the first.
      if (units.length >= 8) rings.push(units);
    }
  }
  return packed(rings, bounds);
}

function polygonsOf(json: GeoJson): Ring[][] {
  return json.geometries.flatMap(({ type, coordinates }) => {
    if (type === 'Polygon') return [coordinates as Ring[]];
    if (type === 'MultiPolygon') return coordinates as Ring[][];
    return [];
  });
}

function unitsOf(ring: Ring): number[] {
  const units: number[] = [];
  for (const [lon, lat] of ring) {
    const x = Math.round(lon * COAST_UNITS_PER_DEGREE);
    const y = Math.round(lat * COAST_UNITS_PER_DEGREE);
    if (units.at(-2) !== x || units.at(-1) !== y) units.push(x, y);
  }
  return units;
}

function areaKm2(ring: Ring): number {
  let area = 0;
  for (let i = 0; i + 1 < ring.length; i++)
    area += (ring[i + 1][0] - ring[i][0]) * (ring[i + 1][1] + ring[i][1] - 2 * ring[0][1]);
  return Math.abs(area / 2) * KM_PER_DEGREE ** 2 * Math.cos((ring[0][1] * Math.PI) / 180);
}

function packed(rings: readonly number[][], bounds: Bounds): Coast {
  const ringStart = new Uint32Array(rings.length + 1);
  rings.forEach((ring, i) => (ringStart[i + 1] = ringStart[i] + ring.length / 2));
  const flat = rings.flat();
  return {
    bounds,
    ringStart,
    lons: Int32Array.from({ length: flat.length / 2 }, (_, i) => flat[2 * i]),
    lats: Int32Array.from({ length: flat.length / 2 }, (_, i) => flat[2 * i + 1]),
  };
}
