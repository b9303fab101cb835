import { Type } from '@fastify/type-provider-typebox';
import {
  countWatchlists,
  createWatchlist,
  deleteWatchlist,
  listWatchlists,
  previewWatch,
  updateWatchlist,
  watchlistById,
  writeAudit,
  type WatchFilter,
} from '@offing/store';
import type { ApiContext } from '../context.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import type { KeyPart } from '../query/cursor.ts';
import { plainPageOf as pageSchemaOf } from '../schemas/page.ts';
import { watchlistIdParameters, PAGE_ITEMS, parameters } from '../schemas/parameters.ts';
import { changeResponses, ownResponses } from '../schemas/responses.ts';
import {
  MOST_WATCHLISTS,
  newWatchlistSchema,
  previewSchema,
  watchFilterSchema,
  watchlistChangeSchema,
  watchlistSchema,
} from '../schemas/watchlist.ts';
import {
  DROWNING_ALERTS,
  publicChannel,
  publicPreview,
  publicWatchlist,
  watchFilterOf,
} from '../shapes/watchlist.ts';
import { addChannel, checkedChannels } from './channels.ts';
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
    const { name, channels = [], confirm = false, ...rest } = request.body;
    const filter = watchFilterOf(rest);
    const { owner, keyId } = ownerOf(request);
    await checkedChannels(context, channels);
    await mustNotDrown(context, filter, confirm);
    const { list, secrets } = await context.writer.transaction(async (client) => {
      if ((await countWatchlists(client, owner)) >= MOST_WATCHLISTS) {
        throw new Problem('too-many', `An owner has at most ${MOST_WATCHLISTS} watchlists`);
      }
      const id = await createWatchlist(client, { owner, name, filter });
      for (const channel of channels) await addChannel(client, id, channel);
      const made = await watchlistById(client, owner, id);
      await writeAudit(client, { owner, keyId, action: 'watchlist.create', target: id });
      if (made === undefined) throw new Error('a watchlist that was just made is not there');
      return { list: made, secrets: new Map(made.channels.map((one) => [one.channelId, one.secret])) };
    });
    const shown = publicWatchlist(list, originOf(context, request));
    return reply
      .code(201)
      .header('location', `${LIST}/${list.watchlistId}`)
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send({
        ...shown,
        channels: list.channels.map((one) => publicChannel(one, secrets.get(one.channelId))),
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
    const { name, confirm = false, ...rest } = request.body;
    const { id } = request.params;
    const { owner, keyId } = ownerOf(request);
    const filter = watchFilterOf(rest);
    await ownWatchlist(context, request, id);
    await mustNotDrown(context, filter, confirm);
    await context.writer.transaction(async (client) => {
      await updateWatchlist(client, owner, id, { name, filter });
      await writeAudit(client, { owner, keyId, action: 'watchlist.change', target: id });
    });
    const list = await ownWatchlist(context, request, id);
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
    const { owner, keyId } = ownerOf(request);
    const { id } = request.params;
    await context.writer.transaction(async (client) => {
      const removed = await deleteWatchlist(client, owner, id);
      if (!removed) throw new Problem('not-found', `There is no watchlist ${id}`);
      await writeAudit(client, { owner, keyId, action: 'watchlist.delete', target: id });
    });
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
      const preview = await previewWatch(context.reader.pool, watchFilterOf(request.body));
      return reply.header('cache-control', 'no-store').send(publicPreview(preview));
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
