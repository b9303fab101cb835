import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf, rectangle, circle, type Outline } from '../src/index.ts';

const BOX = { left: 0, top: 0, right: 20, bottom: 10 };

function areaOf(outlines: readonly Outline[], rule: 'winding' | 'odd' = 'winding', box = BOX): number {
  return (coverageOf(outlines, box, rule)?.shares ?? new Float32Array()).reduce(
    (sum, share) => sum + share,
    0,
  );
}

describe('coverage', () => {
  it('is the exact area of a rectangle in each pixel', () => {
    const coverage = coverageOf([rectangle(1.25, 2.5, 2.5, 1)], BOX, 'winding');
    expect(coverage?.box).toEqual({ left: 1, top: 2, right: 4, bottom: 4 });
    expect([...(coverage?.shares ?? [])]).toEqual([0.375, 0.5, 0.375, 0.375, 0.5, 0.375]);
  });

  it('is nothing outside the box', () => {
    expect(coverageOf([rectangle(30, 2, 5, 5)], BOX, 'winding')).toBeNull();
    expect(coverageOf([rectangle(2, -9, 5, 5)], BOX, 'winding')).toBeNull();
    expect(coverageOf([], BOX, 'winding')).toBeNull();
    expect(coverageOf([[1, 1]], BOX, 'winding')).toBeNull();
  });

  it('fills the box inside an outline that lies all around it', () => {
    expect(areaOf([rectangle(-1e6, -1e6, 2e6, 2e6)])).toBe(200);
    expect(areaOf([[-50, -50, 90, -40, 80, 70, -60, 60]])).toBeCloseTo(200, 3);
  });

  it('counts what lies in an odd number of outlines, whichever way they turn', () => {
    const hole = [6, 3, 6, 5, 9, 5, 9, 3];
    expect(areaOf([rectangle(2, 1, 12, 8), hole], 'odd')).toBeCloseTo(96 - 6, 4);
    expect(areaOf([rectangle(2, 1, 12, 8), rectangle(6, 3, 3, 2)], 'odd')).toBeCloseTo(96 - 6, 4);
    expect(areaOf([rectangle(2, 1, 12, 8), rectangle(6, 3, 3, 2)])).toBeCloseTo(96, 4);
  });

  it('is the area of any triangle, cut off at the edges of the box', () => {
    const place = fc.tuple(
      fc.double({ min: 1, max: 19, noNaN: true }),
      fc.double({ min: 1, max: 9, noNaN: true }),
    );
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        const area = Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
        expect(areaOf([[...a, ...b, ...c]])).toBeCloseTo(area, 3);
        // The left half and the right half together are the whole.
        const left = areaOf([[...a, ...b, ...c]], 'winding', { ...BOX, right: 8 });
        const right = areaOf([[...a, ...b, ...c]], 'winding', { ...BOX, left: 8 });
        expect(left + right).toBeCloseTo(area, 3);
      }),
    );
  });

  it('is that of a circle within a hundredth', () => {
    expect(areaOf([circle(10, 5, 4)]) / (Math.PI * 16)).toBeCloseTo(0.98, 1);
  });
});
