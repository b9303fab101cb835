import { decodePayload, isDecodeFault } from '@offing/ais';
import type { AisMessage } from '@offing/ais';
import type { FeedReader, RejectCode } from './feed.ts';
import { rawOf } from './nmea-frame.ts';
import { nmeaFrames } from './nmea-frames.ts';

/** A decoded AIS message with what its sentence said around it. */
export type DecodedMessage = {
  readonly message: AisMessage;
  /** Line of the (first) sentence, from 1. */
  readonly line: number;
  /** Source time, ms since 1970 UTC; null when the recording does not say. */
  readonly at: number | null;
  /** When the recorder got it, ms since 1970 UTC; null when the recording does not tell it from the source's time. */
  readonly receivedAt: number | null;
  /** True for AIVDO: sent by the receiver's own ship. */
  readonly ownShip: boolean;
};

/**
 * Returns a reader of NMEA 0183 lines that gives every AIS message of every sender, all 27 types, positions that are "not
 * available" as null, and every refused sentence as nmeaReader does. `onCount` hears of sentences that carry no AIS.
 */
export function nmeaDecoder(
  onMessage: (decoded: DecodedMessage) => void,
  onReject: (code: RejectCode, line: number, raw: Uint8Array, why: string) => void,
  onCount: (what: string) => void = () => {},
): FeedReader {
  return nmeaFrames({
    frame(frame) {
      const message = decodePayload(frame.bits);
      const { line, ownShip } = frame;
      if (isDecodeFault(message)) onReject(message.code, line, rawOf(frame), message.why);
      else onMessage({ message, line, at: orNull(frame.at), receivedAt: orNull(frame.receivedAt), ownShip });
    },
    reject: onReject,
    count: onCount,
  });
}

function orNull(instant: number): number | null {
  return Number.isNaN(instant) ? null : instant;
}
