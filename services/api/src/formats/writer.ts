/** The formats that can be written. */
export type TextFormat = 'ndjson' | 'csv' | 'geojson' | 'kml';

/** The formats of files. */
export type FileFormat = TextFormat | 'fgb' | 'parquet';

/** The formats in which lists are answered. */
export type ListFormat = 'json' | FileFormat;

/** Turns items into text piece by piece: `begin`, then `item` for each with its index, then `end`. Pure; holds no state. */
export type Writer<Item> = {
  readonly mediaType: string;
  begin(): string;
  item(item: Item, index: number): string;
  end(): string;
};

/** Returns the text of all items. */
export function writeAll<Item>(writer: Writer<Item>, items: readonly Item[]): string {
  return writer.begin() + items.map((item, index) => writer.item(item, index)).join('') + writer.end();
}

/** Yields the text of a stream of items, a piece for each. */
export async function* writeStream<Item>(
  writer: Writer<Item>,
  items: AsyncIterable<Item>,
): AsyncGenerator<string, void, undefined> {
  yield writer.begin();
  let index = 0;
  for await (const item of items) yield writer.item(item, index++);
  yield writer.end();
}

/** Returns the writer of newline-delimited JSON: one object a line, with `terms` where `termsOf` has some. */
export function ndjsonWriter<Item extends object>(termsOf: (item: Item) => string | null): Writer<Item> {
  return {
    mediaType: 'application/x-ndjson',
    begin: () => '',
    item: (item) => {
      const terms = termsOf(item);
      return `${JSON.stringify(terms === null ? item : { ...item, terms })}\n`;
    },
    end: () => '',
  };
}
