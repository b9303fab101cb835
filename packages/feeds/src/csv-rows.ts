import type { RejectCode } from './feed.ts';
import type { LinePlace } from './nmea-lines.ts';

/** Longest row that is read, in bytes; the widest decoded dump seen has rows of 2 KB. */
export const LONGEST_ROW = 65_536;

/** Takes the rows of a byte stream. */
export type CsvRowSink = {
  /**
   * May take rows of a chunk by itself from a place on, as long as they end in a line break there and no cell is in quotes, and
   * moves the place behind them; gets the others by `row`. Saves looking for the end of a row before it is cut.
   */
  quick(bytes: Uint8Array, place: LinePlace): void;
  /**
   * Gets each row as `bytes[from, to)` without its line break; the bytes are only valid during the call. `line` is its first
   * line, from 1; `ended` says whether a line break followed.
   */
  row(bytes: Uint8Array, from: number, to: number, line: number, ended: boolean): void;
  /** Says whether a row of several lines has the columns it should have and its quotes end cells; if not, one was opened by mistake. */
  fits(bytes: Uint8Array, from: number, to: number): boolean;
  reject(code: RejectCode, line: number, raw: Uint8Array, why: string): void;
};

/** Cuts bytes into rows. */
export type CsvRows = {
  push(chunk: Uint8Array): void;
  end(): void;
  /** Sets the byte between cells; until then comma, semicolon and tab all stand before a cell. */
  setDelimiter(byte: number): void;
  readonly lines: number;
};

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;

/** Where in a cell the reader stands: a quote opens only at the start of one, and a second one right behind it is text. */
const START = 0;
const PLAIN = 1;
const QUOTED = 2;
const CLOSED = 3;

/**
 * Returns a reader that cuts chunks into rows at LF or CRLF outside quotes (RFC 4180), wherever chunks are cut, and holds no
 * more than one row. Ship names hold stray quotes: when a row over several lines does not fit, is too long or
 * never ends, only its first line is refused and the lines after it are read again.
 */
export function csvRows(sink: CsvRowSink): CsvRows {
  const held = new Uint8Array(LONGEST_ROW);
  let heldBytes = 0;
  let state = START;
  /** Line breaks inside quotes in the row at hand. */
  let breaks = 0;
  const place: LinePlace = { at: 0, lines: 0 };
  let skipping = false;
  let delimiter = 0;

  const parts = (byte: number): boolean =>
    delimiter === 0 ? byte === 44 || byte === 59 || byte === 9 : byte === delimiter;

  /** Moves the state over `bytes` from `at` on; returns the place of the line break that ends the row, or -1. */
  function scan(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at];
      if (state === QUOTED) {
        if (byte === QUOTE) state = CLOSED;
        else if (byte === LINE_FEED) breaks++;
      } else if (byte === LINE_FEED) return at;
      else if (parts(byte)) state = START;
      else state = byte === QUOTE && state !== PLAIN ? QUOTED : PLAIN;
    }
    return -1;
  }

  function nextRow(): void {
    heldBytes = 0;
    state = START;
    breaks = 0;
  }

  function give(bytes: Uint8Array, from: number, to: number, ended: boolean): boolean {
    const end = to > from && bytes[to - 1] === CARRIAGE_RETURN ? to - 1 : to;
    if (breaks > 0 && !sink.fits(bytes, from, end)) return false;
    const line = place.lines + 1;
    place.lines += breaks + 1;
    sink.row(bytes, from, end, line, ended);
    return true;
  }

  function refuseLine(raw: Uint8Array): void {
    const cr = raw.length > 0 && raw[raw.length - 1] === CARRIAGE_RETURN;
    sink.reject(
      'malformed',
      ++place.lines,
      cr ? raw.subarray(0, -1) : raw,
      'a quote is opened on this line and the row does not fit the header where it is closed',
    );
  }

  /** Returns the bytes of the row up to `to` in the chunk, with what is held of it in front. */
  function rowSoFar(chunk: Uint8Array, from: number, to: number): Uint8Array {
    if (heldBytes === 0) return chunk.subarray(from, to);
    const whole = new Uint8Array(heldBytes + to - from);
    whole.set(held.subarray(0, heldBytes));
    whole.set(chunk.subarray(from, to), heldBytes);
    return whole;
  }

  /** Refuses the first line of the row at hand and reads the rest of it again; returns where in the chunk to go on. */
  function readAgain(chunk: Uint8Array, from: number): number {
    const inHeld = held.subarray(0, heldBytes).indexOf(LINE_FEED);
    if (inHeld >= 0) {
      const again = held.slice(0, heldBytes);
      nextRow();
      refuseLine(again.subarray(0, inHeld));
      take(again.subarray(inHeld + 1));
      return from;
    }
    const lineBreak = chunk.indexOf(LINE_FEED, from);
    refuseLine(rowSoFar(chunk, from, lineBreak));
    nextRow();
    return lineBreak + 1;
  }

  /** Deals with a row at hand that is longer than LONGEST_ROW; returns where in the chunk to go on. */
  function tooLong(chunk: Uint8Array, from: number): number {
    const start = rowSoFar(chunk, from, Math.min(chunk.length, from + LONGEST_ROW - heldBytes + 1));
    const lineBreak = start.indexOf(LINE_FEED);
    if (lineBreak >= 0 && lineBreak <= LONGEST_ROW) return readAgain(chunk, from);
    const raw = start.subarray(0, LONGEST_ROW);
    sink.reject('oversized', ++place.lines, raw, `row is longer than ${LONGEST_ROW} bytes`);
    nextRow();
    return skip(chunk, from);
  }

  function skip(chunk: Uint8Array, from: number): number {
    const lineBreak = chunk.indexOf(LINE_FEED, from);
    skipping = lineBreak < 0;
    return skipping ? chunk.length : lineBreak + 1;
  }

  /** Keeps the start of a row whose end is not in the chunk; returns where to go on when it is too long. */
  function hold(chunk: Uint8Array, from: number): number {
    if (heldBytes + chunk.length - from > LONGEST_ROW) return tooLong(chunk, from);
    held.set(chunk.subarray(from), heldBytes);
    heldBytes += chunk.length - from;
    return chunk.length;
  }

  /** Gives the row that ends at `end`; returns where in the chunk to go on. */
  function finish(chunk: Uint8Array, from: number, end: number): number {
    const before = heldBytes;
    if (before + end - from > LONGEST_ROW) return tooLong(chunk, from);
    if (before > 0) held.set(chunk.subarray(from, end), before);
    const given = before > 0 ? give(held, 0, before + end - from, true) : give(chunk, from, end, true);
    if (!given) return readAgain(chunk, from);
    nextRow();
    return end + 1;
  }

  function giveQuick(chunk: Uint8Array, from: number): number {
    place.at = from;
    sink.quick(chunk, place);
    return place.at;
  }

  function take(chunk: Uint8Array): void {
    let from = skipping ? skip(chunk, 0) : 0;
    let quote = -1;
    while (from < chunk.length) {
      if (heldBytes === 0) from = giveQuick(chunk, from);
      if (from === chunk.length) return;
      if (quote < from) {
        quote = chunk.indexOf(QUOTE, from);
        if (quote < 0) quote = chunk.length;
      }
      let end = chunk.indexOf(LINE_FEED, from);
      if (state === QUOTED || quote < (end < 0 ? chunk.length : end)) end = scan(chunk, from);
      else if (end < 0) state = parts(chunk[chunk.length - 1]) ? START : PLAIN;
      from = end < 0 ? hold(chunk, from) : finish(chunk, from, end);
    }
  }

  /** Gives what is held, which no line break ended. */
  function giveLast(): void {
    if (state === QUOTED && breaks === 0) {
      sink.reject(
        'truncated',
        ++place.lines,
        held.subarray(0, heldBytes),
        'the file ends inside a quoted cell',
      );
      nextRow();
    } else if (state !== QUOTED && give(held, 0, heldBytes, false)) nextRow();
    else readAgain(held.subarray(0, 0), 0);
  }

  return {
    push(chunk) {
      // Not as a Buffer: code that meets one kind of array only is twice as fast.
      take(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length));
    },
    end() {
      while (heldBytes > 0) giveLast();
    },
    setDelimiter(byte) {
      delimiter = byte;
    },
    get lines() {
      return place.lines;
    },
  };
}
