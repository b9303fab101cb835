import {
  addTestDelivery,
  createChannel,
  deleteChannel,
  disableChannel,
  enableChannel,
  newId,
  newToken,
  replayDelivery,
  rotateSecret,
  writeAudit,
  type Asked,
  type ChannelRecord,
  type WatchlistRecord,
} from '@offing/store';
import { DAY_MS } from '@offing/units';
import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { invalidRequest, Problem } from '../plugins/problem.ts';
import { ownerOf, ownWatchlist } from '../routes/owners.ts';
import type { Fault } from '../schemas/problem.ts';
import { MOST_CHANNELS, type NewChannelBody } from '../schemas/watchlist.ts';

/** How long a webhook's old secret signs beside the new one. */
const OVERLAP_MS = DAY_MS;

/** Names a channel of a watchlist, both by id. */
export type ChannelPlace = { readonly id: string; readonly channel: string };

/** Throws the problem of channels that cannot be told anything. */
export async function checkedChannels(
  context: ApiContext,
  channels: readonly NewChannelBody[],
  field = (index: number, name: string) => `channels.${index}.${name}`,
): Promise<void> {
  const faults: Fault[] = [];
  for (const [index, { kind, target, digest = 'none' }] of channels.entries()) {
    const expected = await context.checkTarget(kind, target);
    if (expected !== null)
      faults.push({ in: 'body', field: field(index, 'target'), value: target, expected });
    if (digest !== 'none' && kind !== 'email') {
      const reason = 'none: only e-mail comes as a digest';
      faults.push({ in: 'body', field: field(index, 'digest'), value: digest, expected: reason });
    }
  }
  if (faults.length > 0) throw invalidRequest(faults);
}

/** Adds a channel that was checked to a watchlist and returns its id. */
export async function addChannel(
  client: Asked,
  watchlistId: string,
  { kind, target, digest = 'none' }: NewChannelBody,
): Promise<string> {
  const channelId = newId('c');
  const ids = { channelId, watchlistId, unsubscribeToken: newToken() };
  await createChannel(client, ids, { kind, target, digest });
  return channelId;
}

/** Checks a channel, adds it to a watchlist of the asker's, and returns it; its secret may be shown this once. */
export async function addOwnChannel(
  context: ApiContext,
  request: FastifyRequest,
  id: string,
  body: NewChannelBody,
): Promise<ChannelRecord> {
  const list = await ownWatchlist(context, request, id);
  if (list.channels.length >= MOST_CHANNELS) {
    throw new Problem('too-many', `A watchlist has at most ${MOST_CHANNELS} channels`);
  }
  await checkedChannels(context, [body], (_, name) => name);
  const channelId = await context.writer.transaction(async (client) => {
    const made = await addChannel(client, list.watchlistId, body);
    await writeAudit(client, { ...ownerOf(request), action: 'channel.create', target: made });
    return made;
  });
  return channelOf(await ownWatchlist(context, request, list.watchlistId), channelId);
}

/** Removes a channel of the asker's with its log. */
export async function removeChannel(
  context: ApiContext,
  request: FastifyRequest,
  place: ChannelPlace,
): Promise<void> {
  await changeChannel(context, request, place, 'channel.delete', deleteChannel);
}

/** Puts a made-up message among those that are due, and returns the id of its delivery. */
export function testChannel(
  context: ApiContext,
  request: FastifyRequest,
  place: ChannelPlace,
): Promise<string> {
  return changeChannel(context, request, place, 'channel.test', (client, _, channel) =>
    addTestDelivery(client, channel),
  );
}

/** Gives a webhook another secret and returns it; null where the channel has none. */
export function renewSecret(
  context: ApiContext,
  request: FastifyRequest,
  place: ChannelPlace,
): Promise<string | null> {
  return changeChannel(context, request, place, 'channel.secret', (client, list, channel) =>
    rotateSecret(client, list, channel, OVERLAP_MS),
  );
}

/** Makes a channel active again, and returns it. */
export async function resumeChannel(
  context: ApiContext,
  request: FastifyRequest,
  place: ChannelPlace,
): Promise<ChannelRecord> {
  await changeChannel(context, request, place, 'channel.enable', enableChannel);
  return channelOf(await ownWatchlist(context, request, place.id), place.channel);
}

/** Sends nothing more to a channel until it is made active again, and returns it; what waits is cancelled. */
export async function pauseChannel(
  context: ApiContext,
  request: FastifyRequest,
  place: ChannelPlace,
): Promise<ChannelRecord> {
  await changeChannel(context, request, place, 'channel.disable', (client, _, channel) =>
    disableChannel(client, channel, 'paused by its owner'),
  );
  return channelOf(await ownWatchlist(context, request, place.id), place.channel);
}

/** Sends a delivery of a watchlist of the asker's again. */
export async function sendAgain(
  context: ApiContext,
  request: FastifyRequest,
  id: string,
  delivery: string,
): Promise<void> {
  const list = await ownWatchlist(context, request, id);
  await context.writer.transaction(async (client) => {
    const found = await replayDelivery(client, list.watchlistId, delivery);
    if (!found) {
      throw new Problem('not-found', `There is no delivery ${delivery} of an active channel of this list`);
    }
    await writeAudit(client, { ...ownerOf(request), action: 'delivery.replay', target: delivery });
  });
}

/** Changes a channel of the asker's own, and writes down that it was done. */
async function changeChannel<T>(
  context: ApiContext,
  request: FastifyRequest,
  { id, channel }: ChannelPlace,
  action: string,
  change: (client: Asked, watchlistId: string, channelId: string) => Promise<T>,
): Promise<T> {
  channelOf(await ownWatchlist(context, request, id), channel);
  return context.writer.transaction(async (client) => {
    await writeAudit(client, { ...ownerOf(request), action, target: channel });
    return change(client, id, channel);
  });
}

/** Returns a channel of a watchlist; throws where there is none of that id. */
export function channelOf(list: WatchlistRecord, channelId: string): ChannelRecord {
  const channel = list.channels.find((one) => one.channelId === channelId);
  if (channel === undefined) throw new Problem('not-found', `There is no channel ${channelId}`);
  return channel;
}
