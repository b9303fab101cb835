import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { destinationPoint, distanceM } from '@offing/geo';
import { makeWatchGrid, NEAR_WATCHED_KM } from '../src/index.ts';

const lon = fc.oneof(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: 179.3, max: 180, noNaN: true }),
  fc.double({ min: -180, max: -179.3, noNaN: true }),
);
const lat = fc.oneof(
  fc.double({ min: -90, max: 90, noNaN: true }),
  fc.double({ min: 89, max: 90, noNaN: true }),
  fc.double({ min: -90, max: -89, noNaN: true }),
);
const place = fc.record({ lon, lat });
const bearing = fc.double({ min: 0, max: 360, noNaN: true });

function e7(degrees: number): number {
  return Math.round(degrees * 1e7);
}

describe('makeWatchGrid', () => {
  it('never says no to a place within 60 km, anywhere on the globe', () => {
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 3 }),
        bearing,
        fc.double({ min: 0, max: 60, noNaN: true }),
        (watched, course, km) => {
          const near = makeWatchGrid(watched);
          const { lon: x, lat: y } = destinationPoint(watched[0].lon, watched[0].lat, course, km * 1000);
          if (distanceM(x, y, watched[0].lon, watched[0].lat) > NEAR_WATCHED_KM * 1000) return;
          expect(near(e7(x), e7(y))).toBe(true);
          // A receiver may write the antimeridian either way.
          if (Math.abs(x) === 180) expect(near(e7(-x), e7(y))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('says no wherever nothing is within 111 km, up to 80° of latitude', () => {
    const low = fc.double({ min: -80, max: 80, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.record({ lon, lat: low }), { maxLength: 3 }),
        place,
        (watched, { lon: x, lat: y }) => {
          const away = Math.min(...watched.map((at) => distanceM(x, y, at.lon, at.lat)));
          if (away > 111_000) expect(makeWatchGrid(watched)(e7(x), e7(y))).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('says no 111 km off', () => {
    fc.assert(
      fc.property(lon, fc.double({ min: -80, max: 80, noNaN: true }), bearing, (x, y, course) => {
        const there = destinationPoint(x, y, course, 111_000);
        expect(makeWatchGrid([{ lon: x, lat: y }])(e7(there.lon), e7(there.lat))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [180, 179.9],
    [180, -179.9],
    [-180, 179.9],
    [179.9, -179.9],
    [-179.9, 180],
  ])('sees a port at %d° from %d°, across the antimeridian', (port, from) => {
    expect(makeWatchGrid([{ lon: port, lat: 10 }])(e7(from), e7(10))).toBe(true);
  });

  it('sees a port on a pole from every side', () => {
    for (const pole of [90, -90]) {
      const near = makeWatchGrid([{ lon: 0, lat: pole }]);
      for (const x of [-180, -90, 0, 90, 180]) {
        expect(near(e7(x), e7(pole))).toBe(true);
        expect(near(e7(x), e7(pole - Math.sign(pole) * 0.5))).toBe(true);
        expect(near(e7(x), e7(pole - Math.sign(pole) * 1.2))).toBe(false);
      }
    }
  });

  it.each([
    ['no longitude', 1_810_000_000, 380_000_000],
    ['no latitude', 1_200_000_000, 910_000_000],
    ['a place that is not one', NaN, NaN],
    ['the smallest number', -2_147_483_648, -2_147_483_648],
    ['the largest number', 2_147_483_647, 2_147_483_647],
  ])('is near nothing for %s', (_, x, y) => {
    const everywhere = Array.from({ length: 3600 }, (_unused, i) => ({
      lon: i / 10 - 180,
      lat: (i % 1800) / 10 - 90,
    }));
    expect(makeWatchGrid([...everywhere, { lon: 180, lat: 90 }])(x, y)).toBe(false);
  });

  it('is near nothing when nothing is watched', () => {
    expect(makeWatchGrid([])(e7(120), e7(38))).toBe(false);
  });
});
