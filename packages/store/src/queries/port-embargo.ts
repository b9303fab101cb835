import { cellCentre } from '@offing/geo';
import { sql } from 'kysely';
import { blockOf } from '../coverage-blocks.ts';
import { versionsKnownAt } from './event-filter.ts';
import type { Reader } from './reader.ts';

/** A span of time, ms; its end is left out. */
export type Span = { readonly from: number; readonly to: number };

/** Whose visits are counted: ships under a flag by the first digits of their MMSI, or those with a link to the DPRK. */
export type VisitChoice = { readonly mid: number } | { readonly nexus: true };

/** Returns how many visits to a port began in a span, and of how many vessels, retracted ones left out; with `asOf` (ms) as they were known then. */
export async function countVisits(
  reader: Reader,
  portId: string,
  span: Span,
  choice: VisitChoice,
  asOf?: number,
): Promise<{ readonly visits: number; readonly vessels: number }> {
  const chosen =
    'mid' in choice
      ? sql`exists (select from unnest(event_version.mmsi) as sent where sent / 1000000 = ${choice.mid}::int)`
      : sql`event_version.nexus`;
  const { rows } = await sql<{ visits: number; vessels: number }>`
    select count(*)::int as visits, count(distinct event_version.vessel_id)::int as vessels
    from ${versionsKnownAt(asOf)}
    where event_version.type = 'port-visit' and event_version.state <> 'retracted'
      and event_version.port_id = ${portId}::text
      and event_version.opened_at >= ${new Date(span.from)}::timestamptz
      and event_version.opened_at < ${new Date(span.to)}::timestamptz and ${chosen}`.execute(reader.db);
  return rows[0];
}

/** Returns in how many hours of a span at least so many ships were heard in some cells together, by any feed. */
export async function countHoursHeard(
  reader: Reader,
  cells: readonly number[],
  span: Span,
  leastVessels: number,
): Promise<number> {
  const { rows } = await sql<{ hours: number }>`
    select count(*)::int as hours from (${heardHours(cells, span, leastVessels)}) as heard`.execute(
    reader.db,
  );
  return rows[0].hours;
}

/** Hours of one week in which a place was heard; the week as its Monday, YYYY-MM-DD in UTC. */
export type WeekHeard = { readonly week: string; readonly hours: number };

/** Returns in how many hours of each week of a span at least so many ships were heard in some cells, newest week first. */
export async function hoursHeardPerWeek(
  reader: Reader,
  cells: readonly number[],
  span: Span,
  leastVessels: number,
): Promise<readonly WeekHeard[]> {
  const { rows } = await sql<WeekHeard>`
    select to_char(date_trunc('week', hour at time zone 'UTC'), 'YYYY-MM-DD') as week, count(*)::int as hours
    from (${heardHours(cells, span, leastVessels)}) as heard group by 1 order by 1 desc`.execute(reader.db);
  return rows;
}

function heardHours(cells: readonly number[], span: Span, leastVessels: number) {
  return sql`
    select hour from coverage
    where block = any(${blocksOfCells(cells)}::int[]) and cell = any(${cells}::int[])
      and hour >= ${new Date(span.from)}::timestamptz and hour < ${new Date(span.to)}::timestamptz
    group by hour having sum(vessels) >= ${leastVessels}::int`;
}

/** The blocks in which the cells are kept, by which the index finds them. */
function blocksOfCells(cells: readonly number[]): readonly number[] {
  const blocks = cells.map((cell) => {
    const { lon, lat } = cellCentre(cell);
    return blockOf(lon, lat);
  });
  return [...new Set(blocks)];
}
