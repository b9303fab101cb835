import { sql } from 'kysely';
import { alertRecord, EVENT_COLUMNS, type AlertRecord, type EventRow } from './event-record.ts';
import type { Reader } from './reader.ts';

/** A change of an alert in the order in which everyone is told of it. */
export type ToldChange = {
  readonly changeSeq: number;
  readonly change: 'opened' | 'revised' | 'closed' | 'retracted';
  /** The alert as this change made it. */
  readonly alert: AlertRecord;
};

/** Returns the changes behind a place in the outbox, in order. */
export async function toldChanges(
  reader: Reader,
  after: number,
  limit: number,
): Promise<readonly ToldChange[]> {
  const columns = sql.join(EVENT_COLUMNS.map((column) => sql.ref(column)));
  const { rows } = await sql<
    EventRow & { alert_id: string; change_seq: string; change: ToldChange['change'] }
  >`
    select ${columns}, outbox.alert_id, outbox.change_seq, outbox.change
    from outbox join event_version
      on event_version.event_id = outbox.event_id and event_version.version = outbox.version
    where outbox.change_seq > ${after} order by outbox.change_seq limit ${limit}`.execute(reader.db);
  return rows.map((row) => ({
    changeSeq: Number(row.change_seq),
    change: row.change,
    alert: alertRecord(row),
  }));
}

/** Returns the place of the newest change in the outbox; 0 before the first. */
export async function lastTold(reader: Reader): Promise<number> {
  const { rows } = await sql<{ last: string }>`
    select coalesce(max(change_seq), 0) as last from outbox`.execute(reader.db);
  return Number(rows[0].last);
}
