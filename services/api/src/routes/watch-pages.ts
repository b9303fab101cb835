import { allows, listDeliveries, listWatchlists } from '@offing/store';
import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { watchlistPage, type WatchlistView } from '../page/watchlist-page.ts';
import { noSessionPage, watchlistsPage } from '../page/watchlists-page.ts';
import type { WatchFormView } from '../page/watch-form.ts';
import { csrfTokenFor } from '../plugins/browser-session.ts';
import { readingOf } from '../plugins/language.ts';
import type { App } from '../plugins/requests.ts';
import { eventQuerySchema } from '../query/event-filter.ts';
import { watchlistIdParameters } from '../schemas/parameters.ts';
import { pageResponses } from '../schemas/responses.ts';
import { MOST_WATCHLISTS } from '../schemas/watchlist.ts';
import { publicDelivery, publicWatchlist } from '../shapes/watchlist.ts';
import { previewOf } from '../watching/lists.ts';
import { bodyOf, fieldsOfList, fieldsOfView, type WatchFields } from '../watching/watch-form.ts';
import { originOf, ownerOf, ownWatchlist } from './owners.ts';

const DELIVERIES_ON_PAGE = 50;

/** Adds the pages of the asker's watchlists; who has no session is told how to get one. */
export function addWatchPages(app: App, context: ApiContext): void {
  const config = { page: true };
  const list = {
    operationId: 'getWatchlistsPage',
    summary: 'The page of watchlists',
    description:
      'The asker’s watchlists, and a form for another, filled in with the filters of /v1/alerts that stand in the address.',
    tags: ['pages'],
    querystring: eventQuerySchema,
    response: pageResponses(),
  };
  app.get('/watchlists', { schema: list, config }, async (request, reply) => {
    void reply.header('cache-control', 'no-store').type('text/html; charset=utf-8');
    if (!mayWatch(request)) return reply.send(noSessionPage(backOf(context, request), readingOf(request)));
    const { fields, leftOut } = fieldsOfView(request.filters);
    return reply.send(await listsPage(context, request, { fields, leftOut }));
  });
  const single = {
    operationId: 'getWatchlistPage',
    summary: 'The page of a watchlist',
    description: 'A watchlist of the asker’s with its channels and what it sent.',
    tags: ['pages'],
    params: watchlistIdParameters,
    response: pageResponses('There is no watchlist of this id.'),
  };
  app.get('/watchlists/:id', { schema: single, config }, async (request, reply) => {
    void reply.header('cache-control', 'no-store').type('text/html; charset=utf-8');
    if (!mayWatch(request)) return reply.send(noSessionPage(backOf(context, request), readingOf(request)));
    return reply.send(await singlePage(context, request, request.params.id));
  });
}

/** What a page is asked to show beside what is kept. */
export type Asked = {
  readonly fields?: WatchFields;
  readonly faults?: readonly string[];
  readonly leftOut?: readonly string[];
  readonly secret?: string | null;
  readonly channelFaults?: readonly string[];
};

/** Returns the page of the asker's watchlists with a form for another. */
export async function listsPage(
  context: ApiContext,
  request: FastifyRequest,
  asked: Asked & { readonly fields: WatchFields },
): Promise<string> {
  const { owner } = ownerOf(request);
  const records = await listWatchlists(context.writer.pool, owner, { limit: MOST_WATCHLISTS });
  const origin = originOf(context, request);
  const form = await formView(context, request, asked.fields, asked);
  const lists = records.map((record) => publicWatchlist(record, origin));
  return watchlistsPage({ form, lists }, readingOf(request));
}

/** Returns the page of one of the asker's watchlists. */
export async function singlePage(
  context: ApiContext,
  request: FastifyRequest,
  id: string,
  asked: Asked = {},
): Promise<string> {
  const record = await ownWatchlist(context, request, id);
  const log = await listDeliveries(context.writer.pool, id, { limit: DELIVERIES_ON_PAGE + 1 });
  const fields = asked.fields ?? fieldsOfList(record);
  const view: WatchlistView = {
    list: publicWatchlist(record, originOf(context, request)),
    form: await formView(context, request, fields, asked),
    deliveries: log.slice(0, DELIVERIES_ON_PAGE).map(publicDelivery),
    hasMore: log.length > DELIVERIES_ON_PAGE,
    secret: asked.secret ?? null,
    channelFaults: asked.channelFaults ?? [],
  };
  return watchlistPage(view, readingOf(request));
}

async function formView(
  context: ApiContext,
  request: FastifyRequest,
  fields: WatchFields,
  { faults = [], leftOut = [] }: Asked,
): Promise<WatchFormView> {
  const { body, faults: wrong } = bodyOf({ ...fields, name: 'preview' });
  const { name: _name, channels: _channels, confirm: _confirm, ...filter } = body;
  return {
    fields,
    preview: wrong.length > 0 ? null : await previewOf(context, filter),
    faults,
    leftOut,
    unknownPorts: wrong.length > 0 ? [] : unknownPorts(context, filter.ports ?? []),
    csrf: csrfTokenFor(request),
  };
}

function unknownPorts({ gazetteer }: ApiContext, names: readonly string[]): readonly string[] {
  if (gazetteer === undefined) return [];
  const known = new Set(gazetteer.ports.flatMap(({ id, name }) => [id.toLowerCase(), name.toLowerCase()]));
  return names.filter((name) => !known.has(name.toLowerCase()));
}

function mayWatch({ caller }: FastifyRequest): boolean {
  return caller.key !== null && allows(caller.key.scopes, 'watch');
}

function backOf(context: ApiContext, request: FastifyRequest): string {
  const query = new URLSearchParams([...request.filters]).toString();
  const path = request.raw.url?.split('?')[0] ?? '';
  return `${originOf(context, request)}${path}${query === '' ? '' : `?${query}`}`;
}
