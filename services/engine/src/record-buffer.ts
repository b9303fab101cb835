import { OffingError } from '@offing/kit';
import { COLUMN_NAMES, makeColumns, reserve, type RecordColumns } from '@offing/track';

/**
 * Collects the records of a session until a transaction takes them, with the feeds' ids in place of their numbers in the
 * session. Tells where they may be cut: between two instants, never inside one.
 */
export class RecordBuffer {
  #rows: RecordColumns;
  #feedIds: Uint16Array;
  #after: number;
  #lastAt = -Infinity;

  /** Records up to the instant `after` (ms; -Infinity for none) are left out: they were committed before. */
  constructor(feedIds: Uint16Array, after: number) {
    this.#feedIds = feedIds;
    this.#after = after;
    this.#rows = makeColumns(0);
  }

  /** Number of records waiting. */
  get length(): number {
    return this.#rows.length;
  }

  /** Copies a batch behind what is there. Throws `records-out-of-order` when its event times go back. */
  append(batch: RecordColumns): void {
    let first = 0;
    while (first < batch.length && batch.at[first] <= this.#after) first++;
    if (first === batch.length) return;
    const end = this.#rows.length;
    reserve(this.#rows, end + batch.length - first);
    for (const name of COLUMN_NAMES) this.#rows[name].set(batch[name].subarray(first, batch.length), end);
    this.#rows.length = end + batch.length - first;
    this.#check(end);
  }

  /** The records that wait; the columns are other ones after the next `append` or `takeFirst`. */
  get rows(): RecordColumns {
    return this.#rows;
  }

  /** Number of records before the newest instant: more of that one may come. */
  get wholeLength(): number {
    const { at, length } = this.#rows;
    let cut = length;
    while (cut > 0 && at[cut - 1] === at[length - 1]) cut--;
    return cut;
  }

  /** Returns the first `count` records and keeps the rest. */
  takeFirst(count: number): RecordColumns {
    const first = this.#rows;
    // As many are likely to come again: columns that grow are copied each time.
    this.#rows = copyOfRows(first, count, first.length, first.at.length);
    first.length = count;
    return first;
  }

  /** Looks at the rows from `start` on: puts in the feeds' ids, and makes sure that time goes on. */
  #check(start: number): void {
    const { at, feed, length } = this.#rows;
    let last = this.#lastAt;
    for (let row = start; row < length; row++) {
      if (!(at[row] >= last)) {
        const value = { at: at[row], after: last };
        throw new OffingError(
          'records-out-of-order',
          'the records of a session must come in event-time order',
          {
            value,
          },
        );
      }
      last = at[row];
      feed[row] = this.#feedIds[feed[row]];
    }
    this.#lastAt = last;
  }
}

/** Returns rows `from` to `to` (exclusive) as columns of their own, with room for `capacity` rows. */
export function copyOfRows(
  records: RecordColumns,
  from: number,
  to: number,
  capacity = to - from,
): RecordColumns {
  const part = makeColumns(capacity);
  for (const name of COLUMN_NAMES) part[name].set(records[name].subarray(from, to));
  part.length = to - from;
  return part;
}
