import { csvReader } from './csv.ts';
import type { FeedOutput, FeedReader, FeedReaderOptions, FormatId } from './feed.ts';
import { nmeaReader } from './nmea.ts';

/** Makes the reader of one file or connection. */
export type MakeReader = (out: FeedOutput, options: FeedReaderOptions) => FeedReader;

/**
 * The reader of each format. To add one of rows and columns: add its id to FormatId, a table of its columns to
 * csv-layouts.ts and a line to detect.ts that knows its header. To add any other: write a file that exports a MakeReader (bytes
 * in, records out, nothing thrown for what is in the bytes), and name it here. In both cases put a real file with its
 * source and licence into the test kit's data, and its expected records, read by other code, into a test.
 */
const READERS: Readonly<Record<FormatId, MakeReader>> = {
  nmea: nmeaReader,
  marinecadastre: (out, options) => csvReader('marinecadastre', out, options),
  dma: (out, options) => csvReader('dma', out, options),
  gfw: (out, options) => csvReader('gfw', out, options),
  csv: (out, options) => csvReader('csv', out, options),
};

/** The formats that can be read. */
export const FORMAT_IDS = Object.keys(READERS) as readonly FormatId[];

/** Returns a reader of one file or connection in the given format. */
export function makeReader(format: FormatId, out: FeedOutput, options: FeedReaderOptions): FeedReader {
  return READERS[format](out, options);
}
