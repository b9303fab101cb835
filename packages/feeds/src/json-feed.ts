import type { FeedOutput, FeedReader, FeedReaderOptions } from './feed.ts';
import { elementSlices } from './json-slices.ts';
import { lineReader } from './nmea-lines.ts';

/** Longest line of JSON that is read, in bytes. */
export const LONGEST_JSON_LINE = 1_048_576;
/** Longest document that is read as a whole, in bytes: a country's newest positions are 8 MB. */
export const LONGEST_DOCUMENT = 67_108_864;

const OPEN_ARRAY = 91;
const OPEN_OBJECT = 123;
const CARRIAGE_RETURN = 13;

/** Takes one value of JSON with the bytes it came in; `topic` is that of the message, where there is one. */
export type TakeValue = (value: unknown, line: number, raw: Uint8Array, topic?: string) => void;

/** A reader that can also be given whole messages, as sockets that keep messages apart bring them. */
export type MessageReader = FeedReader & {
  /** Takes one whole message. */
  message(bytes: Uint8Array, topic?: string): void;
};

/**
 * Returns a reader of JSON that hands on each value: each line is one (NDJSON), or the content as a whole is, when it
 * begins with `[` or with an object over several lines. The elements of arrays, and of arrays in them, are handed on one by
 * one, each with its own bytes. What is no JSON is refused: a line by itself, so that the next one counts again. On a live feed every line is one:
 * it never ends, and a line that is cut off would hide all that follow.
 */
export function jsonFeed(
  out: Pick<FeedOutput, 'reject'>,
  options: Pick<FeedReaderOptions, 'live'>,
  take: TakeValue,
): MessageReader {
  const isLive = options.live !== undefined;
  const longestLine = isLive ? LONGEST_JSON_LINE : LONGEST_DOCUMENT;
  let messages = 0;
  let isDocument = false;
  let begun = false;
  let size = 0;
  let document: Uint8Array[] = [];

  const lines = lineReader(
    {
      line(bytes, from, to, line) {
        // With its CR, if it has one: elements are kept byte for byte.
        const whole = bytes.subarray(from, bytes[to] === CARRIAGE_RETURN ? to + 1 : to);
        if (isDocument) return void keep(whole);
        if (isBlank(bytes, from, to)) return;
        const raw = bytes.subarray(from, to);
        const isFirst = !begun && !isLive;
        begun = true;
        if (isFirst && raw[0] === OPEN_ARRAY) return void beginDocument(whole);
        const value = parsed(raw);
        if (value !== undefined) handOn(value, line, raw);
        else if (isFirst && raw[0] === OPEN_OBJECT) beginDocument(whole);
        else out.reject('malformed', line, raw, 'the line is no JSON');
      },
      oversized(raw, line) {
        out.reject('oversized', line, raw.subarray(0, 4096), `line is longer than ${longestLine} bytes`);
      },
    },
    longestLine,
  );

  function beginDocument(raw: Uint8Array): void {
    isDocument = true;
    keep(raw);
  }

  function keep(raw: Uint8Array): void {
    size += raw.length + 1;
    if (size <= LONGEST_DOCUMENT) document.push(new Uint8Array(raw));
    else document = [];
  }

  function handOn(value: unknown, line: number, raw: Uint8Array, topic?: string): void {
    if (!Array.isArray(value)) return take(value, line, raw, topic);
    const slices = elementSlices(raw);
    for (const [place, element] of (value as readonly unknown[]).entries())
      handOn(element, line, slices[place], topic);
  }

  function readDocument(): void {
    const raw = joined(document);
    document = [];
    const value = size > LONGEST_DOCUMENT ? undefined : parsed(raw);
    if (value !== undefined) handOn(value, 1, withoutBlanksBehind(raw));
    else if (size > LONGEST_DOCUMENT)
      out.reject('oversized', 1, raw, `the document is longer than ${LONGEST_DOCUMENT} bytes`);
    else out.reject('malformed', 1, raw.subarray(0, 4096), 'the content is no JSON');
  }

  return {
    push(chunk) {
      lines.push(chunk);
    },
    message(bytes, topic) {
      messages++;
      const value = bytes.length > LONGEST_DOCUMENT ? undefined : parsed(bytes);
      if (value !== undefined) handOn(value, messages, bytes, topic);
      else out.reject('malformed', messages, bytes.subarray(0, 4096), 'the message is no JSON');
    },
    end() {
      lines.end();
      if (isDocument) readDocument();
      isDocument = false;
      size = 0;
    },
    get lines() {
      return lines.lines + messages;
    },
    fault: null,
    ignoredColumns: [],
  };
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] > 32) return false;
  return true;
}

function withoutBlanksBehind(bytes: Uint8Array): Uint8Array {
  let to = bytes.length;
  while (to > 0 && bytes[to - 1] <= 32) to--;
  return bytes.subarray(0, to);
}

const decoder = new TextDecoder('utf-8');

/** Returns the value, or undefined for what is no JSON. */
function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + part.length + 1, 0);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
    whole[at++] = 10;
  }
  return whole;
}
