import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  decodeCoast,
  decodeShoreRaster,
  makeShore,
  type Coast,
  type Shore,
  type ShoreRaster,
} from '../src/index.ts';

/** The bytes of a data file of the gazetteer, unpacked: the real coast is the best test of code made for it. */
export function theatreBytes(name: 'coast' | 'raster'): Uint8Array {
  return gunzipSync(readFileSync(new URL(`../../gazetteer/data/${name}.bin.gz`, import.meta.url)));
}

/** The coast, the raster and the shore of the theatre. */
export function theatre(): { coast: Coast; raster: ShoreRaster; shore: Shore } {
  const coast = decodeCoast(theatreBytes('coast'));
  const raster = decodeShoreRaster(theatreBytes('raster'));
  if (coast === null || raster === null) throw new Error('the coast of the theatre cannot be read');
  return { coast, raster, shore: makeShore(coast, raster) };
}
