import type { Language } from '@offing/alerts';
import { Type } from '@fastify/type-provider-typebox';
import { alertVersions, listAlertPlaces, listAlerts, type EventFilter } from '@offing/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { alertKind } from '../formats/kinds.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { asOfText, eventFilterOf, eventQuerySchema, instants } from '../query/event-filter.ts';
import { alertDetailSchema, alertSchema } from '../schemas/event.ts';
import { datedPageOf } from '../schemas/page.ts';
import { alertIdParameters, PAGE_ITEMS, parameters } from '../schemas/parameters.ts';
import { itemResponses, listResponses } from '../schemas/responses.ts';
import { makeAlertTexts, type AlertTexts } from '../shapes/alert-texts.ts';
import { publicAlertIn, publicAlertVersion } from '../shapes/event.ts';
import { listNames, listQuery, listRoutes, sendFile, wantedFormat, type ListRoute } from './formats.ts';
import { knownTerms } from './terms.ts';
import { eventKey, eventMark } from './marks.ts';
import { pageOf } from './paging.ts';

const LIST = '/v1/alerts';

const alertQuerySchema = Type.Partial(Type.Object({ ...eventQuerySchema.properties, lang: parameters.lang }));

/** Adds the list of alerts in its formats, and single alerts. */
export function addAlertRoutes(app: App, context: ApiContext): void {
  const sendJson = jsonSender(context, makeAlertTexts(context.reader));
  for (const route of listRoutes(LIST)) addList(app, context, route, sendJson);
  addSingle(app, context);
}

function addList(
  app: App,
  context: ApiContext,
  route: ListRoute,
  sendJson: ReturnType<typeof jsonSender>,
): void {
  const schema = {
    ...listNames(route, 'List alerts', 'listAlerts'),
    description:
      'Alerts, newest opening first, equal openings by event. Without `state` open and closed ones: retracted alerts show only with `state=retracted` or `state=any`. The format is that of the extension, else of `Accept`.',
    tags: ['alerts'],
    querystring: listQuery(alertQuerySchema, route),
    response: listResponses('A page of alerts.', datedPageOf(alertSchema), route.format),
  };
  app.get(route.url, { schema, config: { ...route, cursorKey: eventKey } }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const filter = eventFilterOf(request.filters);
    const limit = request.query.limit ?? PAGE_ITEMS;
    const format = wantedFormat(request);
    if (format === 'json') return sendJson(request, reply, filter, limit, request.query.lang);
    const records = await listAlerts(reader, filter, { limit: limit + 1, ...eventMark(request.after) });
    const page = pageOf(
      request,
      reply,
      records,
      limit,
      (alert) => [alert.openedAt, alert.eventId],
      (alert) => publicAlertIn(alert, request.query.lang),
    );
    return sendFile(reader, reply, alertKind, format, page.items);
  });
}

/** The places are read for each question; what stands there mostly is known as text already. */
function jsonSender({ reader }: ApiContext, texts: AlertTexts) {
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
    filter: EventFilter,
    limit: number,
    language?: Language,
  ) => {
    const places = await listAlertPlaces(reader, filter, { limit: limit + 1, ...eventMark(request.after) });
    const known = await texts.of(places.slice(0, limit), language);
    const page = pageOf(
      request,
      reply,
      places,
      limit,
      (place) => [place.openedAt, place.eventId],
      (place) => known.get(place),
    );
    // An event without an alert has its place, and no text.
    const items = page.items.filter((text) => text !== undefined);
    const asOf = asOfText(filter);
    const terms = await knownTerms(reader, request);
    const told = terms.length === 0 ? {} : { terms };
    const rest = JSON.stringify({ next: page.next, asOf, ...told }).slice(1);
    return reply.type('application/json; charset=utf-8').send(`{"items":[${items.join(',')}],${rest}`);
  };
}

function addSingle(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getAlert',
    summary: 'Get an alert',
    description:
      'An alert with its evidence, innocent explanations, and all its versions as each was known, with the reason of each correction. With `as_of` the versions known then.',
    tags: ['alerts'],
    params: alertIdParameters,
    querystring: Type.Partial(Type.Object({ as_of: parameters.as_of, lang: parameters.lang })),
    response: itemResponses('The alert.', alertDetailSchema),
  };
  app.get(`${LIST}/:id`, { schema, config: { cost: 'none' } }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const versions = await alertVersions(reader, request.params.id, instants(request.filters).asOf);
    const { lang } = request.query;
    const newest = versions.at(-1);
    if (newest === undefined) throw new Problem('not-found', `There is no alert ${request.params.id}`);
    return reply.type('application/json; charset=utf-8').send({
      ...publicAlertVersion(newest, lang),
      positionsUrl: `${LIST}/${newest.alertId}/positions`,
      versions: versions.map((one) => publicAlertVersion(one, lang)),
    });
  });
}
