import { makePayloadBits } from '@offing/ais';
import type { MessagePart, PayloadBits } from '@offing/ais';
import type { FeedOutput } from './feed.ts';

/** The bits of one whole AIS message with what its sentences said around it; one object is filled again and again. */
export type NmeaFrame = {
  readonly bits: PayloadBits;
  /** Source time, ms since 1970, or NaN. */
  at: number;
  /** When the recorder got it, where it says so beside the source's time; else NaN. */
  receivedAt: number;
  /** Why there is no time although one was given; else empty. */
  timeFault: string;
  /** One of RECEIVER_KIND. */
  receiverKind: number;
  ownShip: boolean;
  /** Line of the (first) sentence. */
  line: number;
  /** Where what it was read from stands. */
  readonly source: FrameSource;
};

/** Where a message stands as it came: `bytes[from, to)`, or copies of its parts where it has several. */
export type FrameSource = {
  bytes: Uint8Array;
  from: number;
  to: number;
  parts: readonly MessagePart[] | null;
};

/** Takes what a stream of sentences holds. */
export type NmeaFrameSink = Pick<FeedOutput, 'reject' | 'count'> & { frame(frame: NmeaFrame): void };

/** Returns a frame without bits. */
export function makeFrame(): NmeaFrame {
  return {
    bits: makePayloadBits(),
    at: NaN,
    receivedAt: NaN,
    timeFault: '',
    receiverKind: 0,
    ownShip: false,
    line: 0,
    source: { bytes: new Uint8Array(0), from: 0, to: 0, parts: null },
  };
}

/** Returns the line of a frame as it came; the lines of a message in parts are joined with LF. Only valid until the next line. */
export function rawOf({ source }: NmeaFrame): Uint8Array {
  return source.parts === null ? source.bytes.subarray(source.from, source.to) : joinedParts(source.parts);
}

/** Returns the lines of a message's parts joined with LF. */
export function joinedParts(parts: readonly MessagePart[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + part.raw.length + 1, -1);
  const all = new Uint8Array(size).fill(10);
  let at = 0;
  for (const part of parts) {
    all.set(part.raw, at);
    at += part.raw.length + 1;
  }
  return all;
}
