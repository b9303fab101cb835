/** Longest line that is read, in bytes; IEC 61162-1 allows 82, tag blocks and two sentences on a line make it longer. */
export const LONGEST_LINE = 1024;

/** Where in a chunk a reader stands, and how many lines it has seen by then. */
export type LinePlace = { at: number; lines: number };

/** Takes the lines of a byte stream. */
export type LineSink = {
  /**
   * May take lines of a chunk by itself from a place on, as long as their line breaks are there, and moves the place behind
   * them; gets the others by `line` or `oversized`. Saves looking for the end of a line before it is read.
   */
  quick?(bytes: Uint8Array, place: LinePlace): void;
  /**
   * Gets each line as `bytes[from, to)` without its line break, counted from 1; the bytes are only valid during the call. A CR
   * stands at `to` if and only if the line ended in CRLF.
   */
  line(bytes: Uint8Array, from: number, to: number, line: number): void;
  /** Gets the first bytes of a line that is longer than allowed, as many as are. */
  oversized(raw: Uint8Array, line: number): void;
};

/** Cuts bytes into lines. */
export type LineReader = {
  push(chunk: Uint8Array): void;
  end(): void;
  readonly lines: number;
};

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Returns a reader that cuts chunks into lines at LF or CRLF, wherever chunks are cut, and holds no more than one line. */
export function lineReader(sink: LineSink, longest = LONGEST_LINE): LineReader {
  // Longer lines are rare: room for them is made when one comes.
  let held = new Uint8Array(Math.min(longest, LONGEST_LINE) + 1);
  let heldBytes = 0;
  const place: LinePlace = { at: 0, lines: 0 };

  const give = (bytes: Uint8Array, from: number, to: number): void => {
    place.lines++;
    const end = to > from && bytes[to - 1] === CARRIAGE_RETURN ? to - 1 : to;
    if (end - from > longest) sink.oversized(bytes.subarray(from, from + longest), place.lines);
    else sink.line(bytes, from, end, place.lines);
  };

  const hold = (chunk: Uint8Array, from: number, to: number): void => {
    if (heldBytes + to - from > held.length && held.length <= longest) grow(heldBytes + to - from);
    const room = Math.min(to - from, held.length - heldBytes);
    held.set(chunk.subarray(from, from + room), heldBytes);
    heldBytes += room;
    // One byte too many stands for all that did not fit, unless it is the CR of the line break itself.
    if (to - from > room && held[longest] === CARRIAGE_RETURN) held[longest] = 0;
  };

  const grow = (bytes: number): void => {
    const grown = new Uint8Array(Math.min(longest + 1, Math.max(bytes, held.length * 2)));
    grown.set(held.subarray(0, heldBytes));
    held = grown;
  };

  const giveHeld = (): void => {
    const to = heldBytes;
    heldBytes = 0;
    // What an earlier line left there is no line break of this one.
    if (to < held.length) held[to] = LINE_FEED;
    give(held, 0, to);
  };

  const giveQuick = (chunk: Uint8Array, from: number): number => {
    if (sink.quick === undefined) return from;
    place.at = from;
    sink.quick(chunk, place);
    return place.at;
  };

  return {
    push(buffer) {
      // Not as a Buffer: code that meets one kind of array only is twice as fast.
      const chunk = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
      let from = 0;
      for (;;) {
        if (heldBytes === 0) from = giveQuick(chunk, from);
        const to = buffer.indexOf(LINE_FEED, from);
        if (to < 0) break;
        if (heldBytes === 0) give(chunk, from, to);
        else {
          hold(chunk, from, to);
          giveHeld();
        }
        from = to + 1;
      }
      if (from < chunk.length) hold(chunk, from, chunk.length);
    },
    end() {
      if (heldBytes > 0) giveHeld();
    },
    get lines() {
      return place.lines;
    },
  };
}
