import type pg from 'pg';

/** Keeps the bytes of a batch that arrived live, whose newest record has the event time `newestAt` (ms). */
export async function writeJournal(client: pg.ClientBase, newestAt: number, body: Buffer): Promise<void> {
  await client.query('insert into live_journal (newest_at, body) values ($1, $2)', [
    new Date(newestAt).toISOString(),
    body,
  ]);
}

/** Yields the batches that are kept, in order of arrival, up to the newest one at the first step. */
export async function* readJournal(client: pg.ClientBase): AsyncGenerator<Buffer, void> {
  const { rows: ends } = await client.query<{ last: string | null }>(
    'select max(journal_id) as last from live_journal',
  );
  const last = ends[0].last ?? '0';
  for (let after = '0'; ;) {
    const { rows } = await client.query<{ journal_id: string; body: Buffer }>(
      'select journal_id, body from live_journal where journal_id > $1 and journal_id <= $2 order by journal_id limit 1',
      [after, last],
    );
    if (rows.length === 0) return;
    after = rows[0].journal_id;
    yield rows[0].body;
  }
}

/** Forgets the batches whose records are all at or before an event time (ms): they are committed. */
export async function trimJournal(client: pg.ClientBase, upTo: number): Promise<void> {
  await client.query('delete from live_journal where newest_at <= $1', [new Date(upTo).toISOString()]);
}
