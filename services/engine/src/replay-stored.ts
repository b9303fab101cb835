import { storedBeats, storedPositions, storedStatics, type Beat, type StoredStatic } from '@offing/store';
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
import { copyOfRows } from './record-buffer.ts';

const BATCH_ROWS = 50_000;

/** A stretch of the stored stream as the fold took it in. `storedHull` is -1 for rows that are static reports. */
export type StoredBatch = {
  readonly records: RecordColumns;
  readonly storedHull: Int16Array;
  readonly statics: StaticDictionary;
  readonly result: FoldResult;
  /** The instant up to which the fold has come with this batch. */
  readonly upTo: number;
};

/**
 * Runs a fold over what is stored later than an instant (ms; -Infinity for all), positions and static reports in the
 * order of the stream and the beats where they stand between them, and hands over what came of each batch.
 */
export async function replayStored(
  client: pg.ClientBase,
  fold: Fold,
  after: number,
  take: (batch: StoredBatch) => void,
): Promise<void> {
  const statics = makeStaticDictionary();
  const waiting = [...(await storedStatics(client, after, Infinity))];
  const beats = [...(await storedBeats(client, after))];
  const run = (merged: Merged, upTo: number): void => {
    for (const batch of runUpTo(fold, merged, statics, beats, upTo)) take(batch);
  };
  let next = 0;
  for await (const stored of storedPositions(client, after, BATCH_ROWS)) {
    const upTo = stored.records.at[stored.records.length - 1];
    const begin = next;
    while (next < waiting.length && waiting[next].at <= upTo) next++;
    run(merge(stored.records, stored.hull, waiting, begin, next, statics), upTo);
  }
  run(merge(makeColumns(0), new Int16Array(0), waiting, next, waiting.length, statics), Infinity);
  fold.forgetDictionary();
}

type Merged = { readonly records: RecordColumns; readonly storedHull: Int16Array };

/** Runs a fold over rows, and lets it beat before those that are later than a beat; takes out the beats before `upTo`. */
function* runUpTo(
  fold: Fold,
  merged: Merged,
  statics: StaticDictionary,
  beats: Beat[],
  upTo: number,
): Generator<StoredBatch> {
  let rest = merged;
  for (let [beat] = beats; beat !== undefined && beat.at < upTo; [beat] = beats) {
    beats.shift();
    const [before, after] = cutAt(rest, beat.at);
    yield* run(fold, before, statics);
    const nothing = fold.process(makeColumns(0), statics, 0, 0);
    yield {
      records: makeColumns(0),
      storedHull: new Int16Array(0),
      statics,
      result: { ...nothing, events: fold.beat(beat.at, beat.feeds) },
      upTo: beat.at,
    };
    rest = after;
  }
  yield* run(fold, rest, statics);
}

function* run(fold: Fold, merged: Merged, statics: StaticDictionary): Generator<StoredBatch> {
  const { at, length } = merged.records;
  if (length === 0) return;
  yield {
    ...merged,
    statics,
    result: fold.process(merged.records, statics, 0, length),
    upTo: at[length - 1],
  };
}

/** Cuts rows into those up to an instant and those after it. */
function cutAt(merged: Merged, instant: number): readonly [Merged, Merged] {
  const { records, storedHull } = merged;
  let cut = 0;
  while (cut < records.length && records.at[cut] <= instant) cut++;
  return [
    { records: copyOfRows(records, 0, cut), storedHull: storedHull.slice(0, cut) },
    { records: copyOfRows(records, cut, records.length), storedHull: storedHull.slice(cut) },
  ];
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
