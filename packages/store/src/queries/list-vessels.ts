import { sql, type RawBuilder } from 'kysely';
import { boxCondition, type Box } from './event-filter.ts';
import { containsPattern } from './event-record.ts';
import { readRows, type Reader } from './reader.ts';
import { selectVessels, vesselRecord, vesselRecords, type VesselRecord } from './vessel-record.ts';
import { knownBy } from './vessels-then.ts';

/** Vessels of the past are read for exports by so many at a time. */
const STREAM_PAGE = 1000;

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
  /** Vessels with at least so many positions; not with `asOf`. */
  readonly leastPositions?: number;
  /** What was known at this instant, ms. IMO numbers are then those sent by then under the vessel's MMSI. */
  readonly asOf?: number;
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
  return vesselRecords(reader, await query.execute(), filter);
}

/** Yields all vessels of a filter, by MMSI and hull; those known now from one snapshot. For exports. */
export async function* streamVessels(reader: Reader, filter: VesselFilter): AsyncGenerator<VesselRecord> {
  if (filter.asOf === undefined) {
    for await (const row of readRows(reader, filtered(reader, filter).compile())) yield vesselRecord(row);
    return;
  }
  for (let after: VesselMark | undefined; ;) {
    const page = await listVessels(reader, filter, { limit: STREAM_PAGE, ...(after && { after }) });
    yield* page;
    after = page.at(-1);
    if (page.length < STREAM_PAGE) return;
  }
}

/** Returns the vessel of an id, or undefined; with `asOf` (ms) as it was known then, undefined where it was not heard yet. */
export async function vesselById(
  reader: Reader,
  vesselId: string,
  asOf?: number,
): Promise<VesselRecord | undefined> {
  const time = asOf === undefined ? {} : { asOf, counts: true };
  const rows = await selectVessels(reader, time).where('vessel_id', '=', vesselId).execute();
  return (await vesselRecords(reader, rows, time)).at(0);
}

/** Returns the vessels of these ids, in their order; what is not there is left out. */
export async function vesselsById(
  reader: Reader,
  vesselIds: readonly string[],
): Promise<readonly VesselRecord[]> {
  if (vesselIds.length === 0) return [];
  const rows = await selectVessels(reader, {}).where('vessel_id', 'in', vesselIds).execute();
  const found = new Map(rows.map((row) => [row.vessel_id, row]));
  return vesselIds.flatMap((id) => {
    const row = found.get(id);
    return row === undefined ? [] : [vesselRecord(row)];
  });
}

/** Returns how many hulls are kept under an MMSI; with `asOf` (ms) those heard by then. */
export async function hullsOfMmsi(reader: Reader, mmsi: number, asOf?: number): Promise<number> {
  let query = reader.db
    .selectFrom('vessel')
    .where('mmsi', '=', mmsi)
    .select(sql<number>`count(*)::int`.as('n'));
  if (asOf !== undefined) {
    query = query.where(sql<boolean>`exists (select from position where position.mmsi = vessel.mmsi
      and position.hull = vessel.hull and position.at >= vessel.first_at and ${knownBy('position', asOf)})`);
  }
  return (await query.executeTakeFirstOrThrow()).n;
}

function filtered(reader: Reader, filter: VesselFilter) {
  const { asOf } = filter;
  let query = selectVessels(reader, filter).orderBy('mmsi').orderBy('hull').orderBy('vessel_id');
  if (filter.mmsi !== undefined) query = query.where(sql<boolean>`mmsi = any(${filter.mmsi}::int[])`);
  if (filter.imoNumbers !== undefined) {
    const sent = sql<boolean>`imo_number = any(${filter.imoNumbers}::int[])`;
    query = query.where(asOf === undefined ? sent : saidUnder(sent, asOf));
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
  if (filter.name !== undefined) {
    const named = sql<boolean>`lower(ship_name) like lower(${containsPattern(filter.name)}::text)`;
    const said = saidUnder(named, asOf);
    query = query.where(asOf === undefined ? sql<boolean>`(${named} or ${said})` : said);
  }
  return query;
}

/** The condition that a static report under the vessel's MMSI meets another, one that was known then where `asOf` is given. */
function saidUnder(condition: RawBuilder<boolean>, asOf: number | undefined): RawBuilder<boolean> {
  const known = asOf === undefined ? sql`true` : knownBy('static_report', asOf);
  return sql<boolean>`vessel.mmsi in (select mmsi from static_report where ${condition} and ${known})`;
}
