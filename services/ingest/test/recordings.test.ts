import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectFormat, makeReader } from '@offing/feeds';
import type { ProgressState } from '@offing/kit';
import { makeColumns, makeStaticDictionary } from '@offing/track';
import { openRecordings } from '../src/index.ts';
import { buildZip } from './archives/build-zip.ts';
import { csvOf, csvRow, csvRows } from './csv-rows.ts';
import { LATEST_AT, read, rowsOf, type Row } from './reading.ts';
import { dataPath, sample, samplePath, workFolder, writeFiles } from './work-folder.ts';

const TIMED = [
  'aishub-2019-02-16-epoch-ns-prefix.nmea',
  'comment-blocks-mixed.txt',
  'gatehouse-pghp-2010-06-11.txt.gz',
  'global-tagblock-2022-11-10-part1.nmea.gz',
  'kystverket-2019-08-07.nm4',
];
const TABLES = [
  'dma-head-2023-02-15.csv',
  'gfw-points-10k-2012.csv.gz',
  'gfw-tracks-pearl-river-and-korea-japan-2018-01.csv.gz',
  'marinecadastre-legacy-2023-01-11.csv',
  'solent-2016-01-12.csv.gz',
];

/** The rows of bundled recordings as their readers give them, brought into order by a plain sort. */
function plainlyRead(names: readonly string[]): Row[] {
  const statics = makeStaticDictionary();
  const rows = names.flatMap((name) => {
    const records = makeColumns(1);
    const format = detectFormat(sample(name), name.replace('.gz', ''));
    const out = { records, statics, reject: () => undefined, count: () => undefined };
    const reader = makeReader(format ?? 'nmea', out, { feed: 0, startAt: null });
    reader.push(sample(name));
    reader.end();
    return rowsOf(records, statics);
  });
  // Columns by which rows are ordered: time, MMSI, longitude, latitude, then the rest.
  const order = [0, 2, 3, 4, 6, 7, 8, 10, 11, 12, 13, 14, 1, 5];
  const rank = (value: number | string): number | string => (Number.isNaN(value) ? -Infinity : value);
  return rows.sort((a, b) => {
    const at = order.find((column) => !Object.is(a[column], b[column]));
    if (at === undefined) return 0;
    return rank(a[at]) < rank(b[at]) ? -1 : 1;
  });
}

describe('openRecordings', () => {
  it('reads the bundled recordings into one event-time order, from memory and over the disk alike', async () => {
    const names = [...TIMED, ...TABLES];
    const paths = names.map(samplePath);
    const held = await read(paths);
    const spilled = await read([...paths].reverse(), { runRows: 200, batchRows: 77, chunkBytes: 5000 });
    expect(held.faults).toEqual([]);
    expect(held.files.every((file) => file.records > 0)).toBe(true);
    expect(held.rows).toBe(held.records.length);
    expect(held.records).toEqual(plainlyRead(names));
    expect(spilled.records).toEqual(held.records);
    expect(spilled.id).toBe(held.id);
    expect(spilled.batchSizes.slice(0, -1).every((size) => size === 77)).toBe(true);
  });

  it('gives the same rows however they are spread over files, in whatever order and pieces', async () => {
    const row = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.nat(3), fc.nat(30));
    const rows = fc.array(row, { minLength: 1, maxLength: 60 });
    const spread = fc.record({
      rows,
      files: fc.integer({ min: 1, max: 4 }),
      seed: fc.nat(),
      runRows: fc.constantFrom(1, 7, 1000),
      batchRows: fc.constantFrom(1, 10, 1000),
      chunkBytes: fc.constantFrom(50, 1000),
    });
    const property = fc.asyncProperty(spread, async ({ rows, files, seed, ...sizes }) => {
      const lines = rows.map(([ship, second, variant]) => csvRow(412_000_000 + ship, second, variant));
      const shuffled = lines
        .map((line, i) => ({ line, key: Math.imul(i + 1, seed | 1) }))
        .sort((a, b) => a.key - b.key);
      const folder = workFolder();
      const [whole] = writeFiles(folder, { 'whole.csv': csvOf(lines) });
      const parts = Array.from({ length: files }, (_, file) => {
        const own = shuffled.filter((_, i) => i % files === file).map(({ line }) => line);
        // Blank lines make files differ that hold the same rows: equal files would be read once.
        return [`part-${file}.csv`, csvOf(own) + '\n'.repeat(file)] as const;
      });
      const paths = writeFiles(folder, Object.fromEntries(parts)).reverse();
      const expected = await read([whole]);
      const got = await read(paths, sizes);
      expect(got.repeated).toEqual([]);
      expect(got.records).toEqual(expected.records);
      expect(got.records.length).toBe(lines.length);
    });
    await fc.assert(property, { numRuns: 40, seed: 6 });
  });

  it('merges recordings of different formats and packings into one order', async () => {
    const folder = workFolder();
    const rows = csvRows(90);
    const [packed] = writeFiles(folder, { 'b.csv.gz': gzipSync(csvOf(rows.filter((_, i) => i % 3 === 1))) });
    const [plain] = writeFiles(folder, { 'a.csv': csvOf(rows.filter((_, i) => i % 3 === 0)) });
    const [zipped] = writeFiles(folder, {
      'c.zip': buildZip([{ name: 'c.csv', content: csvOf(rows.filter((_, i) => i % 3 === 2)) }]),
    });
    const nmea = samplePath('kystverket-2019-08-07.nm4');
    const [whole] = writeFiles(folder, { 'whole.csv': csvOf(rows) });
    const got = await read([packed, nmea, zipped, plain]);
    const expected = await read([whole, nmea]);
    expect(got.records).toEqual(expected.records);
    expect(got.files.map(({ path, format }) => [path, format])).toEqual([
      [packed, 'csv'],
      [nmea, 'nmea'],
      [`${zipped}#c.csv`, 'csv'],
      [plain, 'csv'],
    ]);
  });

  it('tells packings by their bytes, not by their names', async () => {
    const content = sample('kystverket-2019-08-07.nm4');
    const paths = writeFiles(workFolder(), {
      'plain.gz': content,
      'gzip.nm4': gzipSync(content),
      'zip.zst': buildZip([{ name: 'x', content: gzipSync(content) }]),
    });
    const expected = await read([samplePath('kystverket-2019-08-07.nm4')]);
    for (const path of paths) {
      const { records, faults } = await read([path]);
      expect([faults, records]).toEqual([[], expected.records]);
    }
  });

  it('reads zstd and zip recordings that other programs packed', async () => {
    const lines = sample('kystverket-2019-08-07.nm4').toString('latin1').split('\n');
    const [plain] = writeFiles(workFolder(), { 'plain.nm4': `${lines.slice(0, 200).join('\n')}\n` });
    const expected = await read([plain]);
    expect(expected.records.length).toBeGreaterThan(150);
    const zstd = await read([dataPath('two-frames.nm4.zst')]);
    expect([zstd.faults, zstd.records]).toEqual([[], expected.records]);
    const zip = await read([dataPath('two-parts.zip')]);
    expect([zip.faults, zip.records.length]).toEqual([[], expected.records.length]);
    expect(zip.skipped).toEqual([
      { path: `${dataPath('two-parts.zip')}#README.md`, why: 'not a kind of recording by its name' },
    ]);
  });

  it('reads a file without a line break at its end to the end', async () => {
    const [path] = writeFiles(workFolder(), { 'a.csv': csvOf(csvRows(5)).trimEnd() });
    expect((await read([path])).records.length).toBe(5);
  });

  it('reports what a file held: lines, times, refusals, unused messages and columns', async () => {
    const rows = ['notanumber,2024-03-01T00:00:00Z,37,122,1,1,1,X', ...csvRows(3)];
    const text = csvOf(rows.map((row) => `${row},z`)).replace('heading,name', 'heading,name,zzz');
    const [path] = writeFiles(workFolder(), { 'a.csv': text });
    const { files, rejects } = await read([path]);
    expect(files).toEqual([
      {
        path,
        feed: 'test',
        format: 'csv',
        bytes: text.length,
        lines: 5,
        records: 3,
        rejected: { [rejects.counts[0].code]: 1 },
        counted: {},
        ignoredColumns: ['zzz'],
        firstAt: Date.UTC(2024, 2, 1),
        lastAt: Date.UTC(2024, 2, 1, 0, 0, 2),
        outOfOrder: 0,
        ended: 'complete',
      },
    ]);
    expect(rejects.counts).toEqual([{ file: path, code: rejects.counts[0].code, n: 1 }]);
    expect(rejects.samples).toHaveLength(1);
    expect(rejects.samples[0]).toMatchObject({ file: path, line: 2 });
    expect(Buffer.from(rejects.samples[0].raw).toString()).toBe(`${rows[0]},z`);
  });

  it('keeps the first twenty refusals of a code, cut at 1,024 bytes, and counts them all', async () => {
    const long = `!AIVDM,1,1,,A,${'w'.repeat(980)},0*00 ${'x'.repeat(300)}`;
    const [path] = writeFiles(workFolder(), {
      'a.nmea': `${'!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0*4B\n'.repeat(50)}${long}\n`,
    });
    const { rejects } = await read([path]);
    const n = Object.fromEntries(rejects.counts.map((count) => [count.code, count.n]));
    expect(Object.values(n).reduce((sum, count) => sum + count, 0)).toBe(51);
    for (const [code, count] of Object.entries(n)) {
      expect(rejects.samples.filter((kept) => kept.code === code)).toHaveLength(Math.min(20, count));
    }
    expect(Math.max(...rejects.samples.map((kept) => kept.raw.length))).toBe(1024);
  });

  it('sorts in what stands far behind in its file, and reports it', async () => {
    const rows = [
      csvRow(412_000_001, 5000),
      csvRow(412_000_002, 4401),
      csvRow(412_000_003, 4399),
      csvRow(412_000_004, 0),
    ];
    const [path] = writeFiles(workFolder(), { 'a.csv': csvOf(rows) });
    const { records, files } = await read([path], { latenessMs: 600_000 });
    expect(records.map((row) => row[2])).toEqual([412_000_004, 412_000_003, 412_000_002, 412_000_001]);
    expect(files[0].outOfOrder).toBe(2);
  });

  it('refuses records later than the latest instant, and only those', async () => {
    const [path] = writeFiles(workFolder(), { 'a.csv': csvOf(csvRows(10)) });
    const latestAt = Date.UTC(2024, 2, 1, 0, 0, 6);
    for (const chunkBytes of [40, 100_000]) {
      const { records, files, rejects } = await read([path], { latestAt, chunkBytes });
      expect(records.map((row) => row[0])).toEqual(csvRows(7).map((_, i) => Date.UTC(2024, 2, 1, 0, 0, i)));
      expect(files[0]).toMatchObject({ records: 7, lastAt: latestAt, rejected: { 'future-time': 3 } });
      expect(rejects.samples.map(({ code, why }) => [code, why])).toContainEqual([
        'future-time',
        'time is 2024-03-01T00:00:07Z, expected up to 2024-03-01T00:00:06Z',
      ]);
    }
  });

  it('writes the place of the source into the feed column and names the sources apart', async () => {
    const paths = writeFiles(workFolder(), { 'a.csv': csvOf(csvRows(2)), 'b.csv': csvOf(csvRows(2, 10)) });
    const { records } = await read([
      { paths: [paths[1]], feed: 'second', synthetic: false },
      { paths: [paths[0]], feed: 'first', synthetic: true },
    ]);
    expect(records.map((row) => row[9])).toEqual([1, 1, 0, 0]);
  });

  it('uses the format, the columns and the start time of its source', async () => {
    const [mapped, untimed] = writeFiles(workFolder(), {
      'a.txt': 'ship;when;y;x\n412000001;2024-03-01T00:00:00Z;37;122\n',
      'b.nmea': sample('greece-plain.nmea'),
    });
    const columns = { mmsi: 'ship', timestamp: 'when', lat: 'y', lon: 'x' };
    const startAt = Date.UTC(2020, 0, 1);
    const { records, files } = await read([
      { paths: [mapped], feed: 'a', synthetic: false, columns },
      { paths: [untimed], feed: 'b', synthetic: false, format: 'nmea', startAt },
    ]);
    expect(files.map(({ format, records }) => [format, records > 0])).toEqual([
      ['csv', true],
      ['nmea', true],
    ]);
    expect(records[0][0]).toBeGreaterThanOrEqual(startAt);
    expect(records.at(-1)?.[2]).toBe(412_000_001);
  });

  it('throws when the records cannot be kept, whatever was read', async () => {
    const [file] = writeFiles(workFolder(), { file: '' });
    const tempDir = join(file, 'tmp');
    const paths = [samplePath(TIMED[4])];
    await expect(read(paths, { runRows: 100, tempDir })).rejects.toMatchObject({ code: 'temp-folder' });
    // What fits needs no folder.
    expect((await read(paths, { tempDir })).records.length).toBeGreaterThan(800);
  });

  it('gives nothing for no sources', async () => {
    const { records, files, rows, batchSizes } = await read([]);
    expect([records, files, rows, batchSizes]).toEqual([[], [], 0, []]);
  });

  it('may be asked for its batches again', async () => {
    const recordings = await openRecordings({
      sources: [{ paths: [samplePath(TIMED[4])], feed: 'a', synthetic: false }],
      latenessMs: 0,
      latestAt: LATEST_AT,
      tempDir: workFolder(),
      runRows: 100,
    });
    const count = async (): Promise<number> => {
      let rows = 0;
      for await (const batch of recordings.batches(64)) rows += batch.length;
      return rows;
    };
    expect(await count()).toBe(recordings.rows);
    for await (const _ of recordings.batches(10)) break;
    expect(await count()).toBe(recordings.rows);
    await recordings.close();
  });
});

describe('the id of recordings', () => {
  const a = csvOf(csvRows(5));
  const b = csvOf(csvRows(5, 100));
  const idOf = async (
    files: Readonly<Record<string, string | Uint8Array>>,
    settings: object = {},
    reversed = false,
  ): Promise<string> => {
    const paths = writeFiles(workFolder(), files);
    if (reversed) paths.reverse();
    return (await read([{ paths, feed: 'f', synthetic: false, ...settings }])).id;
  };

  it('is that of the contents and settings, not of names, order, repeats and what is no recording', async () => {
    const id = await idOf({ 'a.csv': a, 'b.csv': b });
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(await idOf({ 'x/1.csv': b, 'y/2.csv': a }, {}, true)).toBe(id);
    expect(await idOf({ 'a.csv': a, 'b.csv': b, 'c.csv': a })).toBe(id);
    expect(await idOf({ 'a.csv': a, 'b.csv': b, 'empty.csv': '', 'c.bin': 'nothing' })).toBe(id);
    expect(await idOf({ 'a.csv': a, 'b.csv': b }, { terms: 'CC0', startAt: null })).toBe(id);
  });

  it('is another one for other contents and settings', async () => {
    const files = { 'a.csv': a, 'b.csv': b };
    const ids = [
      await idOf(files),
      await idOf({ 'a.csv': a }),
      await idOf({ 'a.csv': a, 'b.csv': `${b}\n` }),
      await idOf(files, { feed: 'g' }),
      await idOf(files, { synthetic: true }),
      await idOf(files, { format: 'csv' }),
      await idOf(files, { columns: { lat: 'lat' } }),
      await idOf(files, { startAt: 0 }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is the same in whatever order the sources are given', async () => {
    const paths = writeFiles(workFolder(), { 'a.csv': a, 'b.csv': b });
    const sources = paths.map((path, i) => ({ paths: [path], feed: `f${i}`, synthetic: false }));
    expect((await read(sources)).id).toBe((await read([...sources].reverse())).id);
  });
});

describe('repeated contents', () => {
  it('are read once within equal settings, and reported', async () => {
    const text = csvOf(csvRows(5));
    const paths = writeFiles(workFolder(), { 'a.csv': text, 'b.csv': text, 'c.csv': csvOf(csvRows(5, 7)) });
    const { records, repeated, files } = await read([...paths, paths[0]]);
    expect(records.length).toBe(10);
    expect(files.map((file) => file.path)).toEqual([paths[0], paths[2]]);
    expect(repeated).toEqual([
      { path: paths[1], sameAs: paths[0] },
      { path: paths[0], sameAs: paths[0] },
    ]);
  });

  it('are read for each feed that they are given for', async () => {
    const [path] = writeFiles(workFolder(), { 'a.csv': csvOf(csvRows(5)) });
    const sources = ['a', 'b', 'a'].map((feed) => ({ paths: [path], feed, synthetic: false }));
    const { records, repeated } = await read(sources);
    expect([records.length, repeated.length]).toEqual([10, 1]);
  });
});

describe('progress', () => {
  it('only grows, ends at its total, and counts the records', async () => {
    const states: ProgressState[] = [];
    const paths = TIMED.map(samplePath);
    const { rows } = await read([...paths, '/no/such/file'], {
      chunkBytes: 4096,
      batchRows: 500,
      onProgress: (state) => states.push(state),
    });
    const done = states.map((state) => state.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(new Set(states.map((state) => state.total)).size).toBe(1);
    expect(states.at(-1)).toEqual({
      done: states[0].total,
      total: states[0].total,
      rows,
      leftMs: expect.any(Number) as number,
    });
    const bytes = paths.reduce((sum, path) => sum + readFileSync(path).length, 0);
    expect(states[0].total).toBe(bytes * 7);
  });

  it('lets signals and sockets have their turns while it reads and merges', async () => {
    let turns = 0;
    let running = true;
    const tick = (): void => {
      turns++;
      if (running) setImmediate(tick);
    };
    setImmediate(tick);
    await read([samplePath(TIMED[2])], { batchRows: 100 });
    running = false;
    expect(turns).toBeGreaterThan(30);
  });
});
