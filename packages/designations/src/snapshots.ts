import { stableId } from '@offing/units';
import { type Designation } from './designation.ts';
import type { ListEntry } from './lists/list-entry.ts';
import { nameKey } from './ship-names.ts';

/** A list as it was published on a day. */
export type ListSnapshot = {
  readonly list: string;
  /** UTC day that the list is of, `YYYY-MM-DD`. */
  readonly day: string;
  /** When what it says became known here, ms. */
  readonly knownSince: number;
  /** What to name as the source of its entries. */
  readonly source: string;
  readonly entries: readonly ListEntry[];
};

/** One stay of a ship on the list, as snapshots show it. */
type Listing = {
  readonly id: string;
  newest: ListEntry;
  designatedOn: string;
  delistedOn: string | null;
  delistingKnownSince: number | null;
  /** Day of the last snapshot that held it. */
  heldOn: string;
  /** What was known of the ship, each since a snapshot of its own. */
  readonly variants: { readonly entry: ListEntry; readonly knownSince: number; readonly source: string }[];
  /** Rows of the compiled history that tell the same listing. */
  readonly compiled: Set<Designation>;
};

/**
 * Returns the rows that snapshots of one list give beside the compiled history, and the compiled rows whose removal they
 * show. The result is the same whatever order the snapshots came in.
 *
 * - A ship is the same listing from one snapshot to the next by its IMO number, else by the list's id together with a name
 *   or MMSI that agrees: ids are given out again, ships are renamed.
 * - The day of listing is what the list says, else what the compiled history says, else the day of the first snapshot.
 * - A ship that the next snapshot does not hold was removed. Its last listed day is the day of the last snapshot that held
 *   it, the last day on which it is known to have been listed; the removal is known since the next.
 * - A ship that comes back is a listing of its own.
 * - New numbers or names of a listing make one more row, known since the snapshot that has them.
 */
export function rowsOfSnapshots(
  compiled: readonly Designation[],
  snapshots: readonly ListSnapshot[],
): readonly Designation[] {
  const ordered = [...snapshots].sort((a, b) =>
    a.day === b.day ? a.knownSince - b.knownSince : a.day < b.day ? -1 : 1,
  );
  let open: Listing[] = [];
  const all: Listing[] = [];
  const times = new Map<string, number>();
  for (const snapshot of ordered) {
    const known = new OpenListings(open);
    const held = new Set<Listing>();
    for (const entry of inOrder(snapshot.entries)) {
      const listing = known.take(entry) ?? begin(times, entry, snapshot, compiled);
      if (listing.variants.length === 0) all.push(listing);
      hold(listing, entry, snapshot, compiled);
      held.add(listing);
    }
    for (const listing of open) if (!held.has(listing)) remove(listing, snapshot);
    open = [...held];
  }
  return [...all.flatMap(rowsOf), ...all.flatMap(compiledChanges)];
}

/** Entries in an order of their own, so that it does not matter where in the file they stood. */
function inOrder(entries: readonly ListEntry[]): readonly ListEntry[] {
  const rank = (entry: ListEntry): string =>
    `${keyOf(entry)} ${entry.designatedOn ?? ''} ${entry.entryId ?? ''} ${entry.shipName}`;
  const ranked = entries.map((entry) => [rank(entry), entry] as const);
  return ranked.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, entry]) => entry);
}

/** The listings that are open, to be found once each. */
class OpenListings {
  readonly #byKey = new Map<string, Listing[]>();
  readonly #free: Set<Listing>;

  constructor(open: readonly Listing[]) {
    this.#free = new Set(open);
    for (const listing of open) for (const key of keysOf(listing.newest)) this.#add(key, listing);
  }

  /** Returns the listing that goes on with an entry: of those by one number the one of the same day first. */
  take(entry: ListEntry): Listing | undefined {
    const candidates = keysOf(entry)
      .flatMap((key) => this.#byKey.get(key) ?? [])
      .filter((listing) => this.#free.has(listing) && isSameShip(listing.newest, entry));
    const found =
      candidates.find((listing) => listing.newest.designatedOn === entry.designatedOn) ?? candidates[0];
    if (found !== undefined) this.#free.delete(found);
    return found;
  }

  #add(key: string, listing: Listing): void {
    const known = this.#byKey.get(key);
    if (known) known.push(listing);
    else this.#byKey.set(key, [listing]);
  }
}

/** What an entry may be found by again: its number, its id, its name; whether it is the same ship is asked then. */
function keysOf(entry: ListEntry): readonly string[] {
  const { imoNumber, entryId, mmsi, shipName } = entry;
  return [
    ...(imoNumber === null ? [] : [`imo ${imoNumber}`]),
    ...(entryId === null ? [] : [`id ${entryId}`]),
    ...(mmsi === null ? [] : [`mmsi ${mmsi}`]),
    ...(imoNumber === null ? [`name ${nameKey(shipName)}`] : []),
  ];
}

/** Whether two entries with one id are one ship: their IMO numbers do not differ, and a name or the MMSI agrees. */
function isSameShip(before: ListEntry, after: ListEntry): boolean {
  if (before.part !== after.part) return false;
  if (before.imoNumber !== null && after.imoNumber !== null) return before.imoNumber === after.imoNumber;
  if (before.mmsi !== null && before.mmsi === after.mmsi) return true;
  const names = new Set([before.shipName, ...before.otherNames].map(nameKey));
  return [after.shipName, ...after.otherNames].some((name) => names.has(nameKey(name)));
}

function keyOf(entry: ListEntry): string {
  const ship = entry.imoNumber ?? `${entry.entryId ?? ''} ${nameKey(entry.shipName)}`;
  return `${ship} ${entry.part ?? ''}`;
}

function begin(
  times: Map<string, number>,
  entry: ListEntry,
  snapshot: ListSnapshot,
  compiled: readonly Designation[],
): Listing {
  const key = keyOf(entry);
  const earlier = times.get(key) ?? 0;
  times.set(key, earlier + 1);
  const told = compiled.find((row) => tellsTheSame(row, entry, snapshot.day));
  return {
    id: stableId('d_', [snapshot.list, 'snapshots', key, earlier]),
    newest: entry,
    designatedOn: entry.designatedOn ?? told?.designatedOn ?? snapshot.day,
    delistedOn: null,
    delistingKnownSince: null,
    heldOn: snapshot.day,
    variants: [],
    compiled: new Set(),
  };
}

function hold(
  listing: Listing,
  entry: ListEntry,
  snapshot: ListSnapshot,
  compiled: readonly Designation[],
): void {
  listing.newest = entry;
  listing.heldOn = snapshot.day;
  listing.designatedOn = entry.designatedOn ?? listing.designatedOn;
  if (entry.delistedOn !== listing.delistedOn) {
    listing.delistedOn = entry.delistedOn;
    listing.delistingKnownSince = entry.delistedOn === null ? null : snapshot.knownSince;
  }
  const isNews = !listing.variants.some((variant) => identityOf(variant.entry) === identityOf(entry));
  if (isNews) {
    const { knownSince } = snapshot;
    listing.variants.push({ entry, knownSince, source: entry.source ?? snapshot.source });
  }
  for (const row of compiled) if (tellsTheSame(row, entry, snapshot.day)) listing.compiled.add(row);
}

function remove(listing: Listing, snapshot: ListSnapshot): void {
  if (listing.delistedOn !== null) return;
  listing.delistedOn = listing.heldOn < listing.designatedOn ? listing.designatedOn : listing.heldOn;
  listing.delistingKnownSince = snapshot.knownSince;
}

function tellsTheSame(row: Designation, entry: ListEntry, day: string): boolean {
  if (row.imoNumber === null || row.imoNumber !== entry.imoNumber) return false;
  if (entry.designatedOn !== null && entry.designatedOn !== row.designatedOn) return false;
  return row.designatedOn <= day && (row.delistedOn === null || row.delistedOn >= day);
}

/** What a ship can be matched by. */
function identityOf(entry: ListEntry): string {
  const { imoNumber, mmsi, callSign, shipName, otherNames } = entry;
  return JSON.stringify([imoNumber, mmsi, callSign, shipName, [...otherNames].sort()]);
}

function rowsOf(listing: Listing): Designation[] {
  return listing.variants.map(({ entry, knownSince, source }, place) => ({
    designationId: place === 0 ? listing.id : stableId('d_', [listing.id, place]),
    list: entry.list,
    entryId: entry.entryId,
    imoNumber: entry.imoNumber,
    mmsi: entry.mmsi,
    callSign: entry.callSign,
    shipName: entry.shipName,
    otherNames: entry.otherNames,
    flag: entry.flag,
    program: listing.newest.program,
    designatedOn: listing.designatedOn,
    delistedOn: listing.delistedOn,
    knownSince,
    delistingKnownSince:
      listing.delistingKnownSince === null ? null : Math.max(listing.delistingKnownSince, knownSince),
    source,
    imported: true,
  }));
}

/** The compiled rows of a listing that ended: the removal is the same for them. */
function compiledChanges({ compiled, delistedOn, delistingKnownSince }: Listing): Designation[] {
  if (delistedOn === null) return [];
  return [...compiled]
    .filter((row) => row.delistedOn === null)
    .map((row) => ({ ...row, delistedOn, delistingKnownSince, imported: true }));
}
