import { basename } from 'node:path';
import { packingOf } from './archives/magic.ts';
import { unpacked } from './archives/unpack.ts';
import { zipEntries } from './archives/zip.ts';
import { liesBeside } from './expand-paths.ts';
import type { RawFile } from './raw-file.ts';

/** What may be one recording: a file, or an entry of an archive. */
export type Content = {
  /** The path as people are shown it; an entry's stands behind a `#`. */
  readonly path: string;
  /** Name without folder and packing suffix, as a hint for the format. */
  readonly name: string;
  /** Bytes on the disk. */
  readonly bytes: number;
  /** True when it was found in an archive, where it may well be something else than a recording. */
  readonly isEntry: boolean;
  /** Why it is not looked into, or null. */
  readonly skip: string | null;
  /** Yields the unpacked content; a chunk is valid until the next is asked for. */
  chunks(): AsyncGenerator<Uint8Array, void>;
};

/** Yields what a file holds: its content unpacked, or each entry of a zip archive. */
export async function* openContents(file: RawFile, path: string): AsyncGenerator<Content, void> {
  if (packingOf(await file.head()) !== 'zip') {
    const name = nameOf(path);
    yield { path, name, bytes: file.size, isEntry: false, skip: null, chunks: () => unpacked(file.chunks()) };
    return;
  }
  for await (const entry of zipEntries(file)) {
    yield {
      path: `${path}#${entry.name}`,
      name: nameOf(entry.name),
      bytes: entry.packedBytes,
      isEntry: true,
      skip: skipReason(entry.name),
      chunks: () => unpacked(entry.content()),
    };
  }
}

function nameOf(path: string): string {
  return basename(path).replace(/\.(gz|zst|zip)$/i, '');
}

function skipReason(name: string): string | null {
  const parts = name.split('/');
  if (parts.includes('__MACOSX') || parts.at(-1)?.startsWith('.') === true) return 'hidden';
  return liesBeside(name) ? 'not a kind of recording by its name' : null;
}
