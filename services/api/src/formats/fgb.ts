import { cellText, type Cell, type Column } from './csv.ts';
import { sizePrefixed, type FlatField } from './flatbuffer.ts';
import { placeOf, type Placed } from './geojson.ts';
import { termsLine, type FeedTerms } from './terms.ts';

/** Turns items into bytes piece by piece: `begin`, then `item` for each. */
export type BytesWriter<Item> = {
  readonly mediaType: string;
  begin(): Uint8Array;
  item(item: Item): Uint8Array;
};

const MAGIC = Uint8Array.from([0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62, 1]);
const POINT = 1;
const WGS84 = 4326;
/** Types of columns by FlatGeobuf's numbers (header.fbs, ColumnType). */
const TYPE = { boolean: 2, integer: 5, number: 10, instant: 11, text: 11 } as const;
const MOST_INT = 2_147_483_647;

/**
 * Returns the writer of FlatGeobuf 3 with points in WGS84: the columns are those of the CSV, typed. It has no index and does not say how
 * many features come, so that it can be written while they are read. Terms of use stand in its description.
 */
export function fgbWriter<Item extends Placed>(
  name: string,
  columns: readonly Column<Item>[],
  terms: readonly FeedTerms[] = [],
): BytesWriter<Item> {
  return {
    mediaType: 'application/flatgeobuf',
    begin: () => Buffer.concat([MAGIC, sizePrefixed(header(name, columns, terms))]),
    item: (item) => sizePrefixed(feature(item, columns)),
  };
}

/** Returns the bytes of all items. */
export function writeBytes<Item>(writer: BytesWriter<Item>, items: readonly Item[]): Buffer {
  return Buffer.concat([writer.begin(), ...items.map((item) => writer.item(item))]);
}

/** Yields the bytes of a stream of items, a piece for each. */
export async function* streamBytes<Item>(
  writer: BytesWriter<Item>,
  items: AsyncIterable<Item>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield writer.begin();
  for await (const item of items) yield writer.item(item);
}

/** Table Header of header.fbs: name, envelope, geometry type, four flags, columns, count, index node size, CRS, title, description. */
function header<Item>(
  name: string,
  columns: readonly Column<Item>[],
  terms: readonly FeedTerms[],
): readonly (FlatField | null)[] {
  const fields = columns.map(({ name: column, kind = 'text' }): readonly FlatField[] => [
    { text: column },
    { scalar: 'u8', value: TYPE[kind] },
  ]);
  const crs: readonly FlatField[] = [{ text: 'EPSG' }, { scalar: 'i32', value: WGS84 }];
  return [
    { text: name },
    null,
    { scalar: 'u8', value: POINT },
    ...[null, null, null, null],
    { tables: fields },
    { scalar: 'u64', value: 0 },
    { scalar: 'u16', value: 0 },
    { table: crs },
    { text: `Offing: ${name}` },
    terms.length === 0 ? null : { text: `Terms of use: ${terms.map(termsLine).join('; ')}` },
  ];
}

/** Table Feature of feature.fbs: geometry (ends, xy, z, m, t, tm, type), properties. */
function feature<Item extends Placed>(
  item: Item,
  columns: readonly Column<Item>[],
): readonly (FlatField | null)[] {
  const place = placeOf(item);
  const geometry: readonly (FlatField | null)[] = [
    null,
    place && { doubles: [place.lon, place.lat] },
    ...[null, null, null, null],
    { scalar: 'u8', value: POINT },
  ];
  const properties = columns.flatMap((column, index) => {
    const value = valueBytes(column.of(item), column.kind ?? 'text');
    return value === null ? [] : [u16(index), value];
  });
  return [place && { table: geometry }, { bytes: Buffer.concat(properties) }];
}

/** A value as it follows its column's number; null where there is none. A number that the type cannot hold is none. */
function valueBytes(cell: Cell, kind: keyof typeof TYPE): Buffer | null {
  if (cell === null) return null;
  switch (kind) {
    case 'boolean':
      return Buffer.from([cell === true ? 1 : 0]);
    case 'integer': {
      if (typeof cell !== 'number' || !Number.isInteger(cell) || Math.abs(cell) > MOST_INT) return null;
      const bytes = Buffer.alloc(4);
      bytes.writeInt32LE(cell);
      return bytes;
    }
    case 'number': {
      if (typeof cell !== 'number') return null;
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleLE(cell);
      return bytes;
    }
    case 'instant':
    case 'text': {
      const text = Buffer.from(cellText(cell));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(text.length);
      return Buffer.concat([length, text]);
    }
  }
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
