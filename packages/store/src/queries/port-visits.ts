import { sql } from 'kysely';
import { versionsKnownAt } from './event-filter.ts';
import type { Reader } from './reader.ts';

/** Visits of a port in one week by ships under one flag; the week as its Monday, YYYY-MM-DD in UTC. */
export type FlagWeek = {
  readonly week: string;
  /** First three digits of their MMSIs. */
  readonly mid: number;
  readonly visits: number;
  readonly vessels: number;
  /** How many of the visits are of made-up ships. */
  readonly synthetic: number;
};

/** A time that a ship lay off a port, ms; `to` is null while it goes on. */
export type PortWait = {
  readonly vesselId: string;
  readonly from: number;
  readonly to: number | null;
  /** When the ship called at the port afterwards; null for one that hovers or hovered. */
  readonly calledAt: number | null;
  /** Whether it was heard coming: else it may have waited longer. */
  readonly seenComing: boolean;
  readonly synthetic: boolean;
};

/** More than any port has in ten years of what we read. */
const MOST_ROWS = 50_000;

/** Returns how many visits to a port began in each week, by flag, newest week first; with `asOf` (ms) as they were known then. */
export async function visitsPerWeek(
  reader: Reader,
  portId: string,
  asOf?: number,
): Promise<readonly FlagWeek[]> {
  const { rows } = await sql<FlagWeek>`
    select to_char(date_trunc('week', event_version.opened_at at time zone 'UTC'), 'YYYY-MM-DD') as week,
      coalesce(event_version.mmsi[1], 0) / 1000000 as mid,
      count(*)::int as visits, count(distinct event_version.vessel_id)::int as vessels,
      (count(*) filter (where event_version.synthetic))::int as synthetic
    from ${versionsKnownAt(asOf)}
    where event_version.type = 'port-visit' and event_version.state <> 'retracted'
      and event_version.port_id = ${portId}::text
    group by 1, 2 order by 1 desc, 3 desc, 2 limit ${MOST_ROWS}`.execute(reader.db);
  return rows;
}

/**
 * Returns the waits off a port, earliest first: those before visits, as the visits tell of them, and the times of ships that
 * hovered. With `asOf` (ms) as they were known then.
 */
export async function waitsOffPort(
  reader: Reader,
  portId: string,
  asOf?: number,
): Promise<readonly PortWait[]> {
  const { rows } = await sql<{
    vessel_id: string;
    from_at: Date;
    waited_h: number | null;
    closed_at: Date | null;
    called_at: Date | null;
    seen: boolean;
    synthetic: boolean;
  }>`
    select event_version.vessel_id[1] as vessel_id, event_version.synthetic, event_version.closed_at,
      case when event_version.type = 'port-visit' then (event_version.evidence ->> 'waitingSince')::timestamptz
        else event_version.opened_at end as from_at,
      (event_version.evidence ->> 'waitingH')::float8 as waited_h,
      case when event_version.type = 'port-visit' then event_version.opened_at end as called_at,
      coalesce((event_version.evidence ->> 'waitingSeenComing')::boolean, false) as seen
    from ${versionsKnownAt(asOf)}
    where event_version.port_id = ${portId}::text and event_version.state <> 'retracted'
      and (event_version.type = 'hovering'
        or (event_version.type = 'port-visit' and event_version.evidence ->> 'waitingSince' is not null))
    order by from_at, event_version.event_id limit ${MOST_ROWS}`.execute(reader.db);
  return rows.map((row) => {
    const from = row.from_at.getTime();
    const ended = row.closed_at?.getTime() ?? null;
    return {
      vesselId: row.vessel_id,
      from,
      to: row.called_at === null ? ended : from + (row.waited_h ?? 0) * 3_600_000,
      calledAt: row.called_at?.getTime() ?? null,
      seenComing: row.seen,
      synthetic: row.synthetic,
    };
  });
}
