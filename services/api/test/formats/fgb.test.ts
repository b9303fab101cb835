import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import type { Column } from '../../src/formats/csv.ts';
import { fgbWriter, streamBytes, writeBytes } from '../../src/formats/fgb.ts';
import { hasGdal } from './gdal.ts';

type Item = {
  readonly lon: number | null;
  readonly lat: number | null;
  readonly name: string | null;
  readonly count: number | null;
  readonly share: number | null;
  readonly isMadeUp: boolean | null;
  readonly list: readonly number[];
};

const columns: readonly Column<Item>[] = [
  { name: 'name', of: (item) => item.name },
  { name: 'count', kind: 'integer', of: (item) => item.count },
  { name: 'share', kind: 'number', of: (item) => item.share },
  { name: 'isMadeUp', kind: 'boolean', of: (item) => item.isMadeUp },
  { name: '列表', of: (item) => item.list },
];

const none = { name: null, count: null, share: null, isMadeUp: null, list: [] };
const items: readonly Item[] = [
  { lon: 120.28, lat: 37.72, name: '龙口 "=1+1"\n', count: -3, share: 0.1, isMadeUp: true, list: [1, 2] },
  { lon: -179.5, lat: -90, ...none },
  { lon: 0, lat: 0, ...none, name: '', count: 2_147_483_647, share: 1e-300, isMadeUp: false },
];
const writer = fgbWriter('items', columns);

it('begins with the magic bytes of version 3, and pieces have their sizes before them', () => {
  const header = writer.begin();
  expect([...header.subarray(0, 7)]).toEqual([...Buffer.from('fgb\x03fgb')]);
  expect(Buffer.from(header).readUInt32LE(8)).toBe(header.length - 12);
  const feature = Buffer.from(writer.item(items[0]));
  expect(feature.readUInt32LE(0)).toBe(feature.length - 4);
});

it('writes a stream as it writes a list', async () => {
  const pieces: Uint8Array[] = [];
  async function* stream() {
    yield* items;
  }
  for await (const piece of streamBytes(writer, stream())) pieces.push(piece);
  expect(Buffer.concat(pieces).equals(writeBytes(writer, items))).toBe(true);
});

it('leaves out a whole number that its type cannot hold', () => {
  const [fits, tooLarge] = [2_147_483_647, 2_147_483_648].map((count) => writer.item({ ...items[1], count }));
  expect(fits.length - tooLarge.length).toBe(6);
});

describe.runIf(hasGdal)('GDAL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'offing-fgb-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const run = promisify(execFile);
  const read = async (name: string, written: readonly Item[]) => {
    const file = join(folder, `${name}.fgb`);
    writeFileSync(file, writeBytes(writer, written));
    const words = ['-f', 'GeoJSON', '-lco', 'COORDINATE_PRECISION=9', '/vsistdout/', file];
    const { stdout } = await run('ogr2ogr', words, { timeout: 50_000, maxBuffer: 1 << 26 });
    const collection = JSON.parse(stdout) as {
      features: { geometry: { coordinates: number[] } | null; properties: object }[];
    };
    return collection.features.map(({ geometry, properties }) => ({
      at: geometry?.coordinates,
      ...properties,
    }));
  };

  it('reads every place and every value, and nothing where there is none', async () => {
    expect(await read('items', items)).toEqual([
      { at: [120.28, 37.72], name: '龙口 "=1+1"\n', count: -3, share: 0.1, isMadeUp: true, 列表: '1;2' },
      { at: [-179.5, -90], 列表: '' },
      { at: [0, 0], name: '', count: 2_147_483_647, share: 1e-300, isMadeUp: false, 列表: '' },
    ]);
  });

  it('reads what has no place, with its values', async () => {
    const nowhere = { ...items[0], lon: null, lat: null, name: 'nowhere' };
    expect((await read('nowhere', [items[1], nowhere])).at(1)).toMatchObject({
      at: undefined,
      name: 'nowhere',
    });
  });

  it('reads a file without items', async () => {
    expect(await read('empty', [])).toEqual([]);
  });

  it('reads ten thousand features, and knows the typed columns and the CRS', async () => {
    const many = Array.from({ length: 10_000 }, (_, n) => ({ ...items[n % 3], name: 'x'.repeat(n % 17) }));
    expect((await read('many', many)).map((item) => (item as { name?: string }).name)).toEqual(
      many.map((item) => item.name),
    );
    const out = execFileSync('ogrinfo', ['-ro', '-so', '-al', join(folder, 'many.fgb')]).toString();
    for (const said of ['count: Integer', 'share: Real', 'isMadeUp: Integer(Boolean)', 'EPSG', '4326'])
      expect(out).toContain(said);
  });
});
