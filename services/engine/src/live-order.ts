import {
  appendRow,
  makeColumns,
  NO_STATIC,
  reserve,
  COLUMN_NAMES,
  type RecordColumns,
  type StaticDictionary,
} from '@offing/track';

/** Records are let go in pieces of this much event time, ms (ours): no piece is sorted twice. */
const PIECE_MS = 10_000;

/** What may go on: records in event-time order behind all that went before, and those that came too late for that. */
export type Released = { readonly inOrder: RecordColumns; readonly late: RecordColumns };

/**
 * Holds live records back until nothing earlier is expected: until the newest one, or the clock where that is behind it,
 * is `latenessMs` ahead. Records of what was let go already are late.
 */
export class LiveOrder {
  readonly #latenessMs: number;
  readonly #pieces = new Map<number, RecordColumns>();
  #late = makeColumns(0);
  #newestAt = -Infinity;
  /** Late are records up to here, and those before the end of what was let go. */
  #after: number;
  #end = -Infinity;
  #length = 0;

  /** Records up to `after` (ms; -Infinity for none) are late from the start. */
  constructor(latenessMs: number, after: number) {
    this.#latenessMs = latenessMs;
    this.#after = after;
  }

  /** Number of records that are held back. */
  get length(): number {
    return this.#length;
  }

  /** Takes records in any order. */
  add(records: RecordColumns): void {
    for (let row = 0; row < records.length; row++) {
      const at = records.at[row];
      if (at <= this.#after || at < this.#end) {
        appendRow(this.#late, records, row);
        continue;
      }
      this.#newestAt = Math.max(this.#newestAt, at);
      appendRow(this.#pieceOf(at), records, row);
      this.#length++;
    }
  }

  /** Lets go what is due at an instant of our clock (ms). The records are not used again by the order. */
  release(now: number, statics: StaticDictionary): Released {
    // A source that is ahead of the clock must not make all others late.
    return this.#letGo(Math.min(this.#newestAt, now) - this.#latenessMs, statics);
  }

  /** Lets go what is earlier than an instant (ms) by which nothing earlier is expected, whatever is the newest. */
  releaseBefore(at: number, statics: StaticDictionary): Released {
    return this.#letGo(at, statics);
  }

  /** Says that what comes from now on with a time up to an instant (ms) is late. */
  closeUpTo(at: number): void {
    this.#after = Math.max(this.#after, at);
  }

  /** Lets everything go. */
  releaseAll(statics: StaticDictionary): Released {
    return this.#letGo(Infinity, statics);
  }

  /** Puts the static reports of what is held back into another dictionary. */
  moveTo(statics: StaticDictionary, from: StaticDictionary): void {
    for (const piece of [...this.#pieces.values(), this.#late]) {
      for (let row = 0; row < piece.length; row++) {
        if (piece.staticId[row] !== NO_STATIC)
          piece.staticId[row] = statics.intern(from.get(piece.staticId[row]));
      }
    }
  }

  #letGo(upTo: number, statics: StaticDictionary): Released {
    const due = [...this.#pieces.keys()]
      .filter((piece) => (piece + 1) * PIECE_MS <= upTo)
      .sort((a, b) => a - b);
    const inOrder = makeColumns(0);
    for (const piece of due) {
      const rows = this.#pieces.get(piece);
      if (rows === undefined) continue;
      appendSorted(inOrder, rows, statics);
      this.#pieces.delete(piece);
      this.#length -= rows.length;
      this.#end = (piece + 1) * PIECE_MS;
    }
    const late = makeColumns(this.#late.length);
    appendSorted(late, this.#late, statics);
    this.#late = makeColumns(0);
    return { inOrder, late };
  }

  #pieceOf(at: number): RecordColumns {
    const piece = Math.floor(at / PIECE_MS);
    let rows = this.#pieces.get(piece);
    if (rows === undefined) {
      rows = makeColumns(64);
      this.#pieces.set(piece, rows);
    }
    return rows;
  }
}

function appendSorted(to: RecordColumns, rows: RecordColumns, statics: StaticDictionary): void {
  const order = Array.from({ length: rows.length }, (_, row) => row);
  order.sort((a, b) => compareRows(rows, a, b, statics));
  reserve(to, to.length + rows.length);
  for (const row of order) appendRow(to, rows, row);
}

/** By event time, MMSI and place, then by all other content, so that the order of arrival has no say. */
function compareRows(rows: RecordColumns, a: number, b: number, statics: StaticDictionary): number {
  const first = rows.at[a] - rows.at[b] || rows.mmsi[a] - rows.mmsi[b];
  if (first !== 0) return first;
  for (const name of COLUMN_NAMES) {
    if (name === 'staticId' || name === 'receivedAt') continue;
    const difference = rows[name][a] - rows[name][b];
    if (difference !== 0) return difference;
  }
  const [one, two] = [statics.key(rows.staticId[a]), statics.key(rows.staticId[b])];
  if (one !== two) return one < two ? -1 : 1;
  return (rows.receivedAt[a] || 0) - (rows.receivedAt[b] || 0);
}
