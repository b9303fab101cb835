import { makeColumns, type RecordColumns } from '@offing/track';
import { Block } from './block.ts';
import { copyRows } from './copy-rows.ts';
import type { RowOrder } from './row-order.ts';
import type { Run } from './run.ts';

/**
 * Yields the rows of all runs in one order, in batches of `batchRows` (the last one has what is left). The columns are
 * the same memory each time. Any number of mergers may read the same runs.
 */
export async function* mergeRuns(
  runs: readonly Run[],
  compare: RowOrder,
  batchRows: number,
): AsyncGenerator<RecordColumns, void> {
  const merger = new Merger(compare, makeColumns(batchRows));
  for (const run of runs) await merger.add(new RunCursor(run));
  for (;;) {
    const batch = await merger.next();
    if (batch.length === 0) return;
    yield batch;
  }
}

/** Where the merge stands in a run. */
class RunCursor {
  /** The block at hand. */
  columns: RecordColumns = makeColumns(0);
  /** The row of the block that is next. */
  row = 0;
  readonly #run: Run;
  readonly #block = new Block();
  #nextBlock = 0;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Goes on to the next block; false when there is none. */
  async load(): Promise<boolean> {
    const columns = await this.#run.read(this.#nextBlock++, this.#block);
    this.row = 0;
    this.columns = columns ?? makeColumns(0);
    return columns !== null;
  }
}

/** A heap of runs with the one whose row is next on top. */
class Merger {
  readonly #compare: RowOrder;
  readonly #out: RecordColumns;
  readonly #heap: RunCursor[] = [];

  constructor(compare: RowOrder, out: RecordColumns) {
    this.#compare = compare;
    this.#out = out;
  }

  async add(cursor: RunCursor): Promise<void> {
    if (!(await cursor.load())) return;
    const heap = this.#heap;
    heap.push(cursor);
    for (let child = heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!this.#before(heap[child], heap[parent])) break;
      [heap[child], heap[parent]] = [heap[parent], heap[child]];
      child = parent;
    }
  }

  /** Fills the output; it is empty when all runs have ended. */
  async next(): Promise<RecordColumns> {
    this.#out.length = 0;
    for (;;) {
      const ended = this.#fill();
      if (ended === null) return this.#out;
      if (!(await ended.load())) this.#dropTop();
      this.#sink();
    }
  }

  /** Merges until the output is full or there is nothing left (null), or the run on top needs its next block. */
  #fill(): RunCursor | null {
    const out = this.#out;
    const room = out.at.length;
    while (this.#heap.length > 0 && out.length < room) {
      const top = this.#heap[0];
      const count = this.#leading(top, room - out.length);
      copyRows(out, out.length, top.columns, top.row, count);
      out.length += count;
      top.row += count;
      if (top.row === top.columns.length) return top;
      this.#sink();
    }
    return null;
  }

  /** How many rows of the run on top come before those of all others, at most `most` and up to the end of its block. */
  #leading(top: RunCursor, most: number): number {
    const { columns, row } = top;
    const end = Math.min(columns.length, row + most);
    const second = this.#second();
    if (second === null) return end - row;
    const other = second.columns;
    const otherRow = second.row;
    const compare = this.#compare;
    let to = row + 1;
    while (to < end && compare(columns, to, other, otherRow) <= 0) to++;
    return to - row;
  }

  #second(): RunCursor | null {
    const heap = this.#heap;
    if (heap.length < 2) return null;
    if (heap.length === 2) return heap[1];
    return this.#before(heap[1], heap[2]) ? heap[1] : heap[2];
  }

  #dropTop(): void {
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#heap[0] = last;
  }

  #sink(): void {
    const heap = this.#heap;
    const size = heap.length;
    if (size < 2) return;
    const cursor = heap[0];
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#before(heap[child + 1], heap[child])) child++;
      if (!this.#before(heap[child], cursor)) break;
      heap[parent] = heap[child];
      parent = child;
    }
    heap[parent] = cursor;
  }

  #before(a: RunCursor, b: RunCursor): boolean {
    return this.#compare(a.columns, a.row, b.columns, b.row) < 0;
  }
}
