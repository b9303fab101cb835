import { distanceM } from '@offing/geo';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NearGrid } from '../src/near-grid.ts';
import { addSlowPoint, makeSlowPoints } from '../src/slow-points.ts';

type Spot = readonly [number, number];

function pointsOf(spots: readonly Spot[]) {
  const points = makeSlowPoints(1);
  for (const [i, [lon, lat]] of spots.entries())
    addSlowPoint(points, i, Math.round(lon * 1e7), Math.round(lat * 1e7), 0, 0, 0);
  return points;
}

function foundAround(spots: readonly Spot[], [lon, lat]: Spot, metres: number): number[] {
  const grid = new NearGrid();
  grid.fill(pointsOf(spots));
  const count = grid.search(Math.round(lon * 1e7), Math.round(lat * 1e7), metres);
  return grid.found.slice(0, count).sort((a, b) => a - b);
}

/** Places near one another: at any latitude, on both sides of 180 degrees. */
const spots = fc
  .tuple(fc.double({ min: -179, max: 181, noNaN: true }), fc.double({ min: -89, max: 89, noNaN: true }))
  .chain(([lon, lat]) => {
    const near = fc.double({ min: -0.02, max: 0.02, noNaN: true });
    const spot = fc.tuple(near, near).map(([east, north]): Spot => {
      const at = lon + east / Math.max(0.02, Math.cos((lat * Math.PI) / 180));
      return [at >= 180 ? at - 360 : at < -180 ? at + 360 : at, Math.max(-90, Math.min(90, lat + north))];
    });
    return fc.array(spot, { minLength: 1, maxLength: 40 });
  });

describe('the grid of near points', () => {
  test('finds what comparing every point with every other finds, at every latitude and across 180 degrees', () => {
    fc.assert(
      fc.property(spots, fc.constantFrom(500, 1000, 1500), (all, metres) => {
        const clear = all.filter(
          ([lon, lat]) => Math.abs(distanceM(all[0][0], all[0][1], lon, lat) - metres) > 1,
        );
        const expected = clear.flatMap(([lon, lat], i) =>
          distanceM(all[0][0], all[0][1], lon, lat) < metres ? [i] : [],
        );
        expect(foundAround(clear, all[0], metres)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('finds a neighbour over the edge of a row, over 180 degrees and near a pole', () => {
    expect(foundAround([[0, 9.9999]], [0, 10.0001], 100)).toEqual([0]);
    expect(foundAround([[179.9999, 60]], [-179.9999, 60], 100)).toEqual([0]);
    expect(foundAround([[0, 89.999]], [90, 89.999], 300)).toEqual([0]);
  });

  test('stops when it has found enough, and forgets the instant before', () => {
    const grid = new NearGrid();
    grid.fill(pointsOf(Array.from({ length: 50 }, (): Spot => [120, 37])));
    expect(grid.search(1_200_000_000, 370_000_000, 500, 5)).toBe(5);
    expect(grid.search(1_200_000_000, 370_000_000, 500)).toBe(50);
    grid.fill(pointsOf([[121, 37]]));
    expect(grid.search(1_200_000_000, 370_000_000, 500)).toBe(0);
  });
});
