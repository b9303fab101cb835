import { describe, expect, it } from 'vitest';
import { distance as turfDistance, bearing as turfBearing, destination as turfDestination } from '@turf/turf';
import fc from 'fast-check';
import {
  bearingDeg,
  circularMeanLonDeg,
  destinationPoint,
  distanceFastM,
  distanceM,
  EARTH_RADIUS_M,
  lonDeltaDeg,
  placeBetween,
  wrapLonDeg,
} from '../src/index.ts';

const lon = fc.double({ min: -180, max: 180, noNaN: true });
const lat = fc.double({ min: -90, max: 90, noNaN: true });

describe('distanceM', () => {
  it.each([
    ['a degree along the equator', 0, 0, 1, 0, 111_195.08],
    ['a degree along a meridian', 121, 38, 121, 39, 111_195.08],
    ['across the antimeridian', 179.5, 0, -179.5, 0, 111_195.08],
    ['over the pole', 0, 89.5, 180, 89.5, 111_195.08],
    ['nowhere', 120.3, 37.6, 120.3, 37.6, 0],
  ])('measures %s', (_, lonA, latA, lonB, latB, metres) => {
    expect(distanceM(lonA, latA, lonB, latB)).toBeCloseTo(metres, 1);
  });

  it('measures to the other side of the globe within a metre', () => {
    expect(Math.abs(distanceM(30, 10, -150, -10) - Math.PI * EARTH_RADIUS_M)).toBeLessThan(1);
  });

  it('agrees with turf anywhere', () => {
    fc.assert(
      fc.property(lon, lat, lon, lat, (lonA, latA, lonB, latB) => {
        const theirs = turfDistance([lonA, latA], [lonB, latB], { units: 'meters' });
        expect(Math.abs(distanceM(lonA, latA, lonB, latB) - theirs)).toBeLessThan(1);
      }),
    );
  });

  // Degree lengths on the WGS84 ellipsoid: NGA.STND.0036, 110,574 m (0°), 111,694 m (90°) of latitude, 111,320 m of longitude at 0°.
  it.each([
    ['latitude at the equator', 0, -0.5, 0, 0.5, 110_574],
    ['latitude near the pole', 0, 89, 0, 90, 111_694],
    ['longitude at the equator', 0, 0, 1, 0, 111_320],
  ])('stays within 0.57 per cent of a degree of %s on WGS84', (_, lonA, latA, lonB, latB, wgs84) => {
    expect(Math.abs(distanceM(lonA, latA, lonB, latB) / wgs84 - 1)).toBeLessThan(0.0057);
  });
});

describe('distanceFastM', () => {
  const bound = (maxLat: number, maxKm: number, share: number): void => {
    fc.assert(
      fc.property(
        lon,
        fc.double({ min: -maxLat, max: maxLat, noNaN: true }),
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.double({ min: 0.001, max: maxKm, noNaN: true }),
        (lonA, latA, bearing, km) => {
          const to = destinationPoint(lonA, latA, bearing, km * 1000);
          const exact = distanceM(lonA, latA, to.lon, to.lat);
          expect(Math.abs(distanceFastM(lonA, latA, to.lon, to.lat) - exact)).toBeLessThan(
            exact * share + 1e-3,
          );
        },
      ),
      { numRuns: 5000 },
    );
  };
  it('differs by at most 0.01 % up to 60 km and 70°', () => bound(70, 60, 0.0001));
  it('differs by at most 0.2 % up to 100 km and 80°', () => bound(80, 100, 0.002));
  it('takes the short way across the antimeridian', () => {
    expect(distanceFastM(179.9, 60, -179.9, 60) / distanceM(179.9, 60, -179.9, 60)).toBeCloseTo(1, 4);
    expect(distanceFastM(-179.9, 60, 179.9, 60) / distanceM(179.9, 60, -179.9, 60)).toBeCloseTo(1, 4);
  });
});

describe('bearingDeg and destinationPoint', () => {
  it('agree with turf', () => {
    fc.assert(
      fc.property(
        lon,
        fc.double({ min: -85, max: 85, noNaN: true }),
        fc.double({ min: 0, max: 359.9, noNaN: true }),
        fc.double({ min: 10, max: 2_000_000, noNaN: true }),
        (lonA, latA, bearing, metres) => {
          const to = destinationPoint(lonA, latA, bearing, metres);
          const theirs = turfDestination([lonA, latA], metres, bearing, { units: 'meters' }).geometry
            .coordinates;
          expect(distanceM(to.lon, to.lat, theirs[0], theirs[1])).toBeLessThan(1);
          expect(distanceM(lonA, latA, to.lon, to.lat)).toBeCloseTo(metres, 2);
          const course = bearingDeg(lonA, latA, to.lon, to.lat);
          expect(Math.abs(lonDeltaDeg(course, turfBearing([lonA, latA], [to.lon, to.lat])))).toBeLessThan(
            1e-6,
          );
        },
      ),
    );
  });
  it('gives a bearing from 0 to 360 and a longitude from -180 to 180', () => {
    fc.assert(
      fc.property(lon, lat, lon, lat, (lonA, latA, lonB, latB) => {
        const bearing = bearingDeg(lonA, latA, lonB, latB);
        expect(bearing).toBeGreaterThanOrEqual(0);
        expect(bearing).toBeLessThan(360);
        const to = destinationPoint(lonA, latA, bearing, 5_000_000);
        expect(Math.abs(to.lon)).toBeLessThanOrEqual(180);
      }),
    );
  });
  it('leaves the antimeridian on the other side', () => {
    expect(destinationPoint(179.99, 0, 90, 111_195).lon).toBeCloseTo(-179.01, 3);
  });
});

describe('longitudes', () => {
  it.each([
    [180, -180],
    [-180, -180],
    [540, -180],
    [181, -179],
    [-181, 179],
    [0, 0],
  ])('wraps %f to %f', (from, to) => expect(wrapLonDeg(from)).toBe(to));

  it.each([
    [179, -179, 2],
    [-179, 179, -2],
    [10, 20, 10],
    [20, 10, -10],
  ])('goes the short way from %f to %f', (from, to, delta) =>
    expect(lonDeltaDeg(from, to)).toBeCloseTo(delta, 9),
  );

  it('averages on the circle', () => {
    expect(circularMeanLonDeg([179, -179])).toBeCloseTo(-180, 9);
    expect(circularMeanLonDeg([120, 122])).toBeCloseTo(121, 9);
    expect(circularMeanLonDeg([])).toBeNull();
    expect(circularMeanLonDeg([0, 180])).toBeNull();
  });

  it('interpolates across the antimeridian', () => {
    const middle = placeBetween(179.8, 10, -179.6, 12, 0.5);
    expect(middle.lon).toBeCloseTo(-179.9, 9);
    expect(middle.lat).toBe(11);
  });

  it('interpolates within 600 m of the great circle over 100 km below 70°', () => {
    for (let latA = 0; latA < 69; latA += 3) {
      for (let bearing = 0; bearing < 360; bearing += 15) {
        const to = destinationPoint(121, latA, bearing, 100_000);
        const onCircle = destinationPoint(121, latA, bearing, 50_000);
        const linear = placeBetween(121, latA, to.lon, to.lat, 0.5);
        if (Math.abs(to.lat) < 70)
          expect(distanceM(onCircle.lon, onCircle.lat, linear.lon, linear.lat)).toBeLessThan(600);
      }
    }
  });
});
