import type { Transform } from 'node:stream';
import { constants, createGunzip, createInflateRaw } from 'node:zlib';
import { faultError, type FaultCode } from '../file-fault.ts';

/** Compressed bytes unpacked in one go. Deflate packs at most 1:1032, so that a bomb never holds more than 17 MB. */
const PIECE_BYTES = 16_384;
const OUT_BYTES = 65_536;

/** Yields the content of a gzip stream of one or more members. Throws `truncated-gzip` or `damaged-gzip` behind what could be read. */
export function gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  return inflated(packed, createGunzip({ chunkSize: OUT_BYTES }), {
    truncated: 'truncated-gzip',
    damaged: 'damaged-gzip',
  });
}

/** Yields the content of a bare deflate stream, as zip archives hold it. Throws `damaged-zip` behind what could be read. */
export function inflatedRaw(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  return inflated(packed, createInflateRaw({ chunkSize: OUT_BYTES }), {
    truncated: 'damaged-zip',
    damaged: 'damaged-zip',
  });
}

type Codes = { readonly truncated: FaultCode; readonly damaged: FaultCode };

/** Unpacks piece by piece; while one piece is being read, the next is unpacked on another thread. */
async function* inflated(
  packed: AsyncIterable<Uint8Array>,
  inflater: Transform,
  codes: Codes,
): AsyncGenerator<Uint8Array, void> {
  const pump = new Pump(inflater);
  let before: Promise<Uint8Array[]> = Promise.resolve([]);
  try {
    for await (const piece of pieces(packed)) {
      const ready = await before;
      if (pump.failure !== null) break;
      before = pump.write(piece);
      yield* ready;
    }
    yield* await before;
    if (pump.failure === null) yield* await pump.end();
  } catch (error) {
    // The file failed, not what it holds: what is unpacked already is still good.
    yield* await before;
    throw error;
  } finally {
    inflater.destroy();
  }
  if (pump.failure !== null) throw faultFor(pump.failure, codes);
}

async function* pieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      yield chunk.subarray(from, from + PIECE_BYTES);
    }
  }
}

/** A zlib stream worked in step: what goes in is followed by what comes out of it, also when it ends in an error. */
class Pump {
  failure: NodeJS.ErrnoException | null = null;
  #inflater: Transform;
  #out: Uint8Array[] = [];
  #ended: Promise<void>;
  #written: () => void = () => undefined;

  constructor(inflater: Transform) {
    this.#inflater = inflater;
    this.#ended = new Promise((resolve) => {
      inflater.on('error', (error: Error) => {
        this.failure = error;
        // The callback of a write that failed never comes.
        this.#written();
        resolve();
      });
      inflater.once('end', resolve);
    });
    inflater.on('data', (chunk: Uint8Array) => this.#out.push(chunk));
  }

  /** Resolves, never rejects, with what came out so far. */
  async write(piece: Uint8Array): Promise<Uint8Array[]> {
    await new Promise<void>((resolve) => {
      this.#written = resolve;
      this.#inflater.write(piece, () => {
        resolve();
      });
    });
    return this.#take();
  }

  async end(): Promise<Uint8Array[]> {
    this.#inflater.end();
    await this.#ended;
    return this.#take();
  }

  #take(): Uint8Array[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }
}

function faultFor(error: NodeJS.ErrnoException, codes: Codes): Error {
  if (error.errno === constants.Z_BUF_ERROR) {
    return faultError(codes.truncated, 'the packed data ends too early; what came before is used', error);
  }
  return faultError(
    codes.damaged,
    `the packed data is damaged (${error.message}); what came before is used`,
    error,
  );
}
