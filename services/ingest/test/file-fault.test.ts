import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FAULT_CODES } from '../src/index.ts';
import { buildZip } from './archives/build-zip.ts';
import { csvOf, csvRows } from './csv-rows.ts';
import { read } from './reading.ts';
import { dataPath, sample, samplePath, workFolder, writeFiles } from './work-folder.ts';

const GOOD = samplePath('kystverket-2019-08-07.nm4');

/** Reads a path beside a good recording, which must not suffer; returns the one fault. */
async function faultBesideGood(path: string): Promise<{ path: string; code: string; message: string }> {
  const { faults, told, records } = await read([path, GOOD]);
  expect(told).toEqual(faults);
  expect(faults).toHaveLength(1);
  expect(records).toEqual((await read([GOOD])).records);
  expect(Object.keys(FAULT_CODES)).toContain(faults[0].code);
  return faults[0];
}

describe('a file that cannot be read stops no other and says why', () => {
  it('when there is none', async () => {
    const path = join(workFolder(), 'none.nmea');
    expect(await faultBesideGood(path)).toEqual({ path, code: 'missing-file', message: 'no such file' });
  });

  it('when no file matches a pattern', async () => {
    const path = join(workFolder(), '*.nmea');
    expect(await faultBesideGood(path)).toMatchObject({ path, code: 'missing-file' });
  });

  it('when a folder holds nothing, or nothing that is a recording', async () => {
    const folder = workFolder();
    expect(await faultBesideGood(folder)).toMatchObject({ path: folder, code: 'no-recordings' });
    writeFiles(folder, {
      'README.md': '!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0*4A',
      'notes.txt': 'hello',
    });
    expect(await faultBesideGood(folder)).toMatchObject({ path: folder, code: 'no-recordings' });
  });

  it('when it is empty, packed or not', async () => {
    const paths = writeFiles(workFolder(), { 'a.csv': '', 'b.csv.gz': gzipSync('') });
    for (const path of paths) expect(await faultBesideGood(path)).toMatchObject({ path, code: 'empty-file' });
  });

  it('when the system does not let us', async () => {
    const folder = workFolder();
    const [path] = writeFiles(folder, { 'secret.nmea': sample('greece-plain.nmea') });
    chmodSync(path, 0);
    chmodSync(folder, 0o755);
    // Root may read everything: be somebody else for as long as it takes.
    if (process.geteuid?.() === 0) {
      process.seteuid?.(65_534);
      onTestFinished(() => {
        process.seteuid?.(0);
      });
    }
    const { faults } = await read([path], { tempDir: join(folder, 'tmp') });
    expect(faults).toEqual([{ path, code: 'not-readable', message: 'no permission to read it' }]);
  });

  it('when it is a pipe, a device or a folder of such, without waiting for them', async () => {
    const folder = workFolder();
    const pipe = join(folder, 'pipe.nmea');
    execFileSync('mkfifo', [pipe]);
    expect(await faultBesideGood(pipe)).toMatchObject({ path: pipe, code: 'not-a-file' });
    expect(await faultBesideGood('/dev/zero')).toMatchObject({ path: '/dev/zero', code: 'not-a-file' });
    expect(await faultBesideGood(folder)).toMatchObject({ path: folder, code: 'no-recordings' });
  });

  it.runIf(existsSync('/proc/self/mem'))('when the system gives an error for its bytes', async () => {
    const path = '/proc/self/mem';
    expect(await faultBesideGood(path)).toMatchObject({ path, code: 'read-failed' });
  });

  it('when it disappears before its turn', async () => {
    const [first, second] = writeFiles(workFolder(), {
      'a.csv': csvOf(csvRows(5)),
      'b.csv': csvOf(csvRows(9)),
    });
    const { faults, records } = await read([first, second], {
      onProgress: () => {
        rmSync(second, { force: true });
      },
    });
    expect(faults).toEqual([{ path: second, code: 'missing-file', message: 'no such file' }]);
    expect(records.length).toBe(5);
  });

  it('when it becomes shorter while it is read, keeping what was read before', async () => {
    const [path] = writeFiles(workFolder(), { 'a.csv': csvOf(csvRows(20_000)) });
    let cut = false;
    const { faults, records } = await read([path], {
      chunkBytes: 4096,
      onProgress: () => {
        if (!cut) truncateSync(path, 200_000);
        cut = true;
      },
    });
    expect(faults).toEqual([
      { path, code: 'file-changed', message: expect.stringMatching(/200000 of \d{7} bytes/) as string },
    ]);
    expect(records.length).toBeGreaterThan(2000);
    expect(records.length).toBeLessThan(5000);
  });

  it('when its content is no known recording, saying what was looked for and what is there', async () => {
    const [path] = writeFiles(workFolder(), { 'a.txt': 'hello world\n'.repeat(10_000) });
    const fault = await faultBesideGood(path);
    expect(fault).toMatchObject({ path, code: 'unknown-format' });
    expect(fault.message).toMatch(/AIVDM.*MMSI.*"hello world.*--format.*--map/);
  });

  it.each([
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4]],
    ['bzip2', [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26]],
    ['7-zip', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]],
  ])('when it is packed by %s, naming it', async (name, magic) => {
    const [path] = writeFiles(workFolder(), {
      'a.nmea': Buffer.concat([Buffer.from(magic), Buffer.alloc(100)]),
    });
    const fault = await faultBesideGood(path);
    expect(fault.code).toBe('unsupported-archive');
    expect(fault.message).toContain(name);
  });

  it('when the columns of a CSV are not enough, naming them', async () => {
    const [path] = writeFiles(workFolder(), {
      'a.csv': 'mmsi,timestamp,lat\n412000001,2024-03-01T00:00:00Z,37\n',
    });
    const fault = await faultBesideGood(path);
    expect(fault).toMatchObject({ path, code: 'missing-column' });
    expect(fault.message).toContain('lon');
  });
});

describe('a packed file that breaks off', () => {
  const text = csvOf(csvRows(30_000));
  const packed = gzipSync(text);

  it('gives what came before, but not the line it broke off in', async () => {
    const [path, broken] = writeFiles(workFolder(), {
      'a.csv': text,
      'b.csv.gz': packed.subarray(0, -packed.length / 2),
    });
    const all = (await read([path])).records;
    const { records, faults, files } = await read([broken]);
    expect(faults).toEqual([{ path: broken, code: 'truncated-gzip', message: expect.any(String) as string }]);
    expect(records.length).toBeGreaterThan(5000);
    expect(records).toEqual(all.slice(0, records.length));
    expect(files[0]).toMatchObject({ records: records.length, rejected: {}, ended: 'fault' });
  });

  it('gives what came before also when that is less than its format is told by', async () => {
    const small = gzipSync(csvOf(csvRows(100)), { level: 0 });
    const [path] = writeFiles(workFolder(), { 'a.csv.gz': small.subarray(0, 3000) });
    const { records, faults } = await read([path]);
    expect(faults[0].code).toBe('truncated-gzip');
    expect(records.length).toBeGreaterThan(30);
  });

  it('is damaged when its bytes are not those that were packed', async () => {
    const hurt = Buffer.from(packed);
    hurt.fill(0xff, 50_000, 50_050);
    const zstd = readFileSync(dataPath('two-frames.nm4.zst'));
    const [gzip, truncated] = writeFiles(workFolder(), { 'a.csv.gz': hurt, 'b.zst': zstd.subarray(0, -5) });
    const { faults, records } = await read([gzip, truncated]);
    expect(faults.map(({ code }) => code)).toEqual(['damaged-gzip', 'truncated-zstd']);
    expect(records.length).toBeGreaterThan(1000);
  });

  it('is known by what it holds: the same broken file is the same recording', async () => {
    const [a, b] = writeFiles(workFolder(), {
      'a.gz': packed.subarray(0, 50_000),
      'b.gz': packed.subarray(0, 50_000),
    });
    expect((await read([a])).id).toBe((await read([b])).id);
  });
});

describe('an archive', () => {
  it('gives its good entries beside those that need a password or are damaged, each with its own fault', async () => {
    const text = csvOf(csvRows(500));
    const [path] = writeFiles(workFolder(), {
      'a.zip': buildZip([
        { name: '../../evil.csv', content: csvOf(csvRows(10)) },
        { name: 'locked.csv', content: 'x', encrypted: true },
        { name: 'hurt.csv', content: text, crc: 1 },
        { name: '__MACOSX/._a.csv', content: 'x' },
        { name: 'notes.txt', content: 'hello' },
        { name: 'inner.zip', content: buildZip([{ name: 'a.csv', content: text }]) },
        { name: 'last.csv', content: csvOf(csvRows(10, 1000)) },
      ]),
    });
    const { faults, skipped, files, records } = await read([path]);
    expect(faults.map((fault) => [fault.path, fault.code])).toEqual([
      [`${path}#locked.csv`, 'encrypted-entry'],
      [`${path}#hurt.csv`, 'damaged-zip'],
      [`${path}#inner.zip`, 'unsupported-archive'],
    ]);
    expect(skipped.map((left) => left.path)).toEqual([`${path}#__MACOSX/._a.csv`, `${path}#notes.txt`]);
    expect(files.filter((file) => file.ended === 'complete').map((file) => file.records)).toEqual([10, 10]);
    expect(records.length).toBe(520);
  });

  it('without a recording says so', async () => {
    const paths = writeFiles(workFolder(), {
      'a.zip': buildZip([]),
      'b.zip': buildZip([{ name: 'notes.txt', content: 'hello' }]),
    });
    for (const path of paths)
      expect(await faultBesideGood(path)).toMatchObject({ path, code: 'no-recordings' });
  });
});

it('reads a bomb through in little memory', async () => {
  const member = gzipSync(Buffer.alloc(2 ** 20, '!'));
  const paths = writeFiles(workFolder(), {
    'a.gz': Buffer.concat(Array.from({ length: 400 }, () => member)),
  });
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const { records, rejects } = await read([{ paths, feed: 'a', synthetic: false, format: 'nmea' }], {
    onProgress: () => {
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    },
  });
  expect(records).toEqual([]);
  expect(rejects.counts).toMatchObject([{ code: 'oversized', n: 1 }]);
  expect(most - before).toBeLessThan(128 * 2 ** 20);
});

describe('a folder', () => {
  it('gives the recordings in it and below it and reports the rest, following no link to a folder', async () => {
    const folder = workFolder();
    writeFiles(folder, {
      'b/deep/2.csv': csvOf(csvRows(5, 50)),
      'a.csv': csvOf(csvRows(5)),
      'notes.txt': 'hello',
      '.hidden.csv': csvOf(csvRows(5, 90)),
      'empty.csv': '',
    });
    symlinkSync(folder, join(folder, 'b', 'loop'));
    symlinkSync(join(folder, 'none'), join(folder, 'b', 'dangling.csv'));
    mkdirSync(join(folder, 'c'));
    const { files, skipped, faults, records } = await read([folder]);
    expect(records.length).toBe(10);
    expect(files.filter((file) => file.format !== null).map((file) => file.path)).toEqual([
      join(folder, 'a.csv'),
      join(folder, 'b/deep/2.csv'),
    ]);
    expect(skipped.map((left) => left.path).sort()).toEqual(
      ['.hidden.csv', 'b/loop', 'notes.txt'].map((name) => join(folder, name)),
    );
    expect(faults.map((fault) => [fault.path, fault.code])).toEqual([
      [join(folder, 'b/dangling.csv'), 'missing-file'],
      [join(folder, 'empty.csv'), 'empty-file'],
    ]);
  });

  it('is found by a pattern as well, and a name with pattern signs is a name first', async () => {
    const folder = workFolder();
    writeFiles(folder, { 'x/1.csv': csvOf(csvRows(3)), 'x/[1].csv': csvOf(csvRows(4, 10)), 'y/2.log': 'no' });
    const byPattern = await read([join(folder, '**/*.csv')]);
    expect([byPattern.faults, byPattern.records.length]).toEqual([[], 7]);
    expect((await read([join(folder, 'x/[1].csv')])).records.length).toBe(4);
  });
});
