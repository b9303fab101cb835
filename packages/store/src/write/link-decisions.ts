import type { Asked } from './keys.ts';

/** What someone decided on a link between two hulls. */
export type LinkDecision = {
  /** The identity-change event that is the record of the link, or an id under which later versions of it arrived. */
  readonly eventId: string;
  readonly isSameShip: boolean;
  readonly reason: string;
  readonly decidedBy: string;
  /** When it was decided, ms. */
  readonly decidedAt: number;
};

/** Keeps a decision and returns the id of the event that it is of; null when no event of that id tells of a link. */
export async function writeLinkDecision(client: Asked, decision: LinkDecision): Promise<string | null> {
  const { rows } = await client.query<{ event_id: string }>(
    `insert into link_decision (event_id, decided_at, is_same_ship, reason, decided_by)
     select event_id, $2, $3, $4, $5 from event join event_version using (event_id, version)
     where event_id = coalesce((select event_id from event_alias where alias_id = $1), $1) and evidence ? 'link'
     on conflict (event_id, decided_at)
       do update set is_same_ship = excluded.is_same_ship, reason = excluded.reason, decided_by = excluded.decided_by
     returning event_id`,
    [
      decision.eventId,
      new Date(decision.decidedAt).toISOString(),
      decision.isSameShip,
      decision.reason,
      decision.decidedBy,
    ],
  );
  return rows.at(0)?.event_id ?? null;
}
