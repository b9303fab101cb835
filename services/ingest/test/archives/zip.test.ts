import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { zipEntries } from '../../src/archives/zip.ts';
import { RawFile } from '../../src/raw-file.ts';
import { dataPath, sample, workFolder, writeFiles } from '../work-folder.ts';
import { buildZip, type ZipPart } from './build-zip.ts';
import { collect, type Unpacked } from './packed-bytes.ts';

type Entries = { readonly [name: string]: Unpacked };

/** All entries of an archive; `error` holds the code that the archive itself ended with. */
async function entriesOf(path: string): Promise<{ entries: Entries; error: string | null }> {
  const file = await RawFile.open(path, 4096, () => undefined);
  const entries: Record<string, Unpacked> = {};
  try {
    for await (const entry of zipEntries(file)) entries[entry.name] = await collect(entry.content());
    return { entries, error: null };
  } catch (error) {
    return { entries, error: (error as { code: string }).code };
  } finally {
    await file.close();
  }
}

async function built(parts: readonly ZipPart[], change = (zip: Buffer) => zip) {
  const [path] = writeFiles(workFolder(), { 'a.zip': change(buildZip(parts)) });
  return entriesOf(path);
}

const text = sample('gatehouse-pghp-2010-06-11.txt.gz').toString('latin1');

describe('zipEntries', () => {
  it("gives each entry's content (archive made by Python's zipfile)", async () => {
    const { entries, error } = await entriesOf(dataPath('two-parts.zip'));
    expect(error).toBeNull();
    expect(Object.keys(entries)).toEqual(['part/first.nm4', 'part/second.nm4', 'README.md']);
    const lines = sample('kystverket-2019-08-07.nm4').toString('latin1').split('\n');
    expect(entries['part/second.nm4'].bytes.toString('latin1')).toBe(`${lines.slice(100, 200).join('\n')}\n`);
  });

  it('gives packed and stored entries and leaves folders out', async () => {
    const { entries } = await built([
      { name: 'folder/', content: '', stored: true },
      { name: 'folder/packed', content: text },
      { name: 'stored', content: text, stored: true },
    ]);
    expect(Object.keys(entries)).toEqual(['folder/packed', 'stored']);
    for (const entry of Object.values(entries)) {
      expect([entry.code, entry.bytes.toString('latin1') === text]).toEqual([null, true]);
    }
  });

  it('takes names for words only: those that point out of the archive are as good as any', async () => {
    const names = ['../../etc/passwd', '/etc/shadow', 'C:\\x.nmea', 'a\u0000\u001b[31m\u202eb'];
    const { entries, error } = await built(names.map((name) => ({ name, content: 'x' })));
    expect(error).toBeNull();
    expect(Object.keys(entries)).toEqual(['../../etc/passwd', '/etc/shadow', 'C:/x.nmea', 'a??[31m?b']);
    expect(Object.values(entries).map((entry) => entry.bytes.toString())).toEqual(['x', 'x', 'x', 'x']);
  });

  it.each<[string, Partial<ZipPart>, string]>([
    ['needs a password', { encrypted: true }, 'encrypted-entry'],
    ['is packed by an unknown method', { method: 93 }, 'unsupported-archive'],
    ['has another checksum', { crc: 1 }, 'damaged-zip'],
    ['is larger than it says', { size: 5 }, 'damaged-zip'],
    ['is smaller than it says', { size: 500_000_000 }, 'damaged-zip'],
    ['holds rubbish', { packed: randomBytes(500) }, 'damaged-zip'],
  ])('says that an entry %s, and gives the others', async (_, lie, code) => {
    const { entries, error } = await built([
      { name: 'before', content: 'good' },
      { name: 'bad', content: text, ...lie },
      { name: 'after', content: 'good' },
    ]);
    expect(error).toBeNull();
    expect(entries['bad'].code).toBe(code);
    for (const name of ['before', 'after']) expect(entries[name].bytes.toString()).toBe('good');
  });

  it('unpacks no more than an entry says it holds', async () => {
    const { entries } = await built([{ name: 'bomb', content: Buffer.alloc(2 ** 25), size: 1000 }]);
    expect(entries['bomb'].code).toBe('damaged-zip');
    expect(entries['bomb'].bytes.length).toBeLessThanOrEqual(1000);
  });

  it('refuses entries that share their bytes', async () => {
    const content = randomBytes(20_000);
    const shared = Array.from({ length: 50 }, (_, i) => ({ name: `e${i}`, content, sameBytes: i > 0 }));
    const { entries, error } = await built(shared);
    expect(error).toBe('damaged-zip');
    expect(Object.keys(entries).length).toBeLessThan(3);
  });

  it.each<[string, (zip: Buffer) => Buffer]>([
    ['without its end', (zip) => zip.subarray(0, -30)],
    ['with rubbish behind it', (zip) => Buffer.concat([zip, Buffer.from('more')])],
    ['of its first bytes only', (zip) => zip.subarray(0, 10)],
  ])('refuses an archive %s', async (_, change) => {
    expect((await built([{ name: 'a', content: text }], change)).error).toBe('damaged-zip');
  });

  it('says that an archive needs a password when even its directory cannot be gone through', async () => {
    const { error } = await built([{ name: 'a', content: text, encrypted: 'strongly' }]);
    expect(error).toBe('encrypted-entry');
  });

  it('refuses a directory of entries that are not there', async () => {
    const { error } = await built([{ name: 'a', content: 'x' }], (zip) => {
      zip.writeUInt16LE(60_000, zip.length - 22 + 10);
      return zip;
    });
    expect(error).toBe('damaged-zip');
  });
});
