import { beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { booleanPointInPolygon, pointToLineDistance } from '@turf/turf';
import {
  coastRings,
  distanceM,
  indexCoast,
  isLand,
  nearestShore,
  type Coast,
  type CoastIndex,
} from '../src/index.ts';
import { coastFrom, MADE_UP_BOUNDS, madeUpCoast } from './made-up-coast.ts';
import { theatre } from './theatre.ts';

type Ring = [number, number][];
/** An edge with its length, m. */
type Edge = readonly [from: [number, number], to: [number, number], length: number];

/** Whether an odd number of rings is around a place, each asked by turf; null when the place is on an edge. */
function landByTurf(rings: readonly Ring[], place: [number, number]): boolean | null {
  let land = false;
  for (const ring of rings) {
    const polygon = { type: 'Polygon' as const, coordinates: [ring] };
    const inside = booleanPointInPolygon(place, polygon, { ignoreBoundary: true });
    if (inside !== booleanPointInPolygon(place, polygon)) return null;
    if (inside) land = !land;
  }
  return land;
}

/** All edges of a coast but those along its bounds, in degrees. */
function shoreEdges(coast: Coast): Edge[] {
  const { west, south, east, north } = coast.bounds;
  return coastRings(coast).flatMap((ring) =>
    ring.slice(1).flatMap((to, i): Edge[] => {
      const from = ring[i];
      const upright = from[0] === to[0] && (from[0] === west || from[0] === east);
      const level = from[1] === to[1] && (from[1] === south || from[1] === north);
      return upright || level ? [] : [[from, to, distanceM(...from, ...to)]];
    }),
  );
}

/** The distance to an edge, straight in longitude and latitude, by a search along it on the sphere. */
function edgeM([a, b]: Edge, lon: number, lat: number): number {
  const at = (t: number): number => distanceM(lon, lat, a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t);
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const [p, q] = [low + (high - low) / 3, high - (high - low) / 3];
    if (at(p) < at(q)) high = q;
    else low = p;
  }
  return Math.min(at(low), at(0), at(1));
}

/** The distance to the nearest of all edges; edges that begin too far off to matter are passed over. */
function shoreByHand(edges: readonly Edge[], lon: number, lat: number): number {
  let best = Infinity;
  for (const edge of edges) {
    const [[x, y], , length] = edge;
    if (Math.abs(y - lat) * 111_000 - length > best || distanceM(lon, lat, x, y) - length > best) continue;
    best = Math.min(best, edgeM(edge, lon, lat));
  }
  return best;
}

const inBounds = fc.tuple(
  fc.double({ min: 10, max: 12, noNaN: true }),
  fc.double({ min: 60, max: 62, noNaN: true }),
);
/** Places on the lines of the lattice, where the index changes squares, and on the rim. */
const onLines = fc.tuple(
  fc.integer({ min: 0, max: 40 }).map((i) => 10 + i / 20),
  fc.integer({ min: 0, max: 40 }).map((i) => 60 + i / 20),
);

describe('isLand', () => {
  it('says of any place what turf says of it, on made-up coasts', () => {
    let land = 0;
    let water = 0;
    fc.assert(
      fc.property(madeUpCoast, fc.array(fc.oneof(inBounds, onLines), { minLength: 20 }), (coast, places) => {
        const index = indexCoast(coast);
        const rings = coastRings(coast);
        for (const place of places) {
          const expected = landByTurf(rings, place);
          if (expected === null) continue;
          expect(isLand(index, ...place)).toBe(expected);
          if (expected) land++;
          else water++;
        }
      }),
      { numRuns: 200 },
    );
    expect(land).toBeGreaterThan(100);
    expect(water).toBeGreaterThan(100);
  });

  it('takes water within an island for water, and an island within that for land', () => {
    const square = (r: number): [number, number][] => [
      [11 - r, 61 - r],
      [11 + r, 61 - r],
      [11 + r, 61 + r],
      [11 - r, 61 + r],
    ];
    const index = indexCoast(coastFrom(MADE_UP_BOUNDS, [square(0.8), square(0.5), square(0.2)]));
    expect([0.1, 0.3, 0.7, 0.9].map((r) => isLand(index, 11 + r, 61))).toEqual([true, false, true, false]);
  });

  it('is false outside the bounds, whatever the land does there', () => {
    const all = coastFrom(MADE_UP_BOUNDS, [
      [
        [10, 60],
        [12, 60],
        [12, 62],
        [10, 62],
      ],
    ]);
    const index = indexCoast(all);
    expect(isLand(index, 11, 61)).toBe(true);
    for (const [lon, lat] of [
      [9.9999, 61],
      [12.0001, 61],
      [11, 59.9999],
      [11, 62.0001],
      [NaN, 61],
      [11, NaN],
      [-349, 61],
    ])
      expect(isLand(index, lon, lat)).toBe(false);
  });
});

describe('nearestShore', () => {
  it('is as near as the nearest of all edges, within 0.1 % and 1 m, on made-up coasts at 61° N', () => {
    fc.assert(
      fc.property(madeUpCoast, inBounds, fc.integer({ min: 1, max: 90_000 }), (coast, place, maxM) => {
        const found = nearestShore(indexCoast(coast), ...place, maxM);
        const expected = shoreByHand(shoreEdges(coast), ...place);
        const bound = expected * 0.001 + 1;
        if (found === null) {
          expect(expected).toBeGreaterThan(maxM - bound);
          return;
        }
        expect(Math.abs(found.distanceM - expected)).toBeLessThanOrEqual(bound);
        expect(found.distanceM).toBeLessThanOrEqual(maxM + bound);
        expect(distanceM(...place, found.lon, found.lat)).toBe(found.distanceM);
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  it('does not take the cut along the bounds for shore', () => {
    const index = indexCoast(
      coastFrom(MADE_UP_BOUNDS, [
        [
          [10, 60],
          [12, 60],
          [12, 61],
          [10, 61],
        ],
      ]),
    );
    // 60.1 is 11 km from the cut in the south and 100 km from the real shore in the north.
    expect(nearestShore(index, 11, 60.1, 50_000)).toBeNull();
    expect(nearestShore(index, 11, 60.9, 50_000)?.lat).toBeCloseTo(61, 6);
  });

  it('finds nothing outside the bounds', () => {
    const index = indexCoast(
      coastFrom(MADE_UP_BOUNDS, [
        [
          [10.1, 60.1],
          [10.2, 60.1],
          [10.1, 60.2],
        ],
      ]),
    );
    expect(nearestShore(index, 9.99, 60.1, 50_000)).toBeNull();
    expect(nearestShore(index, NaN, 60.1, 50_000)).toBeNull();
  });
});

describe('on the coast of the theatre', () => {
  let index: CoastIndex;
  let rings: Ring[];
  let edges: Edge[];
  let nearCoast: fc.Arbitrary<[number, number]>;
  const anywhere = fc.tuple(
    fc.double({ min: 105, max: 150, noNaN: true }),
    fc.double({ min: 15, max: 55, noNaN: true }),
  );

  beforeAll(() => {
    const { coast, shore } = theatre();
    index = shore.index;
    rings = coastRings(coast);
    edges = shoreEdges(coast);
    // Vertices have four decimals. These places stand a little beside whatever line leads from one vertex to another, since
    // on the line itself "land or water" is a matter of rounding.
    const off = fc.integer({ min: -5000, max: 5000 });
    nearCoast = fc
      .tuple(fc.nat({ max: coast.lons.length - 1 }), off, off)
      .map(([i, x, y]): [number, number] => [
        coast.lons[i] / 1e4 + (x + 0.31) * 1e-5,
        coast.lats[i] / 1e4 + (y + 0.77) * 1e-5,
      ])
      .filter(([lon, lat]) => lon >= 105 && lon <= 150 && lat >= 15 && lat <= 55);
  });

  it('says land and water like turf, anywhere and within 5 km of the shore', () => {
    let land = 0;
    fc.assert(
      fc.property(fc.oneof(anywhere, nearCoast), (place) => {
        const expected = landByTurf(rings, place);
        if (expected === null) return;
        expect(isLand(index, ...place)).toBe(expected);
        if (expected) land++;
      }),
      { numRuns: 150, endOnFailure: true },
    );
    expect(land).toBeGreaterThan(20);
  });

  it('is as near as the nearest of all edges, within 0.1 % and 1 m, near the shore and anywhere', () => {
    let found = 0;
    fc.assert(
      fc.property(fc.oneof(anywhere, nearCoast), (place) => {
        const near = nearestShore(index, ...place, 60_000);
        const expected = shoreByHand(edges, ...place);
        if (near === null) {
          expect(expected).toBeGreaterThan(59_900);
          return;
        }
        expect(Math.abs(near.distanceM - expected)).toBeLessThanOrEqual(expected * 0.001 + 1);
        found++;
      }),
      { numRuns: 100, endOnFailure: true },
    );
    expect(found).toBeGreaterThan(20);
  });

  it('agrees with turf on the distance to the edge it found, within 0.2 % and 2 m', () => {
    fc.assert(
      fc.property(nearCoast, ([lon, lat]) => {
        const near = nearestShore(index, lon, lat, 60_000);
        const touching = edges.filter(
          ([a, b]) =>
            Math.min(a[0], b[0]) <= (near?.lon ?? 0) + 1e-6 &&
            Math.max(a[0], b[0]) >= (near?.lon ?? 0) - 1e-6 &&
            Math.min(a[1], b[1]) <= (near?.lat ?? 0) + 1e-6 &&
            Math.max(a[1], b[1]) >= (near?.lat ?? 0) - 1e-6,
        );
        const byTurf = touching.map(([a, b]) =>
          pointToLineDistance([lon, lat], { type: 'LineString', coordinates: [a, b] }, { units: 'meters' }),
        );
        const expected = Math.min(...byTurf);
        expect(Math.abs((near?.distanceM ?? NaN) - expected)).toBeLessThanOrEqual(expected * 0.002 + 2);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });
});
