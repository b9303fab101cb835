import { textAt, uintAt } from '@offing/ais';
import type { PayloadBits } from '@offing/ais';
import type { StaticDictionary, StaticReport } from '@offing/track';

/** How many payloads are remembered; then the memory starts anew. A ship repeats its static report every six minutes. */
const MOST_PAYLOADS = 65_536;

/** Gives the index of the static report in a message. */
export type StaticReader = {
  /** Returns the index in the dictionary for a type 5, 19 or 24 message of checked length. */
  idOf(type: number, bits: PayloadBits): number;
};

/** Returns a reader of static reports that decodes a payload only when it has not seen its very bits before. */
export function staticReader(statics: StaticDictionary): StaticReader {
  const known = new Map<
    number,
    { readonly words: Uint32Array; readonly length: number; readonly id: number }
  >();
  return {
    idOf(type, bits) {
      const count = (bits.length + 31) >>> 5;
      const hash = hashOf(bits.words, count);
      const seen = known.get(hash);
      if (seen !== undefined && seen.length === bits.length && same(seen.words, bits.words, count))
        return seen.id;
      const id = statics.intern(reportOf(type, bits));
      if (known.size >= MOST_PAYLOADS) known.clear();
      known.set(hash, { words: bits.words.slice(0, count), length: bits.length, id });
      return id;
    },
  };
}

function hashOf(words: Uint32Array, count: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < count; at++) hash = Math.imul(hash ^ words[at] ^ (words[at] >>> 15), 0x01000193);
  return hash >> 1;
}

function same(one: Uint32Array, two: Uint32Array, count: number): boolean {
  for (let at = 0; at < count; at++) if (one[at] !== two[at]) return false;
  return true;
}

function reportOf(type: number, bits: PayloadBits): StaticReport {
  const words = bits.words;
  if (type === 5) return voyageReport(bits);
  if (type === 19)
    return {
      shipName: textAt(words, 143, 120),
      shipType: orNull(uintAt(words, 263, 8)),
      ...dimensions(words, 271),
    };
  if (uintAt(words, 38, 2) === 0) return { shipName: textAt(words, 40, 120) };
  return {
    callSign: textAt(words, 90, 42),
    shipType: orNull(uintAt(words, 40, 8)),
    ...dimensions(words, 132),
  };
}

function voyageReport(bits: PayloadBits): StaticReport {
  const words = bits.words;
  return {
    imoNumber: orNull(uintAt(words, 40, 30)),
    callSign: textAt(words, 70, 42),
    shipName: textAt(words, 112, 120),
    shipType: orNull(uintAt(words, 232, 8)),
    ...dimensions(words, 240),
    eta: etaOf(uintAt(words, 274, 4), uintAt(words, 278, 5), uintAt(words, 283, 5), uintAt(words, 288, 6)),
    draughtM: orNull(uintAt(words, 294, 8) / 10),
    destination: textAt(words, 302, Math.min(120, bits.length - 302)),
  };
}

function dimensions(words: Uint32Array, at: number): { lengthM: number | null; beamM: number | null } {
  return {
    lengthM: orNull(uintAt(words, at, 9) + uintAt(words, at + 9, 9)),
    beamM: orNull(uintAt(words, at + 18, 6) + uintAt(words, at + 24, 6)),
  };
}

function etaOf(month: number, day: number, hour: number, minute: number): string | null {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59) return null;
  return `${two(month)}-${two(day)}T${two(hour)}:${two(minute)}Z`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function orNull(value: number): number | null {
  return value === 0 ? null : value;
}
