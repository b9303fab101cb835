/** How many ships' last reports are remembered; a ship beyond that takes another's place, whose cells are then read again. */
const ENTRIES = 262_144;
const MMSI = 0;
const ONE = 1;
const TWO = 2;
const ID = 3;
const WORDS = 4;

/** Stands for the id of a report that was not seen just before. */
export const UNSEEN = -2;

/** 64 bits of hash in two words. */
export type ReportHash = { readonly one: number; readonly two: number };

/**
 * What each ship's last row said of her: the hash of its bytes, and the id that it was given. One table of fixed size with all
 * of a ship's words side by side, as it is asked once a row and a row of another ship is rarely in the processor's cache.
 */
export type LastReports = { readonly table: Int32Array };

/** Returns a memory in which no ship was seen. */
export function makeLastReports(): LastReports {
  return { table: new Int32Array(ENTRIES * WORDS) };
}

/** Returns the entry that is, or is to become, that of a ship. */
export function entryOf({ table }: LastReports, mmsi: number): number {
  const place = (Math.imul(mmsi, -1640531527) >>> 14) * WORDS;
  if (table[place] === mmsi || table[place] === 0) return place;
  // The neighbour in the same cache line.
  return place ^ WORDS;
}

/**
 * Returns the id kept with the same hash for a ship at her entry, or UNSEEN. A false match takes two reports of one ship,
 * one after the other, with the same 64 bits; she then keeps what she said before.
 */
export function lastId({ table }: LastReports, entry: number, mmsi: number, hash: ReportHash): number {
  const same =
    table[entry + MMSI] === mmsi && table[entry + ONE] === hash.one && table[entry + TWO] === hash.two;
  return same ? table[entry + ID] : UNSEEN;
}

/** Keeps what a ship says, by its hash and id, at her entry. */
export function keepReport(
  { table }: LastReports,
  entry: number,
  mmsi: number,
  hash: ReportHash,
  id: number,
): void {
  table[entry + MMSI] = mmsi;
  table[entry + ONE] = hash.one;
  table[entry + TWO] = hash.two;
  table[entry + ID] = id;
}
