import { endianness } from 'node:os';
import type { RecordColumns } from '@offing/track';
import type { RowOrder } from './row-order.ts';

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
/** Where rows must move farther than this on the mean, sorting by digits is quicker. */
const MOVES_A_ROW = 12;
const LOW_WORD = endianness() === 'LE' ? 0 : 1;

/** Sorts rows; holds its working memory (16 bytes a row) from one sort to the next. */
export class RowSorter {
  #order: Uint32Array = new Uint32Array(0);
  #other: Uint32Array = new Uint32Array(0);
  #atLow: Uint32Array = new Uint32Array(0);
  #atHigh: Uint32Array = new Uint32Array(0);
  #counts = new Uint32Array(DIGITS);

  /** Returns the rows' numbers in order, valid until the next sort; null when the rows are in order already. */
  sort(rows: RecordColumns, compare: RowOrder): Uint32Array | null {
    if (inOrder(rows, compare)) return null;
    this.#begin(rows);
    const order = this.#order.subarray(0, rows.length);
    if (insertNearby(rows, order, compare)) return order;
    return this.#byDigits(rows, compare);
  }

  /** Sorts rows that lie in any order. */
  #byDigits(rows: RecordColumns, compare: RowOrder): Uint32Array {
    for (let row = 0; row < rows.length; row++) this.#order[row] = row;
    // Least significant first: the MMSI, then the time. Each pass keeps the order of the one before.
    this.#byWord(new Uint32Array(rows.mmsi.buffer, rows.mmsi.byteOffset, rows.length));
    this.#byWord(this.#atLow.subarray(0, rows.length));
    this.#byWord(this.#atHigh.subarray(0, rows.length));
    const order = this.#order.subarray(0, rows.length);
    sortTies(rows, order, compare);
    return order;
  }

  /** Gives the working memory back; orders given out before stay valid. */
  release(): void {
    this.#order = new Uint32Array(0);
    this.#other = this.#order;
    this.#atLow = this.#order;
    this.#atHigh = this.#order;
  }

  #begin(rows: RecordColumns): void {
    const { length, at } = rows;
    if (this.#order.length < length) {
      const capacity = at.length;
      this.#order = new Uint32Array(capacity);
      this.#other = new Uint32Array(capacity);
      this.#atLow = new Uint32Array(capacity);
      this.#atHigh = new Uint32Array(capacity);
    }
    const words = new Uint32Array(at.buffer, at.byteOffset, length * 2);
    for (let row = 0; row < length; row++) {
      const high = words[2 * row + 1 - LOW_WORD];
      // The bits of positive doubles order like integers; those of negative ones the other way round.
      const negative = high >>> 31 === 1;
      this.#atLow[row] = negative ? ~words[2 * row + LOW_WORD] : words[2 * row + LOW_WORD];
      this.#atHigh[row] = negative ? ~high : high | 0x80000000;
      this.#order[row] = row;
    }
  }

  /** Sorts by 32 bits, in passes of eleven; bits that all rows share cost nothing. */
  #byWord(words: Uint32Array): void {
    let varying = 0;
    for (const word of words) varying |= word ^ words[0];
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      if (((varying >>> shift) & (DIGITS - 1)) !== 0) this.#pass(words, shift);
    }
  }

  #pass(words: Uint32Array, shift: number): void {
    const counts = this.#counts.fill(0);
    for (let i = 0; i < words.length; i++) counts[(words[i] >>> shift) & (DIGITS - 1)]++;
    let start = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const count = counts[digit];
      counts[digit] = start;
      start += count;
    }
    const from = this.#order;
    const to = this.#other;
    for (let i = 0; i < words.length; i++) {
      const row = from[i];
      to[counts[(words[row] >>> shift) & (DIGITS - 1)]++] = row;
    }
    this.#order = to;
    this.#other = from;
  }
}

/**
 * Brings row numbers into order where each has a few places to go at most, as in a recording whose rows share whole
 * seconds; returns false, with the numbers in no order, where it gives up.
 */
function insertNearby(rows: RecordColumns, order: Uint32Array, compare: RowOrder): boolean {
  let moves = order.length * MOVES_A_ROW;
  for (let i = 1; i < order.length; i++) {
    const row = order[i];
    let to = i;
    while (to > 0 && compare(rows, order[to - 1], rows, row) > 0) {
      order[to] = order[to - 1];
      to--;
      if (moves-- === 0) return false;
    }
    order[to] = row;
  }
  return true;
}

function inOrder(rows: RecordColumns, compare: RowOrder): boolean {
  for (let row = 1; row < rows.length; row++) if (compare(rows, row - 1, rows, row) > 0) return false;
  return true;
}

/** Brings rows of one instant and MMSI, which lie side by side, into full order. */
function sortTies(rows: RecordColumns, order: Uint32Array, compare: RowOrder): void {
  const { at, mmsi } = rows;
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && at[order[to]] === at[order[from]] && mmsi[order[to]] === mmsi[order[from]])
      to++;
    if (to - from > 1) order.subarray(from, to).sort((a, b) => compare(rows, a, rows, b));
    from = to;
  }
}
