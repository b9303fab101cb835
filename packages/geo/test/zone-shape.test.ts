import { booleanPointInPolygon, pointToPolygonDistance, polygon } from '@turf/turf';
import { makeZoneShape } from '@offing/geo';
import { describe, expect, test } from 'vitest';

const SQUARE: [number, number][] = [
  [120, 37],
  [121, 37],
  [121, 38],
  [120, 38],
  [120, 37],
];
const L_SHAPE: [number, number][] = [
  [0, 60],
  [2, 60],
  [2, 60.5],
  [0.5, 60.7],
  [0.4, 62],
  [0, 62],
  [0, 60],
];

/** The ring with fifty points on each edge: turf measures along great circles, which leave an edge that is straight in longitude and latitude. */
function filled(ring: readonly [number, number][]): [number, number][] {
  return ring.flatMap(([lon, lat], i) => {
    const [lonB, latB] = ring[Math.min(i + 1, ring.length - 1)];
    const steps = i === ring.length - 1 ? 1 : 50;
    return Array.from({ length: steps }, (_, k): [number, number] => [
      lon + ((lonB - lon) * k) / steps,
      lat + ((latB - lat) * k) / steps,
    ]);
  });
}

describe('the distance to the edge of a zone', () => {
  test.each([
    ['a square', SQUARE, 1, 120.5, 37.5],
    ['an L at 61° N', L_SHAPE, 1, 1, 61],
  ])('of %s agrees with turf to 1 %% and 5 m', (_, ring, reach, lon0, lat0) => {
    const shape = makeZoneShape([ring]);
    const reference = polygon([filled(ring)]);
    for (let i = 0; i < 200; i++) {
      const lon = lon0 + reach * Math.sin(i * 1.7);
      const lat = lat0 + reach * Math.cos(i * 2.3);
      const km = shape.edgeKm(lon, lat);
      expect(km < 0).toBe(booleanPointInPolygon([lon, lat], reference));
      const exact = pointToPolygonDistance([lon, lat], reference, { units: 'kilometers' });
      expect(Math.abs(km - exact)).toBeLessThan(0.005 + 0.01 * Math.abs(exact));
    }
  });

  test('of a zone with a hole counts the hole as outside', () => {
    const hole = SQUARE.map(([lon, lat]): [number, number] => [
      120.4 + (lon - 120) / 5,
      37.4 + (lat - 37) / 5,
    ]);
    const shape = makeZoneShape([SQUARE, hole]);
    expect(shape.edgeKm(120.5, 37.5)).toBeGreaterThan(0);
    expect(shape.edgeKm(120.2, 37.2)).toBeLessThan(0);
  });

  test.each([
    ['drawn across 180°', [179, -179]],
    ['drawn beyond 180°', [179, 181]],
    ['drawn beyond -180°', [-181, -179]],
  ])('of a zone %s knows no border there', (_, [west, east]) => {
    const shape = makeZoneShape([
      [
        [west, 10],
        [east, 10],
        [east, 12],
        [west, 12],
        [west, 10],
      ],
    ]);
    for (const lon of [179.5, 180, -180, -179.5]) expect(shape.edgeKm(lon, 11)).toBeLessThan(0);
    for (const lon of [178, -178, 0]) expect(shape.edgeKm(lon, 11)).toBeGreaterThan(0);
    expect(shape.bounds.east - shape.bounds.west).toBeCloseTo(2, 9);
  });
});
