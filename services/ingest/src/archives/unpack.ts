import { gunzipped } from './inflate.ts';
import { MAGIC_BYTES, packerOf, packingOf } from './magic.ts';
import { unzstd } from './zstd.ts';
import { faultError } from '../file-fault.ts';

/** Yields what bytes hold: unpacked when they are a gzip or zstd stream, else as they are. Chunks are valid until the next. */
export async function* unpacked(bytes: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
  const first = await firstChunk(bytes);
  const whole = withFirst(first, bytes);
  switch (packingOf(first)) {
    case 'gzip':
      return yield* gunzipped(whole);
    case 'zstd':
      return yield* unzstd(whole);
    case 'zip':
      throw faultError(
        'unsupported-archive',
        'an archive inside an archive is not unpacked; unpack it first',
      );
    case 'other':
      throw faultError(
        'unsupported-archive',
        `${packerOf(first) ?? ''} archives are not read; unpack it first`,
      );
    case 'plain':
      return yield* whole;
  }
}

/** Takes chunks until there are bytes enough to tell the packing by. */
async function firstChunk(bytes: AsyncGenerator<Uint8Array, void>): Promise<Uint8Array> {
  let first: Uint8Array = new Uint8Array(0);
  while (first.length < MAGIC_BYTES) {
    const { value, done } = await bytes.next();
    if (done === true) break;
    first = first.length === 0 ? value : Buffer.concat([first, value]);
  }
  return first;
}

async function* withFirst(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void>,
): AsyncGenerator<Uint8Array, void> {
  if (first.length > 0) yield first;
  yield* rest;
}
