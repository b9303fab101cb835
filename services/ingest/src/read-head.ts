import { faultOf, type FileFault } from './file-fault.ts';

/** The next bytes of a content; `chunk` is null at its end and when it broke off, which `fault` then says. */
export type NextChunk = { readonly chunk: Uint8Array | null; readonly fault: FileFault | null };

/** Returns the next bytes; what goes wrong with the file comes back as a fault. */
export async function nextChunk(chunks: AsyncGenerator<Uint8Array, void>, path: string): Promise<NextChunk> {
  try {
    const { value, done } = await chunks.next();
    return { chunk: done === true ? null : value, fault: null };
  } catch (error) {
    return { chunk: null, fault: faultOf(path, error) };
  }
}

/** The beginning of a content. */
export type Head = {
  readonly bytes: Uint8Array;
  /** True when nothing follows. */
  readonly ended: boolean;
  /** Why nothing follows, when that is not the end of the content. */
  readonly fault: FileFault | null;
};

/** Bytes by which a format is told. */
const HEAD_BYTES = 65_536;

/** Reads on until there is enough to tell the format by, or nothing follows. */
export async function readHead(chunks: AsyncGenerator<Uint8Array, void>, path: string): Promise<Head> {
  const parts: Uint8Array[] = [];
  for (let bytes = 0; bytes < HEAD_BYTES;) {
    const { chunk, fault } = await nextChunk(chunks, path);
    if (chunk === null) return { bytes: Buffer.concat(parts), ended: true, fault };
    // A copy: the chunk is only valid until the next.
    parts.push(new Uint8Array(chunk));
    bytes += chunk.length;
  }
  return { bytes: Buffer.concat(parts), ended: false, fault: null };
}
