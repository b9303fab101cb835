import type { RecordColumns } from '@offing/track';

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

/** Counts the rows that a push appended from `from` on into the file's times. */
export function countTimes(rows: RecordColumns, from: number, times: RowTimes, latenessMs: number): void {
  for (let row = from; row < rows.length; row++) {
    const at = rows.at[row];
    if (times.lastAt - at > latenessMs) times.outOfOrder++;
    if (at < times.firstAt) times.firstAt = at;
    if (at > times.lastAt) times.lastAt = at;
  }
  times.records += rows.length - from;
}
