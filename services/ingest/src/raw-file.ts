import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { faultError } from './file-fault.ts';

/** An opened file, read as it lies on the disk. */
export class RawFile {
  readonly handle: FileHandle;
  /** Bytes when it was opened. */
  readonly size: number;
  #chunkBytes: number;
  #onBytes: (read: number) => void;
  #hash: Hash = createHash('sha256');
  #position = 0;
  #digest: string | null = null;

  private constructor(handle: FileHandle, size: number, chunkBytes: number, onBytes: (read: number) => void) {
    this.handle = handle;
    this.size = size;
    this.#chunkBytes = chunkBytes;
    this.#onBytes = onBytes;
  }

  /** Opens a file; `onBytes` is told how far it has been read. Throws what `faultOf` understands. */
  static async open(path: string, chunkBytes: number, onBytes: (read: number) => void): Promise<RawFile> {
    // Without O_NONBLOCK, opening a pipe would wait for somebody to write into it.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw faultError('not-a-file', 'not a regular file');
      return new RawFile(handle, stats.size, chunkBytes, onBytes);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Returns the first bytes, at most 16. */
  async head(): Promise<Uint8Array> {
    const { buffer, bytesRead } = await this.handle.read(new Uint8Array(16), 0, 16, 0);
    return buffer.subarray(0, bytesRead);
  }

  /**
   * Yields the file from its beginning and hashes it on the way. Two buffers take turns: a chunk is valid until the next
   * but one is asked for. Once only.
   */
  async *chunks(): AsyncGenerator<Uint8Array, void> {
    const buffers = [new Uint8Array(this.#chunkBytes), new Uint8Array(this.#chunkBytes)];
    for (let turn = 0; ; turn ^= 1) {
      const chunk = await this.#next(buffers[turn]);
      if (chunk.length === 0 && this.#position < this.size) {
        const read = `${this.#position} of ${this.size} bytes`;
        throw faultError('file-changed', `the file became shorter while it was read: ${read}`);
      }
      if (chunk.length === 0) return;
      this.#onBytes(this.#position);
      yield chunk;
    }
  }

  /** Yields `bytes` bytes from `from` on, without hashing; chunks are valid as long as those of `chunks`. */
  async *range(from: number, bytes: number): AsyncGenerator<Uint8Array, void> {
    const buffers = [new Uint8Array(this.#chunkBytes), new Uint8Array(this.#chunkBytes)];
    const to = from + bytes;
    for (let turn = 0, at = from; at < to; turn ^= 1) {
      const want = Math.min(this.#chunkBytes, to - at);
      const { bytesRead } = await this.handle.read(buffers[turn], 0, want, at);
      if (bytesRead === 0) throw faultError('file-changed', 'the file became shorter while it was read');
      at += bytesRead;
      this.#onBytes(at);
      yield buffers[turn].subarray(0, bytesRead);
    }
  }

  /**
   * Returns the SHA-256 of the file in hexadecimal digits, reading what is not read yet; of a file that cannot be read to
   * its end, that of what can be.
   */
  async digest(): Promise<string> {
    if (this.#digest !== null) return this.#digest;
    const buffer = new Uint8Array(this.#chunkBytes);
    // Whoever reads the content is told what is wrong with the file.
    while ((await this.#next(buffer).catch(() => buffer.subarray(0, 0))).length > 0);
    return (this.#digest = this.#hash.digest('hex'));
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  async #next(buffer: Uint8Array): Promise<Uint8Array> {
    const { bytesRead } = await this.handle.read(buffer, 0, buffer.length, this.#position);
    const chunk = buffer.subarray(0, bytesRead);
    this.#hash.update(chunk);
    this.#position += bytesRead;
    return chunk;
  }
}
