import { deserialize, serialize } from 'node:v8';
import {
  COLUMN_NAMES,
  makeColumns,
  NO_STATIC,
  reportOfKey,
  type RecordColumns,
  type StaticDictionary,
} from '@offing/track';
import type { SessionFeed } from './engine.ts';

type Packed = {
  readonly columns: Partial<Record<(typeof COLUMN_NAMES)[number], ArrayLike<number>>>;
  readonly length: number;
  readonly feeds: readonly SessionFeed[];
  readonly statics: readonly string[];
};

/** Returns records as bytes that need neither the session's list of feeds nor its dictionary. */
export function packRecords(
  records: RecordColumns,
  feeds: readonly SessionFeed[],
  statics: StaticDictionary,
): Buffer {
  const ids = new Map<number, number>();
  const columns: Record<string, ArrayLike<number>> = {};
  for (const name of COLUMN_NAMES) columns[name] = records[name].slice(0, records.length);
  const own = columns['staticId'] as Int32Array;
  for (let row = 0; row < records.length; row++) {
    if (own[row] === NO_STATIC) continue;
    const id = ids.get(own[row]) ?? ids.size;
    ids.set(own[row], id);
    own[row] = id;
  }
  const packed: Packed = {
    columns,
    length: records.length,
    feeds,
    statics: [...ids.keys()].map((id) => statics.key(id)),
  };
  return serialize(packed);
}

/**
 * Returns the records of `packRecords`, with the places of their feeds by `placeOf` and their static reports in `statics`.
 * The bytes must come from our own store.
 */
export function unpackRecords(
  bytes: Buffer,
  placeOf: (feed: SessionFeed) => number,
  statics: StaticDictionary,
): RecordColumns {
  const packed = deserialize(bytes) as Packed;
  const records = makeColumns(packed.length);
  for (const name of COLUMN_NAMES) records[name].set(packed.columns[name] ?? []);
  records.length = packed.length;
  const places = packed.feeds.map(placeOf);
  const ids = packed.statics.map((key) => statics.intern(reportOfKey(key)));
  for (let row = 0; row < records.length; row++) {
    records.feed[row] = places[records.feed[row]];
    if (records.staticId[row] !== NO_STATIC) records.staticId[row] = ids[records.staticId[row]];
  }
  return records;
}
