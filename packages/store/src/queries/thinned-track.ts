import { sql } from 'kysely';
import type { Reader } from './reader.ts';

/** A point of a thinned track: degrees and ms. */
export type TrackPoint = { readonly lon: number; readonly lat: number; readonly at: number };

/** Returns a hull's positions between two instants (ms), oldest first, evenly left out down to about so many; first and last stay. */
export async function thinnedTrack(
  reader: Reader,
  asked: {
    readonly mmsi: number;
    readonly hull: number;
    readonly from?: number;
    readonly to?: number;
    readonly points: number;
  },
): Promise<readonly TrackPoint[]> {
  const from = asked.from === undefined ? sql`` : sql`and at >= ${new Date(asked.from)}::timestamptz`;
  const to = asked.to === undefined ? sql`` : sql`and at <= ${new Date(asked.to)}::timestamptz`;
  const { rows } = await sql<{ lon: number; lat: number; at: Date }>`
    select lon_e7 / 1e7::float8 as lon, lat_e7 / 1e7::float8 as lat, at from (
      select lon_e7, lat_e7, at, row_number() over (order by at, lon_e7, lat_e7) as place, count(*) over () as n
      from position where mmsi = ${asked.mmsi} and hull = ${asked.hull} ${from} ${to}) as numbered
    where (place - 1) % greatest(1, ceil(n / ${asked.points}::numeric)::bigint) = 0 or place = n
    order by place`.execute(reader.db);
  return rows.map((row) => ({ lon: row.lon, lat: row.lat, at: row.at.getTime() }));
}
