import { Fold } from '@offing/stages';
import { columnsOf, settingOf, track, type TrackBuilder } from '@offing/testkit';
import { describe, expect, test } from 'vitest';
import { TRAIL_POINTS, Trails } from '../src/trails.ts';

const START = '2016-11-05T00:00:00Z';

function foldOf(ship: TrackBuilder): Fold {
  const { records, statics } = columnsOf(ship.rows);
  const fold = new Fold(settingOf({}));
  fold.process(records, statics, 0, records.length);
  return fold;
}

function trailOf(ship: TrackBuilder) {
  return new Trails(foldOf(ship).dump().trails);
}

function start() {
  return track({ mmsi: 413_000_001, at: START, lon: 120, lat: 30 });
}

describe('the trail of a ship', () => {
  test('has a point each 20 km or so, the first position first', () => {
    const points = trailOf(start().sail(10, 11, 0)).points(0);
    expect(points[0]).toMatchObject({ at: Date.parse(START), lon: 120, lat: 30, still: false });
    points.slice(1).forEach((point, i) => expect(point.lat - points[i].lat).toBeGreaterThan(0.17));
    expect(points.length).toBeGreaterThan(7);
  });

  test('keeps twelve points of a long way, from its beginning to its end', () => {
    const ship = start().sail(240, 14, 90);
    const points = trailOf(ship).points(0);
    expect(points).toHaveLength(TRAIL_POINTS);
    expect(points[0].at).toBe(Date.parse(START));
    expect(ship.now - points[TRAIL_POINTS - 1].at).toBeLessThan(8 * 3_600_000);
    expect([...points].sort((a, b) => a.at - b.at)).toEqual(points);
  });

  test('says where the ship lay still', () => {
    const points = trailOf(start().sail(4, 10, 0).lie(5).sail(4, 10, 0)).points(0);
    const still = points.filter((point) => point.still);
    expect(still).toHaveLength(1);
    expect(still[0].lat).toBeCloseTo(30 + 40 / 60, 1);
  });

  test('knows the highest speed made good, not the one that was reported', () => {
    const quick = trailOf(start().sail(3, 8, 0).sail(3, 12, 0).lie(3));
    expect(quick.serviceKn(0)).toBeGreaterThan(11.5);
    expect(quick.serviceKn(0)).toBeLessThan(12.2);
    const boast = start().lie(6, 20);
    expect(trailOf(boast).serviceKn(0) ?? 0).toBeLessThan(0.5);
  });

  test('knows no speed of a ship that was heard for some minutes', () => {
    expect(trailOf(start().sail(0.3, 12, 0)).serviceKn(0)).toBeNull();
  });

  test('is of its own slot, however many hulls there are', () => {
    const trails = new Trails();
    for (const slot of [0, 1, 5000]) trails.clear(slot);
    expect(trails.points(5000)).toEqual([]);
    expect(trails.serviceKn(5000)).toBeNull();
  });
});
