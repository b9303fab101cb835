import { createHash, randomBytes } from 'node:crypto';
import type { WatchFilter } from '../queries/watch-filter.ts';
import { jsonOf } from './json.ts';
import type { Asked } from './keys.ts';
import { channelsOf, type ChannelRecord } from './watchlists-channels.ts';

/** A watchlist as it is kept, with its channels; instants in ms. */
export type WatchlistRecord = {
  readonly watchlistId: string;
  readonly owner: string;
  readonly name: string;
  readonly filter: WatchFilter;
  /** Opens its feeds, for readers that cannot send a key. */
  readonly feedToken: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly channels: readonly ChannelRecord[];
};

/** Returns a new random id with a prefix: 20 hexadecimal digits behind it. */
export function newId(prefix: string): string {
  return prefix + randomBytes(10).toString('hex');
}

/** Returns a new random token of 192 bits that opens what it names. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Makes a watchlist without channels; what was told up to now is not of interest to it. Returns its id. */
export async function createWatchlist(
  client: Asked,
  list: { readonly owner: string; readonly name: string; readonly filter: WatchFilter },
): Promise<string> {
  const id = newId('w');
  await client.query(
    `insert into watchlist (watchlist_id, owner, name, filter, feed_token, after_seq)
     select $1, $2, $3, $4, $5, coalesce(max(change_seq), 0) from outbox`,
    [id, list.owner, list.name, jsonOf(list.filter), newToken()],
  );
  return id;
}

/** Changes the name and the filter of a watchlist of the owner; returns whether there is one. */
export async function updateWatchlist(
  client: Asked,
  owner: string,
  watchlistId: string,
  change: { readonly name: string; readonly filter: WatchFilter },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update watchlist set name = $3, filter = $4, updated_at = now() where owner = $1 and watchlist_id = $2`,
    [owner, watchlistId, change.name, jsonOf(change.filter)],
  );
  return rowCount === 1;
}

/** Removes a watchlist of the owner with its channels and deliveries; returns whether there was one. */
export async function deleteWatchlist(client: Asked, owner: string, watchlistId: string): Promise<boolean> {
  const { rowCount } = await client.query('delete from watchlist where owner = $1 and watchlist_id = $2', [
    owner,
    watchlistId,
  ]);
  return rowCount === 1;
}

/** Returns watchlists of the owner by id, behind one when it is given. */
export async function listWatchlists(
  client: Asked,
  owner: string,
  page: { readonly limit: number; readonly after?: string },
): Promise<readonly WatchlistRecord[]> {
  const { rows } = await client.query<WatchlistRow>(
    `select ${COLUMNS} from watchlist where owner = $1 and ($3::text is null or watchlist_id > $3)
     order by watchlist_id limit $2`,
    [owner, page.limit, page.after ?? null],
  );
  return withChannels(client, rows);
}

/** Returns a watchlist of the owner, or undefined: another's looks like none. */
export async function watchlistById(
  client: Asked,
  owner: string,
  watchlistId: string,
): Promise<WatchlistRecord | undefined> {
  const { rows } = await client.query<WatchlistRow>(
    `select ${COLUMNS} from watchlist where owner = $1 and watchlist_id = $2`,
    [owner, watchlistId],
  );
  return (await withChannels(client, rows))[0];
}

/** Returns how many watchlists an owner has. */
export async function countWatchlists(client: Asked, owner: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    'select count(*)::int as n from watchlist where owner = $1',
    [owner],
  );
  return rows[0].n;
}

/** Returns the watchlist whose feeds a token opens, or undefined. */
export async function watchlistByFeedToken(
  client: Asked,
  token: string,
): Promise<WatchlistRecord | undefined> {
  const { rows } = await client.query<WatchlistRow>(
    `select ${COLUMNS} from watchlist where feed_token = $1`,
    [token],
  );
  return (await withChannels(client, rows))[0];
}

/** Returns what tells one state of a watchlist's filter from another. */
export function filterMark(list: WatchlistRecord): string {
  return createHash('sha256')
    .update(jsonOf([list.name, list.filter]))
    .digest('base64url')
    .slice(0, 16);
}

const COLUMNS = 'watchlist_id, owner, name, filter, feed_token, created_at, updated_at';

type WatchlistRow = {
  watchlist_id: string;
  owner: string;
  name: string;
  filter: WatchFilter;
  feed_token: string;
  created_at: Date;
  updated_at: Date;
};

async function withChannels(
  client: Asked,
  rows: readonly WatchlistRow[],
): Promise<readonly WatchlistRecord[]> {
  const channels = await channelsOf(
    client,
    rows.map((row) => row.watchlist_id),
  );
  return rows.map((row) => ({
    watchlistId: row.watchlist_id,
    owner: row.owner,
    name: row.name,
    filter: row.filter,
    feedToken: row.feed_token,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
    channels: channels.filter((channel) => channel.watchlistId === row.watchlist_id),
  }));
}
