import type pg from 'pg';
import { jsonOf } from './json.ts';

/** A recording that was read: where it lies, how it was read, and the event times that it holds, ms. */
export type RecordingRow = {
  readonly path: string;
  readonly feed: string;
  readonly settings: unknown;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Where a copy of the file is kept, below the folder of such copies; null when none is. */
  readonly kept: string | null;
};

/** Notes the recordings of a session, so that raw records can be read from them again. */
export async function writeRecordings(
  client: pg.ClientBase,
  sessionId: string,
  recordings: readonly RecordingRow[],
): Promise<void> {
  const rows = recordings.map(({ path, feed, settings, firstAt, lastAt, kept }) => ({
    path,
    feed,
    settings,
    first_at: new Date(firstAt).toISOString(),
    last_at: new Date(lastAt).toISOString(),
    kept,
  }));
  await client.query(
    `insert into recording (session_id, path, feed_id, settings, first_at, last_at, kept)
     select $1, path, feed_id, settings, first_at, last_at, kept
     from jsonb_to_recordset($2::jsonb) as read (path text, feed text, settings jsonb, first_at timestamptz,
       last_at timestamptz, kept text)
     join feed on feed.name = read.feed
     on conflict (session_id, path) do update set kept = coalesce(excluded.kept, recording.kept)`,
    [sessionId, jsonOf(rows)],
  );
}

/** Returns the recordings that hold event times in an interval (ms), each path, way of reading and copy once. */
export async function recordingsBetween(
  client: pg.ClientBase,
  from: number,
  to: number,
): Promise<readonly RecordingRow[]> {
  const { rows } = await client.query<{
    path: string;
    feed: string;
    settings: unknown;
    first_at: Date;
    last_at: Date;
    kept: string | null;
  }>(
    `select path, feed.name as feed, settings, min(first_at) as first_at, max(last_at) as last_at, kept
     from recording join feed using (feed_id) where first_at <= $2 and last_at >= $1
     group by path, feed.name, settings, kept order by path, feed.name, settings::text, kept`,
    [new Date(from).toISOString(), new Date(to).toISOString()],
  );
  return rows.map((row) => ({
    path: row.path,
    feed: row.feed,
    settings: row.settings,
    firstAt: row.first_at.getTime(),
    lastAt: row.last_at.getTime(),
    kept: row.kept,
  }));
}
