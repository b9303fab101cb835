import { randomBytes } from 'node:crypto';
import type { Asked } from './keys.ts';

/** How a message reaches someone. */
export type ChannelKind = 'webhook' | 'email' | 'slack';

/** How often a channel speaks: at once, or what came together each hour or day. */
export type Digest = 'none' | 'hourly' | 'daily';

/** A channel as it is kept; instants in ms. */
export type ChannelRecord = {
  readonly channelId: string;
  readonly watchlistId: string;
  readonly kind: ChannelKind;
  /** A URL, or an e-mail address. */
  readonly target: string;
  readonly digest: Digest;
  /** Signs webhooks: `whsec_` and base64 (Standard Webhooks); null for others. */
  readonly secret: string | null;
  /** The secret before, which goes on signing up to an instant. */
  readonly oldSecret: string | null;
  readonly oldSecretUntil: number | null;
  readonly unsubscribeToken: string | null;
  readonly state: 'active' | 'disabled';
  readonly disabledReason: string | null;
};

/** What a new channel is. */
export type NewChannel = {
  readonly kind: ChannelKind;
  readonly target: string;
  readonly digest: Digest;
};

/** Returns a new signing secret of 256 bits in the form of Standard Webhooks. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** Adds a channel to a watchlist under an id; it is told of what comes from now on. */
export async function createChannel(
  client: Asked,
  ids: { readonly channelId: string; readonly watchlistId: string; readonly unsubscribeToken: string },
  channel: NewChannel,
): Promise<void> {
  await client.query(
    `insert into watch_channel (channel_id, watchlist_id, kind, target, digest, secret, unsubscribe_token, after_seq)
     select $1, $2, $3, $4, $5, $6, $7, coalesce(max(change_seq), 0) from outbox`,
    [
      ids.channelId,
      ids.watchlistId,
      channel.kind,
      channel.target,
      channel.digest,
      channel.kind === 'webhook' ? newSigningSecret() : null,
      channel.kind === 'email' ? ids.unsubscribeToken : null,
    ],
  );
}

/** Removes a channel of a watchlist, with its deliveries; returns whether there was one. */
export async function deleteChannel(client: Asked, watchlistId: string, channelId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'delete from watch_channel where watchlist_id = $1 and channel_id = $2',
    [watchlistId, channelId],
  );
  return rowCount === 1;
}

/** Makes a disabled channel active again; returns whether it was disabled. */
export async function enableChannel(client: Asked, watchlistId: string, channelId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `update watch_channel set state = 'active', disabled_reason = null
     where watchlist_id = $1 and channel_id = $2 and state = 'disabled'`,
    [watchlistId, channelId],
  );
  return rowCount === 1;
}

/** Gives a webhook a new signing secret and returns it; the old one signs beside it for so long. Null when there is no such webhook. */
export async function rotateSecret(
  client: Asked,
  watchlistId: string,
  channelId: string,
  overlapMs: number,
): Promise<string | null> {
  const secret = newSigningSecret();
  const { rowCount } = await client.query(
    `update watch_channel set old_secret = secret, secret = $3,
       old_secret_until = now() + make_interval(secs => $4)
     where watchlist_id = $1 and channel_id = $2 and kind = 'webhook'`,
    [watchlistId, channelId, secret, overlapMs / 1000],
  );
  return rowCount === 1 ? secret : null;
}

/** Ends a channel for good reason: nothing more is sent, what waits is cancelled. */
export async function disableChannel(client: Asked, channelId: string, reason: string): Promise<void> {
  await client.query(
    `update watch_channel set state = 'disabled', disabled_reason = $2 where channel_id = $1`,
    [channelId, reason],
  );
  await client.query(
    `update delivery set state = 'cancelled', finished_at = now() where channel_id = $1 and state = 'pending'`,
    [channelId],
  );
}

/** Returns the channel whose messages an unsubscribe token stands in, or undefined. */
export async function channelByUnsubscribeToken(
  client: Asked,
  token: string,
): Promise<ChannelRecord | undefined> {
  const { rows } = await client.query<ChannelRow>(
    `select ${COLUMNS} from watch_channel where unsubscribe_token = $1`,
    [token],
  );
  return rows.map(channelRecord)[0];
}

/** Returns the channels of watchlists by id. */
export async function channelsOf(
  client: Asked,
  watchlistIds: readonly string[],
): Promise<readonly ChannelRecord[]> {
  if (watchlistIds.length === 0) return [];
  const { rows } = await client.query<ChannelRow>(
    `select ${COLUMNS} from watch_channel where watchlist_id = any($1::text[]) order by channel_id`,
    [watchlistIds],
  );
  return rows.map(channelRecord);
}

/** A row of CHANNEL_COLUMNS as the driver reads it. */
export type ChannelRow = {
  channel_id: string;
  watchlist_id: string;
  kind: ChannelKind;
  target: string;
  digest: Digest;
  secret: string | null;
  old_secret: string | null;
  old_secret_until: Date | null;
  unsubscribe_token: string | null;
  state: 'active' | 'disabled';
  disabled_reason: string | null;
};

/** The columns of `watch_channel` that make a ChannelRecord. */
export const CHANNEL_COLUMNS = [
  'channel_id',
  'watchlist_id',
  'kind',
  'target',
  'digest',
  'secret',
  'old_secret',
  'old_secret_until',
  'unsubscribe_token',
  'state',
  'disabled_reason',
] as const;

const COLUMNS = CHANNEL_COLUMNS.join(', ');

/** Returns the record of a row. */
export function channelRecord(row: ChannelRow): ChannelRecord {
  return {
    channelId: row.channel_id,
    watchlistId: row.watchlist_id,
    kind: row.kind,
    target: row.target,
    digest: row.digest,
    secret: row.secret,
    oldSecret: row.old_secret,
    oldSecretUntil: row.old_secret_until?.getTime() ?? null,
    unsubscribeToken: row.unsubscribe_token,
    state: row.state,
    disabledReason: row.disabled_reason,
  };
}
