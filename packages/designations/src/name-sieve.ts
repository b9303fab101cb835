import { DOUBLE_SOUNDS, SINGLE_SOUNDS, SOUND_LENGTH } from './ship-names.ts';

/** Longer names are not judged here; none on the air is (AIS carries 20 characters). */
const LONGEST = 64;
const BITS = 20;
const MASK = 2 ** BITS - 1;
const [ZERO, NINE, A, M, T, V, Z, BLANK] = Array.from('09AMTVZ ', (char) => char.charCodeAt(0));

/** The sound of each pair of letters, by 32 × first + second, and of each letter, counted from A; 0: the pair has none of its own. */
const pairs = new Uint8Array(32 * 32);
for (const [pair, sound] of Object.entries(DOUBLE_SOUNDS))
  pairs[32 * (pair.charCodeAt(0) - A) + pair.charCodeAt(1) - A] = sound.charCodeAt(0);
const singles = Uint8Array.from({ length: 26 }, (_, letter) => {
  const char = String.fromCharCode(A + letter);
  return (SINGLE_SOUNDS[char] ?? char).charCodeAt(0);
});

/** The name under the sieve without its blanks: taken apart without making any text. */
const bare = new Uint8Array(LONGEST);

/**
 * Tells names that no list can have from those worth a look: nearly all names at sea are on no list, and a sieve of
 * hashes says so without making a key of each. It may let a name through in vain, and never holds one back.
 */
export class NameSieve {
  readonly #keys = new Uint8Array(2 ** (BITS - 3));
  readonly #sounds = new Uint8Array(2 ** (BITS - 3));

  /** Lets through names that have these keys (`nameKey`), or these sounds (`soundKey`). */
  constructor(keys: Iterable<string>, sounds: Iterable<string>) {
    for (const key of keys) mark(this.#keys, hashOf(key));
    for (const sound of sounds) mark(this.#sounds, hashOf(sound));
  }

  /** Returns false for a name of which neither the key nor the sound is among those let through. */
  mayHold(name: string): boolean {
    const length = bareName(name);
    if (length < 0) return true;
    let hash = BEGIN;
    let letters = 0;
    for (let i = 0; i < length; i++) {
      if (bare[i] >= A) letters++;
      hash = step(hash, bare[i]);
    }
    if (letters === 0 || isMarked(this.#keys, hash)) return true;
    return letters >= SOUND_LENGTH && isMarked(this.#sounds, soundHash(length));
  }
}

/** Writes a name of capitals, digits and blanks without its blanks; -1 for any other, and one from which a leading M/V is taken. */
function bareName(name: string): number {
  const { length } = name;
  if (length === 0 || length > LONGEST || startsWithPrefix(name)) return -1;
  let written = 0;
  for (let i = 0; i < length; i++) {
    const code = name.charCodeAt(i);
    if ((code >= A && code <= Z) || (code >= ZERO && code <= NINE)) bare[written++] = code;
    else if (code !== BLANK) return -1;
  }
  return written;
}

function startsWithPrefix(name: string): boolean {
  if (name.charCodeAt(0) === BLANK) return true;
  const second = name.charCodeAt(1);
  return name.charCodeAt(0) === M && (second === V || second === T) && name.charCodeAt(2) === BLANK;
}

/** The hash of the sound of the bare name: what `soundKey` makes of it, letter by letter. */
function soundHash(length: number): number {
  let hash = BEGIN;
  let last = 0;
  for (let i = 0; i < length; i++) {
    let sound = bare[i];
    if (sound >= A) {
      const pair = i + 1 < length && bare[i + 1] >= A ? pairs[32 * (sound - A) + bare[i + 1] - A] : 0;
      if (pair !== 0) i++;
      sound = pair !== 0 ? pair : singles[sound - A];
      if (sound === last) continue;
    }
    last = sound;
    hash = step(hash, sound);
  }
  return hash;
}

/** FNV-1a. */
const BEGIN = 0x811c9dc5;

function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

function hashOf(text: string): number {
  let hash = BEGIN;
  for (let i = 0; i < text.length; i++) hash = step(hash, text.charCodeAt(i));
  return hash;
}

/** The high bits of a hash are mixed into those that are looked at: FNV's low ones alone are weak. */
function placeOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & MASK;
}

function mark(bits: Uint8Array, hash: number): void {
  const place = placeOf(hash);
  bits[place >> 3] |= 1 << (place & 7);
}

function isMarked(bits: Uint8Array, hash: number): boolean {
  const place = placeOf(hash);
  return (bits[place >> 3] & (1 << (place & 7))) !== 0;
}
