import type pg from 'pg';

/** Keeps an instant (ms) up to which nothing came of any live feed and which told something. */
export async function writeBeat(client: pg.ClientBase, at: number): Promise<void> {
  await client.query('insert into beat (at) values ($1) on conflict do nothing', [
    new Date(at).toISOString(),
  ]);
}

/** Returns the instants (ms) of `writeBeat` later than `after` (ms; -Infinity for all), in order. */
export async function storedBeats(client: pg.ClientBase, after: number): Promise<readonly number[]> {
  const since = after === -Infinity ? '-infinity' : new Date(after).toISOString();
  const { rows } = await client.query<{ at: Date }>(
    'select at from beat where at > $1::timestamptz order by at',
    [since],
  );
  return rows.map(({ at }) => at.getTime());
}
