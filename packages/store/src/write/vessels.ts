import type pg from 'pg';
import { copyText } from './copy-text.ts';

/** A row of `vessel` in SQL names; instants as ISO text. */
export type VesselRow = {
  readonly vessel_id: string;
  readonly mmsi: number;
  readonly hull: number;
  readonly anchor_at: string;
  readonly anchor_lon_e7: number;
  readonly anchor_lat_e7: number;
  readonly first_at: string;
  readonly last_at: string;
  readonly last_lon_e7: number;
  readonly last_lat_e7: number;
  readonly positions: number;
  readonly ais_class: number;
  readonly imo_number: number | null;
  readonly ship_name: string | null;
  readonly call_sign: string | null;
  readonly ship_type: number | null;
  readonly length_m: number | null;
  readonly beam_m: number | null;
  readonly draught_m: number | null;
  readonly destination: string | null;
  readonly feed_ids: readonly number[];
  readonly synthetic: boolean;
};

/** What stays as it was first told of a hull. */
const FIXED = ['vessel_id', 'mmsi', 'anchor_at', 'anchor_lon_e7', 'anchor_lat_e7'] as const;

const CHANGING = [
  'hull',
  'first_at',
  'last_at',
  'last_lon_e7',
  'last_lat_e7',
  'positions',
  'ais_class',
  'imo_number',
  'ship_name',
  'call_sign',
  'ship_type',
  'length_m',
  'beam_m',
  'draught_m',
  'destination',
  'feed_ids',
  'synthetic',
] as const;

const COLUMNS = [...FIXED, ...CHANGING];

/** Writes vessels as they are now, each once; what was first told of a hull (its id and anchor) stays. */
export async function writeVessels(client: pg.ClientBase, vessels: readonly VesselRow[]): Promise<void> {
  if (vessels.length === 0) return;
  await client.query('create temporary table if not exists vessel_stage (like vessel) on commit delete rows');
  await client.query('delete from vessel_stage');
  await copyText(client, 'vessel_stage', COLUMNS, vessels);
  await client.query(
    `insert into vessel (${COLUMNS.join(', ')}) select ${COLUMNS.join(', ')} from vessel_stage
     on conflict (vessel_id) do update set ${CHANGING.map((column) => `${column} = excluded.${column}`).join(', ')}`,
  );
}

/** Removes vessels that turned out to be none. */
export async function removeVessels(client: pg.ClientBase, vesselIds: readonly string[]): Promise<void> {
  if (vesselIds.length === 0) return;
  await client.query('delete from vessel where vessel_id = any($1::text[])', [vesselIds]);
}

/** Removes the vessels of these MMSIs, before they are written anew with other hull numbers. */
export async function removeVesselsOf(client: pg.ClientBase, mmsis: readonly number[]): Promise<void> {
  await client.query('delete from vessel where mmsi = any($1::int[])', [mmsis]);
}
