import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { cellText, type Cell, type Column } from './csv.ts';
import { placeOf, type Placed } from './geojson.ts';
import type { FeedTerms } from './terms.ts';

/** Media type of Parquet, as registered with IANA. */
export const PARQUET_TYPE = 'application/vnd.apache.parquet';

/** Rows that are written together: what is held in memory at a time. */
const GROUP_ROWS = 5_000;
const GEOMETRY = 'geometry';
const MOST_INT = 2_147_483_647;
const WKB_POINT_BYTES = 21;

type Kind = NonNullable<Column<never>['kind']>;
type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

const TYPE = {
  boolean: { type: 'BOOLEAN' },
  integer: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  instant: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
} as const satisfies Record<Kind, Partial<SchemaElement>>;

/**
 * Yields a stream of items as GeoParquet 1.1: the columns of the CSV, typed, and the place of each as WKB in `geometry`, null where there is none. It is written in
 * groups of rows, so that a file of any length is never held in memory. The terms of use stand in the file's metadata.
 */
export async function* streamParquet<Item extends Placed>(
  columns: readonly Column<Item>[],
  items: AsyncIterable<Item>,
  terms: readonly FeedTerms[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const file = new GeoParquetFile(columns, terms);
  let group: Item[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < GROUP_ROWS) continue;
    yield file.group(group);
    group = [];
  }
  yield file.group(group);
  yield file.end();
}

/** Returns all items as GeoParquet. */
export function parquetBytes<Item extends Placed>(
  columns: readonly Column<Item>[],
  items: readonly Item[],
  terms: readonly FeedTerms[],
): Buffer {
  const file = new GeoParquetFile(columns, terms);
  return Buffer.concat([file.group(items), file.end()]);
}

/** A file that is written group by group; what was given back is forgotten. */
class GeoParquetFile<Item extends Placed> {
  private readonly bytes = new ByteWriter();
  private readonly metadata: { key: string; value: string }[] = [];
  private readonly writer: ParquetWriter;
  private readonly columns: readonly Column<Item>[];
  private readonly terms: readonly FeedTerms[];
  private readonly bounds = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };

  constructor(columns: readonly Column<Item>[], terms: readonly FeedTerms[]) {
    this.columns = columns;
    this.terms = terms;
    this.writer = new ParquetWriter({
      writer: this.bytes,
      schema: schemaOf(columns),
      createdBy: 'Offing',
      // Filled at the end, when the bounds are known.
      kvMetadata: this.metadata,
    });
  }

  group(items: readonly Item[]): Uint8Array {
    if (items.length === 0) return this.taken();
    for (const item of items) this.widen(item);
    const columnData = this.columns.map((column) => ({
      name: column.name,
      data: items.map((item) => valueOf(column.of(item), column.kind ?? 'text')),
    }));
    const geometry = { name: GEOMETRY, data: items.map(wkbPoint) };
    void this.writer.write({ columnData: [...columnData, geometry], rowGroupSize: GROUP_ROWS });
    return this.taken();
  }

  end(): Uint8Array {
    this.metadata.push({ key: 'geo', value: JSON.stringify(this.geo()) });
    if (this.terms.length > 0) this.metadata.push({ key: 'offing:terms', value: JSON.stringify(this.terms) });
    void this.writer.finish();
    return this.taken();
  }

  private widen(item: Placed): void {
    const place = placeOf(item);
    if (place === null) return;
    const { lon, lat } = place;
    const { west, south, east, north } = this.bounds;
    Object.assign(this.bounds, {
      west: Math.min(west, lon),
      south: Math.min(south, lat),
      east: Math.max(east, lon),
      north: Math.max(north, lat),
    });
  }

  private geo(): object {
    const { west, south, east, north } = this.bounds;
    const bbox = west <= east ? { bbox: [west, south, east, north] } : {};
    const column = { encoding: 'WKB', geometry_types: ['Point'], ...bbox };
    return { version: '1.1.0', primary_column: GEOMETRY, columns: { [GEOMETRY]: column } };
  }

  /** What was written since the last time; the writer goes on counting from the start of the file. */
  private taken(): Uint8Array {
    const bytes = this.bytes.getBytes().slice();
    this.bytes.index = 0;
    return bytes;
  }
}

function schemaOf<Item>(columns: readonly Column<Item>[]): SchemaElement[] {
  const fields = columns.map(({ name, kind = 'text' }): SchemaElement => ({
    name,
    repetition_type: 'OPTIONAL',
    ...TYPE[kind],
  }));
  const geometry: SchemaElement = { name: GEOMETRY, type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' };
  return [{ name: 'root', num_children: fields.length + 1 }, ...fields, geometry];
}

/** A value as its column's type holds it; one that it cannot hold is none. */
function valueOf(cell: Cell, kind: Kind): string | number | boolean | Date | null {
  if (cell === null) return null;
  switch (kind) {
    case 'boolean':
      return typeof cell === 'boolean' ? cell : null;
    case 'integer':
      return typeof cell === 'number' && Number.isInteger(cell) && Math.abs(cell) <= MOST_INT ? cell : null;
    case 'number':
      return typeof cell === 'number' ? cell : null;
    case 'instant': {
      const at = new Date(typeof cell === 'string' ? cell : Number.NaN);
      return Number.isNaN(at.getTime()) ? null : at;
    }
    case 'text':
      return cellText(cell);
  }
}

/** A point in well-known binary, little-endian. */
function wkbPoint(item: Placed): Uint8Array | null {
  const place = placeOf(item);
  if (place === null) return null;
  const bytes = Buffer.alloc(WKB_POINT_BYTES);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt32LE(1, 1);
  bytes.writeDoubleLE(place.lon, 5);
  bytes.writeDoubleLE(place.lat, 13);
  return bytes;
}
