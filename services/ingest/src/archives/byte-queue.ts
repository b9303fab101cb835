/** Bytes that came in chunks and are taken out in pieces of known size. */
export class ByteQueue {
  #bytes: Uint8Array = new Uint8Array(65_536);
  #from = 0;
  #to = 0;

  /** Bytes waiting. */
  get length(): number {
    return this.#to - this.#from;
  }

  /** Appends a copy of a chunk. */
  push(chunk: Uint8Array): void {
    if (this.#to + chunk.length > this.#bytes.length) this.#makeRoom(chunk.length);
    this.#bytes.set(chunk, this.#to);
    this.#to += chunk.length;
  }

  /** Returns the next bytes without taking them, fewer when there are fewer; valid until the next push. */
  peek(count: number): Uint8Array {
    return this.#bytes.subarray(this.#from, Math.min(this.#to, this.#from + count));
  }

  /** Takes bytes out and returns a copy of them; they must be there. */
  take(count: number): Uint8Array {
    const piece = this.#bytes.slice(this.#from, this.#from + count);
    this.#from += count;
    return piece;
  }

  /** Drops up to `count` bytes and returns how many. */
  skip(count: number): number {
    const skipped = Math.min(count, this.length);
    this.#from += skipped;
    return skipped;
  }

  #makeRoom(more: number): void {
    const waiting = this.length;
    const size = Math.max(this.#bytes.length, 2 ** Math.ceil(Math.log2(waiting + more)));
    const bytes = size === this.#bytes.length ? this.#bytes : new Uint8Array(size);
    if (bytes === this.#bytes) bytes.copyWithin(0, this.#from, this.#to);
    else bytes.set(this.#bytes.subarray(this.#from, this.#to));
    this.#bytes = bytes;
    this.#from = 0;
    this.#to = waiting;
  }
}
