import { epochAt } from './epoch.ts';
import { hexDigit, hex } from './sentence.ts';

/** What a tag block in front of a sentence says, read into the same object again and again (NMEA 0183 4.10, section 7). */
export type TagBlock = {
  /** Time of `c:`, ms since 1970; NaN when there is none or it is not usable. */
  at: number;
  /** What is wrong with the time, or with the block as a whole; empty when nothing is. */
  why: string;
  /** Hash of the source in `s:`; 0 when there is none. */
  source: number;
  sourceFrom: number;
  sourceTo: number;
  /** Group id of `g:n-total-id`; -1 when there is none or it is negative. */
  group: number;
  /** Whether a group was given at all. */
  grouped: boolean;
};

const BACKSLASH = 92;
const STAR = 42;
const COMMA = 44;
const COLON = 58;

/** Returns a tag block that says nothing. */
export function makeTagBlock(): TagBlock {
  return { at: NaN, why: '', source: 0, sourceFrom: 0, sourceTo: 0, group: -1, grouped: false };
}

/** Makes a tag block say nothing again. */
export function clearTagBlock(tag: TagBlock): void {
  tag.at = NaN;
  tag.why = '';
  tag.source = 0;
  tag.sourceFrom = 0;
  tag.sourceTo = 0;
  tag.group = -1;
  tag.grouped = false;
}

/**
 * Reads the tag block that starts with the backslash at `from`, adding to what `tag` already says; returns the first byte
 * behind it, or -1 when it is not closed before `to`. A block whose checksum is wrong says nothing but why.
 *
 * Tolerated, as seen in recordings: no checksum, `*00`, the placeholder `*hh`, and the checksum of the block as it was
 * before somebody put `g:…,` in front of it (the Norwegian coastal stream).
 */
export function readTagBlock(bytes: Uint8Array, from: number, to: number, tag: TagBlock): number {
  let sum = 0;
  let star = from + 1;
  while (star < to && bytes[star] !== STAR && bytes[star] !== BACKSLASH) sum ^= bytes[star++];
  let close = star;
  while (close < to && bytes[close] !== BACKSLASH) close++;
  if (close >= to) return -1;
  if (star < close && !checksumHolds(bytes, from + 1, star, close, sum)) {
    tag.why = `tag block checksum is not the computed ${hex(sum)}`;
    return close + 1;
  }
  for (let at = from + 1; at < star; at++) {
    const field = at;
    while (at < star && bytes[at] !== COMMA) at++;
    readTagField(bytes, field, at, tag);
  }
  return close + 1;
}

function checksumHolds(bytes: Uint8Array, from: number, star: number, close: number, sum: number): boolean {
  if (close - star !== 3) return false;
  const high = hexDigit(bytes[star + 1]);
  const low = hexDigit(bytes[star + 2]);
  if (high < 0 || low < 0) return (bytes[star + 1] | 32) === 104 && (bytes[star + 2] | 32) === 104;
  const given = high * 16 + low;
  if (given === sum || given === 0) return true;
  return bytes[from] === 103 && (sum ^ firstFieldSum(bytes, from, star)) === given;
}

function firstFieldSum(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) {
    sum ^= bytes[at];
    if (bytes[at] === COMMA) break;
  }
  return sum;
}

/** Reads a field of a tag block, `bytes[from, to)`, into what `tag` already says; one that it has no place for says nothing. */
export function readTagField(bytes: Uint8Array, from: number, to: number, tag: TagBlock): void {
  if (to < from + 3) return;
  const key = bytes[from];
  if (bytes[from + 1] === COLON) {
    if (key === 99) readTime(bytes, from + 2, to, tag);
    else if (key === 115) readSource(bytes, from + 2, to, tag);
    else if (key === 103) readGroup(bytes, from + 2, to, tag);
  } else if (to - from > 4 && bytes[from + 1] === 71 && bytes[from + 3] === COLON) {
    readGroupId(bytes, from + 4, to, tag); // the older spelling `1G2:0125`
  }
}

function readTime(bytes: Uint8Array, from: number, to: number, tag: TagBlock): void {
  tag.at = epochAt(bytes, from, to);
  if (Number.isNaN(tag.at)) tag.why = 'c: of the tag block is not an instant between 2000 and 2100';
}

function readSource(bytes: Uint8Array, from: number, to: number, tag: TagBlock): void {
  tag.sourceFrom = from;
  tag.sourceTo = to;
  tag.source = sourceHash(bytes, from, to);
}

/** Returns a 31-bit hash of the bytes that name a source, never 0 (FNV-1a, Fowler, Noll and Vo). */
export function sourceHash(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
  return (hash >>> 1) | 1;
}

function readGroup(bytes: Uint8Array, from: number, to: number, tag: TagBlock): void {
  let at = from;
  for (let dashes = 0; at < to && dashes < 2; at++) if (bytes[at] === 45) dashes++;
  readGroupId(bytes, at, to, tag);
}

function readGroupId(bytes: Uint8Array, from: number, to: number, tag: TagBlock): void {
  tag.grouped = true;
  let id = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at] - 48;
    if (digit < 0 || digit > 9 || id > 99_999_999) return;
    id = id * 10 + digit;
  }
  if (to > from) tag.group = id;
}
