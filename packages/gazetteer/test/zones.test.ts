import { readZones } from '@offing/gazetteer';
import { describe, expect, test } from 'vitest';

const RING = [
  [120, 37],
  [121, 37],
  [121, 38],
  [120, 37],
];

function feature(geometry: unknown, more: object = { id: 'a' }): unknown {
  return { type: 'Feature', properties: {}, geometry, ...more };
}

function read(...features: readonly unknown[]) {
  return readZones(JSON.stringify({ type: 'FeatureCollection', features }));
}

const polygon = (coordinates: unknown): unknown => ({ type: 'Polygon', coordinates });

describe('a zones file', () => {
  test('gives polygons and multipolygons by id, with their names', () => {
    const many = { type: 'MultiPolygon', coordinates: [[RING], [RING.map(([lon, lat]) => [lon + 5, lat])]] };
    const { zones, faults } = read(
      feature(many, { id: 7, properties: { name: 'Two' } }),
      feature(polygon([RING]), { properties: { name: 'One' } }),
    );
    expect(faults).toEqual([]);
    expect(zones.map(({ id, name }) => [id, name])).toEqual([
      ['7', 'Two'],
      ['One', 'One'],
    ]);
    expect(zones[0].shape.edgeKm(125.8, 37.2)).toBeLessThan(0);
  });

  test('may be one feature', () => {
    expect(readZones(JSON.stringify(feature(polygon([RING])))).zones).toHaveLength(1);
  });

  test.each([
    ['text that is no JSON', '{', { feature: 0, code: 'not-json' }],
    ['JSON that is no GeoJSON', '[]', { feature: 0, code: 'no-features' }],
    ['nothing', '{"type":"FeatureCollection","features":[]}', { feature: 0, code: 'no-features' }],
  ])('of %s is refused', (_, text, fault) => {
    expect(readZones(text)).toEqual({ zones: [], faults: [fault] });
  });

  test.each([
    ['a point', feature({ type: 'Point', coordinates: [1, 2] }), 'no-polygon'],
    ['no geometry', feature(null), 'no-polygon'],
    ['no feature', null, 'no-polygon'],
    ['no id', feature(polygon([RING]), {}), 'no-id'],
    ['an id that is too long', feature(polygon([RING]), { id: 'x'.repeat(65) }), 'no-id'],
    ['an open ring', feature(polygon([[...RING.slice(0, 3), [5, 5]]])), 'bad-ring'],
    ['a ring of three', feature(polygon([RING.slice(0, 3)])), 'bad-ring'],
    ['a latitude that is none', feature(polygon([RING.map(([lon, lat]) => [lon, lat * 3])])), 'bad-position'],
    ['text for a number', feature(polygon([RING.map(([lon, lat]) => [String(lon), lat])])), 'bad-position'],
    [
      'half the globe',
      feature(
        polygon([
          [
            [-100, 0],
            [0, 0],
            [90, 0],
            [0, 5],
            [-100, 0],
          ],
        ]),
      ),
      'too-wide',
    ],
    [
      'too many vertices',
      feature(polygon([Array.from({ length: 10_001 }, () => [1, 2])])),
      'too-many-vertices',
    ],
  ])('refuses %s', (_, bad, code) => {
    expect(read(bad, feature(polygon([RING]), { id: 'good' }))).toMatchObject({
      zones: [{ id: 'good' }],
      faults: [{ feature: 1, code }],
    });
  });

  test('refuses an id that was there before', () => {
    expect(read(feature(polygon([RING])), feature(polygon([RING]))).faults).toEqual([
      { feature: 2, code: 'repeated-id' },
    ]);
  });
});
