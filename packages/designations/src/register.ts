import { DAY_MS, isImoNumber, stableId } from '@offing/units';
import { startOfDay, type Designation } from './designation.ts';

/** How surely a ship is the one that a list names (detections.md, "Designations"). */
export type MatchLevel = 'confirmed' | 'probable' | 'possible';

/** What a ship sends of itself, as far as lists can be asked for it. */
export type ShipClaims = {
  readonly imoNumber: number | null;
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
  /** Returns the strongest match of what a ship sends with the entries in force on the UTC day of an instant (ms), or null. */
  match(claims: ShipClaims, at: number): Match | null;
};

/** Returns a register of designations; look-ups of ships that no list names cost one hash each. */
export function makeRegister(designations: readonly Designation[]): Register {
  const byImo = grouped(designations, (entry) => entry.imoNumber);
  const byMmsi = grouped(designations, (entry) => entry.mmsi);
  const byName = grouped(designations, (entry) => plainName(entry.shipName));
  const of = <K>(index: ReadonlyMap<K, readonly Designation[]>, key: K | null, at: number) =>
    key === null ? [] : (index.get(key) ?? NONE).filter((entry) => isInForce(entry, at));

  const match = (claims: ShipClaims, at: number): Match | null => {
    const { imoNumber, mmsi, callSign, shipName } = claims;
    if (imoNumber !== null && isImoNumber(imoNumber)) {
      const entries = of(byImo, imoNumber, at);
      if (entries.length > 0) return { level: 'confirmed', entries, how: `IMO number ${imoNumber}` };
    }
    const shifted = imoNumber !== null && imoNumber % 100 === 0 ? imoNumber / 100 : null;
    if (shifted !== null && isImoNumber(shifted)) {
      const entries = of(byImo, shifted, at);
      if (entries.length > 0)
        return { level: 'probable', entries, how: `IMO number ${shifted}, sent as ${imoNumber}` };
    }
    const listed = of(byMmsi, mmsi, at);
    if (listed.length > 0) return { level: 'probable', entries: listed, how: `listed MMSI ${mmsi}` };
    const named = of(byName, shipName === null ? null : plainName(shipName), at);
    if (named.length === 0) return null;
    const called = named.filter(
      (entry) => entry.callSign !== null && entry.callSign === callSign?.toUpperCase(),
    );
    if (called.length > 0)
      return { level: 'probable', entries: called, how: `call sign ${callSign} and name ${shipName}` };
    return { level: 'possible', entries: named, how: `name ${shipName} alone` };
  };

  return {
    designations,
    version: versionOf(designations),
    statusOn: (imoNumber, at, knownAt = Infinity) =>
      (byImo.get(imoNumber) ?? NONE)
        .flatMap((entry) => asKnown(entry, knownAt))
        .filter((entry) => isInForce(entry, at)),
    changesAfter: (imoNumber, at) =>
      Math.min(
        ...(byImo.get(imoNumber) ?? NONE).flatMap(turningPoints).filter((instant) => instant > at),
        Infinity,
      ),
    match,
  };
}

const NONE: readonly Designation[] = [];

/** Returns a name as it is compared: capitals, letters and digits only, without former names in brackets. */
export function plainName(name: string): string {
  return name
    .replace(/\(.*?\)/g, ' ')
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();
}

function isInForce(entry: Designation, at: number): boolean {
  const from = startOfDay(entry.designatedOn);
  return at >= from && (entry.delistedOn === null || at < startOfDay(entry.delistedOn) + DAY_MS);
}

function turningPoints(entry: Designation): number[] {
  const from = startOfDay(entry.designatedOn);
  return entry.delistedOn === null ? [from] : [from, startOfDay(entry.delistedOn) + DAY_MS];
}

/** An entry as it was known at an instant: not at all, or without a removal that was learnt later. */
function asKnown(entry: Designation, knownAt: number): Designation[] {
  if (entry.knownSince > knownAt) return [];
  if (entry.delistingKnownSince === null || entry.delistingKnownSince <= knownAt) return [entry];
  return [{ ...entry, delistedOn: null, delistingKnownSince: null }];
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

function versionOf(designations: readonly Designation[]): string {
  const days = designations.flatMap((entry) => [entry.designatedOn, entry.delistedOn ?? '']).sort();
  const parts = designations.map((entry) => `${entry.designationId} ${entry.delistedOn}`);
  return `${designations.length} listings to ${days[days.length - 1] ?? 'none'} (${stableId('', parts).slice(0, 8)})`;
}
