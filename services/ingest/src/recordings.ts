import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProgressState } from '@offing/kit';
import { makeStaticDictionary, type RecordColumns, type StaticDictionary } from '@offing/track';
import { expandPaths, type Skipped } from './expand-paths.ts';
import type { FileFault } from './file-fault.ts';
import type { FileSummary } from './file-summary.ts';
import { findRepeats, type FileToRead, type Repeated } from './find-repeats.ts';
import { IngestProgress } from './ingest-progress.ts';
import { FileReader } from './read-file.ts';
import { recordingsId } from './recordings-id.ts';
import type { Rejects } from './rejects.ts';
import { makeRowOrder, rankFeeds } from './sorting/row-order.ts';
import { RunStore, type SortedRows } from './sorting/run-store.ts';
import { settingsKey, type RecordingSource } from './source.ts';

/** What to read, and how. */
export type OpenOptions = {
  readonly sources: readonly RecordingSource[];
  /** Records further than this behind the newest one before them in their file are reported as out of order, ms. */
  readonly latenessMs: number;
  /** Records later than this are refused as `future-time`, ms since 1970. */
  readonly latestAt: number;
  /** Where sorted runs are kept when memory does not hold everything; made when it is needed. */
  readonly tempDir: string;
  onProgress?(state: ProgressState): void;
  onFileFault?(fault: FileFault): void;
  /** Records sorted at a time; what is more goes to the disk. */
  readonly runRows?: number;
  /** Bytes read at a time. */
  readonly chunkBytes?: number;
};

/** Recordings that were read, with their records in one order. */
export type Recordings = {
  /** Says what was read and how: the same whatever the files are called and in whatever order they are given. */
  readonly id: string;
  readonly statics: StaticDictionary;
  /** Records in all files. */
  readonly rows: number;
  /**
   * Yields the records of all files in one order: by event time, MMSI, longitude, latitude, then all other content. The
   * columns may be used again after each step. May be asked again, from the start.
   */
  batches(batchRows?: number): AsyncGenerator<RecordColumns, void>;
  readonly files: readonly FileSummary[];
  /** SHA-256 of each file on the disk that held recordings, by its path. */
  readonly digests: ReadonlyMap<string, string>;
  readonly rejects: Rejects;
  /** Files that could not be read, or not to their end; also told to `onFileFault`. */
  readonly faults: readonly FileFault[];
  /** Files that hold what another one holds, and were not read again. */
  readonly repeated: readonly Repeated[];
  /** What lay in folders and archives and is no recording. */
  readonly skipped: readonly Skipped[];
  /** Gives memory and temporary files back. */
  close(): Promise<void>;
};

const CHUNK_BYTES = 2 ** 18;
const BATCH_ROWS = 16_384;

/**
 * Reads recordings to their ends and sorts their records. A file that fails stops no other and keeps what was read of it.
 * Throws OffingError `disk-full` or `temp-folder` when the records cannot be kept.
 */
export async function openRecordings(options: OpenOptions): Promise<Recordings> {
  const { sources } = options;
  const statics = makeStaticDictionary();
  const runs = new RunStore(makeRowOrder(rankFeeds(sources), statics), options.tempDir, options.runRows);
  try {
    const found = await findFiles(options);
    const totalBytes = found.files.reduce((sum, file) => sum + file.bytes, 0);
    const progress = new IngestProgress(totalBytes, (state) => options.onProgress?.(state));
    const reader = new FileReader(
      { ...options, chunkBytes: options.chunkBytes ?? CHUNK_BYTES },
      statics,
      runs,
      progress,
    );
    for (const file of found.files) await reader.read(file);
    const { contents, ...read } = reader.result();
    const sorted = await runs.finish();
    return {
      ...read,
      id: recordingsId(sources.map((source, feed) => ({ source, hashes: contents[feed] }))),
      statics,
      rows: sorted.rows,
      batches: (batchRows = BATCH_ROWS) => handOn(sorted, batchRows, progress),
      faults: [...found.faults, ...read.faults],
      repeated: found.repeated,
      skipped: [...found.skipped, ...read.skipped],
      close: () => runs.close(),
    };
  } catch (error) {
    await runs.close();
    throw error;
  }
}

type Found = {
  readonly files: readonly FileToRead[];
  readonly faults: readonly FileFault[];
  readonly repeated: readonly Repeated[];
  readonly skipped: readonly Skipped[];
};

async function findFiles(options: OpenOptions): Promise<Found> {
  const files: FileToRead[] = [];
  const faults: FileFault[] = [];
  const skipped: Skipped[] = [];
  for (const [feed, source] of options.sources.entries()) {
    const expanded = await expandPaths(source.paths);
    const settings = settingsKey(source);
    files.push(...expanded.files.map((file) => ({ ...file, feed, settings })));
    faults.push(...expanded.faults);
    skipped.push(...expanded.skipped);
  }
  for (const fault of faults) options.onFileFault?.(fault);
  return { ...(await findRepeats(files, options.chunkBytes ?? CHUNK_BYTES)), faults, skipped };
}

async function* handOn(
  sorted: SortedRows,
  batchRows: number,
  progress: IngestProgress,
): AsyncGenerator<RecordColumns, void> {
  let rows = 0;
  for await (const batch of sorted.batches(batchRows)) {
    yield batch;
    rows += batch.length;
    progress.handedOn(rows, sorted.rows);
    await nextTurn();
  }
  progress.handedOn(sorted.rows, sorted.rows);
}
