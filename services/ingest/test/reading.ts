import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { COLUMN_NAMES, type RecordColumns, type StaticDictionary } from '@offing/track';
import { openRecordings, type FileFault, type OpenOptions, type Recordings } from '../src/index.ts';
import { workFolder } from './work-folder.ts';

/** One record as the tests look at it: its columns in order, the static report by its content. */
export type Row = readonly (number | string)[];

/** Late enough for all recordings in the tests. */
export const LATEST_AT = Date.UTC(2030, 0, 1);

/** All that came of opening recordings. */
export type Reading = Omit<Recordings, 'batches' | 'close'> & {
  readonly records: readonly Row[];
  readonly batchSizes: readonly number[];
  readonly told: readonly FileFault[];
};

/** Opens recordings under the feed `test`, takes all their records and closes them; checks that no temporary file stays. */
export async function read(
  paths: readonly string[] | OpenOptions['sources'],
  options: Partial<Omit<OpenOptions, 'sources'>> & { readonly batchRows?: number } = {},
): Promise<Reading> {
  const tempDir = options.tempDir ?? join(workFolder(), 'tmp');
  const told: FileFault[] = [];
  const recordings = await openRecordings({
    latenessMs: 600_000,
    latestAt: LATEST_AT,
    ...options,
    tempDir,
    sources: sourcesOf(paths),
    onFileFault: (fault) => told.push(fault),
  });
  const records: Row[] = [];
  const batchSizes: number[] = [];
  for await (const batch of recordings.batches(options.batchRows)) {
    batchSizes.push(batch.length);
    records.push(...rowsOf(batch, recordings.statics));
  }
  await recordings.close();
  if (filesIn(tempDir).length > 0) throw new Error(`left behind: ${filesIn(tempDir).join()}`);
  return { ...recordings, records, batchSizes, told };
}

/** The names of the files in a folder; none when it does not exist. */
export function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Rows as plain values. */
export function rowsOf(columns: RecordColumns, statics: StaticDictionary): Row[] {
  return Array.from({ length: columns.length }, (_, row) =>
    COLUMN_NAMES.map((name) =>
      name === 'staticId' ? statics.key(columns.staticId[row]) : columns[name][row],
    ),
  );
}

function sourcesOf(paths: readonly string[] | OpenOptions['sources']): OpenOptions['sources'] {
  const given = paths as readonly (string | OpenOptions['sources'][number])[];
  const named = given.filter((path) => typeof path === 'string');
  if (named.length === 0) return paths as OpenOptions['sources'];
  return [{ paths: named, feed: 'test', synthetic: false }];
}
