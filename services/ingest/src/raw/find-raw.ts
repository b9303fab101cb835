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
 * Reads a recording again and hands over the raw record of each wanted position in it. What cannot be read by now (gone,
 * changed, cut off) gives nothing; returns whether it could be read to its end.
 */
export async function findRaw<Fix extends WantedFix>(
  recording: RecordingToSearch,
  wanted: WantedIndex<Fix>,
  take: (found: FoundRaw<Fix>) => void,
): Promise<boolean> {
  try {
    for await (const content of contentsOf(recording.path)) {
      if (recording.entry === null || content.path === `${recording.path}#${recording.entry}`)
        await searchContent(content, recording.settings, wanted, take);
    }
    return true;
  } catch {
    return false;
  }
}

async function searchContent<Fix extends WantedFix>(
  content: OpenedContent,
  settings: ReadingSettings,
  wanted: WantedIndex<Fix>,
  take: (found: FoundRaw<Fix>) => void,
): Promise<void> {
  const mapped = settings.columns === undefined ? null : 'csv';
  const format = settings.format ?? detectFormat(content.head.bytes, content.name) ?? mapped;
  if (format === null) return;
  const table = isTable(format)
    ? { format, row: firstLine(content.head.bytes), columns: settings.columns ?? {} }
    : null;
  const search = new Search(format, settings, table, wanted, take);
  search.push(content.head.bytes);
  for await (const chunk of content.rest) {
    search.push(chunk);
    await nextTurn();
  }
  search.end();
}

/** Reads what passes the filter, and keeps what is wanted. */
class Search<Fix extends WantedFix> {
  readonly #records: RecordColumns = makeColumns(4096);
  readonly #filter: ReturnType<typeof lineFilter>;
  readonly #read: (bytes: Uint8Array) => void;
  readonly #endReading: () => void;

  constructor(
    format: FormatId,
    settings: ReadingSettings,
    table: TableHeader | null,
    wanted: WantedIndex<Fix>,
    take: (found: FoundRaw<Fix>) => void,
  ) {
    const startAt = settings.startAt ?? null;
    const columns = settings.columns === undefined ? {} : { columns: settings.columns };
    const records = this.#records;
    const took = (row: number, raw: Uint8Array): void => {
      for (const fix of wanted.of(records, row)) {
        const receivedAt = Number.isNaN(records.receivedAt[row]) ? null : records.receivedAt[row];
        const copy = new Uint8Array(raw);
        take({ fix, at: records.at[row], receivedAt, station: stationOf(copy, table), raw: copy });
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
