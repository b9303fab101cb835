import { aisCatcherReader } from './ais-catcher.ts';
import { aishubReader } from './aishub.ts';
import { aisstreamReader } from './aisstream.ts';
import { barentswatchReader } from './barentswatch.ts';
import { csvReader } from './csv.ts';
import { digitrafficReader } from './digitraffic.ts';
import type { FeedOutput, FeedReader, FeedReaderOptions, FormatId } from './feed.ts';
import { gpsdReader } from './gpsd.ts';
import type { MessageReader } from './json-feed.ts';
import { jsonLinesReader } from './json-lines.ts';
import { nmeaReader } from './nmea.ts';
import { signalkReader } from './signalk.ts';

/** Makes the reader of one file or connection. */
export type MakeReader = (out: FeedOutput, options: FeedReaderOptions) => FeedReader;

/**
 * The reader of each format. To add one of rows and columns: add its id to FormatId, a table of its columns to
 * csv-layouts.ts and a line to detect.ts that knows its header. To add one of JSON objects: write a file beside
 * aisstream.ts that makes a JsonReport of each, and a line in json-shape.ts. To add any other: write a file that exports a MakeReader (bytes
 * in, records out, nothing thrown for what is in the bytes), and name it here. In both cases put a real file with its
 * source and licence into the test kit's data, and its expected records, read by other code, into a test.
 */
const READERS: Readonly<Record<FormatId, MakeReader>> = {
  nmea: nmeaReader,
  marinecadastre: (out, options) => csvReader('marinecadastre', out, options),
  dma: (out, options) => csvReader('dma', out, options),
  gfw: (out, options) => csvReader('gfw', out, options),
  csv: (out, options) => csvReader('csv', out, options),
  aisstream: aisstreamReader,
  digitraffic: digitrafficReader,
  barentswatch: barentswatchReader,
  aishub: aishubReader,
  gpsd: gpsdReader,
  'ais-catcher': aisCatcherReader,
  signalk: signalkReader,
  jsonl: jsonLinesReader,
};

const LINE_BREAK = new Uint8Array([10]);

/** The formats that can be read. */
export const FORMAT_IDS = Object.keys(READERS) as readonly FormatId[];

/** Returns a reader of one file or connection in the given format. */
export function makeReader(format: FormatId, out: FeedOutput, options: FeedReaderOptions): FeedReader {
  return READERS[format](out, options);
}

/** Returns a reader as makeReader does that also takes whole messages: of formats of lines, a message holds one or several. */
export function makeMessageReader(
  format: FormatId,
  out: FeedOutput,
  options: FeedReaderOptions,
): MessageReader {
  const reader = makeReader(format, out, options);
  if ('message' in reader) return reader as MessageReader;
  return {
    push: (chunk) => {
      reader.push(chunk);
    },
    message(bytes) {
      reader.push(bytes);
      // A sentence that a datagram cuts off must not swallow the next one.
      if (bytes.length > 0 && bytes[bytes.length - 1] !== LINE_BREAK[0]) reader.push(LINE_BREAK);
    },
    end: () => {
      reader.end();
    },
    get lines() {
      return reader.lines;
    },
    get fault() {
      return reader.fault;
    },
    get ignoredColumns() {
      return reader.ignoredColumns;
    },
  };
}
