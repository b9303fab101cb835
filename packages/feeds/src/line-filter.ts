import { findCell, makeCells, splitRow } from './csv-cells.ts';
import { readHeader } from './csv-header.ts';
import type { CsvFormatId } from './csv-layouts.ts';
import { integerIn } from './csv-number.ts';
import type { FeedReaderOptions, FormatId } from './feed.ts';

/** Passes on the lines of a recording that may be of ships that are asked for. */
export type LineFilter = {
  /** Takes the next bytes, cut anywhere, and gives the lines that pass, in pieces that are valid during the call. */
  push(chunk: Uint8Array, give: (bytes: Uint8Array) => void): void;
  /** Gives what is left. */
  end(give: (bytes: Uint8Array) => void): void;
};

/** Whether a line may be of a ship that is asked for. */
type MayBeWanted = (bytes: Uint8Array, from: number, to: number) => boolean;

const LINE_FEED = 10;
const BANG = 33;
const COMMA = 44;
const QUOTE = 34;
const ONE = 49;
/** Longer lines are passed on in the pieces in which they come. */
const LONGEST_HELD = 1_048_576;

/**
 * Returns a filter for a format: of sentences and tables it drops lines that are certainly of other ships, which costs a
 * tenth of reading them; all else passes. It does not look at whether a line is sound.
 */
export function lineFilter(
  format: FormatId,
  options: Pick<FeedReaderOptions, 'columns' | 'startAt'>,
  isWanted: (mmsi: number) => boolean,
): LineFilter {
  // Without times of their own, lines get theirs from those before them: all are needed.
  if (format === 'nmea' && options.startAt === null) return filterOf(sentenceFilter(isWanted));
  if (format === 'csv' || format === 'marinecadastre' || format === 'dma' || format === 'gfw')
    return filterOf(tableFilter(format, options.columns ?? {}, isWanted));
  return { push: (chunk, give) => give(chunk), end: () => undefined };
}

function filterOf(mayBeWanted: MayBeWanted): LineFilter {
  let held: Uint8Array = new Uint8Array(0);
  return {
    push(chunk, give) {
      let from = 0;
      if (held.length > 0) {
        const end = chunk.indexOf(LINE_FEED);
        held = joined(held, chunk.subarray(0, end < 0 ? chunk.length : end + 1));
        if (end < 0 && held.length < LONGEST_HELD) return;
        if (end < 0 || mayBeWanted(held, 0, held.length)) give(held);
        held = held.subarray(0, 0);
        from = end < 0 ? chunk.length : end + 1;
      }
      from = giveLines(chunk, from, mayBeWanted, give);
      if (from < chunk.length) held = new Uint8Array(chunk.subarray(from));
    },
    end(give) {
      if (held.length > 0 && mayBeWanted(held, 0, held.length)) give(held);
    },
  };
}

/** Gives the whole lines of a chunk that pass, those side by side together; returns where the last, unended line starts. */
function giveLines(
  chunk: Uint8Array,
  start: number,
  mayBeWanted: MayBeWanted,
  give: (bytes: Uint8Array) => void,
): number {
  let line = start;
  let run = start;
  for (let end = chunk.indexOf(LINE_FEED, line); end >= 0; end = chunk.indexOf(LINE_FEED, line)) {
    if (!mayBeWanted(chunk, line, end)) {
      if (line > run) give(chunk.subarray(run, line));
      run = end + 1;
    }
    line = end + 1;
  }
  if (line > run) give(chunk.subarray(run, line));
  return line;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

/**
 * Returns what drops a line of one sentence that is a whole message of another ship, or a part of a message that has no
 * position: of those in parts, only type 19 has one.
 */
function sentenceFilter(isWanted: (mmsi: number) => boolean): MayBeWanted {
  /** By sequence number: whether the message that it stands for may have a position. */
  const isOpen = new Uint8Array(128);
  return (bytes, from, to) => {
    let at = from;
    while (at < to && bytes[at] !== BANG) at++;
    // `!AIVDM,1,1,,A,`: nothing else is certain.
    if (at + 14 > to || bytes[at + 6] !== COMMA || bytes[at + 8] !== COMMA || bytes[at + 10] !== COMMA)
      return true;
    let payload = at + 11;
    for (let commas = 0; payload < to && commas < 2; payload++) if (bytes[payload] === COMMA) commas++;
    if (payload + 7 > to || hasBang(bytes, payload, to)) return true;
    if (bytes[at + 7] === ONE) return isWanted(mmsiAt(bytes, payload));
    const sequence = bytes[at + 11] & 127;
    if (bytes[at + 9] === ONE) isOpen[sequence] = sixAt(bytes, payload) === 19 ? 1 : 0;
    return isOpen[sequence] === 1;
  };
}

function hasBang(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === BANG) return true;
  return false;
}

/** Returns the MMSI of a payload: bits 8 to 37 (ITU-R M.1371-5, annex 8, 3.1), six to a character. */
function mmsiAt(bytes: Uint8Array, payload: number): number {
  const high =
    ((sixAt(bytes, payload + 1) & 15) << 12) | (sixAt(bytes, payload + 2) << 6) | sixAt(bytes, payload + 3);
  const low =
    (sixAt(bytes, payload + 4) << 8) | (sixAt(bytes, payload + 5) << 2) | (sixAt(bytes, payload + 6) >> 4);
  return high * 16_384 + low;
}

function sixAt(bytes: Uint8Array, at: number): number {
  const value = bytes[at] - 48;
  return value > 40 ? value - 8 : value;
}

function tableFilter(
  format: CsvFormatId,
  mapping: Readonly<Record<string, string>>,
  isWanted: (mmsi: number) => boolean,
): MayBeWanted {
  const cells = makeCells();
  let delimiter = -1;
  let column = -1;
  const readFirst: MayBeWanted = (bytes, from, to) => {
    if (isBlank(bytes, from, to)) return true;
    const header = readHeader(bytes, from, withoutReturn(bytes, from, to), format, mapping);
    ({ delimiter } = header);
    column = header.fault === null ? header.columns.mmsi : -1;
    return true;
  };
  return (bytes, from, to) => {
    if (delimiter < 0) return readFirst(bytes, from, to);
    if (column < 0) return true;
    // The cells up to the MMSI; a quote may stand for anything.
    let at = from;
    for (let cell = 0; cell < column && at < to; at++) {
      if (bytes[at] === QUOTE) return true;
      if (bytes[at] === delimiter) cell++;
    }
    let end = at;
    while (end < to && bytes[end] !== delimiter && bytes[end] !== QUOTE) end++;
    if (bytes[end] === QUOTE && end < to) return true;
    splitRow(cells, bytes, at, withoutReturn(bytes, at, end), delimiter);
    if (!findCell(cells, 0)) return true;
    const mmsi = integerIn(bytes, cells.from, cells.to);
    return Number.isNaN(mmsi) || isWanted(mmsi);
  };
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] > 32) return false;
  return true;
}

function withoutReturn(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from && (bytes[end - 1] === 13 || bytes[end - 1] === LINE_FEED)) end--;
  return end;
}
