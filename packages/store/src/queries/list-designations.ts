import { sql, type RawBuilder } from 'kysely';
import { containsPattern, instantParameter } from './event-record.ts';
import type { Reader } from './reader.ts';

/** A designation as kept; days are `YYYY-MM-DD`. */
export type DesignationRecord = {
  readonly designationId: string;
  readonly list: string;
  readonly entryId: string | null;
  readonly imoNumber: number | null;
  readonly mmsi: number | null;
  readonly callSign: string | null;
  readonly shipName: string;
  readonly flag: string | null;
  readonly program: string | null;
  readonly designatedOn: string;
  /** The last listed day; null while listed. */
  readonly delistedOn: string | null;
  readonly knownSince: number;
  readonly source: string;
};

/** Which designations are wanted. */
export type DesignationFilter = {
  readonly imoNumbers?: readonly number[];
  /** Part of the listed name, compared without case. */
  readonly name?: string;
  /** A list's name, compared without case. */
  readonly list?: string;
  /** In force on this day, `YYYY-MM-DD`: the day of listing is the first, the day of removal the last. */
  readonly on?: string;
  /** What was known at this instant, ms: later listings are left out, and later removals are not yet told. */
  readonly asOf?: number;
};

/** The last designation of a page. */
export type DesignationMark = { readonly designatedOn: string; readonly designationId: string };

/** Returns a page of designations, newest listing first. */
export async function listDesignations(
  reader: Reader,
  filter: DesignationFilter,
  page: { readonly limit: number; readonly after?: DesignationMark },
): Promise<readonly DesignationRecord[]> {
  const delistedOn = delistedKnownAt(filter.asOf);
  let query = reader.db
    .selectFrom('designation')
    .select([
      'designation_id',
      'list',
      'entry_id',
      'imo_number',
      'mmsi',
      'call_sign',
      'ship_name',
      'flag',
      'program',
      'known_since',
      'source',
      sql<string>`designated_on::text`.as('designated_on'),
      sql<string | null>`${delistedOn}::text`.as('delisted_on'),
    ])
    .orderBy(sql`designation.designated_on`, 'desc')
    .orderBy('designation_id')
    .limit(page.limit);
  if (filter.imoNumbers !== undefined) {
    query = query.where(sql<boolean>`imo_number = any(${filter.imoNumbers}::int[])`);
  }
  if (filter.name !== undefined) {
    query = query.where(sql<boolean>`lower(ship_name) like lower(${containsPattern(filter.name)}::text)`);
  }
  if (filter.list !== undefined) query = query.where(sql<boolean>`lower(list) = lower(${filter.list}::text)`);
  if (filter.on !== undefined) {
    query = query.where(
      sql<boolean>`designated_on <= ${filter.on}::date and (${delistedOn} is null or ${delistedOn} >= ${filter.on}::date)`,
    );
  }
  if (filter.asOf !== undefined) query = query.where('known_since', '<=', new Date(filter.asOf));
  if (page.after !== undefined) {
    const { designatedOn, designationId } = page.after;
    query = query.where(
      sql<boolean>`(designated_on < ${designatedOn}::date or (designated_on = ${designatedOn}::date and designation_id > ${designationId}::text))`,
    );
  }
  return (await query.execute()).map((row) => ({
    designationId: row.designation_id,
    list: row.list,
    entryId: row.entry_id,
    imoNumber: row.imo_number,
    mmsi: row.mmsi,
    callSign: row.call_sign,
    shipName: row.ship_name,
    flag: row.flag,
    program: row.program,
    designatedOn: row.designated_on,
    delistedOn: row.delisted_on,
    knownSince: row.known_since.getTime(),
    source: row.source,
  }));
}

/** A removal is known from the start where nothing says when it was learnt. */
function delistedKnownAt(asOf: number | undefined): RawBuilder<unknown> {
  if (asOf === undefined) return sql`delisted_on`;
  return sql`(case when coalesce(delisting_known_since, known_since) <= ${instantParameter(asOf)} then delisted_on end)`;
}

/** Returns how many designations there are and when the last was recorded, to tell one state of the table from another. */
export async function designationMark(reader: Reader): Promise<string> {
  const row = await reader.db
    .selectFrom('designation')
    .select(sql<string>`count(*) || '/' || coalesce(extract(epoch from max(recorded_at)), 0)`.as('mark'))
    .executeTakeFirstOrThrow();
  return row.mark;
}
