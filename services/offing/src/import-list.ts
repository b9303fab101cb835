import { createHash } from 'node:crypto';
import {
  damageOf,
  listingKey,
  nameKey,
  rowsOfSnapshots,
  shrinkageOf,
  type Designation,
  type ListEntry,
  type ListReading,
  type ListSnapshot,
  type SnapshotRefusal,
} from '@offing/designations';
import { listSnapshots, removeDesignations, writeDesignations, writeListSnapshot } from '@offing/store';
import { isoOf } from '@offing/units';
import type pg from 'pg';

/** How a reading is to be taken in. */
export type ImportOptions = {
  /** Name of the list, instead of the one that the file is known by. */
  readonly list?: string;
  /** When what the file says became known, ms. */
  readonly knownSince: number;
  readonly source: string;
  /** The compiled history. */
  readonly compiled: readonly Designation[];
  /** Believe a list that lost more than half of its ships. */
  readonly acceptShrunk: boolean;
};

/** What one list of a file brought. */
export type ListImport = {
  readonly list: string;
  readonly day: string;
  readonly ships: number;
  /** Listings in force on the day of the list that were not known, no longer in force, told with other numbers or names, and as before. */
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Listings of the compiled history in force that day that the file does not have; they stay. */
  readonly compiledOnly: number;
  /** Whether this very list was in already. */
  readonly isKnown: boolean;
  readonly refusal: SnapshotRefusal | null;
  /** Rows of the register that are new or other than before. */
  readonly rows: readonly Designation[];
};

/** Takes what was read of a file into the database, list by list, inside the caller's transaction. */
export async function importReading(
  client: pg.ClientBase,
  reading: ListReading,
  options: ImportOptions,
): Promise<readonly ListImport[]> {
  const entries = reading.entries.map((entry) => ({ ...entry, list: options.list ?? entry.list }));
  const named = options.list ?? reading.list;
  const lists = new Set([...(named === null ? [] : [named]), ...entries.map((entry) => entry.list)]);
  const imports: ListImport[] = [];
  for (const list of [...lists].sort()) {
    const ofList = entries.filter((entry) => entry.list === list);
    imports.push(await importList(client, list, ofList, reading, options));
  }
  return imports;
}

/** The day that the list is of: what it says of itself, if that is not after it became known. */
function dayOf({ publishedOn }: ListReading, { knownSince }: ImportOptions): string {
  const known = isoOf(knownSince).slice(0, 10);
  return publishedOn === null || publishedOn > known ? known : publishedOn;
}

async function importList(
  client: pg.ClientBase,
  list: string,
  entries: readonly ListEntry[],
  reading: ListReading,
  options: ImportOptions,
): Promise<ListImport> {
  const day = dayOf(reading, options);
  const compiled = options.compiled.filter((row) => row.list === list);
  const kept = await listSnapshots(client, list);
  const before = registerRows(compiled, kept);
  const earlier = kept.filter((snapshot) => snapshot.day <= day).at(-1);
  const expected = earlier?.entries.length ?? inForce(compiled, day).size;
  const shrunk = options.acceptShrunk ? null : shrinkageOf(entries.length, expected, reading.hasEndMark);
  const refusal = damageOf(reading) ?? shrunk;
  const nothing = {
    list,
    day,
    ships: entries.length,
    added: 0,
    removed: 0,
    changed: 0,
    compiledOnly: 0,
    rows: [],
  };
  const standing = inForce(before, day).size;
  if (refusal !== null || (entries.length === 0 && earlier === undefined))
    return { ...nothing, unchanged: standing, isKnown: false, refusal };
  const { knownSince, source } = options;
  const snapshot: ListSnapshot = { list, day, knownSince, source: `${source}, list of ${day}`, entries };
  const isNew = await writeListSnapshot(client, snapshot, contentKeyOf(entries));
  if (!isNew) return { ...nothing, unchanged: standing, isKnown: true, refusal: null };
  const after = registerRows(compiled, await listSnapshots(client, list));
  const rows = await writeRows(client, before, after);
  return {
    ...nothing,
    ...difference(before, after, compiled, snapshot),
    isKnown: false,
    refusal: null,
    rows,
  };
}

/** All rows of a list: the compiled ones as the snapshots left them, and those of the snapshots. */
function registerRows(
  compiled: readonly Designation[],
  snapshots: readonly ListSnapshot[],
): ReadonlyMap<string, Designation> {
  const rows = [...compiled, ...rowsOfSnapshots(compiled, snapshots)];
  return new Map(rows.map((row) => [row.designationId, row]));
}

async function writeRows(
  client: pg.ClientBase,
  before: ReadonlyMap<string, Designation>,
  after: ReadonlyMap<string, Designation>,
): Promise<readonly Designation[]> {
  const contentOf = (row: Designation | undefined): string => JSON.stringify(row);
  const rows = [...after.values()].filter(
    (row) => contentOf(before.get(row.designationId)) !== contentOf(row),
  );
  const gone = [...before.values()].filter((row) => !after.has(row.designationId));
  await writeDesignations(client, rows);
  await removeDesignations(
    client,
    gone.map((row) => row.designationId),
  );
  return [...rows, ...gone];
}

function difference(
  before: ReadonlyMap<string, Designation>,
  after: ReadonlyMap<string, Designation>,
  compiled: readonly Designation[],
  { day, entries }: ListSnapshot,
) {
  const [was, is] = [inForce(before, day), inForce(after, day)];
  const added = [...is.keys()].filter((key) => !was.has(key)).length;
  const gone = [...was.keys()].filter((key) => !is.has(key)).length;
  // Held by another file of the same day: in force until it ends, and removed all the same.
  const endsToday = (rows: readonly Designation[] = []): boolean =>
    rows.length > 0 && rows.every(({ delistedOn }) => delistedOn === day);
  const ended = [...is].filter(([key, rows]) => endsToday(rows) && was.has(key) && !endsToday(was.get(key)));
  const removed = gone + ended.length;
  const changed = [...is].filter(([key, rows]) => {
    const known = was.get(key);
    return known !== undefined && rows.some((row) => !known.some((other) => saysNoMore(row, other)));
  }).length;
  const held = new Set(entries.map((entry) => entry.imoNumber));
  const compiledOnly = [...inForce(compiled, day).values()].filter(
    ([row]) => !held.has(row.imoNumber) && after.get(row.designationId)?.delistedOn === null,
  ).length;
  return { added, removed, changed, unchanged: is.size - added - changed - ended.length, compiledOnly };
}

/** Whether a ship can be matched by no more with one row than with another. */
function saysNoMore(row: Designation, other: Designation): boolean {
  const namesOf = ({ shipName, otherNames = [] }: Designation) => [shipName, ...otherNames].map(nameKey);
  const known = new Set(namesOf(other));
  return (
    (row.mmsi === null || row.mmsi === other.mmsi) &&
    (row.callSign === null || row.callSign === other.callSign) &&
    (row.imoNumber === null || row.imoNumber === other.imoNumber) &&
    namesOf(row).every((name) => known.has(name))
  );
}

/** Rows in force on a day, by the listing that they tell. */
function inForce(
  rows: ReadonlyMap<string, Designation> | readonly Designation[],
  day: string,
): ReadonlyMap<string, readonly Designation[]> {
  const groups = new Map<string, Designation[]>();
  for (const row of rows.values()) {
    if (row.designatedOn > day || (row.delistedOn !== null && row.delistedOn < day)) continue;
    const key = listingKey(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

/** What a list held, whatever file it came in. */
function contentKeyOf(entries: readonly ListEntry[]): string {
  const content = entries.map(({ line: _line, ...entry }) => JSON.stringify(entry)).sort();
  return createHash('sha256').update(content.join('\n')).digest('hex').slice(0, 32);
}
