import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { makeColumns, makeStaticDictionary } from '@offing/track';
import { csvReader } from '../src/csv.ts';
import type { CsvFormatId } from '../src/csv-layouts.ts';
import type { FeedFault } from '../src/feed.ts';
import type { Reading, Refused } from './nmea-reading.ts';

export { row, rows } from './nmea-reading.ts';

/** All that a reader made of some rows. */
export type CsvReading = Reading & {
  readonly fault: FeedFault | null;
  readonly ignoredColumns: readonly string[];
};

/** How a file is read: its format, our fields to its columns, and the sizes of chunks, over and over; all at once without. */
export type CsvTrial = {
  readonly format?: CsvFormatId;
  readonly columns?: Readonly<Record<string, string>>;
  readonly chunks?: readonly number[];
};

/** Reads content with csvReader. Text is taken as UTF-8. */
export function readCsv(content: string | Uint8Array, trial: CsvTrial = {}): CsvReading {
  const refused: Refused[] = [];
  const counted: Record<string, number> = {};
  const records = makeColumns(1);
  const statics = makeStaticDictionary();
  const reader = csvReader(
    trial.format ?? 'csv',
    {
      records,
      statics,
      reject: (code, line, raw, why) =>
        refused.push({ code, line, raw: Buffer.from(raw).toString('latin1'), why }),
      count: (what) => {
        counted[what] = (counted[what] ?? 0) + 1;
      },
    },
    { feed: 7, startAt: null, ...(trial.columns && { columns: trial.columns }) },
  );
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const chunks = trial.chunks ?? [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = chunks.length === 0 ? bytes.length : Math.max(1, chunks[turn % chunks.length]);
    // A copy that is wiped after the call: readers must not hold on to a chunk.
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    reader.push(chunk);
    chunk.fill(0);
    at += size;
  }
  reader.end();
  const { lines, fault, ignoredColumns } = reader;
  return { records, statics, refused, counted, lines, fault, ignoredColumns };
}

/** What each refusal was for, with its line. */
export function codes(reading: CsvReading): string[] {
  return reading.refused.map(({ code, line }) => `${line} ${code}`);
}

/** The bundled recordings with their formats. */
export const SAMPLES = [
  ['marinecadastre-legacy-2023-01-11.csv', 'marinecadastre'],
  ['dma-head-2023-02-15.csv', 'dma'],
  ['gfw-tracks-pearl-river-and-korea-japan-2018-01.csv.gz', 'gfw'],
  ['gfw-points-10k-2012.csv.gz', 'csv'],
  ['solent-2016-01-12.csv.gz', 'csv'],
] as const satisfies readonly (readonly [string, CsvFormatId])[];

/** Returns the content of a bundled recording, unpacked. */
export function csvSample(name: string): Uint8Array {
  const bytes = readFileSync(new URL(`../../../recordings/csv/${name}`, import.meta.url));
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}
