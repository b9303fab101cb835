import { learn, UNKNOWN_IDENTITY, type Identity } from '@offing/track';
import { sql, type RawBuilder } from 'kysely';
import { CLAIM_COLUMNS, claimsOf, type ClaimRow } from './claims.ts';
import { instantParameter } from './event-record.ts';
import type { Reader } from './reader.ts';

/**
 * Returns the condition that a row of `position` or `static_report` was known at an instant (ms): one in time since it was
 * received or, of a recording, since it happened; one that came late since then.
 */
export function knownBy(table: 'position' | 'static_report', asOf: number): RawBuilder<boolean> {
  const at = sql.ref(`${table}.at`);
  const received = table === 'position' ? sql`position.received_at, ` : sql``;
  const known = sql`coalesce(${sql.ref(`${table}.known_at`)}, ${received}${at})`;
  return sql<boolean>`(${at} <= ${instantParameter(asOf)} and ${known} <= ${instantParameter(asOf)})`;
}

/**
 * Returns the hulls as they were known at an instant (ms), under the names of the columns of `vessel`: those heard by then,
 * where they were last, and what they said of themselves left out (see `identitiesThen`); `positions` and `feed_ids` are
 * those of all that was heard where `counts`, else null and the feed of the last position.
 */
export function vesselsKnownAt(asOf: number, counts: boolean): RawBuilder<unknown> {
  const ofHull = sql`position.mmsi = now.mmsi and position.hull = now.hull and position.at >= now.first_at
    and ${knownBy('position', asOf)}`;
  const heard = counts
    ? sql`(select count(*) as positions, array_agg(distinct feed_id) as feed_ids from position where ${ofHull})`
    : sql`(select null::bigint as positions, array[last.feed_id] as feed_ids)`;
  return sql`(select now.vessel_id, now.mmsi, now.hull, null::integer as imo_number, null::text as ship_name,
      null::text as call_sign, null::smallint as ship_type, null::real as length_m, null::real as beam_m,
      null::real as draught_m, null::text as destination, last.ais_class, first.at as first_at, last.at as last_at,
      last.lon_e7 as last_lon_e7, last.lat_e7 as last_lat_e7, heard.positions, heard.feed_ids, now.synthetic
    from vessel as now
    cross join lateral (select at from position where ${ofHull} order by at limit 1) as first
    cross join lateral (select at, lon_e7, lat_e7, ais_class, feed_id from position where ${ofHull}
      order by at desc, lon_e7 desc, lat_e7 desc limit 1) as last
    cross join lateral ${heard} as heard
    where now.first_at <= ${instantParameter(asOf)})`;
}

/** A hull by its MMSI and its number there. */
export type HullName = { readonly mmsi: number; readonly hull: number };

type Report = ClaimRow & { mmsi: number; hull: number | null; eta: string | null };

/**
 * Returns what each of some hulls had said of itself by an instant (ms), by `hullKey`; a hull that had said nothing is
 * absent. A report is of the hull that was heard last before it under its MMSI; one before all, of the first.
 */
export async function identitiesThen(
  reader: Reader,
  hulls: readonly HullName[],
  asOf: number,
): Promise<ReadonlyMap<string, Identity>> {
  const mmsis = [...new Set(hulls.map(({ mmsi }) => mmsi))];
  const heard = (order: RawBuilder<unknown>) => sql`(select hull from position
    where position.mmsi = static_report.mmsi and ${order} limit 1)`;
  const { rows } = await sql<Report>`
    select mmsi, ${sql.join(CLAIM_COLUMNS.map((column) => sql.ref(column)))}, eta,
      coalesce(${heard(sql`position.at <= static_report.at order by at desc`)},
        ${heard(sql`position.at > static_report.at order by at`)}) as hull
    from static_report where mmsi = any(${mmsis}::int[]) and ${knownBy('static_report', asOf)}
    order by at, mmsi, content_key collate "C"`.execute(reader.db);
  const identities = new Map<string, Identity>();
  for (const row of rows) {
    const key = hullKey({ mmsi: row.mmsi, hull: row.hull ?? 0 });
    const before = identities.get(key) ?? UNKNOWN_IDENTITY;
    identities.set(key, learn(before, { ...claimsOf(row), eta: row.eta }));
  }
  return identities;
}

/** Returns the key of a hull in what `identitiesThen` returns. */
export function hullKey({ mmsi, hull }: HullName): string {
  return `${mmsi}/${hull}`;
}
