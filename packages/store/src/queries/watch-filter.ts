import type { Severity, Verdict } from '@offing/rules';
import { sql, type RawBuilder } from 'kysely';
import { polygonCondition, type Ring } from './polygon.ts';

/**
 * What a watchlist is about, as kept in `watchlist.filter`. What happens at one of its ports, in one of its polygons, to
 * one of its vessels or to a ship of one of its lists is of interest, or everything where none of these is given; of
 * that, what its rules, its least severity and its verdicts allow.
 */
export type WatchFilter = {
  /** Ids or plain names, compared without case. */
  readonly ports: readonly string[];
  readonly polygons: readonly Ring[];
  readonly mmsi: readonly number[];
  readonly imoNumbers: readonly number[];
  readonly vesselIds: readonly string[];
  /** Names of designation lists, compared without case: ships that they name, by IMO number. */
  readonly lists: readonly string[];
  /** Kinds of event; none means all. */
  readonly rules: readonly string[];
  readonly minSeverity: Severity;
  /** Verdicts of silences that are wanted; none means all, and events without a verdict always pass. */
  readonly verdicts: readonly Verdict[];
  /** Whether the made-up ships of the demonstration are of interest, too. */
  readonly synthetic: boolean;
};

const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** Returns the condition over `event_version` that a watchlist is interested. */
export function watchCondition(filter: WatchFilter): RawBuilder<boolean> {
  const severities = SEVERITIES.slice(SEVERITIES.indexOf(filter.minSeverity));
  const conditions: RawBuilder<boolean>[] = [sql`event_version.severity = any(${severities}::text[])`];
  if (filter.rules.length > 0) conditions.push(sql`event_version.type = any(${filter.rules}::text[])`);
  if (filter.verdicts.length > 0) {
    conditions.push(
      sql`(event_version.verdict is null or event_version.verdict = any(${filter.verdicts}::text[]))`,
    );
  }
  if (!filter.synthetic) conditions.push(sql`not event_version.synthetic`);
  const subjects = subjectConditions(filter);
  if (subjects.length > 0) conditions.push(sql`(${sql.join(subjects, sql` or `)})`);
  return sql`(${sql.join(conditions, sql` and `)})`;
}

function subjectConditions(filter: WatchFilter): RawBuilder<boolean>[] {
  const conditions: RawBuilder<boolean>[] = filter.polygons.map((ring) =>
    polygonCondition(ring, sql.ref('event_version.lon'), sql.ref('event_version.lat')),
  );
  if (filter.ports.length > 0) {
    const ports = filter.ports.map((port) => port.toLowerCase());
    conditions.push(
      sql`(lower(event_version.port_id) = any(${ports}::text[]) or lower(event_version.port_name) = any(${ports}::text[]))`,
    );
  }
  if (filter.mmsi.length > 0) conditions.push(sql`event_version.mmsi && ${filter.mmsi}::int[]`);
  if (filter.imoNumbers.length > 0) {
    conditions.push(sql`event_version.imo_number && ${filter.imoNumbers}::int[]`);
  }
  if (filter.vesselIds.length > 0) {
    conditions.push(sql`event_version.vessel_id && ${filter.vesselIds}::text[]`);
  }
  if (filter.lists.length > 0) {
    const lists = filter.lists.map((list) => list.toLowerCase());
    conditions.push(
      sql`event_version.imo_number && (select coalesce(array_agg(designation.imo_number), '{}') from designation
        where lower(designation.list) = any(${lists}::text[]) and designation.imo_number is not null)`,
    );
  }
  return conditions;
}
