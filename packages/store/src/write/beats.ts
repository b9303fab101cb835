import type pg from 'pg';

/** An instant (ms) up to which nothing came of any live feed, and the feeds that were expected to bring something. */
export type Beat = { readonly at: number; readonly feeds: readonly number[] };

/** Keeps a beat that told something. */
export async function writeBeat(client: pg.ClientBase, beat: Beat): Promise<void> {
  await client.query('insert into beat (at, feed_ids) values ($1, $2) on conflict do nothing', [
    new Date(beat.at).toISOString(),
    beat.feeds,
  ]);
}

/** Returns the beats later than `after` (ms; -Infinity for all), in order. */
export async function storedBeats(client: pg.ClientBase, after: number): Promise<readonly Beat[]> {
  const since = after === -Infinity ? '-infinity' : new Date(after).toISOString();
  const { rows } = await client.query<{ at: Date; feed_ids: number[] }>(
    'select at, feed_ids from beat where at > $1::timestamptz order by at',
    [since],
  );
  return rows.map(({ at, feed_ids }) => ({ at: at.getTime(), feeds: feed_ids }));
}
