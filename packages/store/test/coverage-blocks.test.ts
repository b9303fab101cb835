import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blockOf, blocksOf } from '../src/coverage-blocks.ts';

const lon = fc.double({ min: -180, max: 180, noNaN: true });
const lat = fc.double({ min: -90, max: 90, noNaN: true });

it('names every block of a box, also across the antimeridian, and none twice', () => {
  fc.assert(
    fc.property(lon, lon, lat, lat, fc.double({ min: 0, max: 1, noNaN: true }), (west, east, a, b, share) => {
      const [south, north] = [Math.min(a, b), Math.max(a, b)];
      const width = west <= east ? east - west : east - west + 360;
      const inside = west + width * share;
      const blocks = blocksOf({ west, south, east, north });
      expect(new Set(blocks).size).toBe(blocks.length);
      expect(blocks).toContain(
        blockOf(inside > 180 ? inside - 360 : inside, south + (north - south) * share),
      );
    }),
  );
});

it.each([
  [-180, -90, 0],
  [180, 90, 36 * 72 - 1],
  [0, 0, 18 * 72 + 36],
])('numbers the block of %d, %d as %d', (x, y, block) => {
  expect(blockOf(x, y)).toBe(block);
});
