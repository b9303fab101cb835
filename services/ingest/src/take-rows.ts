import type { RecordColumns } from '@offing/track';
import { copyRow } from './sorting/copy-rows.ts';

/** What a file's records say about its times. */
export type RowTimes = {
  records: number;
  firstAt: number;
  lastAt: number;
  outOfOrder: number;
};

/** Returns the times of a file before its first record. */
export function noRowTimes(): RowTimes {
  return { records: 0, firstAt: Infinity, lastAt: -Infinity, outOfOrder: 0 };
}

/**
 * Looks at the rows that a push appended from `from` on: takes those out that are later than `latestAt`, telling `refuse`
 * of each before it goes, and counts the others into the file's times.
 */
export function takeRows(
  rows: RecordColumns,
  from: number,
  times: RowTimes,
  limits: { readonly latestAt: number; readonly latenessMs: number },
  refuse: (row: number) => void,
): void {
  let to = from;
  for (let row = from; row < rows.length; row++) {
    const at = rows.at[row];
    // Written so that an instant that is no number is refused as well.
    if (!(at <= limits.latestAt)) {
      refuse(row);
      continue;
    }
    if (to !== row) copyRow(rows, to, rows, row);
    to++;
    if (times.lastAt - at > limits.latenessMs) times.outOfOrder++;
    if (at < times.firstAt) times.firstAt = at;
    if (at > times.lastAt) times.lastAt = at;
  }
  times.records += to - from;
  rows.length = to;
}
