import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { makeReader } from '@offing/feeds';
import {
  appendRow,
  makeColumns,
  makeStaticDictionary,
  type RecordColumns,
  type StaticDictionary,
} from '@offing/track';

/** Returns a bundled recording of made-up ships, by its name without ending, as columns in the order of the stream. */
export function readScenario(name: string): {
  readonly records: RecordColumns;
  readonly statics: StaticDictionary;
} {
  const path = new URL(`../../../recordings/synthetic/${name}.csv.gz`, import.meta.url);
  const read = makeColumns(1024);
  const statics = makeStaticDictionary();
  const refuse = (code: string, line: number, _: Uint8Array, why: string): never => {
    throw new Error(`${name}, line ${line}: ${code}, ${why}`);
  };
  const out = { records: read, statics, reject: refuse, count: () => undefined };
  const reader = makeReader('csv', out, { feed: 0, startAt: null });
  reader.push(gunzipSync(readFileSync(path)));
  reader.end();
  return { records: inStreamOrder(read), statics };
}

function inStreamOrder(read: RecordColumns): RecordColumns {
  const { at, mmsi, lonE7, latE7 } = read;
  const rows = Array.from({ length: read.length }, (_, row) => row).sort(
    (a, b) => at[a] - at[b] || mmsi[a] - mmsi[b] || lonE7[a] - lonE7[b] || latE7[a] - latE7[b],
  );
  const ordered = makeColumns(read.length);
  for (const row of rows) appendRow(ordered, read, row);
  return ordered;
}
