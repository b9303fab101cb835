import { sql } from 'kysely';
import type { Reader } from './reader.ts';

/** Visits of a port in one week; the week as its Monday, YYYY-MM-DD in UTC. */
export type WeekOfVisits = { readonly week: string; readonly visits: number; readonly vessels: number };

/** Returns how many visits to a port began in each week, newest first; weeks without any are left out. */
export async function visitsPerWeek(
  reader: Reader,
  portId: string,
  mostWeeks: number,
): Promise<readonly WeekOfVisits[]> {
  const { rows } = await sql<WeekOfVisits>`
    select to_char(date_trunc('week', opened_at at time zone 'UTC'), 'YYYY-MM-DD') as week,
      count(*)::int as visits, count(distinct vessel_id)::int as vessels
    from event where type = 'port-visit' and state <> 'retracted' and port_id = ${portId}
    group by 1 order by 1 desc limit ${mostWeeks}`.execute(reader.db);
  return rows;
}
