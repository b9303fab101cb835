import { readZones, withZones } from '@offing/gazetteer';
import { madeUpGazetteer, tellRule, track, type RuleTest, type TrackBuilder } from '@offing/testkit';
import { describe, expect, test } from 'vitest';

const MMSI = 413_000_777;
const START = '2016-12-31T20:00:00Z';
const EAST = 90;
const WEST = 270;

function box(id: string, west: number, east: number): object {
  const ring = [
    [west, 36],
    [east, 36],
    [east, 37],
    [west, 37],
    [west, 36],
  ];
  return {
    type: 'Feature',
    id,
    properties: { name: `Box ${id}` },
    geometry: { type: 'Polygon', coordinates: [ring] },
  };
}

function told(tracks: readonly TrackBuilder[], boxes: readonly object[], more: Partial<RuleTest> = {}) {
  const { zones } = readZones(JSON.stringify({ type: 'FeatureCollection', features: boxes }));
  return tellRule('zone-entry', { tracks, gazetteer: withZones(madeUpGazetteer(), zones), ...more });
}

const at = (lon: number, everyMin = 10): TrackBuilder =>
  track({ mmsi: MMSI, at: START, lon, lat: 36.5, everyMin });
const BOX = box('a', 120, 121);

describe('a ship that comes into a zone and leaves it', () => {
  test('is told with its first position inside and its first more than 1 km outside', () => {
    // 45 km to the zone and 90 km through it at 10 kn.
    const [entry, ...more] = told([at(119.5).sail(12, 10, EAST)], [BOX]);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      changes: ['opened', 'closed'],
      port: null,
      evidence: { zone: 'a', entrySeen: true },
    });
    expect(Math.abs(Date.parse(entry.openedAt) - Date.parse('2016-12-31T22:25:00Z'))).toBeLessThan(660_000);
    expect(Math.abs(Date.parse(String(entry.closedAt)) - Date.parse('2017-01-01T03:19:00Z'))).toBeLessThan(
      660_000,
    );
    expect(entry.sentence).toContain('came into the zone Box a on 2016-12-31 22:');
  });

  test('and is first heard inside is said to be', () => {
    const [entry] = told([at(120.5).sail(1, 10, EAST)], [BOX]);
    expect(entry).toMatchObject({ state: 'open', evidence: { entrySeen: false } });
    expect(entry.sentence).toContain('was first heard in');
  });

  test.each([
    ['0.9 km outside it is still in', 0.9, 1],
    ['1.2 km outside it has left: it comes in again', 1.2, 2],
  ])('%s', (_, km, count) => {
    const out = 121 + km / (111.195 * Math.cos((36.5 * Math.PI) / 180));
    const ship = at(120.99, 1).lie(1).jump(out, 36.5).lie(1).jump(120.99, 36.5).lie(1);
    expect(told([ship], [BOX])).toHaveLength(count);
  });

  test('across the antimeridian, in a zone drawn across it', () => {
    const ship = track({ mmsi: MMSI, at: START, lon: 179, lat: 36.5 }).sail(12, 10, EAST);
    expect(told([ship], [box('d', 179.5, 180.5)])).toMatchObject([{ changes: ['opened', 'closed'] }]);
  });

  test('of two zones that overlap is in both', () => {
    const entries = told([at(119.5).sail(14, 10, EAST)], [BOX, box('b', 120.5, 121.5)]);
    expect(entries.map(({ evidence, changes }) => [evidence['zone'], changes.length])).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(2);
  });
});

describe('must stay silent for', () => {
  test('passing by, and no zones at all', () => {
    expect(
      told([track({ mmsi: MMSI, at: START, lon: 119.5, lat: 37.02 }).sail(12, 10, EAST)], [BOX]),
    ).toEqual([]);
    expect(told([at(119.5).sail(12, 10, EAST)], [])).toEqual([]);
  });

  test('coming and going at the edge: that is one stay', () => {
    const ship = at(120.995, 2);
    for (let i = 0; i < 6; i++) ship.sail(0.1, 6, EAST).sail(0.1, 6, WEST);
    expect(told([ship], [BOX])).toHaveLength(1);
  });
});

test('any cut of the records with restarts tells the same', () => {
  const tracks = [at(119.5).sail(12, 10, EAST)];
  const boxes = [BOX, box('b', 120.5, 121.5)];
  const cuts = Array.from({ length: 20 }, (_, i) => i * 4);
  expect(told(tracks, boxes, { cuts, restart: true })).toEqual(told(tracks, boxes));
});
