import { sql } from 'kysely';
import type { Reader } from './reader.ts';

/** A point of a thinned track: degrees and ms. */
export type TrackPoint = { readonly lon: number; readonly lat: number; readonly at: number };

/** A hull, by what its positions are stored under. */
export type HullKey = { readonly mmsi: number; readonly hull: number };

/** Which part of tracks is wanted (ms, both ends included), and down to about how many points each. */
export type ThinnedSpan = { readonly from?: number; readonly to?: number; readonly points: number };

/**
 * Returns the positions of each hull, in the order of the hulls: oldest first, evenly left out down to about so many; first
 * and last stay. One statement, however many hulls.
 */
export async function thinnedTracks(
  reader: Reader,
  hulls: readonly HullKey[],
  span: ThinnedSpan,
): Promise<readonly (readonly TrackPoint[])[]> {
  const tracks = hulls.map((): TrackPoint[] => []);
  if (hulls.length === 0) return tracks;
  const from = span.from === undefined ? sql`` : sql`and at >= ${new Date(span.from)}::timestamptz`;
  const to = span.to === undefined ? sql`` : sql`and at <= ${new Date(span.to)}::timestamptz`;
  const { rows } = await sql<{ nth: number; lon: number; lat: number; at: Date }>`
    select nth::int as nth, lon_e7 / 1e7::float8 as lon, lat_e7 / 1e7::float8 as lat, at
    from unnest(${hulls.map(({ mmsi }) => mmsi)}::int[], ${hulls.map(({ hull }) => hull)}::int[])
        with ordinality as wanted (mmsi, hull, nth)
      cross join lateral (
        select lon_e7, lat_e7, at, row_number() over (order by at, lon_e7, lat_e7) as place, count(*) over () as n
        from position where mmsi = wanted.mmsi and hull = wanted.hull ${from} ${to}) as numbered
    where (place - 1) % greatest(1, ceil(n / ${span.points}::numeric)::bigint) = 0 or place = n
    order by nth, place`.execute(reader.db);
  for (const { nth, lon, lat, at } of rows) tracks[nth - 1].push({ lon, lat, at: at.getTime() });
  return tracks;
}
