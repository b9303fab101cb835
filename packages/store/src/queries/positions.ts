import { sql } from 'kysely';
import { readRows, type Reader } from './reader.ts';
import { knownBy } from './vessels-then.ts';

/** A position as received, in the units of the record; what was not available is null. */
export type PositionRecord = {
  readonly vesselId: string | null;
  readonly mmsi: number;
  readonly at: number;
  readonly receivedAt: number | null;
  readonly lon: number;
  readonly lat: number;
  readonly sogKn: number | null;
  readonly cogDeg: number | null;
  readonly headingDeg: number | null;
  readonly navStatus: number | null;
  readonly messageType: number;
  /** 0 not known, 1 class A, 2 class B. */
  readonly aisClass: number;
  /** 0 not known, 1 terrestrial, 2 satellite. */
  readonly receiverKind: number;
  readonly feed: string | null;
  /** Whether it came behind what had been judged by then, and was taken in afterwards. */
  readonly late: boolean;
};

/** Which positions are wanted; instants in ms, both ends included. */
export type PositionFilter = {
  readonly mmsi?: readonly number[];
  readonly from?: number;
  readonly to?: number;
  /** What was known at this instant. */
  readonly asOf?: number;
};

/** The last position of a page of a track: the key of its row, coordinates in 1e-7 degrees. */
export type TrackMark = { readonly at: number; readonly lonE7: number; readonly latE7: number };

/** A piece of a track: of one hull, oldest first, at most `limit` behind the mark. */
export type TrackPage = {
  readonly mmsi: number;
  readonly hull: number;
  readonly from?: number;
  readonly to?: number;
  readonly asOf?: number;
  readonly limit: number;
  readonly after?: TrackMark;
};

/** Returns a page of the positions of one hull, oldest first. */
export async function vesselTrack(reader: Reader, page: TrackPage): Promise<readonly PositionRecord[]> {
  let query = selectPositions(reader, page).where('position.mmsi', '=', page.mmsi).limit(page.limit);
  query = query.where('position.hull', '=', page.hull);
  if (page.after !== undefined) {
    const { at, lonE7, latE7 } = page.after;
    query = query.where(
      sql<boolean>`(position.at, position.lon_e7, position.lat_e7) > (${new Date(at)}::timestamptz, ${lonE7}::int, ${latE7}::int)`,
    );
  }
  return (await query.execute()).map(positionRecord);
}

/** Yields all positions of a filter from one snapshot, by MMSI and time; for exports. */
export async function* streamPositions(
  reader: Reader,
  filter: PositionFilter,
): AsyncGenerator<PositionRecord> {
  let query = selectPositions(reader, filter);
  if (filter.mmsi !== undefined) {
    query = query.where(sql<boolean>`position.mmsi = any(${filter.mmsi}::int[])`);
  }
  for await (const row of readRows(reader, query.compile())) yield positionRecord(row);
}

function selectPositions(reader: Reader, span: Pick<PositionFilter, 'from' | 'to' | 'asOf'>) {
  let query = reader.db
    .selectFrom('position')
    .leftJoin(
      // Hull numbers end, and then several hulls bear one: a position of theirs belongs to none for sure.
      ({ selectFrom }) =>
        selectFrom('vessel')
          .select(['mmsi', 'hull', sql<string>`min(vessel_id)`.as('vessel_id')])
          .groupBy(['mmsi', 'hull'])
          .having(sql<boolean>`count(*) = 1`)
          .as('vessel'),
      (join) => join.onRef('vessel.mmsi', '=', 'position.mmsi').onRef('vessel.hull', '=', 'position.hull'),
    )
    .leftJoin('feed', 'feed.feed_id', 'position.feed_id')
    .select([
      'vessel.vessel_id',
      'position.mmsi',
      'position.at',
      'position.received_at',
      'position.lon_e7',
      'position.lat_e7',
      'position.sog_dkn',
      'position.cog_ddeg',
      'position.heading_deg',
      'position.nav_status',
      'position.message_type',
      'position.ais_class',
      'position.receiver_kind',
      'feed.name as feed',
      'position.late',
    ])
    .orderBy('position.mmsi')
    .orderBy('position.at')
    .orderBy('position.lon_e7')
    .orderBy('position.lat_e7');
  if (span.from !== undefined) query = query.where('position.at', '>=', new Date(span.from));
  if (span.to !== undefined) query = query.where('position.at', '<=', new Date(span.to));
  if (span.asOf !== undefined) query = query.where(knownBy('position', span.asOf));
  return query;
}

type PositionRow = Awaited<ReturnType<ReturnType<typeof selectPositions>['executeTakeFirstOrThrow']>>;

function positionRecord(row: PositionRow): PositionRecord {
  return {
    vesselId: row.vessel_id,
    mmsi: row.mmsi,
    at: row.at.getTime(),
    receivedAt: row.received_at?.getTime() ?? null,
    lon: row.lon_e7 / 1e7,
    lat: row.lat_e7 / 1e7,
    sogKn: row.sog_dkn === null ? null : row.sog_dkn / 10,
    cogDeg: row.cog_ddeg === null ? null : row.cog_ddeg / 10,
    headingDeg: row.heading_deg,
    navStatus: row.nav_status,
    messageType: row.message_type,
    aisClass: row.ais_class,
    receiverKind: row.receiver_kind,
    feed: row.feed,
    late: row.late === true,
  };
}
