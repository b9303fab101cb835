import { sql, type RawBuilder } from 'kysely';

/** Corners of a polygon in order, each `[lon, lat]` in degrees; the last need not repeat the first. */
export type Ring = readonly (readonly [number, number])[];

/**
 * Returns the condition that a point lies in a polygon or on its edge, edges straight in longitude and latitude. A polygon
 * whose longitudes lie more than 180° apart is taken to cross the antimeridian.
 */
export function polygonCondition(
  ring: Ring,
  lon: RawBuilder<unknown>,
  lat: RawBuilder<unknown>,
): RawBuilder<boolean> {
  const { ring: unwrapped, crosses } = unwrappedRing(ring);
  const shape = sql`${`(${unwrapped.map(([x, y]) => `(${x},${y})`).join(',')})`}::polygon`;
  const contains = sql<boolean>`${shape} @> point(${lon}, ${lat})`;
  return crosses ? sql`(${contains} or ${shape} @> point(${lon} + 360, ${lat}))` : contains;
}

function unwrappedRing(ring: Ring): { readonly ring: Ring; readonly crosses: boolean } {
  const lons = ring.map(([lon]) => lon);
  const crosses = Math.max(...lons) - Math.min(...lons) > 180;
  return {
    crosses,
    ring: crosses ? ring.map(([lon, lat]): [number, number] => [lon < 0 ? lon + 360 : lon, lat]) : ring,
  };
}
