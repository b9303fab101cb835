import { alertRecord, EVENT_COLUMNS, type AlertRecord, type EventRow } from '../queries/event-record.ts';
import type { Asked } from './keys.ts';
import {
  CHANNEL_COLUMNS,
  channelRecord,
  type ChannelRecord,
  type ChannelRow,
} from './watchlists-channels.ts';

/** A message that is due: its id, and how often it was tried. */
export type DueDelivery = {
  readonly deliveryId: string;
  readonly attempts: number;
  /** The channel, where it sends what waits together. */
  readonly digestOf: string | null;
};

/**
 * Returns messages that are due, longest waiting first. A later version waits for the earlier one of its alert, so that a
 * retraction never overtakes what it withdraws; a digest is due once for its channel.
 */
export async function dueDeliveries(client: Asked, limit: number): Promise<readonly DueDelivery[]> {
  const { rows } = await client.query<{
    delivery_id: string;
    attempts: number;
    digest: string;
    channel_id: string;
  }>(
    `select due.delivery_id, due.attempts, watch_channel.digest, due.channel_id
     from delivery as due join watch_channel using (channel_id)
     where due.state = 'pending' and due.next_at <= now() and watch_channel.state = 'active'
       and (watch_channel.digest = 'none' or due.kind = 'test'
         or not exists (select from delivery as first where first.channel_id = due.channel_id
           and first.state = 'pending' and first.kind = 'alert' and first.next_at <= now()
           and (first.change_seq, first.delivery_id) < (due.change_seq, due.delivery_id)))
       and not exists (select from delivery as earlier where watch_channel.digest = 'none'
         and earlier.channel_id = due.channel_id and earlier.alert_id = due.alert_id
         and earlier.version < due.version and earlier.state = 'pending')
     order by due.next_at, due.change_seq limit $1`,
    [limit],
  );
  return rows.map((row) => ({
    deliveryId: row.delivery_id,
    attempts: row.attempts,
    digestOf: row.digest === 'none' ? null : row.channel_id,
  }));
}

/** A message with all that is needed to send it. */
export type OutgoingDelivery = {
  readonly deliveryId: string;
  readonly attempts: number;
  readonly change: 'opened' | 'revised' | 'closed' | 'retracted' | 'test';
  readonly createdAt: number;
  readonly watchlistName: string;
  readonly channel: ChannelRecord;
  /** The version to tell of; null for a test. */
  readonly alert: AlertRecord | null;
};

/**
 * Returns a message that is due for the so-many-th try, with those of its channel that a digest sends with it; empty when
 * somebody else sent it meanwhile, or its channel is no longer active.
 */
export async function outgoing(
  client: Asked,
  deliveryId: string,
  attempts: number,
  mostInDigest: number,
): Promise<readonly OutgoingDelivery[]> {
  const { rows } = await client.query<OutgoingRow>(
    `select ${OF_CHANNEL.map((column) => `watch_channel.${column}`).join(', ')},
       delivery.delivery_id, delivery.attempts, delivery.change, delivery.created_at,
       watchlist.name as watchlist_name, delivery.alert_id, ${EVENT_COLUMNS.join(', ')}
     from delivery as asked join delivery on delivery.channel_id = asked.channel_id
       join watch_channel on watch_channel.channel_id = delivery.channel_id
       join watchlist using (watchlist_id)
       left join event_version
         on event_version.event_id = delivery.event_id and event_version.version = delivery.version
     where asked.delivery_id = $1 and asked.state = 'pending' and asked.attempts = $2
       and watch_channel.state = 'active' and delivery.state = 'pending' and delivery.next_at <= now()
       and (delivery.delivery_id = asked.delivery_id
         or (watch_channel.digest <> 'none' and asked.kind = 'alert' and delivery.kind = 'alert'))
     order by delivery.delivery_id <> asked.delivery_id, delivery.change_seq limit $3`,
    [deliveryId, attempts, mostInDigest],
  );
  return rows.map((row) => ({
    deliveryId: row.delivery_id,
    attempts: row.attempts,
    change: row.change,
    createdAt: row.created_at.getTime(),
    watchlistName: row.watchlist_name,
    channel: channelRecord({ ...row, state: 'active' }),
    alert: row.event_id === null ? null : alertRecord(row),
  }));
}

/** An event has a state, too; that of the channel is known from the condition. */
const OF_CHANNEL = CHANNEL_COLUMNS.filter((column) => column !== 'state');

type OutgoingRow = Omit<ChannelRow, 'state'> &
  EventRow & {
    delivery_id: string;
    attempts: number;
    change: OutgoingDelivery['change'];
    created_at: Date;
    watchlist_name: string;
    alert_id: string;
  };

/** What came of a try; with `retryInMs` null a failure is final. */
export type AttemptResult = {
  readonly ms: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly retryInMs: number | null;
};

const LONGEST_ERROR = 500;

/** Writes down what came of trying to send messages, and when they are tried again. */
export async function recordAttempt(
  client: Asked,
  deliveryIds: readonly string[],
  result: AttemptResult,
): Promise<void> {
  await client.query(
    `insert into delivery_attempt (delivery_id, ms, status, error) select unnest($1::text[]), $2, $3, $4`,
    [deliveryIds, Math.round(result.ms), result.status, result.error?.slice(0, LONGEST_ERROR) ?? null],
  );
  const state = result.error === null ? 'delivered' : result.retryInMs === null ? 'failed' : 'pending';
  await client.query(
    `update delivery set state = $2, attempts = attempts + 1,
       next_at = case when $2 = 'pending' then now() + make_interval(secs => $3) else next_at end,
       finished_at = case when $2 = 'pending' then null else now() end
     where delivery_id = any($1::text[])`,
    [deliveryIds, state, (result.retryInMs ?? 0) / 1000],
  );
}

/** A delivery as its log shows it; instants in ms. */
export type DeliveryRecord = {
  readonly deliveryId: string;
  readonly channelId: string;
  readonly alertId: string | null;
  readonly version: number | null;
  readonly change: OutgoingDelivery['change'];
  readonly state: 'pending' | 'delivered' | 'failed' | 'cancelled';
  readonly attempts: number;
  readonly createdAt: number;
  readonly nextAt: number | null;
  readonly finishedAt: number | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
};

/** Where a page of the log begins: behind this delivery. */
export type DeliveryMark = { readonly createdAt: number; readonly deliveryId: string };

/** Returns the deliveries of a watchlist, newest first, with what came of the last try. */
export async function listDeliveries(
  client: Asked,
  watchlistId: string,
  page: { readonly limit: number; readonly after?: DeliveryMark },
): Promise<readonly DeliveryRecord[]> {
  const { rows } = await client.query<DeliveryRow>(
    `select delivery.*, last.status, last.error from delivery join watch_channel using (channel_id)
       left join lateral (select status, error from delivery_attempt
         where delivery_attempt.delivery_id = delivery.delivery_id order by attempt_id desc limit 1) as last on true
     where watch_channel.watchlist_id = $1 and ($3::timestamptz is null
       or (date_trunc('milliseconds', delivery.created_at), delivery.delivery_id) < ($3, $4))
     order by date_trunc('milliseconds', delivery.created_at) desc, delivery.delivery_id desc limit $2`,
    [
      watchlistId,
      page.limit,
      page.after === undefined ? null : new Date(page.after.createdAt),
      page.after?.deliveryId ?? null,
    ],
  );
  return rows.map((row) => ({
    deliveryId: row.delivery_id,
    channelId: row.channel_id,
    alertId: row.alert_id,
    version: row.version,
    change: row.change,
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at.getTime(),
    nextAt: row.state === 'pending' ? row.next_at.getTime() : null,
    finishedAt: row.finished_at?.getTime() ?? null,
    lastStatus: row.status,
    lastError: row.error,
  }));
}

type DeliveryRow = {
  delivery_id: string;
  channel_id: string;
  alert_id: string | null;
  version: number | null;
  change: OutgoingDelivery['change'];
  state: DeliveryRecord['state'];
  attempts: number;
  created_at: Date;
  next_at: Date;
  finished_at: Date | null;
  status: number | null;
  error: string | null;
};
