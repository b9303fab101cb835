import type pg from 'pg';

/** How much was read in all. */
export type FeedTotals = { readonly feeds: number; readonly vessels: number; readonly positions: number };

/** Returns how much was read in all, counted over the vessels: the positions themselves are not read. */
export async function feedTotals(client: pg.ClientBase): Promise<FeedTotals> {
  const { rows } = await client.query<FeedTotals>(
    `select (select count(*)::int from feed) as feeds, count(*)::int as vessels,
       coalesce(sum(positions), 0)::float8 as positions from vessel`,
  );
  return rows[0];
}
