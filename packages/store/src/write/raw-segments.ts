import type pg from 'pg';

/** What live feeds brought in one piece of event time, compressed. */
export type RawSegment = { readonly piece: number; readonly body: Buffer };

/** Keeps segments as they came. */
export async function writeRawSegments(
  client: pg.ClientBase,
  segments: readonly RawSegment[],
): Promise<void> {
  for (const { piece, body } of segments)
    await client.query('insert into raw_segment (piece, body) values ($1, $2)', [piece, body]);
}

/** Yields the segments of a piece in order of arrival, one at a time. */
export async function* rawSegments(client: pg.ClientBase, piece: number): AsyncGenerator<Buffer, void> {
  for (let after = '0'; ;) {
    const { rows } = await client.query<{ segment_id: string; body: Buffer }>(
      `select segment_id, body from raw_segment where piece = $1 and segment_id > $2 order by segment_id limit 64`,
      [piece, after],
    );
    for (const { body } of rows) yield body;
    if (rows.length === 0) return;
    after = rows[rows.length - 1].segment_id;
  }
}

/** Forgets segments that are kept longer than so many days. */
export async function dropRawSegments(client: pg.ClientBase, days: number): Promise<void> {
  await client.query(
    'delete from raw_segment where recorded_at < now() - make_interval(secs => $1 * 86400.0)',
    [days],
  );
}
