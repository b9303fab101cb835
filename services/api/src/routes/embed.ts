import { alertVersions, listAlerts, readMoment } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { embeddedAlert, embeddedAlerts, embeddedPort } from '../page/embed.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { eventFilterOf, eventQuerySchema } from '../query/event-filter.ts';
import { alertIdParameters, portIdParameters } from '../schemas/parameters.ts';
import { pageResponses } from '../schemas/responses.ts';
import { publicAlert } from '../shapes/event.ts';
import { knownPort, loadedGazetteer } from './known-port.ts';
import { eventKey, eventMark } from './marks.ts';
import { momentOf } from './port-embargo.ts';
import { portFigures } from './port-figures.ts';
import { WAITING } from './port.ts';

const ALERTS_IN_FRAME = 5;
const HTML = 'text/html; charset=utf-8';

/** Adds the small pages that others may show in a frame. */
export function addEmbeds(app: App, context: ApiContext): void {
  addAlerts(app, context);
  addAlert(app, context);
  addPort(app, context);
}

function addAlerts(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getEmbeddedAlerts',
    summary: 'Alerts for a frame',
    description: `The latest ${ALERTS_IN_FRAME} alerts of a view, or \`limit\` of them, to be shown in a frame; it takes the filters of /v1/alerts.`,
    tags: ['pages'],
    querystring: eventQuerySchema,
    response: pageResponses(),
  };
  const config = { page: true, list: '/v1/alerts', cursorKey: eventKey, cost: 2 };
  app.get('/embed/alerts', { schema, config }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const page = { limit: request.query.limit ?? ALERTS_IN_FRAME, ...eventMark(request.after) };
    const alerts = await listAlerts(reader, eventFilterOf(request.filters), page);
    const { watermark } = await readMoment(reader);
    const view = [...request.filters].filter(([name]) => name !== 'limit' && name !== 'cursor');
    const query = new URLSearchParams(view).toString();
    return reply.type(HTML).send(embeddedAlerts(alerts.map(publicAlert), query, watermark));
  });
}

function addAlert(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getEmbeddedAlert',
    summary: 'An alert for a frame',
    description: 'The newest version of an alert, to be shown in a frame.',
    tags: ['pages'],
    params: alertIdParameters,
    response: pageResponses('There is no alert of this id.'),
  };
  app.get('/embed/alerts/:id', { schema, config: { page: true } }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const newest = (await alertVersions(reader, request.params.id)).at(-1);
    if (newest === undefined) throw new Problem('not-found', `There is no alert ${request.params.id}`);
    const { watermark } = await readMoment(reader);
    return reply.type(HTML).send(embeddedAlert(publicAlert(newest), watermark));
  });
}

function addPort(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getEmbeddedPort',
    summary: 'A port for a frame',
    description: 'Who hovers off a port now and visits per week, to be shown in a frame.',
    tags: ['pages'],
    params: portIdParameters,
    response: pageResponses('There is no port of this id.'),
  };
  app.get('/embed/ports/:id', { schema, config: { page: true, cost: 3 } }, async (request, reply) => {
    const { reader, version } = context;
    const gazetteer = loadedGazetteer(context);
    const port = knownPort(gazetteer, request.params.id);
    if (await isUnchanged(reader, request, reply, { version, extra: gazetteer.version })) return reply;
    const filter = { port: port.id, types: WAITING, states: ['open'] } as const;
    const waiting = await listAlerts(reader, filter, { limit: ALERTS_IN_FRAME });
    const moment = await momentOf(reader, undefined);
    const figures = await portFigures(context, port, moment);
    return reply.type(HTML).send(embeddedPort(port, waiting.map(publicAlert), figures, moment.until));
  });
}
