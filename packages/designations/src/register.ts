import { DAY_MS, isImoNumber, stableId } from '@offing/units';
import { startOfDay, type Designation } from './designation.ts';
import { NameIndex } from './name-index.ts';

/** How surely a ship is the one that a list names (detections.md, "Designations"). */
export type MatchLevel = 'confirmed' | 'probable' | 'possible';

/** What a ship sends of itself, as far as lists can be asked for it. */
export type ShipClaims = {
  /** As sent, valid or not. */
  readonly imoNumber: number | null;
  /** Numbers with a valid check digit that the ship sent before. */
  readonly earlierImoNumbers?: readonly number[];
  readonly mmsi: number | null;
  readonly callSign: string | null;
  readonly shipName: string | null;
};

/** The entries in force that name a ship, and by what they were found. */
export type Match = {
  readonly level: MatchLevel;
  readonly entries: readonly Designation[];
  readonly how: string;
};

/** The lists as of any day. Two clocks: what was in force on a day, and what was known at an instant. */
export type Register = {
  readonly designations: readonly Designation[];
  /** Changes whenever a row does; printed with each alert that rests on the lists. */
  readonly version: string;
  /** Returns the entries for an IMO number in force on the UTC day of an instant (ms), as known at another (default: always). */
  statusOn(imoNumber: number, at: number, knownAt?: number): readonly Designation[];
  /** Returns the first instant (ms) after `at` at which the entries in force for an IMO number change; Infinity when never. */
  changesAfter(imoNumber: number, at: number): number;
  /** The same for all entries by which what a ship sends could be matched: by number, MMSI, or call sign and name. */
  changesFor(claims: ShipClaims, at: number): number;
  /** Returns the instants (ms) after `at` at which something was learnt of the entries for what a ship sends, in order. */
  learntAfter(claims: ShipClaims, at: number): readonly number[];
  /**
   * Returns the strongest match of what a ship sends with the entries in force on the UTC day of an instant (ms), as known
   * at another (default: always), or null.
   */
  match(claims: ShipClaims, at: number, knownAt?: number): Match | null;
};

type Index<K> = ReadonlyMap<K, readonly Designation[]>;

type Indices = {
  readonly byImo: Index<number>;
  readonly byMmsi: Index<number>;
  readonly byName: NameIndex;
};

/** When to look, ms: the day, and what was known. */
type When = { readonly at: number; readonly knownAt: number };

/** Returns a register of designations; look-ups of ships that no list names cost three look-ups in a map. */
export function makeRegister(designations: readonly Designation[]): Register {
  const indices = {
    byImo: grouped(designations, (entry) => entry.imoNumber),
    byMmsi: grouped(designations, (entry) => entry.mmsi),
    byName: new NameIndex(designations),
  };
  return {
    designations,
    version: versionOf(designations),
    statusOn: (imoNumber, at, knownAt = Infinity) =>
      inForce(indices.byImo.get(imoNumber) ?? NONE, { at, knownAt }),
    changesAfter: (imoNumber, at) => nextTurn(indices.byImo.get(imoNumber) ?? NONE, at),
    changesFor: (claims, at) => nextTurn(reachable(indices, claims), at),
    learntAfter: (claims, at) => {
      const instants = reachable(indices, claims).flatMap((entry) => [
        entry.knownSince,
        entry.delistingKnownSince ?? -Infinity,
      ]);
      return [...new Set(instants)].filter((instant) => instant > at).sort((a, b) => a - b);
    },
    match: (claims, at, knownAt = Infinity) => match(indices, claims, { at, knownAt }),
  };
}

const NONE: readonly Designation[] = [];

function match(indices: Indices, claims: ShipClaims, when: When): Match | null {
  return (
    matchNumber(indices, claims, when) ?? matchMmsi(indices, claims, when) ?? matchName(indices, claims, when)
  );
}

function matchNumber({ byImo }: Indices, claims: ShipClaims, when: When): Match | null {
  for (const imoNumber of numbersOf(claims)) {
    const entries = inForce(byImo.get(imoNumber) ?? NONE, when);
    if (entries.length > 0) return { level: 'confirmed', entries, how: `IMO number ${imoNumber}` };
  }
  const shifted = shiftedNumber(claims);
  const entries = shifted === null ? NONE : inForce(byImo.get(shifted) ?? NONE, when);
  if (entries.length === 0) return null;
  return { level: 'probable', entries, how: `IMO number ${shifted}, sent as ${claims.imoNumber}` };
}

/** A listed MMSI may have been given to another ship: one that sends a number of its own is that other ship, as far as can be told. */
function matchMmsi({ byMmsi }: Indices, claims: ShipClaims, when: When): Match | null {
  const listed = claims.mmsi === null ? NONE : inForce(byMmsi.get(claims.mmsi) ?? NONE, when);
  if (listed.length === 0) return null;
  const agreeing = listed.filter((entry) => !contradicts(entry, claims));
  const how = `listed MMSI ${claims.mmsi}`;
  if (agreeing.length > 0) return { level: 'probable', entries: agreeing, how };
  return { level: 'possible', entries: listed, how: `${how}, sent with another IMO number` };
}

function matchName({ byName }: Indices, claims: ShipClaims, when: When): Match | null {
  const { shipName, callSign } = claims;
  if (shipName === null) return null;
  const found = byName.find(shipName);
  if (found === null) return null;
  const named = inForce(found.entries, when);
  const sign = plainSign(callSign);
  const called = sign === null ? NONE : named.filter((entry) => plainSign(entry.callSign) === sign);
  const agreeing = called.filter((entry) => !contradicts(entry, claims));
  if (agreeing.length > 0)
    return { level: 'probable', entries: agreeing, how: `call sign ${callSign} and name ${shipName}` };
  if (called.length > 0) {
    const how = `call sign ${callSign} and name ${shipName}, sent with another IMO number`;
    return { level: 'possible', entries: called, how };
  }
  const alone = named.filter((entry) => !contradicts(entry, claims));
  if (alone.length === 0) return null;
  return {
    level: 'possible',
    entries: alone,
    how: `name ${shipName} alone${found.isBySound ? ', by its sound' : ''}`,
  };
}

/** Whether the ship sends a sound IMO number that is not the entry's. */
function contradicts(entry: Designation, claims: ShipClaims): boolean {
  const numbers = numbersOf(claims);
  return entry.imoNumber !== null && numbers.length > 0 && !numbers.includes(entry.imoNumber);
}

/** The sound IMO numbers that a ship sent, the newest first. */
function numbersOf({ imoNumber, earlierImoNumbers = NO_NUMBERS }: ShipClaims): readonly number[] {
  if (imoNumber === null || !isImoNumber(imoNumber)) return earlierImoNumbers;
  return earlierImoNumbers.length === 0
    ? [imoNumber]
    : [imoNumber, ...earlierImoNumbers.filter((earlier) => earlier !== imoNumber)];
}

const NO_NUMBERS: readonly number[] = [];

/** The number that was sent times 100, a fault of real transmitters; null where it is none. */
function shiftedNumber({ imoNumber }: ShipClaims): number | null {
  if (imoNumber === null || imoNumber % 100 !== 0) return null;
  return isImoNumber(imoNumber / 100) ? imoNumber / 100 : null;
}

function plainSign(callSign: string | null): string | null {
  const sign = callSign?.toUpperCase().replace(/[^A-Z0-9]/g, '') ?? '';
  return sign === '' ? null : sign;
}

/** All entries by which what a ship sends could be matched better than by name alone, whenever they are in force. */
function reachable({ byImo, byMmsi, byName }: Indices, claims: ShipClaims): readonly Designation[] {
  const shifted = shiftedNumber(claims);
  const numbers = shifted === null ? numbersOf(claims) : [...numbersOf(claims), shifted];
  const named = claims.callSign === null || claims.shipName === null ? null : byName.find(claims.shipName);
  return [
    ...numbers.flatMap((number) => byImo.get(number) ?? NONE),
    ...(claims.mmsi === null ? NONE : (byMmsi.get(claims.mmsi) ?? NONE)),
    ...(named?.entries ?? NONE),
  ];
}

/** Entries in force; of rows that tell one listing the one that was known first stands for all. */
function inForce(entries: readonly Designation[], { at, knownAt }: When): readonly Designation[] {
  if (entries.length === 0) return entries;
  const known: Designation[] = [];
  for (const entry of entries) {
    const asThen = asKnown(entry, knownAt);
    if (asThen !== null && isInForce(asThen, at)) known.push(asThen);
  }
  if (known.length < 2) return known;
  const byListing = new Map<string, Designation>();
  for (const entry of [...known].sort((a, b) => a.knownSince - b.knownSince)) {
    const listing = listingKey(entry);
    if (!byListing.has(listing)) byListing.set(listing, entry);
  }
  return known.filter((entry) => [...byListing.values()].includes(entry));
}

/** Returns what rows that tell one listing have in common: the list, the ship, and the day of listing. */
export function listingKey(entry: Designation): string {
  return `${entry.list} ${entry.imoNumber ?? entry.entryId ?? entry.designationId} ${entry.designatedOn}`;
}

/** Returns the register of the compiled history as imports left it: rows that they changed stand in the place of the compiled ones. */
export function mergedRegister(compiled: Register, imported: readonly Designation[]): Register {
  if (imported.length === 0) return compiled;
  const replaced = new Set(imported.map((entry) => entry.designationId));
  const untouched = compiled.designations.filter((entry) => !replaced.has(entry.designationId));
  return makeRegister([...untouched, ...imported]);
}

function isInForce(entry: Designation, at: number): boolean {
  return at >= beginOf(entry.designatedOn) && (entry.delistedOn === null || at < endOf(entry.delistedOn));
}

function nextTurn(entries: readonly Designation[], at: number): number {
  return Math.min(...entries.flatMap(turningPoints).filter((instant) => instant > at), Infinity);
}

function turningPoints({ designatedOn, delistedOn }: Designation): number[] {
  return delistedOn === null ? [beginOf(designatedOn)] : [beginOf(designatedOn), endOf(delistedOn)];
}

/** Days are few and asked for a million times a second: each is parsed once. */
const begins = new Map<string, number>();

function beginOf(day: string): number {
  const known = begins.get(day);
  if (known !== undefined) return known;
  const begin = startOfDay(day);
  begins.set(day, begin);
  return begin;
}

function endOf(day: string): number {
  return beginOf(day) + DAY_MS;
}

/** An entry as it was known at an instant: not at all (null), or without a removal that was learnt later. */
function asKnown(entry: Designation, knownAt: number): Designation | null {
  if (entry.knownSince > knownAt) return null;
  if (entry.delistingKnownSince === null || entry.delistingKnownSince <= knownAt) return entry;
  return { ...entry, delistedOn: null, delistingKnownSince: null };
}

function grouped<K>(
  designations: readonly Designation[],
  keyOf: (entry: Designation) => K | null,
): ReadonlyMap<K, readonly Designation[]> {
  const groups = new Map<K, Designation[]>();
  for (const entry of designations) {
    const key = keyOf(entry);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

/** Everything by which a ship can be matched, and when, makes the version. */
function versionOf(designations: readonly Designation[]): string {
  const days = designations.flatMap((entry) => [entry.designatedOn, entry.delistedOn ?? '']).sort();
  const parts = designations
    .map((entry) =>
      JSON.stringify([
        entry.designationId,
        entry.imoNumber,
        entry.mmsi,
        entry.callSign,
        entry.shipName,
        entry.otherNames ?? [],
        entry.designatedOn,
        entry.delistedOn,
        entry.knownSince,
        entry.delistingKnownSince,
      ]),
    )
    .sort();
  return `${designations.length} listings to ${days[days.length - 1] ?? 'none'} (${stableId('', parts).slice(0, 8)})`;
}
