import type pg from 'pg';
import { jsonOf } from './json.ts';

/** How a live feed is doing, as it is kept and shown: plain JSON by the names of the feed's own process. */
export type FeedStatusRow = { readonly name: string };

/** Writes how the live feeds are doing at an instant (ms), and forgets those that are no longer there. */
export async function writeFeedStatus(
  client: pg.ClientBase,
  statuses: readonly FeedStatusRow[],
  at: number,
): Promise<void> {
  await client.query('delete from feed_status where name <> all($1::text[])', [
    statuses.map(({ name }) => name),
  ]);
  await client.query(
    `insert into feed_status (name, status, updated_at)
     select status ->> 'name', status, $2 from jsonb_array_elements($1::jsonb) as status
     on conflict (name) do update set status = excluded.status, updated_at = excluded.updated_at`,
    [jsonOf(statuses), new Date(at).toISOString()],
  );
}
