/** Yields bytes in chunks of a size, each wiped when the next but one is asked for, as files give them. */
export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void> {
  const given: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += size) {
    given.at(-2)?.fill(0);
    const chunk = new Uint8Array(bytes.subarray(from, from + size));
    given.push(chunk);
    await Promise.resolve();
    yield chunk;
  }
}

/** What an unpacker gave before it ended or failed. */
export type Unpacked = {
  readonly bytes: Buffer;
  readonly largest: number;
  /** The code of the fault it ended with, or null. */
  readonly code: string | null;
};

/** Takes all chunks, copying them at once. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Unpacked> {
  const parts: Uint8Array[] = [];
  let largest = 0;
  let code: string | null = null;
  try {
    for await (const chunk of chunks) {
      parts.push(new Uint8Array(chunk));
      largest = Math.max(largest, chunk.length);
    }
  } catch (error) {
    ({ code } = error as { code: string });
  }
  return { bytes: Buffer.concat(parts), largest, code };
}
