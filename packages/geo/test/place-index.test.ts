import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { distanceM, indexPlaces, nearestPlace, placesWithin, type NearPlace } from '../src/index.ts';

const lon = fc.double({ min: -180, max: 180, noNaN: true });
const lat = fc.double({ min: -90, max: 90, noNaN: true });
const place = fc.tuple(lon, lat);
/** Places crowded around the antimeridian and the poles. */
const edgy = fc.tuple(
  fc.oneof(
    fc.double({ min: 179, max: 180, noNaN: true }),
    fc.double({ min: -180, max: -179, noNaN: true }),
    lon,
  ),
  fc.oneof(lat, fc.double({ min: 88, max: 90, noNaN: true })),
);

function slowly(
  places: readonly (readonly [number, number])[],
  x: number,
  y: number,
  maxKm: number,
): NearPlace[] {
  return places
    .map(([a, b], i) => ({ i, km: distanceM(x, y, a, b) / 1000 }))
    .filter(({ km }) => km <= maxKm)
    .sort((a, b) => a.km - b.km || a.i - b.i);
}

describe('nearestPlace and placesWithin', () => {
  it('gives the same answers however often and in whatever order it is asked about a neighbourhood', () => {
    fc.assert(
      fc.property(
        fc.array(edgy, { minLength: 1, maxLength: 60 }),
        edgy,
        fc.array(
          fc.tuple(
            fc.double({ min: -0.2, max: 0.2, noNaN: true }),
            fc.double({ min: -0.2, max: 0.2, noNaN: true }),
            fc.constantFrom(0, 3, 10, 50, 500),
          ),
          { minLength: 2, maxLength: 12 },
        ),
        (all, [x, y], asked) => {
          const index = indexPlaces(
            all.map(([a]) => a),
            all.map(([, b]) => b),
          );
          for (const [east, north, maxKm] of asked) {
            const [a, b] = [x + east, Math.max(-90, Math.min(90, y + north))];
            const found = nearestPlace(index, a, b, maxKm);
            // Two places on one side of a limit by rounding alone may be told apart either way.
            expect(found?.km ?? maxKm).toBeCloseTo(slowly(all, a, b, maxKm)[0]?.km ?? maxKm, 8);
          }
        },
      ),
    );
  });

  it('forgets what it found out where it is asked about more squares than it remembers', () => {
    const many = Array.from({ length: 40 }, (_, n) => n / 4);
    const index = indexPlaces(many, many);
    for (let n = 0; n < 20_000; n++) nearestPlace(index, (n % 200) * 0.05, Math.floor(n / 200) * 0.05, 50);
    expect(index.squares.size).toBeLessThanOrEqual(16_384);
    expect(index.squares.size).toBeGreaterThan(1_000);
    expect(nearestPlace(index, 9.9, 9.9, 5_000)?.i).toBe(39);
  });

  it.each([
    ['anywhere', place, 20_100],
    ['near the antimeridian and the poles', edgy, 400],
  ] as const)('finds what comparing all places finds, %s', (_, places, most) => {
    fc.assert(
      fc.property(
        fc.array(places, { maxLength: 60 }),
        places,
        fc.double({ min: 0, max: most, noNaN: true }),
        (all, [x, y], maxKm) => {
          const index = indexPlaces(
            all.map((p) => p[0]),
            all.map((p) => p[1]),
          );
          const expected = slowly(all, x, y, maxKm);
          expect(
            placesWithin(index, x, y, maxKm)
              .map(({ i }) => i)
              .sort(),
          ).toEqual(expected.map(({ i }) => i).sort());
          expect(nearestPlace(index, x, y, maxKm)?.km).toBe(expected[0]?.km);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('passes over what is not accepted', () => {
    const index = indexPlaces([120, 120.1, 121], [38, 38, 38]);
    expect(nearestPlace(index, 120, 38, 200, (i) => i === 2)?.i).toBe(2);
    expect(nearestPlace(index, 120, 38, 50, (i) => i === 2)).toBeNull();
  });

  it('finds nothing among no places', () => {
    expect(nearestPlace(indexPlaces([], []), 120, 38, 1000)).toBeNull();
  });

  it('finds a place on the other side of the antimeridian, whichever way its longitude is written', () => {
    for (const x of [180, -180, 179.99, -179.99, 180.01])
      expect(nearestPlace(indexPlaces([x], [10]), x > 0 ? -179.95 : 179.95, 10, 20)?.i).toBe(0);
  });
});
