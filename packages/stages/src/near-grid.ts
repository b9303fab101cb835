import { distanceFastM, distanceM, KM_PER_DEGREE } from '@offing/geo';
import type { SlowPoints } from './slow-points.ts';

/** Rows of cells, 0.01 degrees of latitude each: 1.1 km. */
const ROWS = 18_000;
const ROW_E7 = 100_000;
const TURN_E7 = 3_600_000_000;
const METRES_PER_E7 = KM_PER_DEGREE / 1e4;
/** Beyond this latitude the plane is not good enough for distances, degrees. */
const PLANE_LAT = 80;
const RAD = Math.PI / 180;

/** Cells of each row: fewer toward the poles, so that none is narrower than 1.1 km; and the number of the row's first cell. */
const COLUMNS = new Int32Array(ROWS);
const FIRST = new Int32Array(ROWS);
for (let row = 0, first = 0; row < ROWS; row++) {
  const edge = Math.max(Math.abs(row / 100 - 90), Math.abs((row + 1) / 100 - 90));
  COLUMNS[row] = Math.max(1, Math.floor(36_000 * Math.cos(edge * RAD)));
  FIRST[row] = first;
  first += COLUMNS[row];
}

/**
 * The points of one instant by cell of about a kilometre, to find those near a place: the cost of a question grows with
 * the points in the cells around it, whatever their number elsewhere. Right across 180 degrees.
 */
export class NearGrid {
  /** The points that the last question found, and how far they are, metres; only the first `count` are valid. */
  readonly found: number[] = [];
  readonly foundM: number[] = [];
  count = 0;
  #points: SlowPoints | null = null;
  #keys = new Int32Array(0);
  #heads = new Int32Array(0);
  #next = new Int32Array(0);
  #mask = 0;

  /** Takes the points of an instant in place of those before. */
  fill(points: SlowPoints): void {
    this.#points = points;
    this.#makeRoom(points.length);
    for (let i = 0; i < points.length; i++) {
      const place = this.#placeOf(cellAt(points.lonE7[i], points.latE7[i]));
      this.#next[i] = this.#heads[place];
      this.#heads[place] = i;
    }
  }

  /** Finds the points within so many metres of a place, itself among them if it is one; stops after `most`. */
  search(lonE7: number, latE7: number, metres: number, most = Infinity): number {
    this.count = 0;
    const highE7 = metres / METRES_PER_E7 + 1;
    const first = rowOf(latE7 - highE7);
    const last = rowOf(latE7 + highE7);
    const edge = Math.min(90, (Math.abs(latE7) + highE7) / 1e7);
    const wideE7 = highE7 / Math.max(1e-9, Math.cos(edge * RAD));
    for (let row = first; row <= last && this.count < most; row++)
      this.#searchRow(row, lonE7, latE7, wideE7, metres, most);
    return this.count;
  }

  #searchRow(row: number, lonE7: number, latE7: number, wideE7: number, metres: number, most: number): void {
    const columns = COLUMNS[row];
    const west = Math.floor(((lonE7 - wideE7 + TURN_E7 / 2) * columns) / TURN_E7);
    const east = Math.floor(((lonE7 + wideE7 + TURN_E7 / 2) * columns) / TURN_E7);
    const span = Math.min(columns, east - west + 1);
    for (let k = 0; k < span && this.count < most; k++) {
      const column = (((west + k) % columns) + columns) % columns;
      const place = this.#placeOf(FIRST[row] + column, false);
      if (place >= 0) this.#searchCell(this.#heads[place], lonE7, latE7, metres, most);
    }
  }

  #searchCell(head: number, lonE7: number, latE7: number, metres: number, most: number): void {
    const points = this.#points;
    if (points === null) return;
    for (let i = head; i >= 0 && this.count < most; i = this.#next[i]) {
      const m = metresBetween(lonE7, latE7, points.lonE7[i], points.latE7[i]);
      if (m > metres) continue;
      this.found[this.count] = i;
      this.foundM[this.count] = m;
      this.count++;
    }
  }

  #makeRoom(points: number): void {
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, points * 2)));
    if (this.#keys.length < size || this.#keys.length > size * 8) {
      this.#keys = new Int32Array(size);
      this.#heads = new Int32Array(size);
    }
    this.#mask = this.#keys.length - 1;
    this.#keys.fill(-1);
    this.#heads.fill(-1);
    if (this.#next.length < points) this.#next = new Int32Array(Math.max(16, points * 2));
  }

  /** Where a cell stands in the table; -1 when it has no points and is not to be added. */
  #placeOf(cell: number, add = true): number {
    const mixed = Math.imul(cell, -1640531527);
    for (let i = (mixed ^ (mixed >>> 15)) & this.#mask; ; i = (i + 1) & this.#mask) {
      if (this.#keys[i] === cell) return i;
      if (this.#keys[i] !== -1) continue;
      if (!add) return -1;
      this.#keys[i] = cell;
      return i;
    }
  }
}

/** Returns the distance between two places in 1e-7 degrees, metres. */
export function metresBetween(lonA: number, latA: number, lonB: number, latB: number): number {
  const measure = Math.abs(latA) > PLANE_LAT * 1e7 ? distanceM : distanceFastM;
  return measure(lonA / 1e7, latA / 1e7, lonB / 1e7, latB / 1e7);
}

function rowOf(latE7: number): number {
  return Math.max(0, Math.min(ROWS - 1, Math.floor((latE7 + 900_000_000) / ROW_E7)));
}

function cellAt(lonE7: number, latE7: number): number {
  const row = rowOf(latE7);
  const column = Math.floor(((lonE7 + TURN_E7 / 2) * COLUMNS[row]) / TURN_E7);
  return FIRST[row] + (((column % COLUMNS[row]) + COLUMNS[row]) % COLUMNS[row]);
}
