import { appendPayload, makePayloadBits } from '../src/bits.ts';
import { decodePayload } from '../src/decode.ts';
import type { AisMessage, DecodeFault } from '../src/message.ts';
import { isDecodeFault } from '../src/message.ts';
import { makeSentenceView, readSentence } from '../src/sentence.ts';

/** Returns what the payloads of whole sentences, in order, decode to. */
export function decodeSentences(...sentences: readonly string[]): AisMessage | DecodeFault {
  const bits = makePayloadBits();
  for (const sentence of sentences) {
    const bytes = new TextEncoder().encode(sentence);
    const view = makeSentenceView();
    const fault = readSentence(bytes, 0, bytes.length, view);
    if (fault !== null) throw new Error(`${fault}: ${view.why}: ${sentence}`);
    appendPayload(bits, bytes, view.payloadFrom, view.payloadTo, view.fill);
  }
  return decodePayload(bits);
}

/** Returns the message in sentences that must hold one. */
export function messageIn(...sentences: readonly string[]): AisMessage {
  const result = decodeSentences(...sentences);
  if (isDecodeFault(result)) throw new Error(result.why);
  return result;
}
