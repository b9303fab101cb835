import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unzstd } from '../../src/archives/zstd.ts';
import { dataPath, sample } from '../work-folder.ts';
import { collect, inChunks } from './packed-bytes.ts';

const lines = sample('kystverket-2019-08-07.nm4').toString('latin1').split('\n');
const content = Buffer.from(`${lines.slice(0, 200).join('\n')}\n`, 'latin1');
const packed = readFileSync(dataPath('two-frames.nm4.zst'));

const BLOCK = 128 * 1024;
/** Frame header: no checksum, no content size, a window of 128 KB. */
const HEADER = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 7 << 3]);

/** A block of one repeated byte: four bytes for up to 2 MB. */
function repeated(byte: string, size: number, last = false): Buffer {
  const header = (size << 3) | 2 | Number(last);
  return Buffer.from([header & 255, (header >> 8) & 255, header >> 16, byte.charCodeAt(0)]);
}

function stored(text: string, last = false): Buffer {
  const header = (text.length << 3) | Number(last);
  return Buffer.concat([Buffer.from([header & 255, (header >> 8) & 255, header >> 16]), Buffer.from(text)]);
}

describe('unzstd', () => {
  it.each([1, 3, 1000, 262_144])(
    'unpacks two frames, with and without checksum, in chunks of %d bytes (packed by zstd 1.5.4)',
    async (size) => {
      const { bytes, code } = await collect(unzstd(inChunks(packed, size)));
      expect([code, bytes.equals(content)]).toEqual([null, true]);
    },
  );

  it('passes over skippable frames before, between and behind', async () => {
    const skippable = Buffer.concat([
      Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 200, 0, 0, 0]),
      Buffer.alloc(200, 1),
    ]);
    const frame = Buffer.concat([HEADER, stored('abc', true)]);
    const all = Buffer.concat([skippable, frame, skippable, frame, skippable]);
    for (const size of [1, 50, 5000]) {
      const { bytes, code } = await collect(unzstd(inChunks(all, size)));
      expect([code, bytes.toString()]).toEqual([null, 'abcabc']);
    }
  });

  it('unpacks a frame that holds nothing', async () => {
    const { bytes, code } = await collect(unzstd(inChunks(Buffer.concat([HEADER, stored('', true)]), 100)));
    expect([code, bytes.length]).toEqual([null, 0]);
  });

  it('gives all whole blocks before the end of a truncated stream, then says that it is truncated', async () => {
    const first = Buffer.concat([HEADER, stored('the first block\n'), stored('second\n', true)]);
    for (const cut of [1, 8, first.length - 20]) {
      const { bytes, code } = await collect(unzstd(inChunks(first.subarray(0, first.length - cut), 64)));
      expect(code).toBe('truncated-zstd');
      expect('the first block\n'.startsWith(bytes.toString())).toBe(true);
      if (cut < 10) expect(bytes.toString()).toBe('the first block\n');
    }
    const { bytes, code } = await collect(unzstd(inChunks(packed.subarray(0, -10), 64)));
    expect(code).toBe('truncated-zstd');
    expect(bytes.length).toBeGreaterThan(content.length / 3);
    expect(bytes.equals(content.subarray(0, bytes.length))).toBe(true);
  });

  it.each([
    ['rubbish behind a frame', Buffer.concat([HEADER, stored('abc', true), Buffer.alloc(40, 7)])],
    ['a reserved block type', Buffer.concat([HEADER, Buffer.from([7, 0, 0])])],
    ['a block over 128 KB', Buffer.concat([HEADER, repeated('A', BLOCK + 1, true)])],
    ['a dictionary', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, 0x38, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['a packed block of rubbish', Buffer.concat([HEADER, Buffer.from([0x85, 2, 0]), Buffer.alloc(80, 0xee)])],
  ])('refuses %s', async (_, bytes) => {
    expect((await collect(unzstd(inChunks(bytes, 64)))).code).toBe('damaged-zstd');
  });

  it.each([
    ['2 GB by its descriptor', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 4, 0xa8])],
    ['1 GB by its content size', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0x40])],
    [
      '2^60 bytes by its content size',
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0x10]),
    ],
  ])('refuses a window of %s without asking for the memory', async (_, header) => {
    const before = process.memoryUsage().arrayBuffers;
    const { code } = await collect(unzstd(inChunks(Buffer.concat([header, stored('abc', true)]), 64)));
    expect(code).toBe('damaged-zstd');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
  });

  it('unpacks a bomb a few blocks at a time', async () => {
    const blocks = Array.from({ length: 1000 }, (_, i) => repeated('A', BLOCK, i === 999));
    let total = 0;
    let largest = 0;
    for await (const chunk of unzstd(inChunks(Buffer.concat([HEADER, ...blocks]), 262_144))) {
      total += chunk.length;
      largest = Math.max(largest, chunk.length);
    }
    expect(total).toBe(1000 * BLOCK);
    // The decoder waits for 18 bytes before it begins: here three blocks.
    expect(largest).toBeLessThanOrEqual(3 * BLOCK);
  });
});
