import { sql, type RawBuilder } from 'kysely';
import { blocksOf } from '../coverage-blocks.ts';
import { boxCondition, type Box } from './event-filter.ts';
import { polygonCondition, type Ring } from './polygon.ts';
import type { Reader } from './reader.ts';

const HOUR_MS = 3_600_000;

/** What one kind of receivers of a feed heard of one class in one cell in one hour. */
export type CoverageRecord = {
  /** When the hour begins, ms. */
  readonly hourAt: number;
  readonly cell: number;
  readonly feedId: number;
  readonly feed: string;
  /** 0 not known, 1 class A, 2 class B. */
  readonly aisClass: number;
  /** 0 not known, 1 terrestrial, 2 satellite. */
  readonly receiverKind: number;
  readonly vessels: number;
  readonly messages: number;
};

/** Which coverage is wanted; what is absent does not restrict. Instants in ms; box and polygon hold the middle of the cell. */
export type CoverageFilter = {
  /** Hours that ended after this instant. */
  readonly from?: number;
  /** Hours that had begun by this instant. */
  readonly to?: number;
  readonly box?: Box;
  readonly polygon?: Ring;
  readonly feed?: string;
  readonly aisClass?: number;
  readonly receiverKind?: number;
};

/** The last row of a page. */
export type CoverageMark = Pick<CoverageRecord, 'hourAt' | 'cell' | 'feedId' | 'aisClass' | 'receiverKind'>;

/** A page to read, newest hour first. */
export type CoveragePage = { readonly limit: number; readonly after?: CoverageMark };

/** Returns a page of what was heard where, newest hour first. */
export async function listCoverage(
  reader: Reader,
  filter: CoverageFilter,
  page: CoveragePage,
): Promise<readonly CoverageRecord[]> {
  let query = reader.db
    .selectFrom('coverage')
    .innerJoin('feed', 'feed.feed_id', 'coverage.feed_id')
    .select(['hour', 'cell', 'coverage.feed_id', 'feed.name', 'ais_class', 'receiver_kind'])
    .select(['vessels', 'messages'])
    .orderBy('hour', 'desc')
    .orderBy('cell', 'desc')
    .orderBy('coverage.feed_id', 'desc')
    .orderBy('ais_class', 'desc')
    .orderBy('receiver_kind', 'desc')
    .limit(page.limit);
  for (const condition of conditionsOf(filter, page.after)) query = query.where(condition);
  return (await query.execute()).map((row) => ({
    hourAt: row.hour.getTime(),
    cell: row.cell,
    feedId: row.feed_id,
    feed: row.name,
    aisClass: row.ais_class,
    receiverKind: row.receiver_kind,
    vessels: row.vessels,
    messages: row.messages,
  }));
}

function conditionsOf(filter: CoverageFilter, after: CoverageMark | undefined): RawBuilder<boolean>[] {
  const { from, to, box, polygon, feed, aisClass, receiverKind } = filter;
  const conditions: RawBuilder<boolean>[] = [];
  if (from !== undefined) conditions.push(sql`hour > ${new Date(from - HOUR_MS)}::timestamptz`);
  if (to !== undefined) conditions.push(sql`hour <= ${new Date(to)}::timestamptz`);
  if (box !== undefined) {
    conditions.push(sql`block = any(${blocksOf(box)}::int[])`);
    conditions.push(boxCondition(box, sql.ref('lon_e7'), sql.ref('lat_e7'), 1e7));
  }
  if (polygon !== undefined) conditions.push(polygonCondition(polygon, sql`lon_e7 / 1e7`, sql`lat_e7 / 1e7`));
  if (feed !== undefined) conditions.push(sql`feed.name = ${feed}::text`);
  if (aisClass !== undefined) conditions.push(sql`ais_class = ${aisClass}::int`);
  if (receiverKind !== undefined) conditions.push(sql`receiver_kind = ${receiverKind}::int`);
  if (after !== undefined) {
    conditions.push(
      sql`(hour, cell, coverage.feed_id, ais_class, receiver_kind) < (${new Date(after.hourAt)}::timestamptz,
        ${after.cell}::int, ${after.feedId}::int, ${after.aisClass}::int, ${after.receiverKind}::int)`,
    );
  }
  return conditions;
}
