import { nameKey, soundKey } from '@offing/designations';
import type { Identity } from '@offing/track';

/** What a hull says of itself that does not change in the life of an ordinary ship under one owner. */
export const SAID_FIELDS = ['imoNumber', 'callSign', 'shipName', 'lengthM', 'beamM'] as const;

/** One of those fields. */
export type SaidField = (typeof SAID_FIELDS)[number];

/** What a hull says in those fields; null where it never said. */
export type SaidValues = { readonly [field in SaidField]: string | number | null };

/** Names of AIS end here (ITU-R M.1371-5, message 5): a longer one arrives cut. */
const NAME_LENGTH = 20;
/** Lengths and breadths are typed in as distances from the antenna, which is moved and mistyped: smaller differences are none (ours). */
const LENGTH_M = { least: 10, share: 0.1 } as const;
const BEAM_M = { least: 3, share: 0.15 } as const;

/** Returns what a hull says in the fields that are watched. */
export function saidBy(identity: Identity): SaidValues {
  const { imoNumber, callSign, shipName, lengthM, beamM } = identity;
  return { imoNumber, callSign, shipName, lengthM: sizeOrNull(lengthM), beamM: sizeOrNull(beamM) };
}

function sizeOrNull(metres: number | null): number | null {
  return metres === null || metres <= 0 ? null : metres;
}

/** Returns whether two values of a field tell one ship: padding, punctuation, spelling and retyped antenna distances are no change. */
export function isSameValue(field: SaidField, a: string | number, b: string | number): boolean {
  if (a === b) return true;
  switch (field) {
    case 'imoNumber':
      return false;
    case 'callSign':
      return plainSign(String(a)) === plainSign(String(b));
    case 'shipName':
      return isSameName(String(a), String(b));
    case 'lengthM':
      return isSameSize(Number(a), Number(b), LENGTH_M);
    case 'beamM':
      return isSameSize(Number(a), Number(b), BEAM_M);
  }
}

/** Zeros and ones are typed for letters of the same look. */
function plainSign(sign: string): string {
  return sign
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replaceAll('0', 'O')
    .replaceAll('1', 'I');
}

function isSameSize(
  a: number,
  b: number,
  limit: { readonly least: number; readonly share: number },
): boolean {
  return Math.abs(a - b) < Math.max(limit.least, limit.share * Math.max(a, b));
}

function isSameName(a: string, b: string): boolean {
  const [keyA, keyB] = [nameKey(a), nameKey(b)];
  // A name of signs alone says nothing.
  if (keyA === keyB || keyA === '' || keyB === '') return true;
  // Sister ships differ by their number only.
  if (keyA.replace(/\D/g, '') !== keyB.replace(/\D/g, ''))
    return isCut(a, keyA, keyB) || isCut(b, keyB, keyA);
  const [soundA, soundB] = [soundKey(a), soundKey(b)];
  if (soundA !== null && soundA === soundB) return true;
  if (isCut(a, keyA, keyB) || isCut(b, keyB, keyA)) return true;
  const length = Math.max(keyA.length, keyB.length);
  return isWithin(keyA, keyB, length >= 9 ? 2 : length >= 5 ? 1 : 0);
}

/** Whether a name is another one, cut at the end of the field. */
function isCut(name: string, key: string, other: string): boolean {
  return name.trim().length >= NAME_LENGTH - 1 && other.startsWith(key);
}

/** Whether so many letters changed, put in or left out turn one text into the other (Levenshtein distance). */
function isWithin(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swapped, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length] <= most;
}
