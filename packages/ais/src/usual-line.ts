import { sixBitsOf } from './bits.ts';
import type { PayloadBits } from './bits.ts';
import { hexDigit } from './sentence.ts';
import type { SentenceView } from './sentence.ts';
import { clearTagBlock, readTagField } from './tag-block.ts';
import type { TagBlock } from './tag-block.ts';

const BANG = 33;
const STAR = 42;
const COMMA = 44;
const BACKSLASH = 92;
const DIGIT_1 = 49;
const LETTER_G = 103;
const LETTER_V = 86;
const LETTER_D = 68;
const LETTER_M = 77;
const LETTER_O = 79;

/** Bytes up to the sequence, and the fewest that come behind it. */
const HEAD = '!AIVDM,1,1,'.length;
const FEWEST_BEHIND = ',,,0*00'.length;
/** What `VD`, `,1,1,` come to in the checksum. */
const HEAD_SUM = LETTER_V ^ LETTER_D ^ COMMA;

/**
 * Reads the start of a line when it has the shape that nearly all have, in one pass over its bytes: a tag block with a right
 * checksum or none, and a single-part sentence with a right checksum, `\s:117,c:1668046497*0A\!AIVDM,1,1,,A,…,0*12`. Fills
 * `tag`, `bits`, and `view` as far as `end` and `ownShip`, and returns the first byte behind the sentence. For anything
 * else, a fault or a line that goes on behind `to` among it, returns -1 with all three undefined: it never refuses, and
 * `readTagBlock` and `readSentence` say what the line is.
 */
export function readUsualLine(
  bytes: Uint8Array,
  from: number,
  to: number,
  tag: TagBlock,
  view: SentenceView,
  bits: PayloadBits,
): number {
  if (from >= to) return -1;
  clearTagBlock(tag);
  const at = bytes[from] === BACKSLASH ? readUsualTagBlock(bytes, from, to, tag) : from;
  return at < 0 ? -1 : readUsualSentence(bytes, at, to, view, bits);
}

function readUsualTagBlock(bytes: Uint8Array, from: number, to: number, tag: TagBlock): number {
  // A group is mostly that of a message in parts.
  if (from + 2 > to || bytes[from + 1] === LETTER_G) return -1;
  let sum = 0;
  let at = from;
  do {
    const field = at + 1;
    if (at > from) sum ^= COMMA;
    // Above the comma is all that a field is made of but blanks and the like.
    for (at = field; at < to && bytes[at] > COMMA && bytes[at] !== BACKSLASH; at++) sum ^= bytes[at];
    readTagField(bytes, field, at, tag);
  } while (at < to && bytes[at] === COMMA);
  if (at + 4 > to || bytes[at] !== STAR || bytes[at + 3] !== BACKSLASH) return -1;
  return isSum(bytes, at + 1, sum) ? at + 4 : -1;
}

/** Returns whether the two hexadecimal digits at `at` are the sum. */
function isSum(bytes: Uint8Array, at: number, sum: number): boolean {
  return hexDigit(bytes[at]) === sum >> 4 && hexDigit(bytes[at + 1]) === (sum & 15);
}

function startsSinglePart(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === BANG &&
    isLetter(bytes[at + 1]) &&
    isLetter(bytes[at + 2]) &&
    bytes[at + 3] === LETTER_V &&
    bytes[at + 4] === LETTER_D &&
    (bytes[at + 5] === LETTER_M || bytes[at + 5] === LETTER_O) &&
    bytes[at + 6] === COMMA &&
    bytes[at + 7] === DIGIT_1 &&
    bytes[at + 8] === COMMA &&
    bytes[at + 9] === DIGIT_1 &&
    bytes[at + 10] === COMMA
  );
}

function isLetter(byte: number): boolean {
  return byte >= 65 && byte <= 90;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** Checks the sum and takes the payload's bits out at once. */
function readUsualSentence(
  bytes: Uint8Array,
  from: number,
  to: number,
  view: SentenceView,
  bits: PayloadBits,
): number {
  if (from + HEAD + FEWEST_BEHIND > to || !startsSinglePart(bytes, from)) return -1;
  let sum = HEAD_SUM ^ bytes[from + 1] ^ bytes[from + 2] ^ bytes[from + 5];
  let at = from + HEAD;
  if (isDigit(bytes[at])) sum ^= bytes[at++];
  if (bytes[at++] !== COMMA) return -1;
  if (isDigit(bytes[at]) || isLetter(bytes[at])) sum ^= bytes[at++];
  if (bytes[at++] !== COMMA) return -1;
  const { words } = bits;
  const payloadFrom = at;
  let word = 0;
  let have = 0;
  let pending = 0;
  for (; at < to; at++) {
    const byte = bytes[at];
    const value = sixBitsOf(byte);
    if (value > 63) break;
    sum ^= byte;
    have += 6;
    if (have < 32) pending = (pending << 6) | value;
    else {
      have -= 32;
      words[word++] = (pending << (6 - have)) | (value >>> have);
      pending = value & ((1 << have) - 1);
    }
  }
  // No byte behind the end is ever looked at: once met, it would make every later look slower.
  if (at + 5 > to || bytes[at] !== COMMA || bytes[at + 2] !== STAR) return -1;
  const fill = bytes[at + 1] - 48;
  if (fill < 0 || fill > 5) return -1;
  // The commas around sequence, channel and payload: three.
  if (!isSum(bytes, at + 3, sum ^ COMMA ^ bytes[at + 1])) return -1;
  words[word] = have === 0 ? 0 : pending << (32 - have);
  words[word + 1] = 0;
  bits.length = Math.max(0, (at - payloadFrom) * 6 - fill);
  view.ownShip = bytes[from + 5] === LETTER_O;
  view.end = at + 5;
  return at + 5;
}
