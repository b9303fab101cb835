import { COLUMN_NAMES, makeColumns, type RecordColumns } from '@offing/track';

/** From this many rows on, copying column by column beats copying row by row (measured: 40 to 60). */
const MANY_ROWS = 48;

/** Copies `count` rows that lie side by side in `from` to `to`, which must have room; sets no length. */
export function copyRows(
  to: RecordColumns,
  toRow: number,
  from: RecordColumns,
  fromRow: number,
  count: number,
): void {
  if (count < MANY_ROWS) {
    for (let i = 0; i < count; i++) copyRow(to, toRow + i, from, fromRow + i);
    return;
  }
  for (const name of COLUMN_NAMES) to[name].set(from[name].subarray(fromRow, fromRow + count), toRow);
}

/** Copies the rows `order[first]` to `order[first + count - 1]` of `from` to `to`, from `toRow` on; sets no length. */
export function gatherRows(
  to: RecordColumns,
  toRow: number,
  from: RecordColumns,
  order: Uint32Array,
  first: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) copyRow(to, toRow + i, from, order[first + i]);
}

/** Returns rows `[from, to)` as columns that share memory with `columns`. */
export function viewRows(columns: RecordColumns, from: number, to: number): RecordColumns {
  const view = makeColumns(0);
  for (const name of COLUMN_NAMES) Object.assign(view, { [name]: columns[name].subarray(from, to) });
  view.length = to - from;
  return view;
}

/** Copies one row. Written out, because a loop over the columns would meet eight kinds of array in one place and cost six times as much. */
export function copyRow(to: RecordColumns, toRow: number, from: RecordColumns, fromRow: number): void {
  to.at[toRow] = from.at[fromRow];
  to.receivedAt[toRow] = from.receivedAt[fromRow];
  to.mmsi[toRow] = from.mmsi[fromRow];
  to.lonE7[toRow] = from.lonE7[fromRow];
  to.latE7[toRow] = from.latE7[fromRow];
  to.sogDkn[toRow] = from.sogDkn[fromRow];
  to.cogDdeg[toRow] = from.cogDdeg[fromRow];
  to.headingDeg[toRow] = from.headingDeg[fromRow];
  to.navStatus[toRow] = from.navStatus[fromRow];
  to.utcSecond[toRow] = from.utcSecond[fromRow];
  to.messageType[toRow] = from.messageType[fromRow];
  to.aisClass[toRow] = from.aisClass[fromRow];
  to.receiverKind[toRow] = from.receiverKind[fromRow];
  to.feed[toRow] = from.feed[fromRow];
  to.staticId[toRow] = from.staticId[fromRow];
}
