import type { StaticReport } from '@offing/track';
import type pg from 'pg';
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

/** Writes static changes; those that are there already stay as they are. Returns how many were new. */
export async function writeStatics(client: pg.ClientBase, statics: readonly StaticRow[]): Promise<number> {
  if (statics.length === 0) return 0;
  const rows = statics.map(({ report, ...row }) => ({
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
  }));
  const { rowCount } = await client.query(
    `insert into static_report (mmsi, at, content_key, imo_number, ship_name, call_sign, ship_type, length_m, beam_m,
       draught_m, destination, eta, message_type, ais_class, feed_id)
     select mmsi, at, content_key, imo_number, ship_name, call_sign, ship_type, length_m, beam_m, draught_m,
       destination, eta, message_type, ais_class, feed_id
     from jsonb_populate_recordset(null::static_report, $1::jsonb)
     on conflict do nothing`,
    [jsonOf(rows)],
  );
  return rowCount ?? 0;
}
