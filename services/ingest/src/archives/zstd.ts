import { Decompress } from 'fzstd';
import { faultError } from '../file-fault.ts';
import { ByteQueue } from './byte-queue.ts';
import { blockOf, frameOf, ZSTD_HEADER_BYTES, type ZstdFrame } from './zstd-frames.ts';

/**
 * Yields the content of a zstd stream of one or more frames. The decoder gets one block at a time, so that no input makes
 * it hold more than a window (at most 128 MB) and a block (128 KB). Content checksums are not compared. Throws
 * `truncated-zstd` or `damaged-zstd` behind what could be read.
 */
export async function* unzstd(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const queue = new ByteQueue();
  const decoder = new FrameDecoder(queue);
  for await (const chunk of packed) {
    queue.push(chunk);
    for (let out = decoder.next(); out !== null; out = decoder.next()) if (out.length > 0) yield out;
  }
  for (let out = decoder.end(); out !== null; out = decoder.next()) if (out.length > 0) yield out;
  if (decoder.unfinished) {
    throw faultError('truncated-zstd', 'the packed data ends too early; what came before is used');
  }
}

/** Cuts a stream into frames and blocks and decodes them. */
class FrameDecoder {
  #queue: ByteQueue;
  #frame: ZstdFrame | null = null;
  #decompress = new Decompress();
  #header: Uint8Array = new Uint8Array(0);
  #outs: Uint8Array[] = [];
  #toSkip = 0;
  #ended = false;

  constructor(queue: ByteQueue) {
    this.#queue = queue;
  }

  /** True in the middle of a frame. */
  get unfinished(): boolean {
    return this.#frame !== null || this.#toSkip > 0 || this.#queue.length > 0;
  }

  /** Says that no more bytes come, and returns as `next`: a short last frame may be waiting for its header to fill up. */
  end(): Uint8Array | null {
    this.#ended = true;
    return this.next();
  }

  /** Returns what the next block holds, perhaps nothing, or null when more bytes are needed. */
  next(): Uint8Array | null {
    for (;;) {
      this.#toSkip -= this.#queue.skip(this.#toSkip);
      if (this.#toSkip > 0) return null;
      if (this.#frame !== null) return this.#block(this.#frame);
      const whole = this.#queue.length >= ZSTD_HEADER_BYTES || this.#ended;
      if (!whole || this.#queue.length === 0 || !this.#begin()) return null;
    }
  }

  /** Begins a frame; false when its header is not whole. */
  #begin(): boolean {
    const frame = frameOf(this.#queue.peek(ZSTD_HEADER_BYTES));
    if (frame === null) return false;
    if (frame.kind === 'skippable') {
      this.#queue.skip(frame.headerBytes);
      this.#toSkip = frame.bytes;
      return true;
    }
    this.#frame = frame;
    this.#header = this.#queue.take(frame.headerBytes);
    this.#decompress = new Decompress((out) => this.#outs.push(out));
    return true;
  }

  #block(frame: ZstdFrame): Uint8Array | null {
    const block = blockOf(this.#queue.peek(3));
    if (block === null) return null;
    const bytes = block.bytes + (block.last && frame.checksum ? 4 : 0);
    if (this.#queue.length < bytes) return null;
    const piece = joined(this.#header, this.#queue.take(bytes));
    this.#header = new Uint8Array(0);
    this.#outs.length = 0;
    this.#decode(piece, block.last);
    if (block.last) this.#frame = null;
    return this.#outs.reduce(joined, new Uint8Array(0));
  }

  #decode(piece: Uint8Array, last: boolean): void {
    try {
      this.#decompress.push(piece, last);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw faultError(
        'damaged-zstd',
        `the packed data is damaged (${why}); what came before is used`,
        error,
      );
    }
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
