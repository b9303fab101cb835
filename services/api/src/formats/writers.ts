import { csvWriter, type Column } from './csv.ts';
import { fgbWriter, streamBytes, writeBytes } from './fgb.ts';
import { geojsonWriter } from './geojson.ts';
import type { Listed, ListKind } from './kinds.ts';
import { kmlWriter } from './kml.ts';
import { PARQUET_TYPE, parquetBytes, streamParquet } from './parquet.ts';
import { termsText, type FeedTerms } from './terms.ts';
import {
  ndjsonWriter,
  writeAll,
  writeStream,
  type FileFormat,
  type TextFormat,
  type Writer,
} from './writer.ts';

/** Returns the writer of a kind in a text format; the terms of use go where the format has room for them. */
export function textWriter<Item extends Listed>(
  kind: ListKind<Item>,
  format: TextFormat,
  terms: readonly FeedTerms[] = [],
): Writer<Item> {
  switch (format) {
    case 'ndjson':
      return ndjsonWriter((item) => termsText(item, terms));
    case 'csv':
      return csvWriter(columnsWithTerms(kind, terms));
    case 'geojson':
      return geojsonWriter(kind.feature, terms);
    case 'kml':
      return kmlWriter(`Offing: ${kind.name}`, kind.placemark, terms);
  }
}

/** A file: its media type and its content. */
export type ListFile = { readonly mediaType: string; readonly content: string | Buffer };

/** Returns items as a file. */
export function listFile<Item extends Listed>(
  kind: ListKind<Item>,
  format: FileFormat,
  items: readonly Item[],
  terms: readonly FeedTerms[],
): ListFile {
  switch (format) {
    case 'fgb': {
      const writer = fgbWriter(kind.name, columnsWithTerms(kind, terms), terms);
      return { mediaType: writer.mediaType, content: writeBytes(writer, items) };
    }
    case 'parquet':
      return { mediaType: PARQUET_TYPE, content: parquetBytes(columnsWithTerms(kind, terms), items, terms) };
    default: {
      const writer = textWriter(kind, format, terms);
      return { mediaType: `${writer.mediaType}; charset=utf-8`, content: writeAll(writer, items) };
    }
  }
}

/** Yields a stream of items as a file, piece by piece. */
export function streamFile<Item extends Listed>(
  kind: ListKind<Item>,
  format: FileFormat,
  items: AsyncIterable<Item>,
  terms: readonly FeedTerms[],
): AsyncGenerator<string | Uint8Array, void, undefined> {
  switch (format) {
    case 'fgb':
      return streamBytes(fgbWriter(kind.name, columnsWithTerms(kind, terms), terms), items);
    case 'parquet':
      return streamParquet(columnsWithTerms(kind, terms), items, terms);
    default:
      return writeStream(textWriter(kind, format, terms), items);
  }
}

/** The columns of a kind and one more with the terms of use of the feeds that each item rests on. */
function columnsWithTerms<Item extends Listed>(
  kind: ListKind<Item>,
  terms: readonly FeedTerms[],
): readonly Column<Item>[] {
  return [...kind.columns, { name: 'terms', of: (item) => termsText(item, terms) }];
}
