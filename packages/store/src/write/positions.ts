import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { RecordColumns } from '@offing/track';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { encodePositions, POSITION_COLUMNS, rowsByKey, type KeptRows } from './copy-binary.ts';

/** Writes the kept rows of a batch with one COPY inside the caller's transaction; a key that is there already is an error (23505). */
export async function copyPositions(
  client: pg.ClientBase,
  records: RecordColumns,
  kept: KeptRows,
): Promise<void> {
  await copyInto(client, 'position', records, kept);
}

/** What of a batch was not there before: how many rows, and the event time of the earliest (ms), null when there is none. */
export type Added = { readonly rows: number; readonly firstAt: number | null };

/**
 * Writes the kept rows of a batch through a staging table inside the caller's transaction, leaving rows whose key is
 * there already as they are; of equal keys in the batch the first row counts. Those that come late are marked so, with the instant since when they are
 * known (ms); null for those in time.
 */
export async function stagePositions(
  client: pg.ClientBase,
  records: RecordColumns,
  kept: KeptRows,
  lateSince: number | null = null,
): Promise<Added> {
  await client.query(
    `create temporary table if not exists position_stage
       (like position, place bigint generated always as identity) on commit delete rows`,
  );
  await copyInto(client, 'position_stage', records, kept);
  const { rows } = await client.query<{ rows: number; first: Date | null }>(
    `with added as (
       insert into position (${POSITION_COLUMNS}, late, known_at)
       select ${POSITION_COLUMNS}, case when $1::timestamptz is not null then true end, $1
       from position_stage order by mmsi, at, place
       on conflict do nothing returning at)
     select count(*)::int as rows, min(at) as first from added`,
    [lateSince === null ? null : new Date(lateSince).toISOString()],
  );
  return { rows: rows[0].rows, firstAt: rows[0].first?.getTime() ?? null };
}

async function copyInto(
  client: pg.ClientBase,
  table: string,
  records: RecordColumns,
  kept: KeptRows,
): Promise<void> {
  const rows = rowsByKey(records, 0, records.length, kept.keep);
  if (rows.length === 0) return;
  const body = encodePositions(records, rows, kept.hull, 0);
  const stream = client.query(copyFrom(`copy ${table} (${POSITION_COLUMNS}) from stdin (format binary)`));
  const done = finished(stream);
  const PIECE = 256 * 1024;
  for (let at = 0; at < body.length; at += PIECE) {
    if (!stream.write(body.subarray(at, at + PIECE))) await Promise.race([once(stream, 'drain'), done]);
  }
  stream.end();
  await done;
}
