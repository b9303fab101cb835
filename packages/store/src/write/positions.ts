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

/**
 * Writes the kept rows of a batch through a staging table inside the caller's transaction, leaving rows whose key is
 * there already as they are. Returns how many rows were new.
 */
export async function stagePositions(
  client: pg.ClientBase,
  records: RecordColumns,
  kept: KeptRows,
): Promise<number> {
  await client.query(
    'create temporary table if not exists position_stage (like position) on commit delete rows',
  );
  await copyInto(client, 'position_stage', records, kept);
  const { rowCount } = await client.query(
    `insert into position select * from position_stage order by mmsi, at on conflict do nothing`,
  );
  return rowCount ?? 0;
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
