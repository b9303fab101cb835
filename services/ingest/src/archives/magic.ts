/** How bytes are packed, told by how they begin. */
export type Packing = 'plain' | 'gzip' | 'zstd' | 'zip' | 'other';

/** First bytes of archives that are not unpacked here, with their names. */
const ARCHIVES: readonly (readonly [string, readonly number[]])[] = [
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ['7-zip', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['RAR', [0x52, 0x61, 0x72, 0x21, 0x1a, 7]],
  ['LZ4', [4, 0x22, 0x4d, 0x18]],
];

/** Bytes that `packingOf` looks at. */
export const MAGIC_BYTES = 8;

/** Returns how bytes are packed, by their beginning alone: names lie. */
export function packingOf(head: Uint8Array): Packing {
  if (startsWith(head, [0x1f, 0x8b])) return 'gzip';
  if (startsWith(head, [0x28, 0xb5, 0x2f, 0xfd])) return 'zstd';
  // A skippable frame may stand first (RFC 8878, 3.1.2).
  if (head[0] >> 4 === 5 && startsWith(head.subarray(1), [0x2a, 0x4d, 0x18])) return 'zstd';
  // The second is an archive without entries.
  if (startsWith(head, [0x50, 0x4b, 3, 4]) || startsWith(head, [0x50, 0x4b, 5, 6])) return 'zip';
  return packerOf(head) === null ? 'plain' : 'other';
}

/** Returns the name of a kind of archive that is known and not unpacked, or null. */
export function packerOf(head: Uint8Array): string | null {
  return ARCHIVES.find(([, magic]) => startsWith(head, magic))?.[0] ?? null;
}

function startsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return head.length >= magic.length && magic.every((byte, i) => head[i] === byte);
}
