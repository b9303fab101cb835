import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { stationOf } from '@offing/feeds';
import { appendRow, makeColumns, NO_COORDINATE, type RecordColumns } from '@offing/track';
import { MINUTE_MS } from '@offing/units';
import type { FoundRaw } from './find-raw.ts';
import { SAME_TRANSMISSION_MS, type WantedFix, type WantedIndex } from './wanted-index.ts';

/** Event time that a segment holds, ms: what is looked for later is found by it. */
const PIECE_MS = 10 * MINUTE_MS;

/** Columns that a copy of a position is known by, and those that are told of it. */
const KEPT = [
  'at',
  'receivedAt',
  'mmsi',
  'lonE7',
  'latE7',
  'sogDkn',
  'cogDdeg',
  'headingDeg',
  'feed',
  'navStatus',
  'utcSecond',
] as const;

type Packed = {
  readonly columns: Readonly<Partial<Record<(typeof KEPT)[number], ArrayLike<number>>>>;
  readonly length: number;
  readonly feeds: readonly string[];
  /** Where the raw record of each row ends in `raw`. */
  readonly ends: Uint32Array;
  readonly raw: Uint8Array;
};

/** Raw records of one piece of event time, compressed. */
export type PackedSegment = { readonly piece: number; readonly body: Buffer };

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Returns the positions of a live batch with the raw records that they came in, by row, as segments; rows without one are left out. */
export async function packSegments(
  records: RecordColumns,
  raws: readonly (Uint8Array | null)[],
  feeds: readonly string[],
): Promise<readonly PackedSegment[]> {
  const byPiece = new Map<number, number[]>();
  for (let row = 0; row < records.length; row++) {
    if (raws[row] == null || records.lonE7[row] === NO_COORDINATE) continue;
    const piece = Math.floor(records.at[row] / PIECE_MS);
    const rows = byPiece.get(piece);
    if (rows === undefined) byPiece.set(piece, [row]);
    else rows.push(row);
  }
  const segments: PackedSegment[] = [];
  for (const [piece, rows] of byPiece) {
    const own = makeColumns(rows.length);
    for (const row of rows) appendRow(own, records, row);
    const parts = rows.map((row) => raws[row] ?? new Uint8Array(0));
    const packed: Packed = {
      columns: Object.fromEntries(KEPT.map((name) => [name, own[name]])),
      length: rows.length,
      feeds,
      ends: endsOf(parts),
      raw: Buffer.concat(parts),
    };
    segments.push({ piece, body: await deflate(serialize(packed), { level: 1 }) });
  }
  return segments;
}

function endsOf(parts: readonly Uint8Array[]): Uint32Array {
  const ends = new Uint32Array(parts.length);
  let end = 0;
  for (const [i, part] of parts.entries()) ends[i] = end += part.length;
  return ends;
}

/** Returns the pieces of event time in which copies of a position may stand. */
export function piecesAround(at: number): readonly number[] {
  const first = Math.floor((at - SAME_TRANSMISSION_MS) / PIECE_MS);
  const last = Math.floor((at + SAME_TRANSMISSION_MS) / PIECE_MS);
  return first === last ? [first] : [first, last];
}

/** Returns the event times (ms) of the positions whose copies may stand in a piece. */
export function spanOfPiece(piece: number): { readonly from: number; readonly to: number } {
  return { from: piece * PIECE_MS - SAME_TRANSMISSION_MS, to: (piece + 1) * PIECE_MS + SAME_TRANSMISSION_MS };
}

/** A raw record of a segment with the name of its feed. */
export type FoundLive<Fix extends WantedFix> = FoundRaw<Fix> & { readonly feed: string };

/** Returns the raw records of wanted positions in a segment, which must come from our own store. */
export async function findInSegment<Fix extends WantedFix>(
  body: Buffer,
  wanted: WantedIndex<Fix>,
): Promise<readonly FoundLive<Fix>[]> {
  const packed = deserialize(await inflate(body)) as Packed;
  const records = makeColumns(packed.length);
  for (const name of KEPT) records[name].set(packed.columns[name] ?? []);
  records.length = packed.length;
  const found: FoundLive<Fix>[] = [];
  for (let row = 0; row < records.length; row++) {
    for (const fix of wanted.of(records, row)) {
      const raw = packed.raw.slice(row === 0 ? 0 : packed.ends[row - 1], packed.ends[row]);
      const receivedAt = Number.isNaN(records.receivedAt[row]) ? null : records.receivedAt[row];
      const feed = packed.feeds[records.feed[row]];
      found.push({ fix, at: records.at[row], receivedAt, station: stationOf(raw, null), raw, feed });
    }
  }
  return found;
}
