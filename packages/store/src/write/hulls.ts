import type { Anchor } from '@offing/track';
import type pg from 'pg';
import { jsonOf } from './json.ts';

/** A stored position that belongs to another hull than it did; null: it is a repeat and is not kept. */
export type HullChange = {
  readonly mmsi: number;
  readonly at: number;
  readonly lonE7: number;
  readonly latE7: number;
  readonly hull: number | null;
};

const ROWS_AT_ONCE = 20_000;
const CHANGES = `jsonb_to_recordset($1::jsonb)
  as change (mmsi int, at timestamptz, lon_e7 int, lat_e7 int, hull smallint)`;
const SAME_KEY = `position.mmsi = change.mmsi and position.at = change.at
  and position.lon_e7 = change.lon_e7 and position.lat_e7 = change.lat_e7`;

/** Gives stored positions the hull numbers that they have now, and removes repeats. */
export async function writeHulls(client: pg.ClientBase, changes: readonly HullChange[]): Promise<void> {
  for (let start = 0; start < changes.length; start += ROWS_AT_ONCE) {
    const rows = changes.slice(start, start + ROWS_AT_ONCE).map((change) => ({
      mmsi: change.mmsi,
      at: new Date(change.at).toISOString(),
      lon_e7: change.lonE7,
      lat_e7: change.latE7,
      hull: change.hull,
    }));
    const body = [jsonOf(rows)];
    await client.query(
      `update position set hull = change.hull from ${CHANGES} where ${SAME_KEY} and change.hull is not null`,
      body,
    );
    await client.query(
      `delete from position using ${CHANGES} where ${SAME_KEY} and change.hull is null`,
      body,
    );
  }
}

/** Returns where and when the hulls that began after an instant (ms) were first seen, with the ids given out to them. */
export async function storedAnchors(client: pg.ClientBase, after: number): Promise<readonly Anchor[]> {
  const since = after === -Infinity ? '-infinity' : new Date(after).toISOString();
  const { rows } = await client.query<{
    vessel_id: string;
    mmsi: number;
    anchor_at: Date;
    anchor_lon_e7: number;
    anchor_lat_e7: number;
  }>(
    `select vessel_id, mmsi, anchor_at, anchor_lon_e7, anchor_lat_e7 from vessel where anchor_at > $1::timestamptz
     order by anchor_at, vessel_id`,
    [since],
  );
  return rows.map((row) => ({
    vesselId: row.vessel_id,
    mmsi: row.mmsi,
    at: row.anchor_at.getTime(),
    lonE7: row.anchor_lon_e7,
    latE7: row.anchor_lat_e7,
  }));
}
