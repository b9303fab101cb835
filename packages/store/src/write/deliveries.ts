import { sql } from 'kysely';
import { runSql } from '../queries/run-sql.ts';
import { watchCondition, type WatchFilter } from '../queries/watch-filter.ts';
import type { Asked } from './keys.ts';
import { newId } from './watchlists.ts';

/** Keeps two processes from handing out the outbox at once (any number that nobody else uses). */
const FAN_OUT_LOCK = 7_034_201;

/** How far the outbox was handed out. */
export type FanOut = { readonly upTo: number; readonly deliveries: number; readonly more: boolean };

/**
 * Hands the next changes of the outbox to the channels that must tell them, in one transaction of the caller's: each
 * change that a watchlist is interested in, and each later version of what a channel was told before, whatever became of
 * it. A message has one id however often it is handed out.
 */
export async function fanOut(client: Asked, mostChanges = 500): Promise<FanOut> {
  await client.query('select pg_advisory_xact_lock($1)', [FAN_OUT_LOCK]);
  const { rows } = await client.query<{ behind: string; up_to: string | null; n: number }>(
    `select notify_state.change_seq as behind, max(next.change_seq) as up_to, count(next.*)::int as n
     from notify_state left join lateral (select change_seq from outbox
       where outbox.change_seq > notify_state.change_seq order by change_seq limit $1) as next on true
     group by notify_state.change_seq`,
    [mostChanges],
  );
  const behind = Number(rows[0].behind);
  if (rows[0].up_to === null) return { upTo: behind, deliveries: 0, more: false };
  const upTo = Number(rows[0].up_to);
  let deliveries = 0;
  for (const list of await activeLists(client)) {
    deliveries += await handOut(client, list.watchlist_id, list.filter, behind, upTo);
  }
  await client.query('update notify_state set change_seq = $1', [upTo]);
  return { upTo, deliveries, more: rows[0].n === mostChanges };
}

async function activeLists(client: Asked) {
  const { rows } = await client.query<{ watchlist_id: string; filter: WatchFilter }>(
    `select watchlist_id, filter from watchlist
     where exists (select from watch_channel where watch_channel.watchlist_id = watchlist.watchlist_id and state = 'active')
     order by watchlist_id`,
  );
  return rows;
}

/** Two statements: the second sees what the first handed out, so that versions of one batch follow each other. */
async function handOut(
  client: Asked,
  watchlistId: string,
  filter: WatchFilter,
  behind: number,
  upTo: number,
): Promise<number> {
  // What was withdrawn before anyone was told need not be told.
  const interested = sql<boolean>`outbox.change <> 'retracted' and ${watchCondition(filter)}`;
  const follows = sql<boolean>`exists (select from delivery as told where told.channel_id = watch_channel.channel_id
    and told.alert_id = outbox.alert_id and told.version < outbox.version)`;
  let handed = 0;
  for (const condition of [interested, follows]) {
    const { rowCount } = await runSql(
      client,
      sql<Record<string, never>>`
      insert into delivery (delivery_id, channel_id, kind, change_seq, alert_id, event_id, version, change, next_at)
      select 'msg_' || encode(substr(sha256(convert_to(
          watch_channel.channel_id || '|' || outbox.alert_id || '|' || outbox.version, 'UTF8')), 1, 16), 'hex'),
        watch_channel.channel_id, 'alert', outbox.change_seq, outbox.alert_id, outbox.event_id, outbox.version,
        outbox.change,
        case watch_channel.digest when 'hourly' then date_trunc('hour', now()) + interval '1 hour'
          when 'daily' then date_trunc('day', now()) + interval '1 day' else now() end
      from outbox join event_version
          on event_version.event_id = outbox.event_id and event_version.version = outbox.version,
        watch_channel
      where outbox.change_seq > ${behind} and outbox.change_seq <= ${upTo}
        and watch_channel.watchlist_id = ${watchlistId} and watch_channel.state = 'active'
        and outbox.change_seq > watch_channel.after_seq and ${condition}
      order by outbox.change_seq
      on conflict (delivery_id) do nothing`,
    );
    handed += rowCount ?? 0;
  }
  return handed;
}

/** Puts a test message for a channel among those that are due; returns its id. */
export async function addTestDelivery(client: Asked, channelId: string): Promise<string> {
  const id = newId('msg_test');
  await client.query(
    `insert into delivery (delivery_id, channel_id, kind, change) values ($1, $2, 'test', 'test')`,
    [id, channelId],
  );
  return id;
}

/**
 * Sends a delivery of a watchlist again, under its id, whether it arrived or not; returns whether there is one and its
 * channel is active.
 */
export async function replayDelivery(
  client: Asked,
  watchlistId: string,
  deliveryId: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update delivery set state = 'pending', attempts = 0, next_at = now(), finished_at = null
     from watch_channel
     where delivery_id = $2 and watch_channel.channel_id = delivery.channel_id
       and watch_channel.watchlist_id = $1 and watch_channel.state = 'active'`,
    [watchlistId, deliveryId],
  );
  return rowCount === 1;
}
