import {
  countWatchlists,
  createWatchlist,
  deleteWatchlist,
  previewWatch,
  updateWatchlist,
  watchlistById,
  writeAudit,
  type WatchFilter,
  type WatchlistRecord,
} from '@offing/store';
import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { Problem } from '../plugins/problem.ts';
import { ownerOf, ownWatchlist } from '../routes/owners.ts';
import {
  MOST_WATCHLISTS,
  type NewWatchlistBody,
  type WatchFilterBody,
  type WatchlistChangeBody,
} from '../schemas/watchlist.ts';
import { DROWNING_ALERTS, publicPreview, watchFilterOf } from '../shapes/watchlist.ts';
import { addChannel, checkedChannels } from './channels.ts';

/** Makes a watchlist of the asker's with its channels, whose secrets may be shown this once; throws where it would drown its reader. */
export async function makeWatchlist(
  context: ApiContext,
  request: FastifyRequest,
  body: NewWatchlistBody,
): Promise<WatchlistRecord> {
  const { name, channels = [], confirm = false, ...rest } = body;
  const filter = watchFilterOf(rest);
  const { owner, keyId } = ownerOf(request);
  await checkedChannels(context, channels);
  await mustNotDrown(context, filter, confirm);
  return context.writer.transaction(async (client) => {
    if ((await countWatchlists(client, owner)) >= MOST_WATCHLISTS) {
      throw new Problem('too-many', `An owner has at most ${MOST_WATCHLISTS} watchlists`);
    }
    const id = await createWatchlist(client, { owner, name, filter });
    for (const channel of channels) await addChannel(client, id, channel);
    const made = await watchlistById(client, owner, id);
    await writeAudit(client, { owner, keyId, action: 'watchlist.create', target: id });
    if (made === undefined) throw new Error('a watchlist that was just made is not there');
    return made;
  });
}

/** Replaces name and filter of a watchlist of the asker's, and returns it; channels stay. */
export async function changeWatchlist(
  context: ApiContext,
  request: FastifyRequest,
  id: string,
  body: WatchlistChangeBody,
): Promise<WatchlistRecord> {
  const { name, confirm = false, ...rest } = body;
  const { owner, keyId } = ownerOf(request);
  const filter = watchFilterOf(rest);
  await ownWatchlist(context, request, id);
  await mustNotDrown(context, filter, confirm);
  await context.writer.transaction(async (client) => {
    await updateWatchlist(client, owner, id, { name, filter });
    await writeAudit(client, { owner, keyId, action: 'watchlist.change', target: id });
  });
  return ownWatchlist(context, request, id);
}

/** Removes a watchlist of the asker's with its channels and its log. */
export async function removeWatchlist(
  context: ApiContext,
  request: FastifyRequest,
  id: string,
): Promise<void> {
  const { owner, keyId } = ownerOf(request);
  await context.writer.transaction(async (client) => {
    const removed = await deleteWatchlist(client, owner, id);
    if (!removed) throw new Problem('not-found', `There is no watchlist ${id}`);
    await writeAudit(client, { owner, keyId, action: 'watchlist.delete', target: id });
  });
}

/** Returns what a filter would have told in the last 30 days of event time. */
export async function previewOf({ reader }: ApiContext, body: WatchFilterBody) {
  return publicPreview(await previewWatch(reader.pool, watchFilterOf(body)));
}

async function mustNotDrown(context: ApiContext, filter: WatchFilter, confirmed: boolean): Promise<void> {
  if (confirmed) return;
  const preview = await previewWatch(context.reader.pool, filter);
  if (preview.alerts <= DROWNING_ALERTS) return;
  const { alerts } = preview;
  throw new Problem(
    'would-drown',
    `This list would have told ${alerts} alerts in the last month, more than anyone reads`,
    [
      {
        in: 'body',
        field: 'confirm',
        value: 'false',
        expected: `true when ${alerts} alerts a month are wanted, else a narrower list`,
      },
    ],
  );
}
