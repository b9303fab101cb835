import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  detectFormat,
  lineFilter,
  makeReader,
  stationOf,
  type FormatId,
  type TableHeader,
} from '@offing/feeds';
import { makeColumns, makeStaticDictionary, type RecordColumns } from '@offing/track';
import { contentsOf, type OpenedContent } from '../contents-of.ts';
import { type WantedIndex, type WantedFix } from './wanted-index.ts';

/** How a recording was read, so that it can be read again. */
export type ReadingSettings = {
  readonly format?: FormatId;
  readonly columns?: Readonly<Record<string, string>>;
  readonly startAt?: number | null;
};

/** A recording to look into. */
export type RecordingToSearch = {
  readonly path: string;
  /** Entry of the archive, or null for the file itself. */
  readonly entry: string | null;
  readonly settings: ReadingSettings;
};

/** A raw record that a wanted position came in; the bytes are a copy. */
export type FoundRaw<Fix extends WantedFix> = {
  readonly fix: Fix;
  readonly at: number;
  readonly receivedAt: number | null;
  readonly station: string | null;
  readonly raw: Uint8Array;
};

/**
 * Reads a recording again and yields the raw record of each wanted position in it, as many at a time as a piece of it holds.
 * What cannot be read by now (gone, changed, cut off) gives nothing.
 */
export async function* findRaw<Fix extends WantedFix>(
  recording: RecordingToSearch,
  wanted: WantedIndex<Fix>,
): AsyncGenerator<readonly FoundRaw<Fix>[], void> {
  try {
    for await (const content of contentsOf(recording.path)) {
      if (recording.entry === null || content.path === `${recording.path}#${recording.entry}`)
        yield* searchContent(content, recording.settings, wanted);
    }
  } catch {
    // Why it cannot be read is told when it is replayed; here it only means that nothing is found.
  }
}

async function* searchContent<Fix extends WantedFix>(
  content: OpenedContent,
  settings: ReadingSettings,
  wanted: WantedIndex<Fix>,
): AsyncGenerator<readonly FoundRaw<Fix>[], void> {
  const mapped = settings.columns === undefined ? null : 'csv';
  const format = settings.format ?? detectFormat(content.head.bytes, content.name) ?? mapped;
  if (format === null) return;
  const table = isTable(format)
    ? { format, row: firstLine(content.head.bytes), columns: settings.columns ?? {} }
    : null;
  const search = new Search(format, settings, table, wanted);
  search.push(content.head.bytes);
  for await (const chunk of content.rest) {
    search.push(chunk);
    yield search.take();
    await nextTurn();
  }
  search.end();
  yield search.take();
}

/** Reads what passes the filter, and keeps what is wanted. */
class Search<Fix extends WantedFix> {
  readonly #records: RecordColumns = makeColumns(4096);
  readonly #filter: ReturnType<typeof lineFilter>;
  readonly #read: (bytes: Uint8Array) => void;
  readonly #endReading: () => void;
  #found: FoundRaw<Fix>[] = [];

  constructor(
    format: FormatId,
    settings: ReadingSettings,
    table: TableHeader | null,
    wanted: WantedIndex<Fix>,
  ) {
    const startAt = settings.startAt ?? null;
    const columns = settings.columns === undefined ? {} : { columns: settings.columns };
    const records = this.#records;
    const took = (row: number, raw: Uint8Array): void => {
      for (const fix of wanted.of(records, row)) {
        const receivedAt = Number.isNaN(records.receivedAt[row]) ? null : records.receivedAt[row];
        const copy = new Uint8Array(raw);
        this.#found.push({
          fix,
          at: records.at[row],
          receivedAt,
          station: stationOf(copy, table),
          raw: copy,
        });
      }
    };
    const out = { records, statics: makeStaticDictionary(), reject: ignore, count: ignore, took };
    const reader = makeReader(format, out, { feed: 0, startAt, ...columns });
    this.#filter = lineFilter(format, { startAt, ...columns }, (mmsi) => wanted.has(mmsi));
    this.#read = (bytes) => {
      reader.push(bytes);
      records.length = 0;
    };
    this.#endReading = () => {
      reader.end();
    };
  }

  push(chunk: Uint8Array): void {
    // Plain bytes: code that meets one kind of array only is faster.
    this.#filter.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length), this.#read);
  }

  /** Returns what was found since the last time. */
  take(): readonly FoundRaw<Fix>[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  end(): void {
    this.#filter.end(this.#read);
    this.#endReading();
  }
}

function isTable(format: FormatId): format is TableHeader['format'] {
  return format === 'csv' || format === 'marinecadastre' || format === 'dma' || format === 'gfw';
}

function ignore(): void {
  // What is refused was told when the recording was read.
}

function firstLine(bytes: Uint8Array): Uint8Array {
  let from = 0;
  while (from < bytes.length && bytes[from] <= 32) from++;
  const end = bytes.indexOf(10, from);
  const to = end < 0 ? bytes.length : end;
  return bytes.slice(from, to > from && bytes[to - 1] === 13 ? to - 1 : to);
}
