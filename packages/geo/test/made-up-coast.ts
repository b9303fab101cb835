import fc from 'fast-check';
import { COAST_UNITS_PER_DEGREE, type Bounds, type Coast } from '../src/index.ts';

/** Returns the coast of rings given in degrees, each without its closing vertex. */
export function coastFrom(bounds: Bounds, rings: readonly (readonly (readonly [number, number])[])[]): Coast {
  const closed = rings.map((ring) => [...ring, ring[0]]);
  const units = (i: 0 | 1): Int32Array =>
    Int32Array.from(closed.flat(), (place) => Math.round(place[i] * COAST_UNITS_PER_DEGREE));
  const ringStart = new Uint32Array(closed.length + 1);
  closed.forEach((ring, i) => (ringStart[i + 1] = ringStart[i] + ring.length));
  return { bounds, ringStart, lons: units(0), lats: units(1) };
}

export const MADE_UP_BOUNDS: Bounds = { west: 10, south: 60, east: 12, north: 62 };

/** Coasts of up to five jagged rings, which may lie in and across one another, within 10-12° E, 60-62° N. */
export const madeUpCoast: fc.Arbitrary<Coast> = fc
  .array(
    fc.record({
      lon: fc.double({ min: 10.6, max: 11.4, noNaN: true }),
      lat: fc.double({ min: 60.6, max: 61.4, noNaN: true }),
      radii: fc.array(fc.double({ min: 0.01, max: 0.58, noNaN: true }), { minLength: 3, maxLength: 12 }),
    }),
    { maxLength: 5 },
  )
  .map((rings) =>
    coastFrom(
      MADE_UP_BOUNDS,
      rings.map(({ lon, lat, radii }) =>
        radii.map((radius, i): [number, number] => {
          const angle = (2 * Math.PI * i) / radii.length;
          return [lon + radius * Math.cos(angle), lat + radius * Math.sin(angle)];
        }),
      ),
    ),
  );
