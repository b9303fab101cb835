import { sql, type RawBuilder } from 'kysely';
import type { EventState } from '@offing/rules';
import type { Reader } from './reader.ts';

/** A link between two hulls: an IMO number that moved from one MMSI to another. */
export type ShipLink = {
  readonly eventId: string;
  readonly fromVesselId: string;
  readonly fromMmsi: number;
  readonly toVesselId: string;
  readonly toMmsi: number;
  readonly imoNumber: number;
  /** When the number was first sent under the new MMSI, ISO 8601. */
  readonly since: string;
  /** Whether nothing speaks against one ship: it was heard without a break. What was decided by hand counts before that. */
  readonly isSameShip: boolean;
  /** What someone decided on it last; null where nobody did. */
  readonly decision: {
    readonly reason: string;
    readonly decidedBy: string;
    readonly decidedAt: number;
  } | null;
  /** `retracted` where the old MMSI was heard again elsewhere: the link is taken back and stays on record. */
  readonly state: EventState;
  /** Since when the link, or that it was taken back, is known, ms. */
  readonly knownSince: number;
};

/** How far links are followed: a ship that changed its MMSI more often is not told from a placeholder (ours). */
const MOST_STEPS = 8;
const MOST_LINKS = 100;

type Row = Omit<ShipLink, 'knownSince' | 'decision'> & {
  readonly known_since: Date;
  readonly decided_at: Date | null;
  readonly decided_by: string;
  readonly decided_reason: string;
};

/**
 * Returns the links by which a hull and others are held to be one ship, over several steps, oldest first; links that were
 * taken back, by what came later or by hand, are told and not followed. With `asOf` (ms) what was known and decided then.
 */
export async function shipLinks(
  reader: Reader,
  vesselId: string,
  asOf?: number,
): Promise<readonly ShipLink[]> {
  const links = new Map<string, ShipLink>();
  const asked = new Set<string>();
  let next = [vesselId];
  for (let step = 0; step < MOST_STEPS && next.length > 0 && links.size < MOST_LINKS; step++) {
    for (const id of next) asked.add(id);
    const found = await linksOf(reader, next, asOf);
    for (const link of found) links.set(link.eventId, link);
    const followed = found.filter(({ isSameShip, state }) => isSameShip && state !== 'retracted');
    const hulls = followed.flatMap(({ fromVesselId, toVesselId }) => [fromVesselId, toVesselId]);
    next = [...new Set(hulls)].filter((id) => !asked.has(id));
  }
  return [...links.values()].sort((a, b) =>
    a.since === b.since ? (a.eventId < b.eventId ? -1 : 1) : a.since < b.since ? -1 : 1,
  );
}

async function linksOf(
  reader: Reader,
  vesselIds: readonly string[],
  asOf: number | undefined,
): Promise<readonly ShipLink[]> {
  const before = (instant: RawBuilder<unknown>) =>
    asOf === undefined ? sql`true` : sql`${instant} <= ${new Date(asOf)}::timestamptz`;
  const { rows } = await sql<Row>`
    select event_id as "eventId", state, known_since, decided_at, decided_by, decided_reason,
      evidence->'link'->>'from' as "fromVesselId", mmsi[array_position(vessel_id, evidence->'link'->>'from')] as "fromMmsi",
      evidence->'link'->>'to' as "toVesselId", mmsi[array_position(vessel_id, evidence->'link'->>'to')] as "toMmsi",
      (evidence->>'imoNumber')::integer as "imoNumber", evidence->'link'->>'since' as since,
      coalesce(decided_same, (evidence->'link'->>'isSameShip')::boolean) as "isSameShip"
    from (
      select distinct on (v.event_id) v.* from event_version v
      where v.event_id in (select event_id from event where vessel_id && ${vesselIds}::text[] and type = 'identity-change')
        and ${before(sql`v.known_since`)}
      order by v.event_id, v.version desc) as newest
    left join lateral (
      select is_same_ship as decided_same, decided_at, decided_by, reason as decided_reason from link_decision
      where link_decision.event_id = newest.event_id and ${before(sql`decided_at`)}
      order by decided_at desc limit 1) as decided on true
    where evidence ? 'link' order by event_id limit ${MOST_LINKS}`.execute(reader.db);
  return rows.map(({ known_since, decided_at, decided_by, decided_reason, ...row }) => ({
    ...row,
    knownSince: known_since.getTime(),
    decision:
      decided_at === null
        ? null
        : { reason: decided_reason, decidedBy: decided_by, decidedAt: decided_at.getTime() },
  }));
}

/** Returns all links that are on record, newest first, at most 100. */
export async function allLinks(reader: Reader): Promise<readonly ShipLink[]> {
  const { rows } = await sql<{ vessel_id: string[] }>`
    select event.vessel_id from event join event_version using (event_id, version)
    where event.type = 'identity-change' and evidence ? 'link'
    order by event.opened_at desc, event.event_id limit ${MOST_LINKS}`.execute(reader.db);
  const links = await linksOf(reader, [...new Set(rows.flatMap((row) => row.vessel_id))], undefined);
  return [...links].sort((a, b) => (a.since < b.since ? 1 : -1));
}

/** Returns how many decisions on links there are and when the last was made, to tell one state of the table from another. */
export async function linkMark(reader: Reader): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select count(*) || '/' || coalesce(extract(epoch from max(decided_at)), 0) as mark
    from link_decision`.execute(reader.db);
  return rows[0].mark;
}
