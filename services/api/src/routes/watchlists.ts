import { Type } from '@fastify/type-provider-typebox';
import { listWatchlists, previewWatch } from '@offing/store';
import type { ApiContext } from '../context.ts';
import type { App } from '../plugins/requests.ts';
import type { KeyPart } from '../query/cursor.ts';
import { plainPageOf as pageSchemaOf } from '../schemas/page.ts';
import { PAGE_ITEMS, parameters, watchlistIdParameters } from '../schemas/parameters.ts';
import { changeResponses, ownResponses } from '../schemas/responses.ts';
import {
  newWatchlistSchema,
  previewSchema,
  watchFilterSchema,
  watchlistChangeSchema,
  watchlistSchema,
} from '../schemas/watchlist.ts';
import { DROWNING_ALERTS, publicChannel, publicPreview, publicWatchlist } from '../shapes/watchlist.ts';
import { changeWatchlist, makeWatchlist, previewOf, removeWatchlist } from '../watching/lists.ts';
import { originOf, ownerOf, ownWatchlist } from './owners.ts';
import { pageOf } from './paging.ts';

const LIST = '/v1/watchlists';
const KEY: readonly KeyPart[] = ['text'];
/** Two hundred corners a polygon make a long body. */
const MOST_BODY_BYTES = 262_144;
const CONFIG = { scope: 'watch' } as const;
const TAGS = ['watchlists'];

/** Adds the watchlists of the asker, and what they would have told. */
export function addWatchlistRoutes(app: App, context: ApiContext): void {
  addList(app, context);
  addCreate(app, context);
  addSingle(app, context);
  addChange(app, context);
  addRemove(app, context);
  addPreviews(app, context);
}

function addList(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'listWatchlists',
    summary: 'List watchlists',
    description: 'The watchlists of the key’s owner, by id.',
    tags: TAGS,
    querystring: Type.Partial(Type.Object({ limit: parameters.limit, cursor: parameters.cursor })),
    response: ownResponses('A page of watchlists.', pageSchemaOf(watchlistSchema)),
  };
  app.get(LIST, { schema, config: { ...CONFIG, cursorKey: KEY } }, async (request, reply) => {
    const limit = request.query.limit ?? PAGE_ITEMS;
    const after = request.after === null ? {} : { after: String(request.after[0]) };
    const { owner } = ownerOf(request);
    const records = await listWatchlists(context.writer.pool, owner, { limit: limit + 1, ...after });
    const origin = originOf(context, request);
    const page = pageOf(
      request,
      reply,
      records,
      limit,
      (list) => [list.watchlistId],
      (list) => publicWatchlist(list, origin),
    );
    return reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(page);
  });
}

function addCreate(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'createWatchlist',
    summary: 'Make a watchlist',
    description: `Makes a watchlist that tells what comes from now on. A list of more than ${DROWNING_ALERTS} alerts a month is refused unless \`confirm\` is true. Secrets of webhooks are shown here and never again.`,
    tags: TAGS,
    body: newWatchlistSchema,
    response: changeResponses(201, 'The watchlist.', watchlistSchema),
  };
  app.post(LIST, { schema, config: CONFIG, bodyLimit: MOST_BODY_BYTES }, async (request, reply) => {
    const list = await makeWatchlist(context, request, request.body);
    const shown = publicWatchlist(list, originOf(context, request));
    return reply
      .code(201)
      .header('location', `${LIST}/${list.watchlistId}`)
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send({
        ...shown,
        channels: list.channels.map((one) => publicChannel(one, one.secret)),
      });
  });
}

function addSingle(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getWatchlist',
    summary: 'Get a watchlist',
    description: 'A watchlist of the key’s owner.',
    tags: TAGS,
    params: watchlistIdParameters,
    response: ownResponses('The watchlist.', watchlistSchema),
  };
  app.get(`${LIST}/:id`, { schema, config: CONFIG }, async (request, reply) => {
    const list = await ownWatchlist(context, request, request.params.id);
    return reply
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(publicWatchlist(list, originOf(context, request)));
  });
}

function addChange(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'changeWatchlist',
    summary: 'Change a watchlist',
    description:
      'Replaces name and filter; channels stay. Who was told of an alert is told what becomes of it, whatever the new filter.',
    tags: TAGS,
    params: watchlistIdParameters,
    body: watchlistChangeSchema,
    response: changeResponses(200, 'The watchlist.', watchlistSchema),
  };
  app.put(`${LIST}/:id`, { schema, config: CONFIG, bodyLimit: MOST_BODY_BYTES }, async (request, reply) => {
    const list = await changeWatchlist(context, request, request.params.id, request.body);
    return reply
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(publicWatchlist(list, originOf(context, request)));
  });
}

function addRemove(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'deleteWatchlist',
    summary: 'Remove a watchlist',
    description: 'Removes a watchlist, its channels and its log; nothing more is sent.',
    tags: TAGS,
    params: watchlistIdParameters,
    response: changeResponses(204, 'It is removed.'),
  };
  app.delete(`${LIST}/:id`, { schema, config: CONFIG }, async (request, reply) => {
    await removeWatchlist(context, request, request.params.id);
    return reply.code(204).send();
  });
}

function addPreviews(app: App, context: ApiContext): void {
  const description =
    'How many alerts a list would have told in the last 30 days of event time, and in how many messages.';
  const response = ownResponses('The preview.', previewSchema);
  const asked = {
    operationId: 'previewWatchlist',
    summary: 'Preview a watchlist that is not made yet',
    description,
    tags: TAGS,
    body: watchFilterSchema,
    response: changeResponses(200, 'The preview.', previewSchema),
  };
  app.post(
    `${LIST}/preview`,
    { schema: asked, config: CONFIG, bodyLimit: MOST_BODY_BYTES },
    async (request, reply) => {
      const preview = await previewOf(context, request.body);
      return reply.header('cache-control', 'no-store').send(preview);
    },
  );
  const kept = {
    operationId: 'previewKeptWatchlist',
    summary: 'Preview a watchlist',
    description,
    tags: TAGS,
    params: watchlistIdParameters,
    response,
  };
  app.get(`${LIST}/:id/preview`, { schema: kept, config: CONFIG }, async (request, reply) => {
    const list = await ownWatchlist(context, request, request.params.id);
    const preview = await previewWatch(context.reader.pool, list.filter);
    return reply.header('cache-control', 'no-store').send(publicPreview(preview));
  });
}
