import { MISSING_16, MISSING_8, type RecordColumns } from '@offing/track';

/** Microseconds between 1970 and 2000, the zero of PostgreSQL's timestamps. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
/** File header of COPY … BINARY: signature, flags, length of the header extension (PostgreSQL manual, COPY, "Binary Format"). */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);
/** Most bytes that a row of `position` takes: field count, 15 lengths, and the values. */
const ROW_BYTES = 2 + 15 * 4 + 3 * 4 + 2 * 8 + 10 * 2;

/** The columns of `position` in the order in which rows are written. */
export const POSITION_COLUMNS =
  'mmsi, at, lon_e7, lat_e7, sog_dkn, cog_ddeg, heading_deg, nav_status, utc_second, message_type, ais_class, receiver_kind, feed_id, hull, received_at';

/** Rows of a batch that are to be kept, by place in the columns. */
export type KeptRows = { readonly keep: Uint8Array; readonly hull: Int16Array };

/** A key of 53 bits: an MMSI has 30 bits in a message, and this many rows have 22. */
const MOST_ROWS = 2 ** 22;

/**
 * Returns the rows to keep, ordered by MMSI and then time: neighbours in the primary key are written together. Throws
 * RangeError for more than four million rows.
 */
export function rowsByKey(records: RecordColumns, from: number, to: number, keep: Uint8Array): Int32Array {
  if (to - from > MOST_ROWS) throw new RangeError(`a batch of ${to - from} rows is too large to be sorted`);
  const keys = new Float64Array(to - from);
  let kept = 0;
  for (let row = from; row < to; row++)
    if (keep[row - from] === 1) keys[kept++] = records.mmsi[row] * MOST_ROWS + (row - from);
  const used = keys.subarray(0, kept).sort();
  const rows = new Int32Array(kept);
  for (let i = 0; i < kept; i++) rows[i] = (used[i] % MOST_ROWS) + from;
  return rows;
}

/** Returns rows of the columns as the whole body of a `COPY position (…) FROM STDIN BINARY`. `hull` is by row minus `from`. */
export function encodePositions(
  records: RecordColumns,
  rows: Int32Array,
  hull: Int16Array,
  from: number,
): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER.length + rows.length * ROW_BYTES + TRAILER.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  HEADER.copy(bytes, 0);
  let at = HEADER.length;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    view.setInt16(at, 15);
    at = int4(view, at + 2, records.mmsi[row]);
    at = instant(view, at, records.at[row]);
    at = int4(view, at, records.lonE7[row]);
    at = int4(view, at, records.latE7[row]);
    at = int2(view, at, records.sogDkn[row], MISSING_16);
    at = int2(view, at, records.cogDdeg[row], MISSING_16);
    at = int2(view, at, records.headingDeg[row], MISSING_16);
    at = int2(view, at, records.navStatus[row], MISSING_8);
    at = int2(view, at, records.utcSecond[row], MISSING_8);
    at = int2(view, at, records.messageType[row], MISSING_16);
    at = int2(view, at, records.aisClass[row], MISSING_16);
    at = int2(view, at, records.receiverKind[row], MISSING_16);
    at = int2(view, at, records.feed[row], MISSING_16);
    at = int2(view, at, hull[row - from], MISSING_16);
    at = instant(view, at, records.receivedAt[row]);
  }
  TRAILER.copy(bytes, at);
  return bytes.subarray(0, at + TRAILER.length);
}

function int4(view: DataView, at: number, value: number): number {
  view.setInt32(at, 4);
  view.setInt32(at + 4, value);
  return at + 8;
}

function int2(view: DataView, at: number, value: number, missing: number): number {
  if (value === missing) {
    view.setInt32(at, -1);
    return at + 4;
  }
  view.setInt32(at, 2);
  view.setInt16(at + 4, value);
  return at + 6;
}

/** Writes a timestamptz: microseconds since 2000 in 64 bits, split by arithmetic because a BigInt per row would cost more. */
function instant(view: DataView, at: number, ms: number): number {
  if (Number.isNaN(ms)) {
    view.setInt32(at, -1);
    return at + 4;
  }
  const micros = (ms - POSTGRES_EPOCH_MS) * 1000;
  const high = Math.floor(micros / 2 ** 32);
  view.setInt32(at, 8);
  view.setInt32(at + 4, high);
  view.setUint32(at + 8, micros - high * 2 ** 32);
  return at + 12;
}

/** Returns the instant, ms since 1970, of a timestamptz at a place in a COPY … BINARY body. */
export function readInstant(view: DataView, at: number): number {
  return (view.getInt32(at) * 2 ** 32 + view.getUint32(at + 4)) / 1000 + POSTGRES_EPOCH_MS;
}

/** Length of the header of a COPY … BINARY body, bytes. */
export const COPY_HEADER_BYTES = HEADER.length;
