import type { FoundFile } from './expand-paths.ts';
import { RawFile } from './raw-file.ts';

/** A file to read for one source. */
export type FileToRead = FoundFile & {
  /** The source's place among the sources. */
  readonly feed: number;
  /** Files under equal settings with equal content are the same recording. */
  readonly settings: string;
};

/** A file that was not read, because another with the same content was. */
export type Repeated = { readonly path: string; readonly sameAs: string };

/** Sorts out files that hold what another one holds; only files of one size are compared, by their hashes. */
export async function findRepeats(
  files: readonly FileToRead[],
  chunkBytes: number,
): Promise<{ readonly files: readonly FileToRead[]; readonly repeated: readonly Repeated[] }> {
  const sizes = new Map<string, number>();
  const sizeKey = (file: FileToRead): string => `${file.bytes} ${file.settings}`;
  for (const file of files) sizes.set(sizeKey(file), (sizes.get(sizeKey(file)) ?? 0) + 1);
  const firsts = new Map<string, string>();
  const kept: FileToRead[] = [];
  const repeated: Repeated[] = [];
  for (const file of files) {
    const alone = file.bytes === 0 || sizes.get(sizeKey(file)) === 1;
    const hash = alone ? null : await hashOf(file.path, chunkBytes);
    const key = `${hash ?? ''} ${file.settings}`;
    const sameAs = hash === null ? undefined : firsts.get(key);
    if (sameAs !== undefined) repeated.push({ path: file.path, sameAs });
    else kept.push(file);
    if (hash !== null && sameAs === undefined) firsts.set(key, file.path);
  }
  return { files: kept, repeated };
}

/** The hash of a file, or null when it cannot be read: reading it for its records will say why. */
async function hashOf(path: string, chunkBytes: number): Promise<string | null> {
  try {
    const file = await RawFile.open(path, chunkBytes, () => undefined);
    try {
      return await file.digest();
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
