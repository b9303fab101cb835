import type { EventState, Severity, Verdict } from '@offing/rules';
import { sql, type RawBuilder } from 'kysely';
import { containsPattern, instantParameter } from './event-record.ts';
import { polygonCondition, type Ring } from './polygon.ts';

/** A box on the globe in degrees; where west is greater than east it crosses the antimeridian. */
export type Box = {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

/** What events and alerts are asked for; what is absent does not restrict. Instants in ms since 1970 UTC. */
export type EventFilter = {
  /** Events that lasted into or beyond this instant. */
  readonly from?: number;
  /** Events that had begun by this instant. */
  readonly to?: number;
  readonly box?: Box;
  readonly polygon?: Ring;
  /** A port's id or its plain name, compared without case. */
  readonly port?: string;
  readonly types?: readonly string[];
  /** The severities wanted. */
  readonly severities?: readonly Severity[];
  readonly verdicts?: readonly Verdict[];
  /** The least confidence wanted, 0 to 1. */
  readonly confidence?: number;
  readonly nexus?: boolean;
  readonly mmsi?: readonly number[];
  readonly imoNumbers?: readonly number[];
  /** First three digits of the MMSI of one of the event's vessels, one of these. */
  readonly mids?: readonly number[];
  readonly vesselId?: string;
  /** Part of a name that one of the event's vessels sent, compared without case. */
  readonly name?: string;
  readonly states?: readonly EventState[];
  readonly synthetic?: boolean;
  readonly feed?: string;
  /** The newest version of each event that was known at this instant. */
  readonly asOf?: number;
};

/**
 * Returns the SQL of one version for each event: the newest, or the newest that was known at `asOf`.
 * Its columns are those of `event_version` under that name.
 */
export function versionsKnownAt(asOf: number | undefined): RawBuilder<unknown> {
  if (asOf === undefined) {
    return sql`event join event_version using (event_id, version)`;
  }
  return sql`(select distinct on (event_id) * from event_version
    where known_since <= ${instantParameter(asOf)} order by event_id, version desc) as event_version`;
}

/** Returns the least that must be read to know which events a filter finds: about now, the short table alone. */
export function placesKnownAt({ asOf }: EventFilter): RawBuilder<unknown> {
  return asOf === undefined ? sql`event` : versionsKnownAt(asOf);
}

/** Returns the conditions of a filter over `event`, over `event_version` with `asOf`, each with its values bound, never spliced. */
export function eventConditions(filter: EventFilter): readonly RawBuilder<boolean>[] {
  return [...whenAndWhere(filter), ...whatAndHowSure(filter), ...who(filter)];
}

function whenAndWhere(filter: EventFilter): RawBuilder<boolean>[] {
  const { from, to, box, polygon, port } = filter;
  const table = tableOf(filter);
  const [lon, lat] = [sql`${table}.lon`, sql`${table}.lat`];
  const conditions: RawBuilder<boolean>[] = [];
  if (from !== undefined) {
    conditions.push(sql`(${table}.closed_at is null or ${table}.closed_at >= ${instantParameter(from)})`);
  }
  if (to !== undefined) conditions.push(sql`${table}.opened_at <= ${instantParameter(to)}`);
  if (box !== undefined) conditions.push(boxCondition(box, lon, lat, 1));
  if (polygon !== undefined) conditions.push(polygonCondition(polygon, lon, lat));
  if (port !== undefined) {
    conditions.push(
      sql`(lower(${table}.port_id) = lower(${port}::text) or lower(${table}.port_name) = lower(${port}::text))`,
    );
  }
  return conditions;
}

/**
 * Where the question is about now, the short table bears the same columns: its indexes find the place, and versions are
 * read only for what is shown.
 */
export function tableOf({ asOf }: EventFilter): RawBuilder<unknown> {
  return sql.raw(asOf === undefined ? 'event' : 'event_version');
}

/** Returns the condition that a point lies in a box; `unitsPerDeg` is 1 for degrees and 1e7 for 1e-7 degrees. */
export function boxCondition(
  box: Box,
  lon: RawBuilder<unknown>,
  lat: RawBuilder<unknown>,
  unitsPerDeg: number,
): RawBuilder<boolean> {
  const bound = (degrees: number) => sql`${degrees * unitsPerDeg}::float8`;
  const inLat = sql`${lat} between ${bound(box.south)} and ${bound(box.north)}`;
  return box.west <= box.east
    ? sql`(${inLat} and ${lon} between ${bound(box.west)} and ${bound(box.east)})`
    : sql`(${inLat} and (${lon} >= ${bound(box.west)} or ${lon} <= ${bound(box.east)}))`;
}

function whatAndHowSure(filter: EventFilter): RawBuilder<boolean>[] {
  const table = tableOf(filter);
  const conditions: RawBuilder<boolean>[] = [];
  if (filter.types !== undefined) {
    conditions.push(sql`${table}.type = any(${filter.types}::text[])`);
  }
  if (filter.states !== undefined) {
    conditions.push(sql`${table}.state = any(${filter.states}::text[])`);
  }
  if (filter.severities !== undefined) {
    conditions.push(sql`${table}.severity = any(${filter.severities}::text[])`);
  }
  if (filter.verdicts !== undefined) {
    conditions.push(sql`${table}.verdict = any(${filter.verdicts}::text[])`);
  }
  if (filter.confidence !== undefined) {
    // Kept as real: 0.7 asked for must find 0.7 stored.
    conditions.push(sql`${table}.confidence >= ${filter.confidence}::real`);
  }
  if (filter.nexus !== undefined) conditions.push(sql`${table}.nexus = ${filter.nexus}`);
  if (filter.synthetic !== undefined) conditions.push(sql`${table}.synthetic = ${filter.synthetic}`);
  if (filter.feed !== undefined) conditions.push(sql`${filter.feed}::text = any(${table}.feeds)`);
  return conditions;
}

function who(filter: EventFilter): RawBuilder<boolean>[] {
  const conditions: RawBuilder<boolean>[] = [];
  const table = tableOf(filter);
  if (filter.mmsi !== undefined) conditions.push(sql`${table}.mmsi && ${filter.mmsi}::int[]`);
  if (filter.imoNumbers !== undefined) {
    conditions.push(sql`${table}.imo_number && ${filter.imoNumbers}::int[]`);
  }
  if (filter.mids !== undefined) {
    conditions.push(
      sql`exists (select from unnest(${table}.mmsi) as sent where sent / 1000000 = any(${filter.mids}::int[]))`,
    );
  }
  if (filter.vesselId !== undefined) {
    conditions.push(sql`${table}.vessel_id @> array[${filter.vesselId}::text]`);
  }
  if (filter.name !== undefined) {
    const known = filter.asOf === undefined ? sql`` : sql`and at <= ${instantParameter(filter.asOf)}`;
    conditions.push(
      sql`${table}.mmsi && (select coalesce(array_agg(distinct mmsi), '{}') from static_report
        where lower(ship_name) like lower(${containsPattern(filter.name)}::text) ${known})`,
    );
  }
  return conditions;
}
