import { beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  decodeShoreRaster,
  distanceM,
  encodeShoreRaster,
  makeShore,
  nearestShore,
  RASTER_MAX_M,
  RASTER_UNIT_M,
  rasterSize,
  type Coast,
  type Shore,
  type ShoreRaster,
} from '../src/index.ts';
import { pushVarint } from '../src/varint.ts';
import { coastFrom } from './made-up-coast.ts';
import { theatre, theatreBytes } from './theatre.ts';

const MAGIC = 0x4f535231;
const bounds = { west: 10, south: 60, east: 11, north: 61 };
const small: fc.Arbitrary<ShoreRaster> = fc
  .uint16Array({ minLength: 441, maxLength: 441 })
  .map((units) => ({ bounds, columns: 21, units }));

function bytesOf(...values: number[]): Uint8Array {
  const bytes: number[] = [];
  for (const value of values) pushVarint(bytes, value);
  return Uint8Array.from(bytes);
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}

describe('encodeShoreRaster and decodeShoreRaster', () => {
  it('give back any raster', () => {
    fc.assert(
      fc.property(small, (raster) => {
        expect(decodeShoreRaster(encodeShoreRaster(raster))).toEqual(raster);
      }),
    );
  });

  it('give back the bytes of the theatre', () => {
    const bytes = theatreBytes('raster');
    expect(Buffer.compare(encodeShoreRaster(decodeShoreRaster(bytes) as ShoreRaster), bytes)).toBe(0);
  });
});

describe('decodeShoreRaster on bad bytes', () => {
  const whole = encodeShoreRaster({ bounds, columns: 21, units: new Uint16Array(441).fill(7) });

  it('reads nothing when any number of bytes is missing or one is left over', () => {
    expect(decodeShoreRaster(whole)).not.toBeNull();
    for (let length = 0; length < whole.length; length++)
      expect(decodeShoreRaster(whole.subarray(0, length))).toBeNull();
    expect(decodeShoreRaster(Uint8Array.from([...whole, 0]))).toBeNull();
  });

  it.each([
    ['another magic', bytesOf(MAGIC + 1, 10, 60, 11, 61, ...zeros(441))],
    ['bounds off the globe', bytesOf(MAGIC, -1e6, -1e6, 1e6, 1e6, 0)],
    ['bounds the wrong way round', bytesOf(MAGIC, 11, 61, 10, 60, ...zeros(441))],
    ['the whole globe in a few bytes', bytesOf(MAGIC, -180, -90, 180, 90, 0, 0)],
    ['a distance below nothing', bytesOf(MAGIC, 10, 60, 11, 61, -1, ...zeros(440))],
    ['a distance above the largest', bytesOf(MAGIC, 10, 60, 11, 61, 65_536, ...zeros(440))],
  ])('refuses %s', (_, bytes) => {
    expect(decodeShoreRaster(bytes)).toBeNull();
  });

  it('refuses noise behind a good head within a moment', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 4000 }), (noise) => {
        const bytes = Uint8Array.from([...bytesOf(MAGIC, -180, -90, 180, 90), ...noise]);
        const started = performance.now();
        expect(decodeShoreRaster(bytes)).toBeNull();
        expect(performance.now() - started).toBeLessThan(200);
      }),
    );
  });
});

describe('makeShore on a straight coast', () => {
  // Land south of 60.5° N, water north of it; the raster is made by hand.
  const line: Coast = coastFrom(bounds, [
    [
      [10, 60],
      [11, 60],
      [11, 60.5],
      [10, 60.5],
    ],
  ]);
  const { columns, rows } = rasterSize(bounds);
  const units = Uint16Array.from({ length: columns * rows }, (_, i) =>
    Math.round((Math.abs(60 + Math.floor(i / columns) / 20 - 60.5) * 111_195) / RASTER_UNIT_M),
  );
  const shore = makeShore(line, { bounds, columns, units });

  it('is negative on land, positive at sea, about nothing between', () => {
    expect(shore.shoreDistanceM(10.5, 60.4)).toBeCloseTo(-11_119.5, 0);
    expect(shore.shoreDistanceM(10.5, 60.6)).toBeCloseTo(11_119.5, 0);
    expect(Math.abs(shore.shoreDistanceM(10.5, 60.5) ?? NaN)).toBeLessThan(0.01);
  });

  it('goes without a step through the distance where it changes from edges to raster', () => {
    let last = 0;
    for (let lat = 60.5; lat <= 61; lat += 0.001) {
      const metres = shore.shoreDistanceM(10.5, lat) ?? NaN;
      expect(Math.abs(metres - (lat - 60.5) * 111_195)).toBeLessThan(60);
      expect(metres - last).toBeLessThan(250);
      last = metres;
    }
    expect(last).toBeGreaterThan(55_000);
  });

  it('answers on the rim and is null beyond it', () => {
    for (const [lon, lat] of [
      [10, 60],
      [11, 61],
      [10, 61],
      [11, 60],
    ]) {
      expect(shore.shoreDistanceM(lon, lat)).not.toBeNull();
      expect(shore.roughShoreDistanceM(lon, lat)).not.toBeNull();
    }
    for (const [lon, lat] of [
      [9.999, 60.5],
      [11.001, 60.5],
      [10.5, 59.999],
      [10.5, 61.001],
      [NaN, 60.5],
      [10.5, NaN],
    ]) {
      expect(shore.shoreDistanceM(lon, lat)).toBeNull();
      expect(shore.roughShoreDistanceM(lon, lat)).toBeNull();
      expect(shore.isOnLand(lon, lat)).toBe(false);
      expect(shore.nearestShore(lon, lat, 50_000)).toBeNull();
    }
  });
});

describe('the shore of the theatre', () => {
  let shore: Shore;
  let coast: Coast;
  beforeAll(() => {
    ({ shore, coast } = theatre());
  });
  const anywhere = fc.tuple(
    fc.double({ min: 105, max: 150, noNaN: true }),
    fc.double({ min: 15, max: 55, noNaN: true }),
  );
  /** Places 45 to 65 km from some vertex: around the distance where edges and raster take turns. */
  const nearThreshold = fc
    .tuple(fc.nat(), fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }), fc.integer({ min: 45, max: 65 }))
    .map(([i, angle, km]): [number, number] => {
      const vertex = i % coast.lons.length;
      const lat = coast.lats[vertex] / 1e4 + (km / 111.2) * Math.cos(angle);
      return [
        coast.lons[vertex] / 1e4 + ((km / 111.2) * Math.sin(angle)) / Math.cos((lat * Math.PI) / 180),
        lat,
      ];
    })
    .filter(([lon, lat]) => lon >= 105 && lon <= 150 && lat >= 15 && lat <= 55);

  it('is the distance to the edges below 50 km and within 3 km of it beyond, as is the rough one within 5 km', () => {
    let beyond = 0;
    fc.assert(
      fc.property(fc.oneof(anywhere, nearThreshold), (place) => {
        const metres = Math.abs(shore.shoreDistanceM(...place) ?? NaN);
        const rough = shore.roughShoreDistanceM(...place) ?? NaN;
        const exact = nearestShore(shore.index, ...place, 99_000)?.distanceM;
        if (exact === undefined) {
          expect(metres).toBeGreaterThan(96_000);
          return;
        }
        if (exact < 49_900) expect(metres).toBe(exact);
        else {
          expect(Math.abs(metres - exact)).toBeLessThan(3000);
          beyond++;
        }
        expect(Math.abs(rough - exact)).toBeLessThan(5000);
      }),
      { numRuns: 4000 },
    );
    expect(beyond).toBeGreaterThan(100);
  });

  it('tells what lies off shore as its distance does', () => {
    fc.assert(
      fc.property(
        fc.oneof(anywhere, nearThreshold),
        fc.integer({ min: 100, max: 49_000 }),
        (place, leastM) => {
          expect(shore.isOffShore(...place, leastM)).toBe((shore.shoreDistanceM(...place) ?? NaN) >= leastM);
        },
      ),
      { numRuns: 2000 },
    );
    expect(shore.isOffShore(0, 0, 1000)).toBeNull();
  });

  it('stays within 3 km of the distance to the vertices on the open sea', () => {
    const opens = fc.tuple(
      fc.double({ min: 122, max: 149, noNaN: true }),
      fc.double({ min: 25, max: 50, noNaN: true }),
    );
    fc.assert(
      fc.property(opens, (place) => {
        const metres = shore.shoreDistanceM(...place) ?? NaN;
        if (metres < 100_000) return;
        let nearest = Infinity;
        for (let i = 0; i < coast.lons.length; i++) {
          if (Math.abs(coast.lats[i] / 1e4 - place[1]) * 111_000 > nearest) continue;
          nearest = Math.min(nearest, distanceM(...place, coast.lons[i] / 1e4, coast.lats[i] / 1e4));
        }
        // Vertices on the cut count here though they are no shore: the true distance is never below this one.
        expect(metres).toBeGreaterThan(nearest - 3000);
        expect(metres).toBeLessThanOrEqual(RASTER_MAX_M);
        if (place[0] < 145 && place[1] < 45 && place[0] > 125) expect(metres).toBeLessThan(nearest + 3000);
      }),
      { numRuns: 200 },
    );
  });

  // By hand from Natural Earth 1:10m (public domain), land and minor islands, edges filled every 200 m, on the same sphere.
  // Its harbours are older, so that places near reclaimed land would differ by kilometres; these do not.
  it.each([
    ['the middle of the Bohai', 119.9, 38.7, 90_400, 2000],
    ['Korea Bay', 123.5, 39, 26_900, 1000],
    ['the middle of the Yellow Sea', 123.5, 35.5, 177_700, 1000],
    ['the East China Sea', 125, 29.5, 225_300, 2000],
    ['the Sea of Japan', 131.5, 39.5, 212_100, 1000],
    ['the Pacific east of Japan', 145, 30, 378_100, 2000],
  ])('puts %s as far from the shore as Natural Earth does', (_, lon, lat, expected, tolerance) => {
    expect(shore.isOnLand(lon, lat)).toBe(false);
    expect(Math.abs((shore.shoreDistanceM(lon, lat) ?? NaN) - expected)).toBeLessThan(tolerance);
  });

  it.each([
    ['Beijing', 116.4, 39.9],
    ['the mountains of Korea', 128.2, 37.2],
    ['Lushan', 115.98, 29.55],
    ['Mount Fuji', 138.73, 35.36],
    ['Yushan on Taiwan', 120.957, 23.47],
    ['Jeju', 126.53, 33.36],
  ])('puts %s on land', (_, lon, lat) => {
    expect(shore.isOnLand(lon, lat)).toBe(true);
    expect(shore.shoreDistanceM(lon, lat)).toBeLessThan(0);
  });
});
