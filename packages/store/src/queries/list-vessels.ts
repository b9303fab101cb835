import { sql } from 'kysely';
import { boxCondition, type Box } from './event-filter.ts';
import { containsPattern } from './event-record.ts';
import { readRows, type Reader } from './reader.ts';
import { selectVessels, vesselRecord, type VesselRecord } from './vessel-record.ts';

/** What vessels are asked for; what is absent does not restrict. */
export type VesselFilter = {
  readonly mmsi?: readonly number[];
  readonly imoNumbers?: readonly number[];
  /** Part of a name that was ever sent under the vessel's MMSI, compared without case. */
  readonly name?: string;
  /** First three digits of the MMSI, one of these. */
  readonly mids?: readonly number[];
  /** Where the last position lies. */
  readonly box?: Box;
  /** Vessels heard at or after this instant, ms. */
  readonly from?: number;
  /** Vessels heard at or before this instant, ms. */
  readonly to?: number;
  /** Vessels with at least so many positions. */
  readonly leastPositions?: number;
};

/** The last vessel of a page. */
export type VesselMark = { readonly mmsi: number; readonly hull: number; readonly vesselId: string };

/** A page to read, by MMSI, hull and id: an order that no new position changes. Hull numbers end, and then several hulls bear one. */
export type VesselPage = { readonly limit: number; readonly after?: VesselMark };

/** Returns a page of vessels by MMSI and hull. */
export async function listVessels(
  reader: Reader,
  filter: VesselFilter,
  page: VesselPage,
): Promise<readonly VesselRecord[]> {
  const { after } = page;
  let query = filtered(reader, filter).limit(page.limit);
  if (after !== undefined)
    query = query.where(
      sql<boolean>`(mmsi, hull, vessel_id) > (${after.mmsi}::int, ${after.hull}::int, ${after.vesselId}::text)`,
    );
  return (await query.execute()).map(vesselRecord);
}

/** Yields all vessels of a filter from one snapshot, by MMSI and hull; for exports. */
export async function* streamVessels(reader: Reader, filter: VesselFilter): AsyncGenerator<VesselRecord> {
  for await (const row of readRows(reader, filtered(reader, filter).compile())) yield vesselRecord(row);
}

/** Returns the vessel of an id, or undefined. */
export async function vesselById(reader: Reader, vesselId: string): Promise<VesselRecord | undefined> {
  const row = await selectVessels(reader).where('vessel_id', '=', vesselId).executeTakeFirst();
  return row === undefined ? undefined : vesselRecord(row);
}

/** Returns the vessels of these ids, in their order; what is not there is left out. */
export async function vesselsById(
  reader: Reader,
  vesselIds: readonly string[],
): Promise<readonly VesselRecord[]> {
  if (vesselIds.length === 0) return [];
  const rows = await selectVessels(reader).where('vessel_id', 'in', vesselIds).execute();
  const found = new Map(rows.map((row) => [row.vessel_id, row]));
  return vesselIds.flatMap((id) => {
    const row = found.get(id);
    return row === undefined ? [] : [vesselRecord(row)];
  });
}

/** Returns how many hulls are kept under an MMSI. */
export async function hullsOfMmsi(reader: Reader, mmsi: number): Promise<number> {
  const row = await reader.db
    .selectFrom('vessel')
    .where('mmsi', '=', mmsi)
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirstOrThrow();
  return row.n;
}

function filtered(reader: Reader, filter: VesselFilter) {
  let query = selectVessels(reader).orderBy('mmsi').orderBy('hull').orderBy('vessel_id');
  if (filter.mmsi !== undefined) query = query.where(sql<boolean>`mmsi = any(${filter.mmsi}::int[])`);
  if (filter.imoNumbers !== undefined) {
    query = query.where(sql<boolean>`imo_number = any(${filter.imoNumbers}::int[])`);
  }
  if (filter.mids !== undefined) {
    query = query.where(sql<boolean>`mmsi / 1000000 = any(${filter.mids}::int[])`);
  }
  if (filter.box !== undefined) {
    query = query.where(boxCondition(filter.box, sql.ref('last_lon_e7'), sql.ref('last_lat_e7'), 1e7));
  }
  if (filter.from !== undefined) query = query.where('last_at', '>=', new Date(filter.from));
  if (filter.to !== undefined) query = query.where('first_at', '<=', new Date(filter.to));
  if (filter.leastPositions !== undefined) {
    query = query.where(sql<boolean>`positions >= ${filter.leastPositions}::bigint`);
  }
  if (filter.name !== undefined) query = query.where(namedLike(filter.name));
  return query;
}

function namedLike(part: string) {
  const pattern = containsPattern(part);
  return sql<boolean>`(lower(vessel.ship_name) like lower(${pattern}::text) or vessel.mmsi in (
    select static_report.mmsi from static_report where lower(static_report.ship_name) like lower(${pattern}::text)))`;
}
