import { setImmediate as nextTurn } from 'node:timers/promises';
import { detectFormat, makeReader, type FeedReader, type FormatId } from '@offing/feeds';
import type { StaticDictionary } from '@offing/track';
import type { FileFault } from './file-fault.ts';
import type { FileSummary } from './file-summary.ts';
import type { Content } from './open-contents.ts';
import { nextChunk, readHead, type Head } from './read-head.ts';
import { FileRejects, type RejectCount, type RejectSample } from './rejects.ts';
import type { RunStore } from './sorting/run-store.ts';
import type { RecordingSource } from './source.ts';
import { countTimes, noRowTimes } from './row-times.ts';

/** Unpacked bytes after which signals and sockets get a turn, whether or not the disk gave them one. */
const TURN_BYTES = 2 ** 20;

/** What reading needs to know besides the content. */
export type ReadingContext = {
  readonly source: RecordingSource;
  /** The source's place among the sources. */
  readonly feed: number;
  readonly statics: StaticDictionary;
  readonly runs: RunStore;
  readonly latestAt: number;
  readonly latenessMs: number;
  /** Told after every few thousand records. */
  readonly onRead: () => void;
};

/** What became of one content. */
export type ContentRead = {
  readonly summary: FileSummary;
  readonly rejected: readonly RejectCount[];
  readonly samples: readonly RejectSample[];
  readonly fault: FileFault | null;
};

/** Reads a content to its end or to the first fault; what was read before a fault stays. Only a spill that fails is thrown. */
export async function readContent(content: Content, context: ReadingContext): Promise<ContentRead> {
  const chunks = content.chunks();
  try {
    const head = await readHead(chunks, content.path);
    const format = formatOf(head, content, context.source);
    const reading = new Reading(content, context, format);
    if (format === null) return reading.result(head.fault ?? noFormat(head, content.path));
    return reading.result(await readAll(reading, head, chunks));
  } finally {
    await chunks.return(undefined);
  }
}

async function readAll(
  reading: Reading,
  head: Head,
  chunks: AsyncGenerator<Uint8Array, void>,
): Promise<FileFault | null> {
  let unyielded = 0;
  let next: Pick<Head, 'fault'> & { readonly chunk: Uint8Array | null } = { chunk: head.bytes, fault: null };
  let follows = !head.ended;
  while (next.chunk !== null) {
    const unfit = await reading.take(next.chunk);
    if (unfit !== null) return unfit;
    unyielded += next.chunk.length;
    if (unyielded >= TURN_BYTES) {
      unyielded = 0;
      await nextTurn();
    }
    next = follows ? await nextChunk(chunks, reading.path) : { chunk: null, fault: head.fault };
    follows &&= next.chunk !== null;
  }
  // A line that was cut off by a fault is no line: half a number would be taken for a whole one.
  return next.fault ?? (await reading.end());
}

/** One content on its way through its reader. */
class Reading {
  readonly path: string;
  readonly #content: Content;
  readonly #context: ReadingContext;
  readonly #format: FormatId | null;
  readonly #reader: FeedReader | null;
  readonly #rejects: FileRejects;
  readonly #counted = new Map<string, number>();
  readonly #times = noRowTimes();

  constructor(content: Content, context: ReadingContext, format: FormatId | null) {
    this.path = content.path;
    this.#content = content;
    this.#context = context;
    this.#format = format;
    this.#rejects = new FileRejects(content.path);
    this.#reader = format === null ? null : this.#makeReader(format);
  }

  /** Takes the next bytes; returns what makes reading on useless. */
  async take(chunk: Uint8Array): Promise<FileFault | null> {
    return this.#step((reader) => {
      reader.push(chunk);
    });
  }

  /** Says that the content has ended. */
  async end(): Promise<FileFault | null> {
    return this.#step((reader) => {
      reader.end();
    });
  }

  /** Returns what was read. */
  result(fault: FileFault | null): ContentRead {
    const { records, firstAt, lastAt, outOfOrder } = this.#times;
    const rejected = this.#rejects.counts;
    const summary: FileSummary = {
      path: this.path,
      feed: this.#context.source.feed,
      format: this.#format,
      bytes: this.#content.bytes,
      lines: this.#reader?.lines ?? 0,
      records,
      rejected: Object.fromEntries(rejected.map(({ code, n }) => [code, n])),
      counted: Object.fromEntries([...this.#counted].sort(([a], [b]) => (a < b ? -1 : 1))),
      ignoredColumns: this.#reader?.ignoredColumns ?? [],
      firstAt: records === 0 ? null : firstAt,
      lastAt: records === 0 ? null : lastAt,
      outOfOrder,
      ended: fault === null ? 'complete' : 'fault',
    };
    return { summary, rejected, samples: this.#rejects.samples, fault };
  }

  #makeReader(format: FormatId): FeedReader {
    const { statics, runs, feed, source } = this.#context;
    return makeReader(
      format,
      {
        records: runs.records,
        statics,
        reject: (code, line, raw, why) => {
          this.#rejects.add(code, line, raw, why);
        },
        count: (what) => {
          this.#counted.set(what, (this.#counted.get(what) ?? 0) + 1);
        },
      },
      {
        feed,
        startAt: source.startAt ?? null,
        latestAt: this.#context.latestAt,
        ...(source.columns === undefined ? {} : { columns: source.columns }),
      },
    );
  }

  async #step(step: (reader: FeedReader) => void): Promise<FileFault | null> {
    const reader = this.#reader;
    if (reader === null) return null;
    const { records } = this.#context.runs;
    const before = records.length;
    step(reader);
    countTimes(records, before, this.#times, this.#context.latenessMs);
    await this.#context.runs.settle();
    this.#context.onRead();
    const { fault } = reader;
    return fault === null ? null : { path: this.path, code: fault.code, message: fault.message };
  }
}

function formatOf(head: Head, content: Content, source: RecordingSource): FormatId | null {
  if (head.bytes.length === 0) return null;
  // Who maps columns says that it is a table.
  const mapped = source.columns === undefined ? null : 'csv';
  return source.format ?? detectFormat(head.bytes, content.name) ?? mapped;
}

function noFormat(head: Head, path: string): FileFault {
  if (head.bytes.length === 0) return { path, code: 'empty-file', message: 'the file is empty' };
  const message =
    'no known recording: neither AIS sentences (!AIVDM …) nor a CSV header with an MMSI, a time, a latitude and a ' +
    `longitude in the first ${head.bytes.length} bytes, which begin with ${preview(head.bytes)}. ` +
    'Name the format with --format, or the columns with --map';
  return { path, code: 'unknown-format', message };
}

/** The first bytes as people can read them. */
function preview(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes.subarray(0, 48)).toString('latin1'));
}
