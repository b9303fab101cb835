import type pg from 'pg';

/** What was found since a change: events by type that stand, alerts on them, and how many events were withdrawn again. */
export type Found = {
  /** Events first told since then whose newest version is not a retraction, by type in alphabetical order. */
  readonly events: Readonly<Record<string, number>>;
  /** Alerts on those events. */
  readonly alerts: number;
  /** Events first told since then and retracted. */
  readonly retracted: number;
};

/** Returns what was first told after a change sequence (0 for all). */
export async function foundSince(client: pg.ClientBase, seq: number): Promise<Found> {
  const { rows } = await client.query<{ type: string; stand: number; retracted: number; alerts: number }>(
    `select e.type, count(*) filter (where e.state <> 'retracted')::int as stand,
       count(*) filter (where e.state = 'retracted')::int as retracted,
       count(a.alert_id) filter (where e.state <> 'retracted')::int as alerts
     from event_version first
     join event e using (event_id) left join alert a using (event_id)
     where first.version = 1 and first.change_seq > $1 group by e.type order by e.type collate "C"`,
    [seq],
  );
  return {
    events: Object.fromEntries(rows.filter((row) => row.stand > 0).map((row) => [row.type, row.stand])),
    alerts: rows.reduce((sum, row) => sum + row.alerts, 0),
    retracted: rows.reduce((sum, row) => sum + row.retracted, 0),
  };
}

/**
 * Returns the sentence of the alert that serves best as an example among those told, or told anew, after a change
 * sequence (0 for all): the most severe, then one that has ended, then one from real recordings, then the most certain, then the newest; null
 * when none stands.
 */
export async function exampleSentence(client: pg.ClientBase, seq: number): Promise<string | null> {
  const { rows } = await client.query<{ sentence: string }>(
    `select v.sentence from event e
     join alert a using (event_id) join event_version v using (event_id, version)
     where e.state <> 'retracted' and e.change_seq > $1
     order by array_position(array['critical', 'high', 'medium', 'low', 'info'], e.severity), e.state <> 'closed', e.synthetic,
       e.confidence desc, e.opened_at desc, e.event_id limit 1`,
    [seq],
  );
  return rows[0]?.sentence ?? null;
}
