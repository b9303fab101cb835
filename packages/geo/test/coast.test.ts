import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { areBounds, coastRings, decodeCoast, encodeCoast, type Coast } from '../src/index.ts';
import { pushVarint } from '../src/varint.ts';
import { coastFrom, MADE_UP_BOUNDS, madeUpCoast } from './made-up-coast.ts';
import { theatreBytes } from './theatre.ts';

const MAGIC = 0x4f434f31;
const island = coastFrom(MADE_UP_BOUNDS, [
  [
    [10.5, 60.5],
    [11.5, 60.5],
    [11, 61.5],
  ],
]);

function bytesOf(...values: number[]): Uint8Array {
  const bytes: number[] = [];
  for (const value of values) pushVarint(bytes, value);
  return Uint8Array.from(bytes);
}

describe('areBounds', () => {
  it.each([
    ['the globe', { west: -180, south: -90, east: 180, north: 90 }, true],
    ['the theatre', { west: 105, south: 15, east: 150, north: 55 }, true],
    ['one across the antimeridian', { west: 170, south: 0, east: -170, north: 10 }, false],
    ['one without height', { west: 0, south: 5, east: 10, north: 5 }, false],
    ['one in parts of degrees', { west: 0.5, south: 0, east: 10, north: 5 }, false],
    ['one beyond the pole', { west: 0, south: 0, east: 10, north: 91 }, false],
    ['one with NaN', { west: NaN, south: 0, east: 10, north: 5 }, false],
    ['one without end', { west: 0, south: 0, east: Infinity, north: 5 }, false],
  ])('of %s', (_, bounds, expected) => {
    expect(areBounds(bounds)).toBe(expected);
  });
});

describe('encodeCoast and decodeCoast', () => {
  it('give back any coast', () => {
    fc.assert(
      fc.property(madeUpCoast, (coast) => {
        expect(decodeCoast(encodeCoast(coast))).toEqual(coast);
      }),
    );
  });

  it('give back the bytes of the theatre', () => {
    const bytes = theatreBytes('coast');
    const coast = decodeCoast(bytes);
    expect(coast).not.toBeNull();
    expect(Buffer.compare(encodeCoast(coast as Coast), bytes)).toBe(0);
  });
});

describe('decodeCoast on bad bytes', () => {
  const whole = encodeCoast(island);

  it('reads the whole island, and nothing when any number of bytes is missing or one is left over', () => {
    expect(decodeCoast(whole)).toEqual(island);
    for (let length = 0; length < whole.length; length++)
      expect(decodeCoast(whole.subarray(0, length))).toBeNull();
    expect(decodeCoast(Uint8Array.from([...whole, 0]))).toBeNull();
  });

  it.each([
    ['another magic', bytesOf(MAGIC + 1, 10, 60, 12, 62, 0, 0)],
    ['bounds off the globe', bytesOf(MAGIC, 10, 60, 1200, 62, 0, 0)],
    ['bounds the wrong way round', bytesOf(MAGIC, 12, 60, 10, 62, 0, 0)],
    ['a billion rings', bytesOf(MAGIC, 10, 60, 12, 62, 1e9, 0)],
    ['a billion vertices', bytesOf(MAGIC, 10, 60, 12, 62, 0, 1e9)],
    ['a negative count', bytesOf(MAGIC, 10, 60, 12, 62, -1, 0)],
    [
      'a count beyond all numbers',
      Uint8Array.from([...bytesOf(MAGIC, 10, 60, 12, 62), ...new Array<number>(400).fill(255), 1]),
    ],
    [
      'a ring of negative length',
      bytesOf(MAGIC, 10, 60, 12, 62, 1, 4, -4, 105000, 605000, 1, 1, 1, -1, -2, 0),
    ],
    ['a ring of three vertices', bytesOf(MAGIC, 10, 60, 12, 62, 1, 3, 3, 105000, 605000, 9, 9, -9, -9)],
    [
      'a ring longer than all vertices',
      bytesOf(MAGIC, 10, 60, 12, 62, 1, 4, 5, 105000, 605000, 9, 0, 0, 9, -9, -9),
    ],
    [
      'a ring that does not close',
      bytesOf(MAGIC, 10, 60, 12, 62, 1, 4, 4, 105000, 605000, 9, 0, 0, 9, -9, -8),
    ],
    [
      'a vertex out of bounds',
      bytesOf(MAGIC, 10, 60, 12, 62, 1, 4, 4, 105000, 605000, 1e8, 0, 0, 9, -1e8, -9),
    ],
    ['vertices of no ring', bytesOf(MAGIC, 10, 60, 12, 62, 0, 4, 105000, 605000, 9, 0, 0, 9, -9, -9)],
  ])('refuses %s', (_, bytes) => {
    expect(decodeCoast(bytes)).toBeNull();
  });

  it('reads the ring of those examples when nothing is wrong with it', () => {
    const good = bytesOf(MAGIC, 10, 60, 12, 62, 1, 4, 4, 105000, 605000, 9, 0, 0, 9, -9, -9);
    expect(decodeCoast(good)?.lons).toEqual(Int32Array.of(105000, 105009, 105009, 105000));
  });

  it('refuses noise behind a good head within a moment', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 4000 }), (noise) => {
        const bytes = Uint8Array.from([...bytesOf(MAGIC, -180, -90, 180, 90, 3), ...noise]);
        const started = performance.now();
        const coast = decodeCoast(bytes);
        expect(performance.now() - started).toBeLessThan(200);
        // Noise can only be a coast by being one: what was read writes the same rings again.
        if (coast !== null) expect(decodeCoast(encodeCoast(coast))).toEqual(coast);
      }),
    );
  });

  it('refuses the theatre cut short within a moment', () => {
    const bytes = theatreBytes('coast');
    const started = performance.now();
    expect(decodeCoast(bytes.subarray(0, bytes.length - 1))).toBeNull();
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('coastRings', () => {
  it('returns closed rings in degrees', () => {
    expect(coastRings(island)).toEqual([
      [
        [10.5, 60.5],
        [11.5, 60.5],
        [11, 61.5],
        [10.5, 60.5],
      ],
    ]);
  });
});
