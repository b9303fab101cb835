import type { StaticDictionary } from '@offing/track';
import type { Skipped } from './expand-paths.ts';
import { faultOf, type FileFault } from './file-fault.ts';
import type { FileSummary } from './file-summary.ts';
import type { FileToRead } from './find-repeats.ts';
import type { IngestProgress } from './ingest-progress.ts';
import { openContents, type Content } from './open-contents.ts';
import { RawFile } from './raw-file.ts';
import { readContent, type ReadingContext } from './read-content.ts';
import type { RejectCount, Rejects, RejectSample } from './rejects.ts';
import type { RunStore } from './sorting/run-store.ts';
import type { RecordingSource } from './source.ts';

/** What reading files needs to know. */
export type FileReaderOptions = {
  readonly sources: readonly RecordingSource[];
  readonly latenessMs: number;
  readonly latestAt: number;
  readonly chunkBytes: number;
  onFileFault?(fault: FileFault): void;
};

/** What came of all files. */
export type FilesRead = {
  readonly files: readonly FileSummary[];
  readonly rejects: Rejects;
  readonly faults: readonly FileFault[];
  readonly skipped: readonly Skipped[];
  /** For each source the hashes of the files that held recordings. */
  readonly contents: readonly (readonly string[])[];
  /** SHA-256 of each file that held recordings, by its path. */
  readonly digests: ReadonlyMap<string, string>;
};

/** Reads files one after the other into the rows, and gathers what is to be said of them. */
export class FileReader {
  readonly #options: FileReaderOptions;
  readonly #statics: StaticDictionary;
  readonly #runs: RunStore;
  readonly #progress: IngestProgress;
  readonly #files: FileSummary[] = [];
  readonly #counts: RejectCount[] = [];
  readonly #samples: RejectSample[] = [];
  readonly #faults: FileFault[] = [];
  readonly #skipped: Skipped[] = [];
  readonly #contents: string[][];
  readonly #digests = new Map<string, string>();
  /** For each folder whether anything in it was a recording, or failed. */
  readonly #folders = new Map<string, boolean>();

  constructor(
    options: FileReaderOptions,
    statics: StaticDictionary,
    runs: RunStore,
    progress: IngestProgress,
  ) {
    this.#options = options;
    this.#statics = statics;
    this.#runs = runs;
    this.#progress = progress;
    this.#contents = options.sources.map(() => []);
  }

  /** Reads one file; what goes wrong with it is kept as a fault. Throws only what keeps all records from being kept. */
  async read(file: FileToRead): Promise<void> {
    const before = { faults: this.#faults.length, contents: this.#files.length };
    const raw = await this.#open(file);
    if (raw !== null) {
      try {
        await this.#readContents(raw, file, before.contents);
      } finally {
        await raw.close();
      }
    }
    const fruitful = this.#files.length > before.contents || this.#faults.length > before.faults;
    if (file.folder !== null)
      this.#folders.set(file.folder, (this.#folders.get(file.folder) ?? false) || fruitful);
    else if (!fruitful) this.#addFault(noRecordings(file.path, 'the archive holds no recording'));
    this.#progress.endFile(file.bytes);
  }

  /** Returns what came of all files. */
  result(): FilesRead {
    for (const [folder, fruitful] of this.#folders) {
      if (!fruitful) this.#addFault(noRecordings(folder, 'nothing in the folder is a known recording'));
    }
    return {
      files: this.#files,
      rejects: { counts: this.#counts, samples: this.#samples },
      faults: this.#faults,
      skipped: this.#skipped,
      contents: this.#contents,
      digests: this.#digests,
    };
  }

  async #open(file: FileToRead): Promise<RawFile | null> {
    try {
      return await RawFile.open(file.path, this.#options.chunkBytes, (bytes) => {
        this.#progress.inFile(bytes, file.bytes);
      });
    } catch (error) {
      this.#addFault(faultOf(file.path, error));
      return null;
    }
  }

  async #readContents(raw: RawFile, file: FileToRead, filesBefore: number): Promise<void> {
    const contents = openContents(raw, file.path);
    for (;;) {
      const content = await this.#nextContent(contents, file.path);
      if (content === null) break;
      if (content.skip !== null) this.#skipped.push({ path: content.path, why: content.skip });
      else await this.#readContent(content, file);
    }
    const held = this.#files.slice(filesBefore).some((summary) => summary.format !== null);
    if (!held) return;
    const digest = await raw.digest();
    this.#contents[file.feed].push(digest);
    this.#digests.set(file.path, digest);
  }

  async #nextContent(contents: AsyncGenerator<Content, void>, path: string): Promise<Content | null> {
    try {
      const { value, done } = await contents.next();
      return done === true ? null : value;
    } catch (error) {
      this.#addFault(faultOf(path, error));
      return null;
    }
  }

  async #readContent(content: Content, file: FileToRead): Promise<void> {
    const { summary, rejected, samples, fault } = await readContent(content, this.#contextOf(file));
    if (fault?.code === 'unknown-format' && (content.isEntry || file.folder !== null)) {
      this.#skipped.push({ path: content.path, why: 'no known recording' });
      return;
    }
    this.#files.push(summary);
    this.#counts.push(...rejected);
    this.#samples.push(...samples);
    if (fault !== null) this.#addFault(fault);
  }

  #contextOf(file: FileToRead): ReadingContext {
    return {
      source: this.#options.sources[file.feed],
      feed: file.feed,
      statics: this.#statics,
      runs: this.#runs,
      latestAt: this.#options.latestAt,
      latenessMs: this.#options.latenessMs,
      onRead: () => {
        this.#progress.reading(this.#runs.rows);
      },
    };
  }

  #addFault(fault: FileFault): void {
    this.#faults.push(fault);
    this.#options.onFileFault?.(fault);
  }
}

function noRecordings(path: string, message: string): FileFault {
  return { path, code: 'no-recordings', message };
}
