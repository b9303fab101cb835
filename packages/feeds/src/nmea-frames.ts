import {
  appendPayload,
  clearTagBlock,
  makeAssembly,
  makeSentenceView,
  makeTagBlock,
  readSentence,
  readTagBlock,
  startsAisSentence,
} from '@offing/ais';
import type { PartialMessage } from '@offing/ais';
import type { FeedReader } from './feed.ts';
import { joinedParts, makeFrame, rawOf } from './nmea-frame.ts';
import type { NmeaFrameSink } from './nmea-frame.ts';
import { lineReader, LONGEST_LINE } from './nmea-lines.ts';
import { pghpAt, startsPghp } from './nmea-pghp.ts';
import { readPrefix } from './nmea-prefix.ts';
import { makeReceiverKinds, receiverKindOf } from './nmea-receiver.ts';
import { readSuffix } from './nmea-suffix.ts';
import { readUsualLines } from './nmea-usual.ts';

const BANG = 33;
const DOLLAR = 36;
const BACKSLASH = 92;
const STAR = 42;

/**
 * Returns a reader that finds AIS messages in a stream of NMEA 0183 lines, checks each sentence's checksum and puts parts
 * together. The time of a sentence is that of its tag block, else of the fields behind it, else of the epoch in front of
 * it, else of the `$PGHP` line or the tag block on a line of its own before it. It keeps one line and the waiting parts.
 */
export function nmeaFrames(sink: NmeaFrameSink): FeedReader {
  const tag = makeTagBlock();
  const view = makeSentenceView();
  const suffix = { at: NaN, source: 0 };
  const kinds = makeReceiverKinds();
  // What a line of its own said about the next sentence.
  const header = { given: false, at: NaN, timeFault: '', source: 0, receiverKind: 0, group: -1 };
  const frame = makeFrame();
  const frameSource = frame.source;
  const usual = { tag, view, suffix, kinds, frame, sink };

  const assembly = makeAssembly((message, why) => {
    sink.reject('incomplete-multipart', message.origin.line, joinedParts(message.parts), why);
  });

  const lines = lineReader({
    quick(bytes, place) {
      if (!header.given) readUsualLines(usual, bytes, place);
    },
    line(bytes, from, to, line) {
      readLine(bytes, from, to, line);
    },
    oversized(raw, line) {
      sink.reject('oversized', line, raw, `line is longer than ${LONGEST_LINE} bytes`);
    },
  });

  function readLine(bytes: Uint8Array, from: number, to: number, line: number): void {
    let pieceFrom = from;
    let at = from;
    let found = false;
    clearTagBlock(tag);
    while (at < to) {
      const byte = bytes[at];
      if (byte === BANG && startsAisSentence(bytes, at, to)) {
        at = readPiece(bytes, pieceFrom, at, to, line);
        pieceFrom = at;
        found = true;
        clearTagBlock(tag);
      } else if (byte === BACKSLASH && at + 1 < to) {
        const end = readTagBlock(bytes, at, to, tag);
        if (end < 0 && !found && at === pieceFrom) {
          sink.reject('truncated', line, bytes.subarray(from, to), 'tag block is not closed');
          return;
        }
        if (end >= 0) found = true;
        at = end < 0 ? at + 1 : end;
        if (at >= to) holdHeader(bytes);
      } else if ((byte === DOLLAR || byte === BANG) && startsOtherSentence(bytes, at, to)) {
        if (startsPghp(bytes, at, to)) readPghp(bytes, at, to);
        sink.count('other-sentence');
        at = otherSentenceEnd(bytes, at, to);
        pieceFrom = at;
        found = true;
        clearTagBlock(tag);
      } else at++;
    }
    if (!found) refuseLine(bytes, from, to, line);
  }

  /** Reads the sentence at `at` with the prefix and tag block from `pieceFrom` on; returns where the next piece starts. */
  function readPiece(bytes: Uint8Array, pieceFrom: number, at: number, to: number, line: number): number {
    const fault = readSentence(bytes, at, to, view);
    const end = view.end >= to ? to : nextPiece(bytes, view.end, to);
    frameSource.bytes = bytes;
    frameSource.from = pieceFrom;
    frameSource.to = end;
    frameSource.parts = null;
    if (fault === null) readFrame(bytes, pieceFrom, at, end, line);
    else sink.reject(fault, line, bytes.subarray(pieceFrom, end), view.why);
    header.given = false;
    return end;
  }

  function readFrame(bytes: Uint8Array, pieceFrom: number, at: number, end: number, line: number): void {
    let source = tag.source;
    let group = tag.group;
    frame.receiverKind =
      source === 0 ? 0 : receiverKindOf(kinds, source, bytes, tag.sourceFrom, tag.sourceTo);
    frame.at = tag.at;
    frame.receivedAt = NaN;
    frame.timeFault = tag.why;
    frame.line = line;
    frame.ownShip = view.ownShip;
    if (view.end < end) {
      readSuffix(bytes, view.end, end, suffix);
      if (Number.isNaN(frame.at)) frame.at = suffix.at;
      if (source === 0) source = suffix.source;
    }
    if (pieceFrom < at && bytes[pieceFrom] !== BACKSLASH) {
      const prefixAt = readPrefix(bytes, pieceFrom, at);
      if (Number.isNaN(frame.at)) frame.at = prefixAt;
      else frame.receivedAt = prefixAt;
    }
    if (header.given) {
      if (Number.isNaN(frame.at)) {
        frame.at = header.at;
        if (frame.timeFault === '') frame.timeFault = header.timeFault;
      }
      if (source === 0) {
        source = header.source;
        frame.receiverKind = header.receiverKind;
      }
      if (group < 0) group = header.group;
    }
    if (view.total > 1) {
      addPart(bytes, pieceFrom, end, source, group);
      return;
    }
    const bits = frame.bits;
    bits.length = 0;
    if (appendPayload(bits, bytes, view.payloadFrom, view.payloadTo, view.fill)) sink.frame(frame);
    else sink.reject('malformed', line, rawOf(frame), 'payload has a character that is not six-bit text');
  }

  function addPart(bytes: Uint8Array, from: number, to: number, source: number, group: number): void {
    const part = {
      // Not bytes.slice(): on a Buffer that is a view of the chunk, which is gone when the rest comes.
      raw: new Uint8Array(bytes.subarray(from, to)),
      payloadFrom: view.payloadFrom - from,
      payloadTo: view.payloadTo - from,
      fill: view.fill,
    };
    const { at, receivedAt, timeFault, receiverKind, line } = frame;
    const origin = { at, receivedAt, timeFault, source, receiverKind, group, line };
    const whole = assembly.add(view, part, origin);
    if (whole !== null) giveWhole(whole);
  }

  function giveWhole(message: PartialMessage): void {
    const { origin } = message;
    // A first part without a time takes that of the last: better seconds late than unknown.
    if (!Number.isNaN(origin.at)) frame.at = origin.at;
    frame.receivedAt = origin.receivedAt;
    frame.timeFault = origin.timeFault;
    frame.receiverKind = origin.receiverKind;
    frame.line = origin.line;
    frame.ownShip = message.ownShip;
    frameSource.parts = message.parts;
    frame.bits.length = 0;
    const sound = message.parts.every((part) =>
      appendPayload(frame.bits, part.raw, part.payloadFrom, part.payloadTo, part.fill),
    );
    if (sound) sink.frame(frame);
    else
      sink.reject('malformed', frame.line, rawOf(frame), 'payload has a character that is not six-bit text');
  }

  function holdHeader(bytes: Uint8Array): void {
    header.given = true;
    header.at = tag.at;
    header.timeFault = tag.why;
    header.source = tag.source;
    header.group = tag.group;
    header.receiverKind =
      tag.source === 0 ? 0 : receiverKindOf(kinds, tag.source, bytes, tag.sourceFrom, tag.sourceTo);
  }

  function readPghp(bytes: Uint8Array, from: number, to: number): void {
    header.given = true;
    header.at = pghpAt(bytes, from, to);
    header.timeFault = Number.isNaN(header.at) ? '$PGHP does not hold an instant between 2000 and 2100' : '';
    header.source = 0;
    header.group = -1;
    header.receiverKind = 0;
  }

  function refuseLine(bytes: Uint8Array, from: number, to: number, line: number): void {
    let blank = true;
    for (let at = from; at < to; at++) {
      const byte = bytes[at];
      if (byte > 126 || (byte < 32 && byte !== 9 && byte !== 13)) {
        sink.reject('not-text', line, bytes.subarray(from, to), `byte ${byte} is not text`);
        return;
      }
      if (byte > 32) blank = false;
    }
    if (blank) return;
    if (bytes[from] === 35) sink.count('comment');
    else if (bytes[from] === BANG || bytes[from] === DOLLAR || bytes[from] === BACKSLASH)
      sink.reject('truncated', line, bytes.subarray(from, to), 'line ends inside the start of a sentence');
    else sink.reject('malformed', line, bytes.subarray(from, to), 'line holds no sentence');
  }

  return {
    push: (chunk) => {
      lines.push(chunk);
    },
    end() {
      lines.end();
      assembly.end();
    },
    get lines() {
      return lines.lines;
    },
    fault: null,
    ignoredColumns: [],
  };
}

function startsOtherSentence(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from + 1;
  while (at < to && ((bytes[at] >= 65 && bytes[at] <= 90) || (bytes[at] >= 48 && bytes[at] <= 57))) at++;
  return at < to && bytes[at] === 44 && at - from >= 4;
}

/** Returns the first byte from `from` on at which a tag block or a sentence starts, or `to`. */
function nextStart(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === BANG && startsAisSentence(bytes, at, to)) return at;
    if ((byte === DOLLAR || byte === BANG) && startsOtherSentence(bytes, at, to)) return at;
    if (byte === BACKSLASH && startsTagBlock(bytes, at, to)) return at;
  }
  return to;
}

/** Returns where the next piece of a line starts: its sentence or tag block, or the epoch and blank in front of it. */
function nextPiece(bytes: Uint8Array, from: number, to: number): number {
  const start = nextStart(bytes, from, to);
  if (start >= to || bytes[start - 1] !== 32) return start;
  let at = start;
  while (at > from && bytes[at - 1] === 32) at--;
  while (at > from && bytes[at - 1] >= 48 && bytes[at - 1] <= 57) at--;
  return at;
}

function startsTagBlock(bytes: Uint8Array, from: number, to: number): boolean {
  return from + 3 < to && (bytes[from + 2] === 58 || bytes[from + 2] === 71);
}

function otherSentenceEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from + 1;
  while (at < to && bytes[at] !== STAR && bytes[at] !== BACKSLASH && bytes[at] !== BANG) at++;
  return nextStart(bytes, at, to);
}
