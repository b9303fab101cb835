import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Fold, FoldResult, StaticChange } from '@offing/stages';
import type { EventDraft, HourCoverage } from '@offing/rules';
import type { RecordColumns, StaticDictionary } from '@offing/track';
import { SlotMarks } from './slot-marks.ts';

/** Rows folded before sockets get a turn. */
const SLICE_ROWS = 512;

/** Runs a fold over the head of a session's records, and gathers what it made of them until a transaction takes it. */
export class FoldedRows {
  #length = 0;
  #keep = new Uint8Array(0);
  #hull = new Int16Array(0);
  #statics: StaticChange[] = [];
  #events: EventDraft[] = [];
  #coverage: HourCoverage[] = [];
  #touched = new SlotMarks();
  #positions = 0;
  #duplicates = 0;

  /** Number of rows that were folded. */
  get length(): number {
    return this.#length;
  }

  /** Folds on up to row `end` (exclusive), in slices, letting a commit go on between them. */
  async advance(fold: Fold, records: RecordColumns, statics: StaticDictionary, end: number): Promise<void> {
    this.#reserve(end);
    while (this.#length < end) {
      const to = sliceEnd(records, this.#length, end);
      this.#add(fold.process(records, statics, this.#length, to));
      this.#length = to;
      await nextTurn();
    }
  }

  /** Returns what the folds made of the rows, by row, and begins anew. */
  take(): FoldResult {
    const length = this.#length;
    const taken = {
      keep: this.#keep.slice(0, length),
      hull: this.#hull.slice(0, length),
      statics: this.#statics,
      events: this.#events,
      coverage: this.#coverage,
      positions: this.#positions,
      duplicates: this.#duplicates,
      touched: this.#touched.slots,
    };
    this.#touched.clear();
    this.#length = 0;
    this.#statics = [];
    this.#events = [];
    this.#coverage = [];
    this.#positions = 0;
    this.#duplicates = 0;
    return taken;
  }

  #add(result: FoldResult): void {
    this.#keep.set(result.keep, this.#length);
    this.#hull.set(result.hull, this.#length);
    for (const change of result.statics) this.#statics.push(change);
    for (const event of result.events) this.#events.push(event);
    this.#coverage.push(...result.coverage);
    this.#touched.addAll(result.touched);
    this.#positions += result.positions;
    this.#duplicates += result.duplicates;
  }

  #reserve(rows: number): void {
    if (rows <= this.#keep.length) return;
    const size = Math.max(rows, this.#keep.length * 2);
    const keep = new Uint8Array(size);
    const hull = new Int16Array(size);
    keep.set(this.#keep.subarray(0, this.#length));
    hull.set(this.#hull.subarray(0, this.#length));
    this.#keep = keep;
    this.#hull = hull;
  }
}

/** The end of a slice: never between two records of one instant. */
function sliceEnd(records: RecordColumns, from: number, most: number): number {
  let end = Math.min(most, from + SLICE_ROWS);
  while (end < most && records.at[end] === records.at[end - 1]) end++;
  return end;
}
