import { makeColumns, type RecordColumns } from '@offing/track';
import { gatherRows, viewRows } from './copy-rows.ts';
import { mergeRuns } from './merge.ts';
import type { RowOrder } from './row-order.ts';
import { RunBuffers, RunWriter, type Run } from './run.ts';
import { RowSorter } from './sort-rows.ts';

/** Rows held and sorted at a time: 45 MB, and 16 MB to sort them. Room is left for what one push may bring. */
export const RUN_ROWS = 2 ** 20 - 16_384;

/** Most runs that are merged at once: 22 MB of blocks. */
const MOST_RUNS = 64;
const FIRST_ROWS = 16_384;

/** Records in their one order. */
export type SortedRows = {
  readonly rows: number;
  /** Yields all rows from the first; may be asked again. The columns may be used again after each step. */
  batches(batchRows: number): AsyncGenerator<RecordColumns, void>;
};

/** Collects rows in any order in bounded memory: what is more than `runRows` goes into sorted runs on the disk. */
export class RunStore {
  /** Rows are appended here. */
  readonly records: RecordColumns = makeColumns(FIRST_ROWS);
  readonly #compare: RowOrder;
  readonly #folder: string;
  readonly #runRows: number;
  readonly #buffers = new RunBuffers();
  readonly #sorter = new RowSorter();
  #runs: Run[] = [];
  #spilled = 0;

  constructor(compare: RowOrder, folder: string, runRows = RUN_ROWS) {
    this.#compare = compare;
    this.#folder = folder;
    this.#runRows = runRows;
  }

  /** Rows taken so far. */
  get rows(): number {
    return this.#spilled + this.records.length;
  }

  /** Sorts and writes away what is held when it is a run; to be called between pushes. Throws `disk-full`. */
  async settle(): Promise<void> {
    if (this.records.length >= this.#runRows) await this.#spill();
  }

  /** Says that all rows are in, and returns them in order. */
  async finish(): Promise<SortedRows> {
    if (this.#runs.length === 0) {
      const order = this.#sorter.sort(this.records, this.#compare);
      this.#sorter.release();
      return heldRows(this.records, order);
    }
    if (this.records.length > 0) await this.#spill();
    // What is on the disk now need not be held as well.
    Object.assign(this.records, makeColumns(0));
    this.#sorter.release();
    while (this.#runs.length > MOST_RUNS) await this.#mergeSome();
    return {
      rows: this.#spilled,
      batches: (batchRows) => mergeRuns(this.#runs, this.#compare, batchRows),
    };
  }

  /** Gives memory and disk back. */
  async close(): Promise<void> {
    Object.assign(this.records, makeColumns(0));
    this.#sorter.release();
    const runs = this.#runs.splice(0);
    await Promise.all(runs.map((run) => run.close()));
  }

  async #spill(): Promise<void> {
    const order = this.#sorter.sort(this.records, this.#compare);
    const { records } = this;
    this.#runs.push(await this.#write((writer) => writer.append(records, order)));
    this.#spilled += records.length;
    records.length = 0;
  }

  /** Merges the oldest runs into one. */
  async #mergeSome(): Promise<void> {
    const some = this.#runs.slice(0, MOST_RUNS);
    const merged = await this.#write(async (writer) => {
      for await (const batch of mergeRuns(some, this.#compare, FIRST_ROWS)) await writer.append(batch, null);
    });
    this.#runs = [...this.#runs.slice(MOST_RUNS), merged];
    for (const run of some) await run.close();
  }

  async #write(fill: (writer: RunWriter) => Promise<void>): Promise<Run> {
    const writer = await RunWriter.begin(this.#folder, this.#buffers);
    try {
      await fill(writer);
      return await writer.finish();
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  }
}

/** Rows that all fitted into memory. */
function heldRows(records: RecordColumns, order: Uint32Array | null): SortedRows {
  const rows = records.length;
  return {
    rows,
    // eslint-disable-next-line @typescript-eslint/require-await -- the other kind reads from the disk
    async *batches(batchRows) {
      const batch = order === null ? null : makeColumns(batchRows);
      for (let from = 0; from < rows; from += batchRows) {
        const count = Math.min(batchRows, rows - from);
        if (batch === null || order === null) yield viewRows(records, from, from + count);
        else {
          gatherRows(batch, 0, records, order, from, count);
          batch.length = count;
          yield batch;
        }
      }
    },
  };
}
