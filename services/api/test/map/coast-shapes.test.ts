import type { Coast } from '@offing/geo';
import { expect, it } from 'vitest';
import { landOf, shoresOf } from '../../src/map/coast-shapes.ts';

const BOUNDS = { west: 0, south: 0, east: 10, north: 10 };

/** A coast of rings in whole degrees; each is closed here. */
function coastOf(...rings: readonly (readonly [number, number][])[]): Coast {
  const closed = rings.map((ring) => [...ring, ring[0]]);
  const ringStart = Uint32Array.from([0, ...closed.map((_, i) => closed.slice(0, i + 1).flat().length)]);
  const flat = closed.flat();
  return {
    bounds: BOUNDS,
    ringStart,
    lons: Int32Array.from(flat, ([lon]) => lon * 10_000),
    lats: Int32Array.from(flat, ([, lat]) => lat * 10_000),
  };
}

const ISLAND: [number, number][] = [
  [1, 1],
  [4, 1],
  [4, 4],
  [1, 4],
];
const LAKE: [number, number][] = [
  [2, 2],
  [2, 3],
  [3, 3],
  [3, 2],
];
/** Land that the clip at 0° E cut: its western side is no shore. */
const CUT: [number, number][] = [
  [0, 6],
  [2, 6],
  [2, 8],
  [0, 8],
];

it('puts waters into the land that they stand behind', () => {
  const lands = landOf(coastOf(ISLAND, LAKE, CUT));
  expect(lands.map(({ geometry }) => geometry.coordinates.length)).toEqual([2, 1]);
  expect(lands[0].geometry.coordinates[1][1]).toEqual([2, 3]);
});

it('draws every shore, of lakes too, as it is', () => {
  const shores = shoresOf(coastOf(ISLAND, LAKE), [BOUNDS]);
  expect(shores.map(({ geometry }) => geometry.coordinates.length)).toEqual([5, 5]);
});

it('leaves out the edges that clipping made, and no others', () => {
  const [shore, ...rest] = shoresOf(coastOf(CUT), [BOUNDS]);
  expect(rest).toEqual([]);
  expect(shore.geometry.coordinates).toEqual([
    [0, 6],
    [2, 6],
    [2, 8],
    [0, 8],
  ]);
});

it('cuts at the sides of every rectangle, not only at its own', () => {
  const other = { west: -5, south: 4, east: 4, north: 9 };
  const lines = shoresOf(coastOf(ISLAND), [BOUNDS, other]).map(({ geometry }) => geometry.coordinates);
  // 4° E and 4° N are sides of the other rectangle.
  expect(lines).toEqual([
    [
      [1, 1],
      [4, 1],
    ],
    [
      [1, 4],
      [1, 1],
    ],
  ]);
});
