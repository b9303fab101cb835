import { readUsualLine } from '@offing/ais';
import type { SentenceView, TagBlock } from '@offing/ais';
import type { NmeaFrame, NmeaFrameSink } from './nmea-frame.ts';
import { LONGEST_LINE } from './nmea-lines.ts';
import type { LinePlace } from './nmea-lines.ts';
import { readPrefix } from './nmea-prefix.ts';
import { receiverKindOf } from './nmea-receiver.ts';
import type { ReceiverKinds } from './nmea-receiver.ts';
import { readSuffix } from './nmea-suffix.ts';
import type { SentenceSuffix } from './nmea-suffix.ts';

/** What it takes to read lines of the usual shape; a function that is made once reads them for all feeds. */
export type UsualReader = {
  readonly tag: TagBlock;
  readonly view: SentenceView;
  readonly suffix: SentenceSuffix;
  readonly kinds: ReceiverKinds;
  readonly frame: NmeaFrame;
  readonly sink: NmeaFrameSink;
};

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BLANK = 32;
const BANG = 33;
const DOLLAR = 36;
const BACKSLASH = 92;

/**
 * Reads lines of one single-part sentence, with an epoch or a tag block in front and fields behind or without, from a place on:
 * as many as are faultless and end in the bytes. Moves the place behind them. Any other line has to be read with care.
 */
export function readUsualLines(reader: UsualReader, bytes: Uint8Array, place: LinePlace): void {
  const { tag, view, kinds, frame, sink } = reader;
  const { source } = frame;
  while (place.at < bytes.length) {
    const from = place.at;
    const start = behindEpoch(bytes, from);
    const longest = Math.min(bytes.length, from + LONGEST_LINE);
    const end = readUsualLine(bytes, start, longest, tag, view, frame.bits);
    const lineFeed = end < 0 ? -1 : lineFeedBehind(bytes, end);
    if (lineFeed < 0) return;
    const to = bytes[lineFeed - 1] === CARRIAGE_RETURN ? lineFeed - 1 : lineFeed;
    if (to - from > LONGEST_LINE) return;
    place.at = lineFeed + 1;
    place.lines++;
    source.bytes = bytes;
    source.from = from;
    source.to = to;
    source.parts = null;
    frame.receivedAt = NaN;
    frame.timeFault = tag.why;
    if (start === from && end === to) frame.at = tag.at;
    else readTimes(reader, start, end);
    frame.receiverKind =
      tag.source === 0 ? 0 : receiverKindOf(kinds, tag.source, bytes, tag.sourceFrom, tag.sourceTo);
    frame.ownShip = view.ownShip;
    frame.line = place.lines;
    sink.frame(frame);
  }
}

/** The time of the tag block counts before that behind the sentence, and that before the epoch in front. */
function readTimes({ tag, suffix, frame }: UsualReader, start: number, end: number): void {
  const { bytes, from, to } = frame.source;
  frame.at = tag.at;
  if (end < to && Number.isNaN(frame.at)) {
    readSuffix(bytes, end, to, suffix);
    frame.at = suffix.at;
  }
  if (start === from) return;
  const prefixAt = readPrefix(bytes, from, start);
  if (Number.isNaN(frame.at)) frame.at = prefixAt;
  else frame.receivedAt = prefixAt;
}

/** Returns the place behind the digits and the blank that a line may start with. */
function behindEpoch(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] >= 48 && bytes[at] <= 57) at++;
  return at > from && at < bytes.length && bytes[at] === BLANK ? at + 1 : from;
}

/** Returns the place of the line feed from `from` on, or -1 when none comes or something that may start a sentence comes before it. */
function lineFeedBehind(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === LINE_FEED) return at;
    if (byte === BANG || byte === DOLLAR || byte === BACKSLASH) return -1;
  }
  return -1;
}
