import type { Readable } from 'node:stream';
import { unpacked } from './archives/unpack.ts';
import { openContents, type Content } from './open-contents.ts';
import { RawFile } from './raw-file.ts';
import { readHead, type Head } from './read-head.ts';

const CHUNK_BYTES = 65_536;

/** A content that is being read: its first bytes, and the rest as it comes. */
export type OpenedContent = {
  readonly path: string;
  readonly name: string;
  readonly head: Head;
  /** Yields what follows the head; a chunk is valid until the next is asked for. */
  readonly rest: AsyncGenerator<Uint8Array, void>;
};

/**
 * Yields what a file (or each entry of an archive) or a stream holds, unpacked, one after the other; each is to be read
 * before the next is asked for. Throws what `faultOf` understands.
 */
export async function* contentsOf(from: string | Readable): AsyncGenerator<OpenedContent> {
  if (typeof from !== 'string') {
    yield await opened('standard input', '', unpacked(bytesOf(from)));
    return;
  }
  const file = await RawFile.open(from, CHUNK_BYTES, () => undefined);
  try {
    for await (const content of openContents(file, from)) {
      if (content.skip === null) yield await opened(content.path, content.name, content.chunks());
    }
  } finally {
    await file.close();
  }
}

async function opened(
  path: Content['path'],
  name: string,
  chunks: AsyncGenerator<Uint8Array, void>,
): Promise<OpenedContent> {
  return { path, name, head: await readHead(chunks, path), rest: chunks };
}

async function* bytesOf(stream: Readable): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of stream as AsyncIterable<Uint8Array>) yield chunk;
}
