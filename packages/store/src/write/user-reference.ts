import type { Announcement, Port, ZoneFeature } from '@offing/gazetteer';
import type pg from 'pg';
import { jsonOf } from './json.ts';

/** What the user may give, by its kind. */
export type UserEntries = {
  readonly port: Port;
  readonly zone: ZoneFeature;
  readonly embargo: Announcement;
};

/** A kind of reference data that the user may give. */
export type UserKind = keyof UserEntries;

/** How many entries were new, differed from what was kept under their id, or were as before. */
export type UserChanges = { readonly added: number; readonly changed: number; readonly unchanged: number };

/** Writes entries of the user's under their ids; `source` says which file they are from. */
export async function writeUserReference<Kind extends UserKind>(
  client: pg.ClientBase,
  kind: Kind,
  entries: readonly UserEntries[Kind][],
  source: string,
): Promise<UserChanges> {
  const rows = entries.map((entry) => ({ entry_id: entry.id, body: entry }));
  const { rows: written } = await client.query<{ is_new: boolean }>(
    `insert into user_reference as kept (kind, entry_id, body, source)
     select $1, entry_id, body, $3 from jsonb_to_recordset($2::jsonb) as given (entry_id text, body jsonb)
     on conflict (kind, entry_id) do update set body = excluded.body, source = excluded.source
       where kept.body <> excluded.body
     returning xmax = 0 as is_new`,
    [kind, jsonOf(rows), source],
  );
  const added = written.filter((row) => row.is_new).length;
  return { added, changed: written.length - added, unchanged: entries.length - written.length };
}

/** Removes an entry of the user's; returns whether there was one. */
export async function removeUserReference(
  client: pg.ClientBase,
  kind: UserKind,
  id: string,
): Promise<boolean> {
  const { rowCount } = await client.query('delete from user_reference where kind = $1 and entry_id = $2', [
    kind,
    id,
  ]);
  return (rowCount ?? 0) > 0;
}

/** Returns the entries of a kind that the user gave, by id. */
export async function readUserReference<Kind extends UserKind>(
  client: pg.ClientBase,
  kind: Kind,
): Promise<readonly UserEntries[Kind][]> {
  const { rows } = await client.query<{ body: UserEntries[Kind] }>(
    'select body from user_reference where kind = $1 order by entry_id',
    [kind],
  );
  return rows.map(({ body }) => body);
}
