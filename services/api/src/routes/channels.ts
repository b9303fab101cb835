import { Type, type Static } from '@fastify/type-provider-typebox';
import {
  addTestDelivery,
  createChannel,
  deleteChannel,
  enableChannel,
  newId,
  newToken,
  rotateSecret,
  writeAudit,
  type Asked,
  type WatchlistRecord,
} from '@offing/store';
import { DAY_MS } from '@offing/units';
import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { invalidRequest, Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { channelParameters, watchlistIdParameters } from '../schemas/parameters.ts';
import type { Fault } from '../schemas/problem.ts';
import { changeResponses } from '../schemas/responses.ts';
import { channelSchema, MOST_CHANNELS, newChannelSchema } from '../schemas/watchlist.ts';
import { publicChannel } from '../shapes/watchlist.ts';
import { ownerOf, ownWatchlist } from './owners.ts';

const LIST = '/v1/watchlists/:id/channels';
const SINGLE = `${LIST}/:channel`;
const CONFIG = { scope: 'watch' } as const;
const TAGS = ['watchlists'];
/** How long a webhook's old secret signs beside the new one. */
const OVERLAP_MS = DAY_MS;

type NewChannelBody = Static<typeof newChannelSchema>;

/** Adds the channels of a watchlist: made, removed, tested, made active again, with a new secret. */
export function addChannelRoutes(app: App, context: ApiContext): void {
  addCreate(app, context);
  addRemove(app, context);
  addTest(app, context);
  addSecret(app, context);
  addEnable(app, context);
}

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

function addCreate(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'createChannel',
    summary: 'Add a channel',
    description: 'Adds a channel to a watchlist. The secret of a webhook is shown here and never again.',
    tags: TAGS,
    params: watchlistIdParameters,
    body: newChannelSchema,
    response: changeResponses(201, 'The channel.', channelSchema),
  };
  app.post(LIST, { schema, config: CONFIG }, async (request, reply) => {
    const list = await ownWatchlist(context, request, request.params.id);
    if (list.channels.length >= MOST_CHANNELS) {
      throw new Problem('too-many', `A watchlist has at most ${MOST_CHANNELS} channels`);
    }
    await checkedChannels(context, [request.body], (_, name) => name);
    const channelId = await context.writer.transaction(async (client) => {
      const made = await addChannel(client, list.watchlistId, request.body);
      await writeAudit(client, { ...ownerOf(request), action: 'channel.create', target: made });
      return made;
    });
    const channel = channelOf(await ownWatchlist(context, request, list.watchlistId), channelId);
    return reply.code(201).header('cache-control', 'no-store').send(publicChannel(channel, channel.secret));
  });
}

function addRemove(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'deleteChannel',
    summary: 'Remove a channel',
    description: 'Removes a channel with its log; nothing more is sent there.',
    tags: TAGS,
    params: channelParameters,
    response: changeResponses(204, 'It is removed.'),
  };
  app.delete(SINGLE, { schema, config: CONFIG }, async (request, reply) => {
    await changeChannel(context, request, request.params, 'channel.delete', async (client, list, channel) => {
      await deleteChannel(client, list, channel);
    });
    return reply.code(204).send();
  });
}

function addTest(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'testChannel',
    summary: 'Send a test',
    description: 'Sends a made-up message, marked as a test; see the log for what came of it.',
    tags: TAGS,
    params: channelParameters,
    response: changeResponses(202, 'It will be sent.', idSchema),
  };
  app.post(`${SINGLE}/test`, { schema, config: CONFIG }, async (request, reply) => {
    const id = await changeChannel(context, request, request.params, 'channel.test', (client, _, channel) =>
      addTestDelivery(client, channel),
    );
    return reply.code(202).send({ id });
  });
}

function addSecret(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'rotateSecret',
    summary: 'Give a webhook a new secret',
    description:
      'Messages are signed with both secrets for 24 hours, then with the new one alone. It is shown here and never again.',
    tags: TAGS,
    params: channelParameters,
    response: changeResponses(200, 'The channel.', channelSchema),
  };
  app.post(`${SINGLE}/secret`, { schema, config: CONFIG }, async (request, reply) => {
    const secret = await changeChannel(
      context,
      request,
      request.params,
      'channel.secret',
      (client, list, channel) => rotateSecret(client, list, channel, OVERLAP_MS),
    );
    if (secret === null) throw new Problem('conflict', 'Only webhooks have a secret');
    const list = await ownWatchlist(context, request, request.params.id);
    const channel = channelOf(list, request.params.channel);
    return reply.header('cache-control', 'no-store').send(publicChannel(channel, secret));
  });
}

function addEnable(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'enableChannel',
    summary: 'Make a channel active again',
    description: 'What came while it was disabled is not sent; see replay.',
    tags: TAGS,
    params: channelParameters,
    response: changeResponses(200, 'The channel.', channelSchema),
  };
  app.post(`${SINGLE}/enable`, { schema, config: CONFIG }, async (request, reply) => {
    await changeChannel(context, request, request.params, 'channel.enable', enableChannel);
    const list = await ownWatchlist(context, request, request.params.id);
    return reply
      .header('cache-control', 'no-store')
      .send(publicChannel(channelOf(list, request.params.channel)));
  });
}

const idSchema = Type.Object(
  { id: Type.String({ description: 'Of the delivery.' }) },
  { examples: [{ id: 'msg_test0123456789abcdef0123' }] },
);

/** Changes a channel of the asker's own, and writes down that it was done. */
async function changeChannel<T>(
  context: ApiContext,
  request: FastifyRequest,
  { id, channel }: { readonly id: string; readonly channel: string },
  action: string,
  change: (client: Asked, watchlistId: string, channelId: string) => Promise<T>,
): Promise<T> {
  channelOf(await ownWatchlist(context, request, id), channel);
  return context.writer.transaction(async (client) => {
    await writeAudit(client, { ...ownerOf(request), action, target: channel });
    return change(client, id, channel);
  });
}

function channelOf(list: WatchlistRecord, channelId: string) {
  const channel = list.channels.find((one) => one.channelId === channelId);
  if (channel === undefined) throw new Problem('not-found', `There is no channel ${channelId}`);
  return channel;
}
