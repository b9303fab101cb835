import type pg from 'pg';

/** How many snapshots are kept: the newest ones, so that a little late data need not start from the beginning. */
const KEEP = 6;

/** Keeps the state of the folds at a watermark (ms), in the parts given, and drops the oldest beyond the newest six. */
export async function writeSnapshot(
  client: pg.ClientBase,
  watermark: number,
  format: string,
  parts: readonly Buffer[],
): Promise<void> {
  const at = new Date(watermark).toISOString();
  await client.query('delete from snapshot where watermark = $1', [at]);
  for (const [chunk, part] of parts.entries()) {
    await client.query('insert into snapshot (watermark, chunk, format, body) values ($1, $2, $3, $4)', [
      at,
      chunk,
      format,
      part,
    ]);
  }
  await client.query(
    `delete from snapshot where watermark not in
       (select distinct watermark from snapshot order by watermark desc limit $1)`,
    [KEEP],
  );
}

/** Returns the newest snapshot of the format with a watermark before an instant (ms), or null. */
export async function readSnapshot(
  client: pg.ClientBase,
  format: string,
  before: number,
): Promise<{ readonly watermark: number; readonly parts: readonly Buffer[] } | null> {
  const limit = before === Infinity ? 'infinity' : new Date(before).toISOString();
  const { rows } = await client.query<{ watermark: Date; body: Buffer }>(
    `select watermark, body from snapshot
     where watermark = (select max(watermark) from snapshot where format = $1 and watermark < $2::timestamptz)
     order by chunk`,
    [format, limit],
  );
  if (rows.length === 0) return null;
  return { watermark: rows[0].watermark.getTime(), parts: rows.map((row) => row.body) };
}

/** Drops the snapshots at or after an instant (ms): positions came in that they do not know. */
export async function dropSnapshotsFrom(client: pg.ClientBase, from: number): Promise<void> {
  await client.query('delete from snapshot where watermark >= $1', [new Date(from).toISOString()]);
}
