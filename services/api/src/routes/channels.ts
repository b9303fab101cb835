import { Type } from '@fastify/type-provider-typebox';
import type { ApiContext } from '../context.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { channelParameters, watchlistIdParameters } from '../schemas/parameters.ts';
import { changeResponses } from '../schemas/responses.ts';
import { channelSchema, newChannelSchema } from '../schemas/watchlist.ts';
import { publicChannel } from '../shapes/watchlist.ts';
import {
  addOwnChannel,
  channelOf,
  pauseChannel,
  removeChannel,
  renewSecret,
  resumeChannel,
  testChannel,
} from '../watching/channels.ts';
import { ownWatchlist } from './owners.ts';

const LIST = '/v1/watchlists/:id/channels';
const SINGLE = `${LIST}/:channel`;
const CONFIG = { scope: 'watch' } as const;
const TAGS = ['watchlists'];

/** Adds the channels of a watchlist: made, removed, tested, paused, made active again, with a new secret. */
export function addChannelRoutes(app: App, context: ApiContext): void {
  addCreate(app, context);
  addRemove(app, context);
  addTest(app, context);
  addSecret(app, context);
  addEnable(app, context);
  addDisable(app, context);
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
    const channel = await addOwnChannel(context, request, request.params.id, request.body);
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
    await removeChannel(context, request, request.params);
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
    const id = await testChannel(context, request, request.params);
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
    const secret = await renewSecret(context, request, request.params);
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
    const channel = await resumeChannel(context, request, request.params);
    return reply.header('cache-control', 'no-store').send(publicChannel(channel));
  });
}

function addDisable(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'disableChannel',
    summary: 'Pause a channel',
    description: 'Nothing more is sent there until it is made active again; what waits is cancelled.',
    tags: TAGS,
    params: channelParameters,
    response: changeResponses(200, 'The channel.', channelSchema),
  };
  app.post(`${SINGLE}/disable`, { schema, config: CONFIG }, async (request, reply) => {
    const channel = await pauseChannel(context, request, request.params);
    return reply.header('cache-control', 'no-store').send(publicChannel(channel));
  });
}

const idSchema = Type.Object(
  { id: Type.String({ description: 'Of the delivery.' }) },
  { examples: [{ id: 'msg_test0123456789abcdef0123' }] },
);
