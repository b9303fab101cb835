import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { pushVarint, readVarint } from '../src/varint.ts';

function written(...values: number[]): number[] {
  const bytes: number[] = [];
  for (const value of values) pushVarint(bytes, value);
  return bytes;
}

describe('pushVarint and readVarint', () => {
  it.each([
    [0, [0]],
    [-1, [1]],
    [1, [2]],
    [63, [126]],
    [-64, [127]],
    [64, [128, 1]],
    [2 ** 31 - 1, [254, 255, 255, 255, 15]],
  ])('writes %d as these bytes', (value, bytes) => {
    expect(written(value)).toEqual(bytes);
  });

  it('reads back what was written, one after the other, then NaN', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), (values) => {
        const reader = { bytes: Uint8Array.from(written(...values)), at: 0 };
        expect(values.map(() => readVarint(reader))).toEqual(values.map((value) => value + 0));
        expect(readVarint(reader)).toBeNaN();
      }),
    );
  });

  it('never reads past the end, however long a number pretends to be', () => {
    const reader = { bytes: new Uint8Array(1000).fill(255), at: 0 };
    expect(readVarint(reader)).toBeNaN();
    expect(reader.at).toBe(1000);
  });
});
