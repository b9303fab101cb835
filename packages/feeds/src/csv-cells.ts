import { LONGEST_ROW } from './csv-rows.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const BLANK = 32;

/** One row cut into cells, and the cell looked at last; the same object is filled again and again. */
export type CsvCells = {
  bytes: Uint8Array;
  rowFrom: number;
  rowTo: number;
  count: number;
  /** Whether there is a NUL in the row. */
  binary: boolean;
  /** Whether something stands between a closing quote and the end of its cell. */
  stray: boolean;
  /** Where each cell of the row ends: the place of the delimiter behind it, or the end of the row. */
  readonly ends: Int32Array;
  /** The cell that `findCell` found, without blanks and quotes around it. */
  from: number;
  to: number;
  /** Whether the cell was in quotes, so that two quotes in it are one. */
  quoted: boolean;
};

/** Returns cells of no row. */
export function makeCells(): CsvCells {
  return {
    bytes: new Uint8Array(0),
    rowFrom: 0,
    rowTo: 0,
    count: 0,
    binary: false,
    stray: false,
    ends: new Int32Array(LONGEST_ROW + 1),
    from: 0,
    to: 0,
    quoted: false,
  };
}

/** Cuts the row `bytes[from, to)` at each delimiter that is not in quotes. */
export function splitRow(
  cells: CsvCells,
  bytes: Uint8Array,
  from: number,
  to: number,
  delimiter: number,
): void {
  const { ends } = cells;
  let count = 0;
  let binary = false;
  let stray = false;
  let at = from;
  for (;;) {
    if (at < to && bytes[at] === QUOTE) {
      const after = afterQuoted(bytes, at, to);
      if (bytes.subarray(at, after).includes(0)) binary = true;
      if (after < to && bytes[after] !== delimiter) stray = true;
      at = after;
    }
    for (; at < to; at++) {
      const byte = bytes[at];
      // Nearly every byte is above a comma or a tab: one comparison.
      if (byte > delimiter) continue;
      if (byte === delimiter) break;
      if (byte === 0) binary = true;
    }
    ends[count++] = at;
    if (at >= to) break;
    at++;
  }
  cells.bytes = bytes;
  cells.rowFrom = from;
  cells.rowTo = to;
  cells.count = count;
  cells.binary = binary;
  cells.stray = stray;
}

/**
 * Cuts the row that starts at `from` and ends in a line break before `to`, looking for its end and for delimiters at once;
 * returns the place behind the line break. Returns -1, with the cells not defined, when there is no line break or a cell
 * starts with a quote: the end of the row has to be found first.
 */
export function splitLine(
  cells: CsvCells,
  bytes: Uint8Array,
  from: number,
  to: number,
  delimiter: number,
): number {
  const { ends } = cells;
  // Nearly every byte is above both: one comparison.
  const plain = Math.max(delimiter, LINE_FEED);
  let count = 0;
  let binary = false;
  for (let at = from; at < to; at++) {
    if (bytes[at] === QUOTE) return -1;
    for (; at < to; at++) {
      const byte = bytes[at];
      if (byte > plain) continue;
      if (byte === delimiter || byte === LINE_FEED) break;
      if (byte === 0) binary = true;
    }
    if (at >= to) return -1;
    ends[count++] = at;
    if (bytes[at] !== LINE_FEED) continue;
    const rowTo = at > from && bytes[at - 1] === CARRIAGE_RETURN ? at - 1 : at;
    ends[count - 1] = rowTo;
    cells.bytes = bytes;
    cells.rowFrom = from;
    cells.rowTo = rowTo;
    cells.count = count;
    cells.binary = binary;
    cells.stray = false;
    return at + 1;
  }
  return -1;
}

function afterQuoted(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE || at + 1 >= to) return at + 1;
    at++;
  }
  return to;
}

/** A blank, tab or line break; other control bytes beside a number say that the row is damaged. */
function isBlank(byte: number): boolean {
  return byte <= BLANK && (byte === BLANK || byte === 9 || byte === 10 || byte === 13);
}

/** Looks at a cell by its column, from 0; returns whether it is there and not blank. */
export function findCell(cells: CsvCells, column: number): boolean {
  if (column < 0 || column >= cells.count) return false;
  const { bytes } = cells;
  let from = column === 0 ? cells.rowFrom : cells.ends[column - 1] + 1;
  let to = cells.ends[column];
  while (from < to && isBlank(bytes[from])) from++;
  while (from < to && isBlank(bytes[to - 1])) to--;
  cells.quoted = to - from >= 2 && bytes[from] === QUOTE && bytes[to - 1] === QUOTE;
  if (cells.quoted) {
    from++;
    to--;
    while (from < to && isBlank(bytes[from])) from++;
    while (from < to && isBlank(bytes[to - 1])) to--;
  }
  cells.from = from;
  cells.to = to;
  return from < to;
}
