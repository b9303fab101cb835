import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { cellCentre, cellEdges, cellOf, cellsWithin, destinationPoint, distanceM } from '../src/index.ts';

const lon = fc.double({ min: -180, max: 180, noNaN: true });
const lat = fc.double({ min: -90, max: 90, noNaN: true });

describe('cellOf', () => {
  it('gives an id that fits 21 bits and whose centre lies in the cell', () => {
    fc.assert(
      fc.property(lon, lat, (x, y) => {
        const cell = cellOf(x, y);
        expect(Number.isInteger(cell)).toBe(true);
        expect(cell).toBeGreaterThanOrEqual(0);
        expect(cell).toBeLessThan(1_620_000);
        const centre = cellCentre(cell);
        expect(cellOf(centre.lon, centre.lat)).toBe(cell);
        expect(Math.abs(centre.lat - y)).toBeLessThanOrEqual(0.1 + 1e-9);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives edges that hold every place of the cell and none of its neighbours', () => {
    fc.assert(
      fc.property(lon, lat, (x, y) => {
        const cell = cellOf(x, y);
        const { west, south, east, north } = cellEdges(cell);
        const wrapped = x === 180 ? -180 : x;
        expect(wrapped).toBeGreaterThanOrEqual(west - 1e-9);
        expect(wrapped).toBeLessThanOrEqual(east + 1e-9);
        expect(y).toBeGreaterThanOrEqual(south - 1e-9);
        expect(y).toBeLessThanOrEqual(north + 1e-9);
        if (east < 180) expect(cellOf(east + 1e-7, (south + north) / 2)).toBe(cell + 1);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps cells 20 to 30 km wide up to 89°', () => {
    for (let y = -88.9; y <= 88.9; y += 0.37) {
      const cell = cellOf(12.34, y);
      const middle = cellCentre(cell).lat;
      const width = distanceM(cellCentre(cell).lon, middle, cellCentre(cell + 1).lon, middle) / 1000;
      expect(width).toBeGreaterThan(20);
      expect(width).toBeLessThan(30);
    }
  });

  it('puts 180 and -180 into one cell', () => {
    for (const y of [-90, -60.05, 0, 38.1, 89.95, 90]) expect(cellOf(180, y)).toBe(cellOf(-180, y));
  });

  it('starts a new row at each 0.2°', () => {
    expect(cellOf(120, 38.2)).not.toBe(cellOf(120, 38.1999));
    expect(cellOf(120, 38.2)).toBe(cellOf(120, 38.3999));
  });
});

describe('cellsWithin', () => {
  const holds = (x: number, y: number, km: number): void => {
    const cells = new Set(cellsWithin(x, y, km));
    expect(cells.has(cellOf(x, y))).toBe(true);
    for (let bearing = 0; bearing < 360; bearing += 5) {
      for (const share of [0.2, 0.5, 0.8, 0.95, 0.9999999]) {
        const to = destinationPoint(x, y, bearing, km * 1000 * share);
        expect(cells.has(cellOf(to.lon, to.lat))).toBe(true);
      }
    }
  };

  it('holds every place of the circle anywhere on the globe', () => {
    fc.assert(
      fc.property(lon, lat, fc.double({ min: 0.01, max: 400, noNaN: true }), (x, y, km) => holds(x, y, km)),
      { numRuns: 200 },
    );
  });
  it.each([
    ['the antimeridian from the west', 179.95, 51],
    ['the antimeridian from the east', -179.95, -51],
    ['the north pole', 40, 89.9],
    ['the pole itself', 0, 90],
    ['the south pole', -100, -89.7],
  ])('holds every place of a circle across %s', (_, x, y) => {
    holds(x, y, 5);
    holds(x, y, 50);
    holds(x, y, 300);
  });

  it('takes no cell that is clearly outside, and none twice', () => {
    fc.assert(
      fc.property(lon, lat, fc.double({ min: 0.01, max: 300, noNaN: true }), (x, y, km) => {
        const cells = cellsWithin(x, y, km);
        expect(new Set(cells).size).toBe(cells.length);
        expect([...cells].sort((a, b) => a - b)).toEqual(cells);
        for (const cell of cells) {
          const centre = cellCentre(cell);
          // Half the diagonal of the widest cell; the three cells round each pole are larger.
          const half = Math.abs(centre.lat) > 88.9 ? 30 : 19;
          expect(distanceM(x, y, centre.lon, centre.lat) / 1000).toBeLessThan(km + half);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('finds the nine cells round a place, not the whole row', () => {
    expect(cellsWithin(121, 38.1, 15).length).toBeLessThanOrEqual(9);
  });
  it('takes every cell for a radius of half the globe', () => {
    expect(new Set(cellsWithin(10, 20, 20_100)).has(cellOf(-170, -20))).toBe(true);
  });
});
