import type { CsvCells } from './csv-cells.ts';
import { isMissingText } from './csv-number.ts';

/** Longest text that is kept, in characters; AIS names have 20, some exporters add the extension of type 21. */
export const LONGEST_TEXT = 120;

/** Bytes of a cell that are looked at: enough for LONGEST_TEXT four-byte characters and as many to be removed. */
const MOST_BYTES = 8 * LONGEST_TEXT;

/** Control and format characters: they hide or reorder text where it is shown. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

const decoder = new TextDecoder('utf-8');

/**
 * Returns the text of the cell found last, or null when it says "no value": cut at the first `@`, without control and format
 * characters, blanks around it and what is beyond LONGEST_TEXT; broken UTF-8 becomes U+FFFD.
 */
export function cellText(cells: CsvCells): string | null {
  const sent = plainText(cells) ?? otherText(cells);
  if (isMissingText(sent)) return null;
  return sent.length <= LONGEST_TEXT ? sent : cut(sent);
}

/** Returns a text of plain characters as it is; null for one that has to be decoded or cleaned. */
function plainText(cells: CsvCells): string | null {
  const { bytes, from, to } = cells;
  if (to - from > LONGEST_TEXT) return null;
  let text = '';
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte < 32 || byte > 126 || byte === 34 || byte === 64) return null;
    text += String.fromCharCode(byte);
  }
  return text;
}

function otherText(cells: CsvCells): string {
  const end = Math.min(cells.to, cells.from + MOST_BYTES);
  const text = decoder.decode(cells.bytes.subarray(cells.from, end));
  const unquoted = cells.quoted ? text.replaceAll('""', '"') : text;
  return withoutUnseen(unquoted);
}

function withoutUnseen(text: string): string {
  return text.split('@', 1)[0].replace(UNSEEN, '').trim();
}

/** Returns text as `cellText` does, for what came as text already; null when nothing is left of it. */
export function cleanText(text: string): string | null {
  const clean = cut(withoutUnseen(text.slice(0, MOST_BYTES)));
  return clean === '' ? null : clean;
}

function cut(text: string): string {
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > LONGEST_TEXT) break;
    kept += character;
  }
  return kept.trim();
}

/** Returns a cell's bytes as they may be put into a message: at most 40 characters, in quotes, what is not ASCII text as `?`. */
export function shownCell(cells: CsvCells): string {
  const end = Math.min(cells.to, cells.from + 40);
  let text = '';
  for (let at = cells.from; at < end; at++) {
    const byte = cells.bytes[at];
    text += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '?';
  }
  return `"${text}${end < cells.to ? '…' : ''}"`;
}
