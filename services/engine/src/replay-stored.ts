import { storedPositions, storedStatics, type StoredStatic } from '@offing/store';
import {
  appendRow,
  makeColumns,
  makeStaticDictionary,
  MISSING_16,
  MISSING_8,
  NO_COORDINATE,
  type RecordColumns,
  type StaticDictionary,
} from '@offing/track';
import type pg from 'pg';
import type { Fold, FoldResult } from '@offing/stages';

const BATCH_ROWS = 50_000;

/** A stretch of the stored stream as the fold took it in. `storedHull` is -1 for rows that are static reports. */
export type StoredBatch = {
  readonly records: RecordColumns;
  readonly storedHull: Int16Array;
  readonly statics: StaticDictionary;
  readonly result: FoldResult;
};

/**
 * Runs a fold over what is stored later than an instant (ms; -Infinity for all), positions and static reports in the
 * order of the stream, and hands over what came of each batch.
 */
export async function replayStored(
  client: pg.ClientBase,
  fold: Fold,
  after: number,
  take: (batch: StoredBatch) => void,
): Promise<void> {
  const statics = makeStaticDictionary();
  const waiting = [...(await storedStatics(client, after, Infinity))];
  let next = 0;
  for await (const stored of storedPositions(client, after, BATCH_ROWS)) {
    const upTo = stored.records.at[stored.records.length - 1];
    const begin = next;
    while (next < waiting.length && waiting[next].at <= upTo) next++;
    take(run(fold, merge(stored.records, stored.hull, waiting, begin, next, statics), statics));
  }
  const none = makeColumns(0);
  if (next < waiting.length)
    take(run(fold, merge(none, new Int16Array(0), waiting, next, waiting.length, statics), statics));
  fold.forgetDictionary();
}

type Merged = { readonly records: RecordColumns; readonly storedHull: Int16Array };

function run(fold: Fold, merged: Merged, statics: StaticDictionary): StoredBatch {
  return { ...merged, statics, result: fold.process(merged.records, statics, 0, merged.records.length) };
}

/** Merges static reports `begin` to `end` into positions; at one instant and MMSI the static report comes first. */
function merge(
  positions: RecordColumns,
  hull: Int16Array,
  reports: readonly StoredStatic[],
  begin: number,
  end: number,
  statics: StaticDictionary,
): Merged {
  if (begin === end) return { records: positions, storedHull: hull };
  const records = makeColumns(positions.length + end - begin);
  const storedHull = new Int16Array(positions.length + end - begin);
  let report = begin;
  let row = 0;
  while (row < positions.length || report < end) {
    const isStatic =
      report < end && (row === positions.length || comesFirst(reports[report], positions, row));
    storedHull[records.length] = isStatic ? -1 : hull[row];
    if (isStatic) appendStatic(records, reports[report++], statics);
    else appendRow(records, positions, row++);
  }
  return { records, storedHull };
}

function comesFirst(report: StoredStatic, positions: RecordColumns, row: number): boolean {
  if (report.at !== positions.at[row]) return report.at < positions.at[row];
  return report.mmsi <= positions.mmsi[row];
}

function appendStatic(records: RecordColumns, report: StoredStatic, statics: StaticDictionary): void {
  const row = records.length++;
  records.at[row] = report.at;
  records.receivedAt[row] = NaN;
  records.mmsi[row] = report.mmsi;
  records.lonE7[row] = NO_COORDINATE;
  records.latE7[row] = NO_COORDINATE;
  records.staticId[row] = statics.intern(report.report);
  records.sogDkn[row] = MISSING_16;
  records.cogDdeg[row] = MISSING_16;
  records.headingDeg[row] = MISSING_16;
  records.navStatus[row] = MISSING_8;
  records.utcSecond[row] = MISSING_8;
  records.messageType[row] = report.messageType;
  records.aisClass[row] = report.aisClass;
  records.feed[row] = report.feed;
}
