/** The formats that can be written. */
export type TextFormat = 'ndjson' | 'csv' | 'geojson' | 'kml';

/** The formats in which lists are answered. */
export type ListFormat = 'json' | TextFormat | 'fgb';

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

/** Returns the writer of newline-delimited JSON: one object a line. */
export function ndjsonWriter<Item>(): Writer<Item> {
  return {
    mediaType: 'application/x-ndjson',
    begin: () => '',
    item: (item) => `${JSON.stringify(item)}\n`,
    end: () => '',
  };
}
