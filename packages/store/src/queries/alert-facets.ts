import { flagOfMid } from '@offing/units';
import { sql, type RawBuilder } from 'kysely';
import { eventConditions, placesKnownAt, tableOf, type EventFilter } from './event-filter.ts';
import { instantParameter } from './event-record.ts';
import {
  commonFilter,
  foundOf,
  groupCounts,
  type FacetCount,
  type FacetGroup,
  type GroupCounts,
} from './facet-counts.ts';
import { binUnit, type BinUnit } from './histogram-bins.ts';
import type { Reader } from './reader.ts';

/** Alerts of a filter by when they began; ms since 1970 UTC. */
export type AlertHistogram = {
  readonly unit: BinUnit;
  /** The interval that is told of, both ends within; null where there is none. */
  readonly from: number | null;
  readonly to: number | null;
  /** Alerts that had begun before it and lasted into it. */
  readonly before: number;
  /** Begins of the bins in which something began, in order. */
  readonly bins: readonly { readonly start: number; readonly count: number }[];
};

/** What is asked of a list beside its items: how many there are of each kind, and when they began. */
export type AlertFacets = GroupCounts & {
  /** Countries of the MMSIs, ISO 3166-1 alpha-2; an alert with ships of two countries counts for both. */
  readonly flag: readonly FacetCount[];
  readonly histogram: AlertHistogram;
};

/** Returns the counts and the histogram of a filter. All alerts are read once for each of the three questions. */
export async function alertFacets(reader: Reader, filter: EventFilter): Promise<AlertFacets> {
  const [groups, flag] = await Promise.all([readGroups(reader, filter), readFlags(reader, filter)]);
  const histogram = await readHistogram(reader, filter, foundOf(groups, filter));
  return { ...groupCounts(groups, filter), flag, histogram };
}

async function readGroups(reader: Reader, filter: EventFilter): Promise<readonly FacetGroup[]> {
  const table = tableOf(filter);
  const { rows } = await sql<FacetGroup>`
    select ${table}.type, ${table}.severity, ${table}.verdict, ${table}.state, ${table}.nexus,
      ${table}.port_id as "portId", ${table}.port_name as "portName", ${table}.port_country as "portCountry",
      count(*)::float8 as count, (extract(epoch from min(${table}.opened_at)) * 1000)::float8 as first,
      (extract(epoch from max(${table}.opened_at)) * 1000)::float8 as last
    from ${found(commonFilter(filter))}
    group by 1, 2, 3, 4, 5, 6, 7, 8`.execute(reader.db);
  return rows;
}

/** Most alerts are of one ship: they are counted by its digits, the others one by one. */
async function readFlags(reader: Reader, filter: EventFilter): Promise<readonly FacetCount[]> {
  const table = tableOf(filter);
  const { mids: _, ...others } = filter;
  const { rows } = await sql<{ mids: number[]; n: number }>`
    select mids, count(*)::float8 as n
    from (select case when cardinality(${table}.mmsi) = 1 then array[${table}.mmsi[1] / 1000000]
        else array(select distinct sent / 1000000 from unnest(${table}.mmsi) as sent order by 1) end as mids
      from ${found(others)}) as told
    group by mids`.execute(reader.db);
  const counts = new Map<string, number>();
  for (const { mids, n } of rows) {
    for (const flag of new Set(mids.map(flagOfMid))) {
      if (flag !== null) counts.set(flag, (counts.get(flag) ?? 0) + n);
    }
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

async function readHistogram(
  reader: Reader,
  filter: EventFilter,
  groups: readonly FacetGroup[],
): Promise<AlertHistogram> {
  const first = groups.reduce<number | null>(
    (least, group) => Math.min(least ?? group.first, group.first),
    null,
  );
  const last = groups.reduce<number | null>((most, group) => Math.max(most ?? group.last, group.last), null);
  const from = filter.from ?? first;
  const to = filter.to ?? (last === null || from === null ? last : Math.max(last, from));
  if (first === null || from === null || to === null) {
    return { unit: 'day', from: filter.from ?? null, to: filter.to ?? null, before: 0, bins: [] };
  }
  const unit = binUnit(from, to);
  const table = tableOf(filter);
  const start = instantParameter(from);
  const { rows } = await sql<{ start: number | null; count: number }>`
    select (extract(epoch from case when ${table}.opened_at >= ${start}
        then date_trunc(${unit}::text, ${table}.opened_at, 'UTC') end) * 1000)::float8 as start, count(*)::float8 as count
    from ${found(filter)} group by 1 order by 1`.execute(reader.db);
  const bins = rows.flatMap(({ start: at, count }) => (at === null ? [] : [{ start: at, count }]));
  return { unit, from, to, before: rows.find(({ start: at }) => at === null)?.count ?? 0, bins };
}

/** The alerts of a filter, from the short table where the question is about now. */
function found(filter: EventFilter): RawBuilder<unknown> {
  const table = tableOf(filter);
  const isAlert = sql`exists (select from alert where alert.event_id = ${table}.event_id)`;
  return sql`${placesKnownAt(filter)} where ${sql.join([isAlert, ...eventConditions(filter)], sql` and `)}`;
}
