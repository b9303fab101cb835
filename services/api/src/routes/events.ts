import { Type } from '@fastify/type-provider-typebox';
import { eventVersions, listEvents } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { eventKind } from '../formats/kinds.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { asOfText, eventFilterOf, eventQuerySchema, instants } from '../query/event-filter.ts';
import { eventDetailSchema, eventSchema } from '../schemas/event.ts';
import { datedPageOf } from '../schemas/page.ts';
import { eventIdParameters, PAGE_ITEMS, parameters } from '../schemas/parameters.ts';
import { itemResponses, listResponses } from '../schemas/responses.ts';
import { publicEvent } from '../shapes/event.ts';
import { listNames, listQuery, listRoutes, sendFile, wantedFormat, type ListRoute } from './formats.ts';
import { withTerms } from './terms.ts';
import { eventMark, eventKey } from './marks.ts';
import { pageOf } from './paging.ts';

const LIST = '/v1/events';

/** Adds the list of events in its formats, and single events. */
export function addEventRoutes(app: App, context: ApiContext): void {
  for (const route of listRoutes(LIST)) addList(app, context, route);
  addSingle(app, context);
}

function addList(app: App, context: ApiContext, route: ListRoute): void {
  const schema = {
    ...listNames(route, 'List events', 'listEvents'),
    description:
      'Events, newest opening first, equal openings by id. Without `state` open and closed ones: retracted events show only with `state=retracted` or `state=any`. The format is that of the extension, else of `Accept`.',
    tags: ['events'],
    querystring: listQuery(eventQuerySchema, route),
    response: listResponses('A page of events.', datedPageOf(eventSchema), route.format),
  };
  app.get(route.url, { schema, config: { ...route, cursorKey: eventKey } }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const filter = eventFilterOf(request.filters);
    const limit = request.query.limit ?? PAGE_ITEMS;
    const records = await listEvents(reader, filter, { limit: limit + 1, ...eventMark(request.after) });
    const page = pageOf(
      request,
      reply,
      records,
      limit,
      (event) => [event.openedAt, event.eventId],
      publicEvent,
    );
    const format = wantedFormat(request);
    if (format !== 'json') return sendFile(reader, reply, eventKind, format, page.items);
    return reply.type('application/json; charset=utf-8').send(
      await withTerms(reader, request, {
        ...page,
        asOf: asOfText(filter),
      }),
    );
  });
}

function addSingle(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getEvent',
    summary: 'Get an event',
    description:
      'An event by its id, or by an id under which later versions of it arrived, with all its versions as each was known. With `as_of` the versions known then.',
    tags: ['events'],
    params: eventIdParameters,
    querystring: Type.Partial(Type.Object({ as_of: parameters.as_of })),
    response: itemResponses('The event.', eventDetailSchema),
  };
  app.get(`${LIST}/:id`, { schema, config: { cost: 'none' } }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const versions = await eventVersions(reader, request.params.id, instants(request.filters).asOf);
    const newest = versions.at(-1);
    if (newest === undefined) throw new Problem('not-found', `There is no event ${request.params.id}`);
    return reply.type('application/json; charset=utf-8').send({
      ...publicEvent(newest),
      positionsUrl: `${LIST}/${newest.eventId}/positions`,
      versions: versions.map((record) => ({ ...publicEvent(record), reason: record.reason })),
    });
  });
}
