import type { ListSnapshot } from '@offing/designations';
import type pg from 'pg';
import { jsonOf } from './json.ts';

/**
 * Keeps a list as it was published; `contentKey` identifies what it held. Returns false when the same list of that day
 * with the same content is kept already.
 */
export async function writeListSnapshot(
  client: pg.ClientBase,
  snapshot: ListSnapshot,
  contentKey: string,
): Promise<boolean> {
  await client.query(
    'insert into list_content (content_key, entries) values ($1, $2) on conflict (content_key) do nothing',
    [contentKey, jsonOf(snapshot.entries)],
  );
  const { rowCount } = await client.query(
    `insert into list_snapshot (list, day, known_since, content_key, ships, source)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [
      snapshot.list,
      snapshot.day,
      new Date(snapshot.knownSince).toISOString(),
      contentKey,
      snapshot.entries.length,
      snapshot.source,
    ],
  );
  return rowCount === 1;
}

/** A list file that changed nothing. */
export type ListRefusal = {
  readonly list: string | null;
  readonly files: readonly string[];
  readonly contentKey: string;
  readonly code: string;
  readonly why: string;
};

/** Keeps why a list file changed nothing; the same file refused again stays one row. */
export async function writeListRefusal(client: pg.ClientBase, refusal: ListRefusal): Promise<void> {
  const { list, files, contentKey, code, why } = refusal;
  await client.query(
    `insert into list_refusal (list, files, content_key, code, why) values ($1, $2, $3, $4, $5)
     on conflict (content_key, code) do update set recorded_at = now(), files = excluded.files, why = excluded.why`,
    [list, files, contentKey, code, why],
  );
}
