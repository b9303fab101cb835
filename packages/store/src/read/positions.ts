import { makeColumns, MISSING_16, MISSING_8, NO_STATIC, type RecordColumns } from '@offing/track';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { COPY_HEADER_BYTES, POSITION_COLUMNS, readInstant } from '../write/copy-binary.ts';

/** Stored positions as columns, with the hull number that each has in the store. */
export type StoredPositions = { readonly records: RecordColumns; readonly hull: Int16Array };

/**
 * Yields the stored positions later than an instant (ms; -Infinity for all) in the order of the stream: by time, MMSI,
 * longitude, latitude. Batches have about `batchSize` rows and never end between two positions of one instant. The
 * columns of a batch are new ones.
 */
export async function* storedPositions(
  client: pg.ClientBase,
  after: number,
  batchSize: number,
): AsyncGenerator<StoredPositions> {
  const since = after === -Infinity ? '-infinity' : new Date(after).toISOString();
  const text = `copy (select ${POSITION_COLUMNS} from position where at > '${since}'::timestamptz
    order by at, mmsi, lon_e7, lat_e7) to stdout (format binary)`;
  const stream = client.query(copyTo(text));
  let batch = emptyBatch(batchSize);
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = started ? 0 : COPY_HEADER_BYTES;
    if (!started && bytes.length < COPY_HEADER_BYTES) {
      rest = bytes;
      continue;
    }
    started = true;
    for (;;) {
      const end = rowEnd(view, at);
      if (end < 0) break;
      if (isFull(batch, view, at)) {
        yield batch;
        batch = emptyBatch(batchSize);
      }
      readRow(batch, view, at);
      at = end;
    }
    rest = Buffer.from(bytes.subarray(at));
  }
  if (batch.records.length > 0) yield batch;
}

function emptyBatch(batchSize: number): { records: RecordColumns; hull: Int16Array } {
  const capacity = batchSize + 4096;
  return { records: makeColumns(capacity), hull: new Int16Array(capacity) };
}

function isFull(batch: { records: RecordColumns; hull: Int16Array }, view: DataView, at: number): boolean {
  const { records } = batch;
  if (records.length < batch.hull.length - 4096) return false;
  if (readInstant(view, at + 2 + 8 + 4) !== records.at[records.length - 1]) return true;
  if (records.length === batch.hull.length) {
    const larger = makeColumns(records.length * 2);
    for (const name of Object.keys(larger) as (keyof RecordColumns)[]) {
      if (name !== 'length') larger[name].set(records[name]);
    }
    Object.assign(records, larger, { length: records.length });
    const hull = new Int16Array(records.length * 2);
    hull.set(batch.hull);
    batch.hull = hull;
  }
  return false;
}

/** Where the row that begins here ends, or -1 when not all of it has come (or it is the trailer). */
function rowEnd(view: DataView, start: number): number {
  if (start + 2 > view.byteLength) return -1;
  const fields = view.getInt16(start);
  if (fields < 0) return -1;
  let at = start + 2;
  for (let field = 0; field < fields; field++) {
    if (at + 4 > view.byteLength) return -1;
    at += 4 + Math.max(0, view.getInt32(at));
  }
  return at > view.byteLength ? -1 : at;
}

function readRow(batch: { records: RecordColumns; hull: Int16Array }, view: DataView, start: number): void {
  const { records } = batch;
  const row = records.length++;
  let at = start + 2;
  const length = () => view.getInt32(at);
  const int4 = () => {
    at += 8;
    return view.getInt32(at - 4);
  };
  const int2 = (missing: number) => {
    if (length() < 0) {
      at += 4;
      return missing;
    }
    at += 6;
    return view.getInt16(at - 2);
  };
  const instant = () => {
    if (length() < 0) {
      at += 4;
      return NaN;
    }
    at += 12;
    return readInstant(view, at - 8);
  };
  records.mmsi[row] = int4();
  records.at[row] = instant();
  records.lonE7[row] = int4();
  records.latE7[row] = int4();
  records.sogDkn[row] = int2(MISSING_16);
  records.cogDdeg[row] = int2(MISSING_16);
  records.headingDeg[row] = int2(MISSING_16);
  records.navStatus[row] = int2(MISSING_8);
  records.utcSecond[row] = int2(MISSING_8);
  records.messageType[row] = int2(0);
  records.aisClass[row] = int2(0);
  records.receiverKind[row] = int2(0);
  records.feed[row] = int2(0);
  batch.hull[row] = int2(0);
  records.receivedAt[row] = instant();
  records.staticId[row] = NO_STATIC;
}
