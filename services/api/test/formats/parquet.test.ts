import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { alertKind, coverageKind, eventKind, positionKind, vesselKind } from '../../src/formats/kinds.ts';
import type { Column } from '../../src/formats/csv.ts';
import { parquetBytes, streamParquet } from '../../src/formats/parquet.ts';
import { listFile } from '../../src/formats/writers.ts';
import { coverageSchema } from '../../src/schemas/coverage.ts';
import { alertSchema, eventSchema } from '../../src/schemas/event.ts';
import { positionSchema, vesselSchema } from '../../src/schemas/vessel.ts';
import { makeAjv } from '../conformance.ts';
import { GEOPARQUET_METADATA } from './geoparquet-metadata.ts';

type Item = {
  readonly lon: number | null;
  readonly lat: number | null;
  readonly name: string | null;
  readonly count: number | null;
  readonly share: number | null;
  readonly isMadeUp: boolean | null;
  readonly at: string | null;
};

const columns: readonly Column<Item>[] = [
  { name: 'name', of: (item) => item.name },
  { name: 'count', kind: 'integer', of: (item) => item.count },
  { name: 'share', kind: 'number', of: (item) => item.share },
  { name: 'isMadeUp', kind: 'boolean', of: (item) => item.isMadeUp },
  { name: 'at', kind: 'instant', of: (item) => item.at },
];
const none = { name: null, count: null, share: null, isMadeUp: null, at: null };
const items: readonly Item[] = [
  {
    lon: 120.28,
    lat: 37.72,
    name: '龙口 =1+1\n',
    count: -3,
    share: 0.1,
    isMadeUp: true,
    at: '2016-11-05T15:40:00Z',
  },
  { lon: -179.5, lat: -90, ...none },
  { lon: 0, lat: 0, ...none, name: '', count: 2_147_483_647, share: 1e-300, isMadeUp: false },
];

/** An ArrayBuffer of its own: the reader counts from its start. */
function fileOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

/** Geometry as bytes: the reader would turn it into GeoJSON otherwise. */
const rowsOf = (bytes: Uint8Array) =>
  parquetReadObjects({ file: fileOf(bytes), geoparquet: false, utf8: false });

function metadataOf(bytes: Uint8Array): Record<string, string | undefined> {
  const { key_value_metadata: pairs = [] } = parquetMetadata(fileOf(bytes));
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}

function mustBeGeoParquet(bytes: Uint8Array): object {
  const geo = JSON.parse(metadataOf(bytes)['geo'] ?? 'null') as object;
  const validate = makeAjv().compile(GEOPARQUET_METADATA);
  expect([validate(geo), validate.errors]).toEqual([true, null]);
  return geo;
}

it('is read back by an independent reader: values, types, nulls and points', async () => {
  const rows = await rowsOf(parquetBytes(columns, items, []));
  expect(rows.map(({ geometry: _, ...rest }) => rest)).toEqual([
    { name: '龙口 =1+1\n', count: -3, share: 0.1, isMadeUp: true, at: new Date('2016-11-05T15:40:00Z') },
    none,
    { ...none, name: '', count: 2_147_483_647, share: 1e-300, isMadeUp: false },
  ]);
  const points = rows.map((row) => {
    const wkb = Buffer.from(row['geometry'] as Uint8Array);
    return [wkb.length, wkb.readUInt8(0), wkb.readUInt32LE(1), wkb.readDoubleLE(5), wkb.readDoubleLE(13)];
  });
  expect(points).toEqual(items.map(({ lon, lat }) => [21, 1, 1, lon, lat]));
});

it('has what has no place, without a geometry and outside the bounds', async () => {
  const bytes = parquetBytes(columns, [{ ...items[0], lon: null, lat: null }, items[0]], []);
  expect((await rowsOf(bytes)).map((row) => row['geometry'] as Uint8Array | null)).toEqual([
    null,
    expect.any(Uint8Array),
  ]);
  expect(mustBeGeoParquet(bytes)).toMatchObject({
    columns: { geometry: { bbox: [120.28, 37.72, 120.28, 37.72] } },
  });
});

it('is taken for GeoParquet: a reader makes GeoJSON of the points', async () => {
  const rows = await parquetReadObjects({ file: fileOf(parquetBytes(columns, items, [])) });
  expect(rows[0]['geometry']).toEqual({ type: 'Point', coordinates: [120.28, 37.72] });
});

it('has the metadata of GeoParquet 1.1 with the bounds, and none where there is nothing', () => {
  expect(mustBeGeoParquet(parquetBytes(columns, items, []))).toMatchObject({
    version: '1.1.0',
    columns: { geometry: { encoding: 'WKB', geometry_types: ['Point'], bbox: [-179.5, -90, 120.28, 37.72] } },
  });
  expect(mustBeGeoParquet(parquetBytes(columns, [], []))).toMatchObject({
    columns: { geometry: { encoding: 'WKB' } },
  });
});

describe('the check of the metadata', () => {
  it.each([
    [{}],
    [{ version: '1.1.0', primary_column: 'geometry', columns: {} }],
    [{ version: '1.1.0', primary_column: '', columns: { g: { encoding: 'WKB', geometry_types: [] } } }],
    [{ version: '1.1.0', primary_column: 'g', columns: { g: { encoding: 'WKT', geometry_types: [] } } }],
    [{ version: '1.1.0', primary_column: 'g', columns: { g: { encoding: 'WKB', geometry_types: ['Dot'] } } }],
    [
      {
        version: '1.1.0',
        primary_column: 'g',
        columns: { g: { encoding: 'WKB', geometry_types: [], bbox: [1] } },
      },
    ],
    [{ version: '0.4.0', primary_column: 'g', columns: { g: { encoding: 'WKB', geometry_types: [] } } }],
  ])('refuses %j', (geo) => {
    expect(makeAjv().compile(GEOPARQUET_METADATA)(geo)).toBe(false);
  });
});

it('leaves out a number that its type cannot hold', async () => {
  const wrong = [
    { ...items[1], count: 2_147_483_648 },
    { ...items[1], count: 1.5 },
    { ...items[1], at: 'yesterday' },
  ];
  const rows = await rowsOf(parquetBytes(columns, wrong, []));
  expect(rows.map((row): unknown[] => [row['count'], row['at']])).toEqual(wrong.map(() => [null, null]));
});

it('writes a stream group by group, each before the next is read', async () => {
  let read = 0;
  async function* many() {
    for (; read < 12_000; read++) yield { ...items[0], count: read };
  }
  const pieces: { readonly bytes: Uint8Array; readonly read: number }[] = [];
  for await (const bytes of streamParquet(columns, many(), [])) pieces.push({ bytes, read });
  expect(pieces.map((piece) => piece.read)).toEqual([4_999, 9_999, 12_000, 12_000]);
  const whole = Buffer.concat(pieces.map(({ bytes }) => bytes));
  expect(parquetMetadata(fileOf(whole)).row_groups.map((group) => Number(group.num_rows))).toEqual([
    5_000, 5_000, 2_000,
  ]);
  const rows = await rowsOf(whole);
  expect(rows.map(({ count }) => count as number)).toEqual(Array.from({ length: 12_000 }, (_, n) => n));
  mustBeGeoParquet(whole);
});

it('writes every kind of list, with the terms of its feeds', async () => {
  const terms = [{ feed: 'demo', terms: 'NLOD 2.0' }];
  const exampleOf = (schema: object) => (schema as { examples: unknown[] }).examples[0] as never;
  for (const [kind, schema] of [
    [alertKind, alertSchema],
    [eventKind, eventSchema],
    [positionKind, positionSchema],
    [vesselKind, vesselSchema],
    [coverageKind, coverageSchema],
  ] as const) {
    const { content, mediaType } = listFile(kind as typeof eventKind, 'parquet', [exampleOf(schema)], terms);
    expect(mediaType).toBe('application/vnd.apache.parquet');
    const bytes = content as Buffer;
    mustBeGeoParquet(bytes);
    const [row] = await rowsOf(bytes);
    expect(Object.keys(row)).toEqual([...kind.columns.map(({ name }) => name), 'terms', 'geometry']);
    expect(JSON.parse(metadataOf(bytes)['offing:terms'] ?? 'null')).toEqual(terms);
  }
});
