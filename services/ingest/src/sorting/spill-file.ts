import { randomUUID } from 'node:crypto';
import { mkdir, open, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { OffingError } from '@offing/kit';

/**
 * A file of our own in the folder for temporary files. Its name is taken away as soon as it is open, where the system
 * allows that: then nothing is left behind even by a process that is killed.
 */
export class SpillFile {
  readonly #handle: FileHandle;
  readonly #folder: string;
  /** Where it still lies when the system keeps the names of open files. */
  readonly #path: string | null;

  private constructor(handle: FileHandle, folder: string, path: string | null) {
    this.#handle = handle;
    this.#folder = folder;
    this.#path = path;
  }

  /** Makes the folder if need be and a file in it; throws OffingError `temp-folder` or `disk-full`. */
  static async create(folder: string): Promise<SpillFile> {
    const path = join(folder, `sort-${randomUUID()}.run`);
    try {
      await mkdir(folder, { recursive: true });
      const handle = await open(path, 'wx+', 0o600);
      const removed = await unlink(path).then(
        () => true,
        () => false,
      );
      return new SpillFile(handle, folder, removed ? null : path);
    } catch (error) {
      throw spillError(error, folder);
    }
  }

  /** Writes all the bytes at a place; throws OffingError `disk-full` when there is no room. */
  async write(bytes: Uint8Array, position: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.length;) {
        const rest = bytes.length - done;
        const { bytesWritten } = await this.#handle.write(bytes, done, rest, position + done);
        done += bytesWritten;
      }
    } catch (error) {
      throw spillError(error, this.#folder);
    }
  }

  /** Fills the bytes from a place. */
  async read(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesRead } = await this.#handle.read(bytes, done, bytes.length - done, position + done);
      if (bytesRead === 0) {
        throw new OffingError('temp-folder', `a temporary file in ${this.#folder} lost its content`);
      }
      done += bytesRead;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
    if (this.#path !== null) await unlink(this.#path);
  }
}

function spillError(error: unknown, folder: string): OffingError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new OffingError(
      'disk-full',
      `no room left in ${folder} to sort the recordings: they need about 45 bytes a record there. ` +
        'Make room, or name a data folder on another disk with --data',
      { value: folder, cause: error },
    );
  }
  return new OffingError(
    'temp-folder',
    `cannot keep temporary files in ${folder}: ${message}. Name another data folder with --data`,
    { value: folder, cause: error },
  );
}
