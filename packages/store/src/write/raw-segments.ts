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

/** The pieces of the segments that came behind one (by its id), and the id of the newest. */
export type NewSegments = { readonly pieces: readonly number[]; readonly last: string };

/** Returns what came behind a segment. */
export async function segmentsSince(client: pg.ClientBase, after: string): Promise<NewSegments> {
  const { rows } = await client.query<{ piece: number; last: string }>(
    'select piece, max(segment_id) as last from raw_segment where segment_id > $1 group by piece order by max(segment_id)',
    [after],
  );
  return { pieces: rows.map(({ piece }) => piece), last: rows.at(-1)?.last ?? after };
}

/** Returns the id of the newest segment, `0` when there is none. */
export async function newestSegment(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ last: string | null }>(
    'select max(segment_id) as last from raw_segment',
  );
  return rows[0].last ?? '0';
}

/** Yields the segments of a piece in order of arrival, those behind one (by its id) only. */
export async function* rawSegments(
  client: pg.ClientBase,
  piece: number,
  behind = '0',
): AsyncGenerator<Buffer, void> {
  for (let after = behind; ;) {
    const { rows } = await client.query<{ segment_id: string; body: Buffer }>(
      `select segment_id, body from raw_segment where piece = $1 and segment_id > $2 order by segment_id limit 64`,
      [piece, after],
    );
    for (const { body } of rows) yield body;
    if (rows.length === 0) return;
    after = rows[rows.length - 1].segment_id;
  }
}

/** Returns the pieces of event time with segments that were recorded before an instant (ms), in order. */
export async function piecesRecordedBefore(
  client: pg.ClientBase,
  before: number,
): Promise<readonly number[]> {
  const { rows } = await client.query<{ piece: number }>(
    'select distinct piece from raw_segment where recorded_at < $1 order by piece',
    [new Date(before).toISOString()],
  );
  return rows.map(({ piece }) => piece);
}

/** Forgets segments that were recorded before an instant (ms). */
export async function dropRawSegments(client: pg.ClientBase, before: number): Promise<void> {
  await client.query('delete from raw_segment where recorded_at < $1', [new Date(before).toISOString()]);
}
