import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzipped, inflatedRaw } from '../../src/archives/inflate.ts';
import { sample } from '../work-folder.ts';
import { collect, inChunks } from './packed-bytes.ts';

const content = sample('gatehouse-pghp-2010-06-11.txt.gz');
const packed = gzipSync(content);

describe('gunzipped', () => {
  it.each([1, 7, 4096, 262_144])('unpacks a stream that comes in chunks of %d bytes', async (size) => {
    const small = size < 10 ? content.subarray(0, 20_000) : content;
    const { bytes, code } = await collect(gunzipped(inChunks(gzipSync(small), size)));
    expect(code).toBeNull();
    expect(bytes.equals(small)).toBe(true);
  });

  it('unpacks all members of a file that gzip streams were appended to', async () => {
    const members = [content.subarray(0, 50_000), content.subarray(50_000, 50_001), content.subarray(50_001)];
    const all = Buffer.concat(members.map((member) => gzipSync(member)));
    for (const size of [100, 65_536]) {
      const { bytes, code } = await collect(gunzipped(inChunks(all, size)));
      expect(code).toBeNull();
      expect(bytes.equals(content)).toBe(true);
    }
  });

  it('passes over zeros behind the end, as tapes and some servers leave them', async () => {
    const padded = Buffer.concat([packed, Buffer.alloc(100_000)]);
    const { bytes, code } = await collect(gunzipped(inChunks(padded, 4096)));
    expect([code, bytes.equals(content)]).toEqual([null, true]);
  });

  it('gives all that came before the end of a truncated stream, then says that it is truncated', async () => {
    const cut = packed.subarray(0, Math.floor(packed.length / 2));
    const { bytes, code } = await collect(gunzipped(inChunks(cut, 4096)));
    expect(code).toBe('truncated-gzip');
    expect(bytes.length).toBeGreaterThan(content.length / 3);
    expect(bytes.equals(content.subarray(0, bytes.length))).toBe(true);
  });

  it('says that a stream is truncated when only its checksum is missing', async () => {
    const { bytes, code } = await collect(gunzipped(inChunks(packed.subarray(0, -8), 4096)));
    expect([code, bytes.equals(content)]).toEqual(['truncated-gzip', true]);
  });

  it('gives what came before a damaged place, then says that it is damaged', async () => {
    const hurt = Buffer.from(packed);
    hurt.fill(0xff, 80_000, 80_100);
    const { bytes, code } = await collect(gunzipped(inChunks(hurt, 4096)));
    expect(code).toBe('damaged-gzip');
    expect(bytes.length).toBeGreaterThan(100_000);
    expect(bytes.length).toBeLessThan(content.length);
  });

  it('says that a stream is damaged when the checksum does not fit', async () => {
    const hurt = Buffer.from(packed);
    hurt[hurt.length - 8] ^= 1;
    expect((await collect(gunzipped(inChunks(hurt, 4096)))).code).toBe('damaged-gzip');
  });

  it('unpacks a bomb a little at a time', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20), { level: 9 });
    let total = 0;
    let largest = 0;
    for await (const chunk of gunzipped(inChunks(bomb, 262_144))) {
      total += chunk.length;
      largest = Math.max(largest, chunk.length);
    }
    expect(total).toBe(64 * 2 ** 20);
    expect(largest).toBeLessThanOrEqual(65_536);
  });

  it('passes on what goes wrong with the file itself', async () => {
    async function* failing(): AsyncGenerator<Uint8Array, void> {
      yield packed.subarray(0, 20_000);
      await Promise.resolve();
      throw Object.assign(new Error('disk'), { code: 'EIO' });
    }
    const { bytes, code } = await collect(gunzipped(failing()));
    expect(code).toBe('EIO');
    expect(bytes.length).toBeGreaterThan(0);
  });
});

describe('inflatedRaw', () => {
  it('unpacks a bare deflate stream and refuses half of one', async () => {
    const bare = deflateRawSync(content);
    const whole = await collect(inflatedRaw(inChunks(bare, 5000)));
    expect([whole.code, whole.bytes.equals(content)]).toEqual([null, true]);
    expect((await collect(inflatedRaw(inChunks(bare.subarray(0, 5000), 5000)))).code).toBe('damaged-zip');
  });
});
