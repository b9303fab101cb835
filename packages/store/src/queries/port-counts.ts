import { sql } from 'kysely';
import { versionsKnownAt } from './event-filter.ts';
import type { Reader } from './reader.ts';

/** What alerts tell of a port, in numbers. */
export type PortCounts = {
  /** Alerts above `info` that were not retracted. */
  readonly alerts: number;
  /** Ships that hover off it and have not left. */
  readonly waiting: number;
  /** How many of the alerts rest on made-up ships. */
  readonly synthetic: number;
};

/** Returns the numbers of every port of which an alert tells, by its id; with `asOf` (ms) as they were known then. */
export async function countByPort(reader: Reader, asOf?: number): Promise<ReadonlyMap<string, PortCounts>> {
  const source =
    asOf === undefined ? sql`event as told` : sql`(select * from ${versionsKnownAt(asOf)}) as told`;
  const { rows } = await sql<PortCounts & { port_id: string }>`
    select told.port_id,
      (count(*) filter (where told.severity <> 'info'))::int as alerts,
      (count(*) filter (where told.type = 'hovering' and told.state = 'open'))::int as waiting,
      (count(*) filter (where told.severity <> 'info' and told.synthetic))::int as synthetic
    from ${source} join alert on alert.event_id = told.event_id
    where told.port_id is not null and told.state <> 'retracted'
    group by told.port_id`.execute(reader.db);
  return new Map(rows.map(({ port_id, ...counts }) => [port_id, counts]));
}
