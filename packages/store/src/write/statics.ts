import type { StaticReport } from '@offing/track';
import type pg from 'pg';
import { copyText } from './copy-text.ts';
import { jsonOf } from './json.ts';

/** A change of what a hull says of itself, to be kept. */
export type StaticRow = {
  readonly mmsi: number;
  readonly at: number;
  readonly report: StaticReport;
  readonly key: string;
  readonly messageType: number;
  readonly aisClass: number;
  readonly feed: number;
};

/** The key of a static report. */
export type StaticRowKey = Pick<StaticRow, 'mmsi' | 'at' | 'key'>;

/**
 * Writes static changes; those that are there already stay as they are. Those that come late are known since an instant
 * (ms); null for those in time. Returns the event time of the earliest new one (ms), or null.
 */
export async function writeStatics(
  client: pg.ClientBase,
  statics: readonly StaticRow[],
  knownAt: number | null = null,
): Promise<number | null> {
  if (statics.length === 0) return null;
  const rows = statics.map(sqlRow);
  const { rows: added } = await client.query<{ first: Date | null }>(
    `with added as (insert into static_report (mmsi, at, content_key, imo_number, ship_name, call_sign, ship_type, length_m, beam_m,
       draught_m, destination, eta, message_type, ais_class, feed_id, known_at)
     select mmsi, at, content_key, imo_number, ship_name, call_sign, ship_type, length_m, beam_m, draught_m,
       destination, eta, message_type, ais_class, feed_id, $2
     from json_populate_recordset(null::static_report, $1::json)
     on conflict do nothing returning at)
     select min(at) as first from added`,
    [jsonOf(rows), knownAt === null ? null : new Date(knownAt).toISOString()],
  );
  return added[0].first?.getTime() ?? null;
}

/** Writes static changes inside the caller's transaction; one that is there already is an error (23505). */
export async function copyStatics(client: pg.ClientBase, statics: readonly StaticRow[]): Promise<void> {
  if (statics.length === 0) return;
  await copyText(client, 'static_report', STATIC_COLUMNS, statics.map(sqlRow));
}

/** Removes static reports that say nothing new any more. */
export async function removeStatics(client: pg.ClientBase, keys: readonly StaticRowKey[]): Promise<void> {
  if (keys.length === 0) return;
  const rows = keys.map(({ mmsi, at, key }) => ({ mmsi, at: new Date(at).toISOString(), content_key: key }));
  await client.query(
    `delete from static_report using jsonb_to_recordset($1::jsonb)
       as gone (mmsi int, at timestamptz, content_key text)
     where static_report.mmsi = gone.mmsi and static_report.at = gone.at
       and static_report.content_key = gone.content_key`,
    [jsonOf(rows)],
  );
}

const STATIC_COLUMNS = [
  'mmsi',
  'at',
  'content_key',
  'imo_number',
  'ship_name',
  'call_sign',
  'ship_type',
  'length_m',
  'beam_m',
  'draught_m',
  'destination',
  'eta',
  'message_type',
  'ais_class',
  'feed_id',
] as const;

function sqlRow({
  report,
  ...row
}: StaticRow): Record<(typeof STATIC_COLUMNS)[number], string | number | null> {
  return {
    mmsi: row.mmsi,
    at: new Date(row.at).toISOString(),
    content_key: row.key,
    imo_number: report.imoNumber ?? null,
    ship_name: report.shipName ?? null,
    call_sign: report.callSign ?? null,
    ship_type: report.shipType ?? null,
    length_m: report.lengthM ?? null,
    beam_m: report.beamM ?? null,
    draught_m: report.draughtM ?? null,
    destination: report.destination ?? null,
    eta: report.eta ?? null,
    message_type: row.messageType,
    ais_class: row.aisClass,
    feed_id: row.feed,
  };
}
