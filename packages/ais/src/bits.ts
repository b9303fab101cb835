/**
 * The bits of one AIS message, packed most significant first into 32-bit words. One object is filled again and again:
 * the reader of a feed owns it, nobody else holds on to it.
 */
export type PayloadBits = {
  readonly words: Uint32Array;
  /** Bits in use; what lies behind them is not defined. */
  length: number;
};

/** Characters in the longest message a sentence reader can be given: nine parts of at most 1,024 bytes. */
const MOST_CHARACTERS = 9 * 1024;

/** Marks a byte that is not a payload character; the bit is outside the six that a value can have. */
const NOT_PAYLOAD = 0x80;

/** Value of each payload character: `0` to `W` are 0 to 39, `` ` `` to `w` are 40 to 63 (IEC 61162-1, six-bit binary field). */
const SIX_BITS = makeSixBits();

function makeSixBits(): Uint8Array {
  const table = new Uint8Array(256).fill(NOT_PAYLOAD);
  for (let byte = 48; byte <= 87; byte++) table[byte] = byte - 48;
  for (let byte = 96; byte <= 119; byte++) table[byte] = byte - 56;
  return table;
}

/** Returns the value of a payload character, 0 to 63, or more for a byte that is none. */
export function sixBitsOf(byte: number): number {
  return SIX_BITS[byte];
}

/** Returns room for the bits of the longest multi-part message, empty. */
export function makePayloadBits(): PayloadBits {
  return { words: new Uint32Array(Math.ceil((MOST_CHARACTERS * 6) / 32) + 2), length: 0 };
}

/**
 * Appends the payload characters `bytes[from, to)` less their last `fill` bits; returns false, leaving the bits unusable,
 * when a byte is not a payload character or there are too many of them.
 */
export function appendPayload(
  bits: PayloadBits,
  bytes: Uint8Array,
  from: number,
  to: number,
  fill: number,
): boolean {
  const words = bits.words;
  const start = bits.length;
  if (start + (to - from) * 6 > MOST_CHARACTERS * 6) return false;
  let word = start >>> 5;
  let have = start & 31;
  let pending = have === 0 ? 0 : words[word] >>> (32 - have);
  let seen = 0;
  for (let index = from; index < to; index++) {
    const value = SIX_BITS[bytes[index]];
    seen |= value;
    have += 6;
    if (have < 32) pending = (pending << 6) | value;
    else {
      have -= 32;
      words[word++] = (pending << (6 - have)) | (value >>> have);
      pending = value & ((1 << have) - 1);
    }
  }
  words[word] = have === 0 ? 0 : pending << (32 - have);
  words[word + 1] = 0;
  bits.length = Math.max(start, start + (to - from) * 6 - fill);
  return seen < NOT_PAYLOAD;
}

/** Returns `width` bits (1 to 32) from bit `at` as an unsigned number; the caller has checked that they exist. */
export function uintAt(words: Uint32Array, at: number, width: number): number {
  const word = at >>> 5;
  const shift = at & 31;
  const value = (words[word] << shift) >>> (32 - width);
  const missing = width + shift - 32;
  return missing > 0 ? (value | (words[word + 1] >>> (32 - missing))) >>> 0 : value;
}

/** Returns `width` bits (1 to 32) from bit `at` as a two's complement number; the caller has checked that they exist. */
export function intAt(words: Uint32Array, at: number, width: number): number {
  return (uintAt(words, at, width) << (32 - width)) >> (32 - width);
}

/**
 * Returns the six-bit text in `width` bits from bit `at`, cut at the first `@` and trimmed, or null when nothing is left
 * (ITU-R M.1371-5, annex 8, table 47: values 0 to 31 are `@` to `_`, 32 to 63 blank to `?`). A last character of fewer than six
 * bits is left out.
 */
export function textAt(words: Uint32Array, at: number, width: number): string | null {
  let text = '';
  for (let bit = at; bit + 6 <= at + width; bit += 6) {
    const value = uintAt(words, bit, 6);
    if (value === 0) break;
    text += String.fromCharCode(value < 32 ? value + 64 : value);
  }
  text = text.trim();
  return text === '' ? null : text;
}
