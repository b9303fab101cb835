import { crc32, inflateSync } from 'node:zlib';

/** A picture as its pixels. */
export type ReadPng = {
  readonly width: number;
  readonly height: number;
  /** Returns red, green and blue of a pixel. */
  readonly at: (x: number, y: number) => readonly [number, number, number];
};

const SIGNATURE = '\x89PNG\r\n\x1a\n';

/** Returns the pixels of a PNG of ours (RGB, rows less those above them), by RFC 2083; throws where it is not one. */
export function readPng(png: Uint8Array): ReadPng {
  const file = Buffer.from(png);
  if (file.subarray(0, 8).toString('latin1') !== SIGNATURE) throw new Error('no PNG');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    if (file.readUInt32BE(at + 8 + length) !== crc32(body)) throw new Error(`a chunk at ${at} is damaged`);
    chunks.set(body.subarray(0, 4).toString('latin1'), body.subarray(4));
    at += 12 + length;
  }
  const header = chunks.get('IHDR') ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  const stride = 3 * width + 1;
  if (rows.length !== stride * height) throw new Error('too few or too many pixels');
  for (let i = stride; i < rows.length; i++) if (i % stride > 0) rows[i] = (rows[i] + rows[i - stride]) % 256;
  const at = (x: number, y: number) => {
    const start = y * stride + 1 + 3 * x;
    return [rows[start], rows[start + 1], rows[start + 2]] as const;
  };
  return { width, height, at };
}
