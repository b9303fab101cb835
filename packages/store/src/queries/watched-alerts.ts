import { sql } from 'kysely';
import { alertRecord, EVENT_COLUMNS, type AlertRecord, type EventRow } from './event-record.ts';
import { runSql } from './run-sql.ts';
import { watchCondition, type WatchFilter } from './watch-filter.ts';
import type { Asked } from '../write/keys.ts';

/** What a watchlist would have told in a month of event time. */
export type WatchPreview = {
  /** The month, ms; null while nothing was judged yet. */
  readonly from: number | null;
  readonly to: number | null;
  readonly alerts: number;
  /** First tellings and all later versions: what a reader would have got. */
  readonly messages: number;
};

const MONTH = '30 days';

/** Returns how many alerts a watchlist would have told in the 30 days before the watermark, and in how many messages. */
export async function previewWatch(client: Asked, filter: WatchFilter): Promise<WatchPreview> {
  const { rows } = await runSql(
    client,
    sql<{ from: Date | null; to: Date | null; alerts: number; messages: number }>`
      with month as (select watermark - ${MONTH}::interval as "from", watermark as "to" from engine_state),
      told as (
        select alert.alert_id, event_version.event_id, min(event_version.version) as version
        from month, event_version join alert using (event_id)
        where event_version.known_since > month."from" and event_version.known_since <= month."to"
          and event_version.state <> 'retracted' and ${watchCondition(filter)}
        group by alert.alert_id, event_version.event_id)
      select month."from", month."to",
        (select count(*)::int from told) as alerts,
        (select count(*)::int from told join event_version as later using (event_id)
          where later.version >= told.version and later.known_since <= month."to") as messages
      from month`,
  );
  const [month] = rows;
  return {
    from: month.from?.getTime() ?? null,
    to: month.to?.getTime() ?? null,
    alerts: month.alerts,
    messages: month.messages,
  };
}

/** An alert as a feed shows it: its newest version, and when that was written down here (ms). */
export type WatchedAlert = AlertRecord & { readonly recordedAt: number };

/**
 * Returns the newest versions of the alerts of which any version is of interest to a watchlist, last change first: a feed
 * shows what became of what it showed, withdrawn ones, too.
 */
export async function watchedAlerts(
  client: Asked,
  filter: WatchFilter,
  limit: number,
): Promise<readonly WatchedAlert[]> {
  const columns = sql.join(EVENT_COLUMNS.map((column) => sql.ref(column.replace('event_version', 'newest'))));
  const { rows } = await runSql(
    client,
    sql<EventRow & { alert_id: string; recorded_at: Date }>`
      select ${columns}, alert.alert_id, newest.recorded_at
      from event join event_version as newest using (event_id, version)
        join alert on alert.event_id = newest.event_id
      where exists (select from event_version where event_version.event_id = newest.event_id
        and event_version.state <> 'retracted' and ${watchCondition(filter)})
      order by event.change_seq desc limit ${limit}`,
  );
  return rows.map((row) => ({ ...alertRecord(row), recordedAt: row.recorded_at.getTime() }));
}
