import { Type } from '@fastify/type-provider-typebox';
import { listDeliveries } from '@offing/store';
import type { ApiContext } from '../context.ts';
import type { App } from '../plugins/requests.ts';
import type { CursorKey, KeyPart } from '../query/cursor.ts';
import { plainPageOf as pageSchemaOf } from '../schemas/page.ts';
import { deliveryParameters, watchlistIdParameters, PAGE_ITEMS, parameters } from '../schemas/parameters.ts';
import { changeResponses, ownResponses } from '../schemas/responses.ts';
import { deliverySchema } from '../schemas/watchlist.ts';
import { publicDelivery } from '../shapes/watchlist.ts';
import { sendAgain } from '../watching/channels.ts';
import { ownWatchlist } from './owners.ts';
import { pageOf } from './paging.ts';

const LIST = '/v1/watchlists/:id/deliveries';
const KEY: readonly KeyPart[] = ['instant', 'text'];
const CONFIG = { scope: 'watch' } as const;

/** Adds the log of what a watchlist sent, and sending again. */
export function addDeliveryRoutes(app: App, context: ApiContext): void {
  addList(app, context);
  addReplay(app, context);
}

function addList(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'listDeliveries',
    summary: 'List deliveries',
    description: 'What was sent for a watchlist and what came of it, newest first.',
    tags: ['watchlists'],
    params: watchlistIdParameters,
    querystring: Type.Partial(Type.Object({ limit: parameters.limit, cursor: parameters.cursor })),
    response: ownResponses('A page of deliveries.', pageSchemaOf(deliverySchema)),
  };
  app.get(LIST, { schema, config: { ...CONFIG, cursorKey: KEY } }, async (request, reply) => {
    const list = await ownWatchlist(context, request, request.params.id);
    const limit = request.query.limit ?? PAGE_ITEMS;
    const records = await listDeliveries(context.writer.pool, list.watchlistId, {
      limit: limit + 1,
      ...markOf(request.after),
    });
    const page = pageOf(
      request,
      reply,
      records,
      limit,
      (delivery) => [delivery.createdAt, delivery.deliveryId],
      publicDelivery,
    );
    return reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(page);
  });
}

function addReplay(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'replayDelivery',
    summary: 'Send again',
    description: 'Sends a delivery again under its id, whether it arrived or not.',
    tags: ['watchlists'],
    params: deliveryParameters,
    response: changeResponses(202, 'It will be sent.'),
  };
  app.post(`${LIST}/:delivery/replay`, { schema, config: CONFIG }, async (request, reply) => {
    const { id, delivery } = request.params;
    await sendAgain(context, request, id, delivery);
    return reply.code(202).send();
  });
}

function markOf(after: CursorKey | null) {
  return after === null ? {} : { after: { createdAt: Number(after[0]), deliveryId: String(after[1]) } };
}
