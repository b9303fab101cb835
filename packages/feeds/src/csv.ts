import { makeCells, splitRow } from './csv-cells.ts';
import { readHeader } from './csv-header.ts';
import type { CsvHeader } from './csv-header.ts';
import type { CsvFormatId } from './csv-layouts.ts';
import { csvRowReader, isBlank, readLines, readRow } from './csv-row.ts';
import type { CsvRowReader } from './csv-row.ts';
import { csvRows } from './csv-rows.ts';
import type { FeedOutput, FeedReader, FeedReaderOptions } from './feed.ts';

/**
 * Returns a reader of rows and columns that appends each row's position and what it says of its ship to the output's
 * records; all else is counted or refused with a code. The first row that is not blank is the header. A row whose position
 * is not available is a static report when it says something of its ship.
 */
export function csvReader(format: CsvFormatId, out: FeedOutput, options: FeedReaderOptions): FeedReader {
  const cells = makeCells();
  let header: CsvHeader | null = null;
  let reader: CsvRowReader | null = null;

  const rows = csvRows({
    quick(bytes, place) {
      if (reader !== null) readLines(reader, bytes, place);
    },
    row(bytes, from, to, line, ended) {
      if (isBlank(bytes, from, to)) return;
      if (header === null) {
        startWith(bytes, from, to);
        return;
      }
      if (reader === null) return;
      splitRow(cells, bytes, from, to, header.delimiter);
      readRow(reader, line, ended);
    },
    fits(bytes, from, to) {
      if (header === null) return true;
      splitRow(cells, bytes, from, to, header.delimiter);
      return cells.count === header.count && !cells.stray;
    },
    reject(code, line, raw, why) {
      if (header === null) header = unreadable(why);
      else if (header.fault === null) out.reject(code, line, raw, why);
    },
  });

  function unreadable(why: string): CsvHeader {
    const none = readHeader(new Uint8Array(0), 0, 0, format, {});
    return { ...none, fault: { code: 'bad-header', message: `the header cannot be read: ${why}` } };
  }

  function startWith(bytes: Uint8Array, from: number, to: number): void {
    header = readHeader(bytes, from, to, format, options.columns ?? {});
    rows.setDelimiter(header.delimiter);
    if (header.fault === null) reader = csvRowReader(header, bytes.slice(from, to), cells, out, options);
  }

  return {
    push: (chunk) => {
      rows.push(chunk);
    },
    end() {
      rows.end();
    },
    get lines() {
      return rows.lines;
    },
    get fault() {
      return header?.fault ?? null;
    },
    get ignoredColumns() {
      return header?.ignoredColumns ?? [];
    },
  };
}
