import { distanceM } from '@offing/geo';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupsOf, type Placed } from '../src/groups.ts';

const ship = fc.record({
  mmsi: fc.integer({ min: 1, max: 1e6 }),
  lon: fc.double({ min: 179.8, max: 180.2, noNaN: true }).map((lon) => (lon >= 180 ? lon - 360 : lon)),
  lat: fc.double({ min: 37, max: 37.4, noNaN: true }),
});
const ships = fc.uniqueArray(ship, { selector: ({ mmsi }) => mmsi, maxLength: 30 });

describe('groups of ships', () => {
  test('hold each ship once, none two ships farther apart than asked, the largest first, in whatever order they come', () => {
    fc.assert(
      fc.property(ships, fc.integer(), (all, seed) => {
        const groups = groupsOf(all, 15_000);
        expect(groups.flat().map(mmsiOf).sort(byNumber)).toEqual(all.map(mmsiOf).sort(byNumber));
        for (const group of groups)
          for (const a of group)
            for (const b of group) expect(distanceM(a.lon, a.lat, b.lon, b.lat)).toBeLessThanOrEqual(15_000);
        const shuffled = [...all].sort((a, b) => ((a.mmsi * 7 + seed) % 101) - ((b.mmsi * 7 + seed) % 101));
        expect(groupsOf(shuffled, 15_000)).toEqual(groups);
      }),
    );
  });

  test('of a cluster and some far ships are the cluster and the others', () => {
    const near = [0, 1, 2, 3].map((i): Placed => ({ mmsi: 10 + i, lon: 120 + i * 0.02, lat: 37 }));
    const far = [{ mmsi: 1, lon: 121, lat: 37 }];
    expect(groupsOf([...far, ...near], 15_000)).toEqual([near, far]);
  });

  test('of a thousand ships in one place take no more than a moment', () => {
    const crowd = Array.from({ length: 1000 }, (_, i): Placed => ({
      mmsi: i,
      lon: 120 + (i % 40) / 100,
      lat: 37 + i / 4000,
    }));
    const before = process.cpuUsage();
    const groups = groupsOf(crowd, 15_000);
    expect(groups.flat()).toHaveLength(1000);
    expect(process.cpuUsage(before).user).toBeLessThan(20e6);
  });
});

function mmsiOf({ mmsi }: Placed): number {
  return mmsi;
}

function byNumber(a: number, b: number): number {
  return a - b;
}
