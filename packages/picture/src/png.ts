import { crc32 } from 'node:zlib';
import { zlibSync } from 'fflate';
import type { Canvas } from './canvas.ts';

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
/** The row above is subtracted: rows of a map are much like the one above them. */
const UP = 2;

/**
 * Returns the canvas as PNG with named texts (Latin letters) in it. Equal pixels give equal bytes on every machine: it is
 * packed by a library of fixed version, not by that of the runtime.
 */
export function encodePng(canvas: Canvas, texts: Readonly<Record<string, string>> = {}): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, canvas.width);
  view.setUint32(4, canvas.height);
  header.set([8, 2, 0, 0, 0], 8);
  const chunks = [
    chunk('IHDR', header),
    ...Object.entries(texts).map(([name, text]) => chunk('tEXt', latin(`${name}\0${text}`))),
    chunk('IDAT', zlibSync(filtered(canvas), { level: 6 })),
    chunk('IEND', new Uint8Array()),
  ];
  return Uint8Array.from(Buffer.concat([Uint8Array.from(SIGNATURE), ...chunks]));
}

function filtered({ width, height, pixels }: Canvas): Uint8Array {
  const stride = 3 * width;
  const rows = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const to = y * (stride + 1);
    rows[to] = UP;
    for (let i = 0; i < stride; i++) {
      const at = y * stride + i;
      rows[to + 1 + i] = pixels[at] - (y === 0 ? 0 : pixels[at - stride]);
    }
  }
  return rows;
}

function latin(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(latin(name), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
