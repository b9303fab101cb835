import { sql } from 'kysely';
import type { Reader } from './reader.ts';

/** A feed and what was heard on it; instants in ms, null when nothing was. */
export type FeedRecord = {
  readonly name: string;
  readonly synthetic: boolean;
  readonly terms: string | null;
  /** Positions of the vessels heard on it; those of a vessel heard on several feeds count for each of them. */
  readonly positions: number;
  readonly vessels: number;
  /** How many of these vessels were heard on another feed, too. */
  readonly vesselsShared: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
};

/** Returns the feeds by name, counted over the vessels: the positions themselves are not read. */
export async function listFeeds(reader: Reader): Promise<readonly FeedRecord[]> {
  const { rows } = await sql<FeedRow>`
    select feed.name, feed.synthetic, feed.terms,
      coalesce(sum(vessel.positions), 0)::float8 as positions,
      count(vessel.vessel_id)::int as vessels,
      count(vessel.vessel_id) filter (where cardinality(vessel.feed_ids) > 1)::int as vessels_shared,
      min(vessel.first_at) as first_at, max(vessel.last_at) as last_at
    from feed left join vessel on feed.feed_id = any(vessel.feed_ids)
    group by feed.feed_id order by feed.name`.execute(reader.db);
  return rows.map((row) => ({
    name: row.name,
    synthetic: row.synthetic,
    terms: row.terms,
    positions: row.positions,
    vessels: row.vessels,
    vesselsShared: row.vessels_shared,
    firstAt: row.first_at?.getTime() ?? null,
    lastAt: row.last_at?.getTime() ?? null,
  }));
}

type FeedRow = {
  name: string;
  synthetic: boolean;
  terms: string | null;
  positions: number;
  vessels: number;
  vessels_shared: number;
  first_at: Date | null;
  last_at: Date | null;
};

/** Returns how many records were refused, by code, over all sessions. */
export async function rejectsByCode(reader: Reader): Promise<Readonly<Record<string, number>>> {
  const rows = await reader.db
    .selectFrom('reject_count')
    .groupBy('code')
    .orderBy('code')
    .select(['code', sql<number>`sum(n)::float8`.as('n')])
    .execute();
  return Object.fromEntries(rows.map((row) => [row.code, row.n]));
}
