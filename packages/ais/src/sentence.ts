/** What reading a sentence can come to. `other` is a sentence that carries no AIS message. */
export type SentenceFault = 'truncated' | 'not-text' | 'checksum' | 'malformed';

/**
 * One AIVDM or AIVDO sentence as places in its bytes, read into the same object again and again.
 *
 * | field       | `!AIVDM,2,1,3,B,55P5TL01VIaAL@7W,0*1C` |
 * | ----------- | -------------------------------------- |
 * | `total`     | 2                                      |
 * | `number`    | 1                                      |
 * | `sequence`  | 3, -1 when empty                       |
 * | `channel`   | byte of `B`, 0 when empty              |
 * | payload     | `[payloadFrom, payloadTo)`             |
 * | `fill`      | 0                                      |
 * | `end`       | behind the checksum                    |
 */
export type SentenceView = {
  total: number;
  number: number;
  sequence: number;
  channel: number;
  payloadFrom: number;
  payloadTo: number;
  fill: number;
  /** True for VDO: sent by the receiver's own ship. */
  ownShip: boolean;
  /** First byte behind the sentence; for a fault, the byte at which reading stopped. */
  end: number;
  /** For a fault: what was found and what was expected. */
  why: string;
};

const COMMA = 44;
const STAR = 42;

/** Bytes at which the body of a sentence ends: `*`, the starts of another sentence or tag block, and all that is not text. */
const STOPS = makeStops();

function makeStops(): Uint8Array {
  const table = new Uint8Array(256).fill(1);
  table.fill(0, 32, 127);
  for (const stop of '*!$\\') table[stop.charCodeAt(0)] = 1;
  return table;
}

/** Returns a view to read sentences into. */
export function makeSentenceView(): SentenceView {
  return {
    total: 0,
    number: 0,
    sequence: -1,
    channel: 0,
    payloadFrom: 0,
    payloadTo: 0,
    fill: 0,
    ownShip: false,
    end: 0,
    why: '',
  };
}

/** Returns whether an AIVDM or AIVDO sentence of any talker starts at `from`: `!`, two characters, `VDM,` or `VDO,`. */
export function startsAisSentence(bytes: Uint8Array, from: number, to: number): boolean {
  return (
    bytes[from] === 33 &&
    from + 6 < to &&
    bytes[from + 3] === 86 &&
    bytes[from + 4] === 68 &&
    (bytes[from + 5] === 77 || bytes[from + 5] === 79) &&
    bytes[from + 6] === COMMA
  );
}

/** Returns the value of a hexadecimal digit, or -1. */
export function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/**
 * Reads the sentence that `startsAisSentence` found at `from` into `view`; returns null, or what is wrong with it
 * (IEC 61162-1: checksum is the exclusive or of all bytes between `!` and `*`). The payload's characters are not looked at.
 */
export function readSentence(
  bytes: Uint8Array,
  from: number,
  to: number,
  view: SentenceView,
): SentenceFault | null {
  let sum = 0;
  let at = from + 1;
  while (at < to && STOPS[bytes[at]] === 0) sum ^= bytes[at++];
  view.end = at;
  if (at >= to) return fault(view, 'truncated', 'sentence ends without `*` and checksum');
  if (bytes[at] !== STAR) return stoppedShort(view, bytes[at]);
  const high = at + 2 < to ? hexDigit(bytes[at + 1]) : -1;
  const low = at + 2 < to ? hexDigit(bytes[at + 2]) : -1;
  if (at + 2 >= to) return fault(view, 'truncated', 'checksum has fewer than two digits');
  view.end = at + 3;
  if (high < 0 || low < 0) return fault(view, 'checksum', 'checksum is not two hexadecimal digits');
  if (high * 16 + low !== sum)
    return fault(view, 'checksum', `checksum is ${hex(high * 16 + low)}, computed ${hex(sum)}`);
  view.ownShip = bytes[from + 5] === 79;
  return readFields(bytes, from + 7, at, view);
}

function stoppedShort(view: SentenceView, byte: number): SentenceFault {
  if (byte < 32 || byte > 126) return fault(view, 'not-text', `byte 0x${hex(byte)} inside a sentence`);
  return fault(view, 'truncated', `another sentence starts before this one's checksum`);
}

function readFields(bytes: Uint8Array, from: number, star: number, view: SentenceView): SentenceFault | null {
  // The fields before the channel have one digit each in all but broken sentences: looked at by place, not by search.
  if (bytes[from + 1] !== COMMA || bytes[from + 3] !== COMMA)
    return fault(view, 'malformed', 'total and number of parts are not one digit each');
  const total = bytes[from] - 48;
  const number = bytes[from + 2] - 48;
  if (!(total >= 1 && total <= 9 && number >= 1 && number <= total))
    return fault(view, 'malformed', `part ${text(bytes, from + 2)} of ${text(bytes, from)}, expected 1 to 9`);
  let at = from + 4;
  view.sequence = bytes[at] === COMMA ? -1 : bytes[at++] - 48;
  if (bytes[at] !== COMMA || view.sequence < -1 || view.sequence > 9)
    return fault(view, 'malformed', 'sequence is not one digit or empty');
  at++;
  view.channel = bytes[at] === COMMA ? 0 : bytes[at++];
  if (bytes[at] !== COMMA) return fault(view, 'malformed', 'channel is not one character or empty');
  at++;
  const fillAt = bytes[star - 1] === COMMA ? star : star - 1;
  if (fillAt - 1 < at || bytes[fillAt - 1] !== COMMA)
    return fault(view, 'malformed', 'fill bits are not one digit');
  const fill = fillAt === star ? 0 : bytes[fillAt] - 48;
  if (!(fill >= 0 && fill <= 5)) return fault(view, 'malformed', 'fill bits are not 0 to 5');
  view.total = total;
  view.number = number;
  view.payloadFrom = at;
  view.payloadTo = fillAt - 1;
  view.fill = fill;
  return null;
}

function fault(view: SentenceView, code: SentenceFault, why: string): SentenceFault {
  view.why = why;
  return code;
}

function text(bytes: Uint8Array, at: number): string {
  return `\`${String.fromCharCode(bytes[at])}\``;
}

/** Returns a byte as two hexadecimal digits. */
export function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
