import { constants } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OffingError } from '@offing/kit';

/** Characters of a hash that name a folder: enough to tell any recordings apart. */
const HASH_CHARS = 32;

/** Returns the folder of a data folder in which copies of recordings are kept. */
export function copiesDirOf(dataDir: string): string {
  return join(dataDir, 'recordings');
}

/**
 * Keeps a copy of each file in a folder, by its content, and returns where, below the folder, by path. A position can be
 * named by an event years after its recording was read, and whoever read it may have deleted it by then. Where the file
 * system can share blocks a copy takes no room. Throws OffingError `recording-not-kept`.
 */
export async function keepRecordings(
  digests: ReadonlyMap<string, string>,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const kept = new Map<string, string>();
  for (const [path, sha256] of digests) {
    const place = join(sha256.slice(0, HASH_CHARS), basename(path));
    await keepOne(path, join(folder, place));
    kept.set(path, place);
  }
  return kept;
}

async function keepOne(path: string, to: string): Promise<void> {
  const part = `${to}.part`;
  try {
    const { size } = await stat(path);
    if ((await stat(to).catch(() => null))?.size === size) return;
    await mkdir(dirname(to), { recursive: true });
    await copyFile(path, part, constants.COPYFILE_FICLONE);
    await rename(part, to);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw new OffingError(
      'recording-not-kept',
      `${path} was read, but no copy of it could be kept at ${to} (${(error as Error).message}); make room or choose --no-keep, and run the same command again`,
      { value: path, cause: error },
    );
  }
}
