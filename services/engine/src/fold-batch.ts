import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Fold, FoldResult, StaticChange } from '@offing/stages';
import type { EventDraft, HourCoverage } from '@offing/rules';
import type { RecordColumns, StaticDictionary } from '@offing/track';
import { SlotMarks } from './slot-marks.ts';

/** Rows folded before sockets get a turn. */
const SLICE_ROWS = 512;

/** What a fold made of a whole batch; the arrays are by row. */
export type BatchResult = FoldResult;

/** Runs a fold over a batch in slices, letting the commit before it go on between them. */
export async function foldBatch(
  fold: Fold,
  records: RecordColumns,
  dictionary: StaticDictionary,
): Promise<BatchResult> {
  const keep = new Uint8Array(records.length);
  const hull = new Int16Array(records.length);
  const statics: StaticChange[] = [];
  const events: EventDraft[] = [];
  const coverage: HourCoverage[] = [];
  const touched = new SlotMarks();
  let positions = 0;
  let duplicates = 0;
  for (let from = 0; from < records.length;) {
    const to = sliceEnd(records, from);
    const result = fold.process(records, dictionary, from, to);
    keep.set(result.keep, from);
    hull.set(result.hull, from);
    for (const change of result.statics) statics.push(change);
    for (const event of result.events) events.push(event);
    coverage.push(...result.coverage);
    touched.addAll(result.touched);
    positions += result.positions;
    duplicates += result.duplicates;
    from = to;
    await nextTurn();
  }
  return { keep, hull, statics, events, coverage, positions, duplicates, touched: touched.slots };
}

/** The end of a slice: never between two records of one instant. */
function sliceEnd(records: RecordColumns, from: number): number {
  let end = Math.min(records.length, from + SLICE_ROWS);
  while (end < records.length && records.at[end] === records.at[end - 1]) end++;
  return end;
}
