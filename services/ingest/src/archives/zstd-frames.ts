import { faultError } from '../file-fault.ts';

/** Longest frame header with its magic number (RFC 8878, 3.1.1.1), bytes. */
export const ZSTD_HEADER_BYTES = 18;

/** Largest window that is unpacked: what the reference decoder takes unless it is told to take more. */
const LARGEST_WINDOW = 128 * 2 ** 20;
/** Largest block (RFC 8878, 3.1.1.2.4). */
const LARGEST_BLOCK = 128 * 2 ** 10;

/** What the header of a frame with content says. */
export type ZstdFrame = {
  readonly kind: 'content';
  readonly headerBytes: number;
  /** Four bytes follow the last block. */
  readonly checksum: boolean;
};

/** A frame that decoders pass over (RFC 8878, 3.1.2). */
export type ZstdSkippable = {
  readonly kind: 'skippable';
  readonly headerBytes: number;
  readonly bytes: number;
};

/**
 * Returns what a frame header says, or null when it is not whole. Throws `damaged-zstd` for what is no frame, needs a
 * dictionary, or asks for a window over 128 MB.
 *
 * | bytes | frame header (RFC 8878, 3.1.1.1)                                          |
 * |-------|---------------------------------------------------------------------------|
 * | 4     | magic number                                                              |
 * | 1     | content size flag 2, single segment 1, -, reserved 1, checksum 1, dictionary 2 bits |
 * | 0-1   | window descriptor: exponent 5, mantissa 3 bits                            |
 * | 0-4   | dictionary id                                                             |
 * | 0-8   | content size                                                              |
 */
export function frameOf(head: Uint8Array): ZstdFrame | ZstdSkippable | null {
  if (head.length < 5) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const magic = view.getUint32(0, true);
  if (magic >>> 4 === 0x0184d2a5) {
    if (head.length < 8) return null;
    return { kind: 'skippable', headerBytes: 8, bytes: view.getUint32(4, true) };
  }
  if (magic !== 0xfd2fb528) throw faultError('damaged-zstd', 'bytes that are no zstd frame follow');
  const descriptor = head[4];
  const single = (descriptor >> 5) & 1;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3];
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? single : 1 << sizeFlag;
  const headerBytes = 6 - single + dictionaryBytes + sizeBytes;
  if (head.length < headerBytes) return null;
  if (dictionaryBytes > 0) throw faultError('damaged-zstd', 'it was packed with a dictionary');
  const window = single === 1 ? sizeAt(view, headerBytes - sizeBytes, sizeBytes) : windowOf(head[5]);
  if (window > LARGEST_WINDOW) {
    throw faultError('damaged-zstd', `it asks for a window of ${window} bytes, at most ${LARGEST_WINDOW}`);
  }
  return { kind: 'content', headerBytes, checksum: (descriptor & 4) !== 0 };
}

/** Returns how many bytes a block takes with its header, and whether it is the frame's last; null when not whole. */
export function blockOf(head: Uint8Array): { readonly bytes: number; readonly last: boolean } | null {
  if (head.length < 3) return null;
  const header = head[0] | (head[1] << 8) | (head[2] << 16);
  const size = header >> 3;
  const type = (header >> 1) & 3;
  if (type === 3 || size > LARGEST_BLOCK) {
    throw faultError(
      'damaged-zstd',
      'the packed data is damaged (no block header); what came before is used',
    );
  }
  // A block of one repeated byte holds that byte once.
  return { bytes: 3 + (type === 1 ? 1 : size), last: (header & 1) === 1 };
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function sizeAt(view: DataView, at: number, bytes: number): number {
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true) + 256;
  if (bytes === 4) return view.getUint32(at, true);
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}
