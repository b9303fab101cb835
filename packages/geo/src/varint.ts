/** Appends a signed integer (below 2^31 in size) to bytes: zigzag, then seven bits a byte, low bits first. */
export function pushVarint(bytes: number[], value: number): void {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

/** A place in a row of bytes that `readVarint` moves on. */
export type VarintReader = { readonly bytes: Uint8Array; at: number };

/** Returns the next signed integer written by `pushVarint` and moves the reader behind it; NaN at the end of the bytes. */
export function readVarint(reader: VarintReader): number {
  const { bytes } = reader;
  let value = 0;
  let scale = 1;
  while (reader.at < bytes.length) {
    const byte = bytes[reader.at++];
    value += (byte & 127) * scale;
    if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    scale *= 128;
  }
  return NaN;
}
