import { epochAt, sourceHash } from '@offing/ais';

/** What stands behind a sentence's checksum, read into the same object again and again. */
export type SentenceSuffix = {
  /** Time in ms since 1970, or NaN. */
  at: number;
  /** Hash of the receiving station in the `r…` field; 0 when there is none. */
  source: number;
};

const COMMA = 44;
const LETTER_R = 114;

/**
 * Reads what follows the checksum, `bytes[from, to)`: `,epoch` or fields of the US Coast Guard's kind,
 * `,d-109,S2105,t050056.00,r003669946,1325394060`. The time is the number behind the `r` field; without one, the first
 * field, or the last when all before it are empty or start with a letter. Anything else is rubbish and says nothing.
 */
export function readSuffix(bytes: Uint8Array, from: number, to: number, suffix: SentenceSuffix): void {
  suffix.at = NaN;
  suffix.source = 0;
  if (bytes[from] !== COMMA) return;
  let end = to;
  while (end > from && bytes[end - 1] <= 32) end--;
  let afterStation = false;
  let tidy = true;
  for (let at = from + 1; at <= end;) {
    let comma = at;
    while (comma < end && bytes[comma] !== COMMA) comma++;
    if (at === from + 1 || afterStation || (tidy && comma === end)) {
      suffix.at = epochAt(bytes, at, comma);
      if (!Number.isNaN(suffix.at)) return;
    }
    afterStation = bytes[at] === LETTER_R && comma > at + 1;
    if (afterStation) suffix.source = sourceHash(bytes, at, comma);
    if (comma > at && (bytes[at] | 32) < 97) tidy = false;
    at = comma + 1;
  }
}
