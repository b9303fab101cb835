import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from '@fastify/type-provider-typebox';
import type { Severity } from '@offing/rules';
import { countByPort, listAlerts, readMoment } from '@offing/store';
import type { ApiContext, PortSource } from '../context.ts';
import { portPage } from '../page/port-page.ts';
import { portsPage, type PortRow } from '../page/ports-page.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { asOfText, instants, present } from '../query/event-filter.ts';
import { portIdParameters, parameters } from '../schemas/parameters.ts';
import { pageResponses } from '../schemas/responses.ts';
import { publicAlert } from '../shapes/event.ts';
import { knownPort, loadedGazetteer } from './known-port.ts';
import { momentOf } from './port-embargo.ts';
import { portFigures } from './port-figures.ts';
import { DARK, WAITING } from './port.ts';
import { isWanted } from './ports.ts';

const MOST_PORTS = 200;
const MOST_ALERTS = 10;
/** Silences of severity `info` say only that nothing can be told of them. */
const TELLING: readonly Severity[] = ['low', 'medium', 'high', 'critical'];
const NO_COUNTS = { alerts: 0, waiting: 0, synthetic: 0 };

/** Adds the page that finds ports, and the page of one. */
export function addPortPages(app: App, context: ApiContext): void {
  const { webDir } = context;
  const hasMap = webDir !== undefined && existsSync(join(webDir, 'ports-map.js'));
  addSearch(app, context, hasMap);
  addPort(app, context, hasMap);
}

function addSearch(app: App, context: ApiContext, hasMap: boolean): void {
  const { country, watched, portName } = parameters;
  const schema = {
    operationId: 'getPortsPage',
    summary: 'The page of ports',
    description:
      'Ports with how many ships wait off each, as a page for people. Without a parameter those that are watched or of which an alert tells. Empty parameters are none.',
    tags: ['pages'],
    querystring: Type.Partial(Type.Object({ country, watched, name: portName })),
    response: pageResponses(),
  };
  app.get('/ports', { schema, config: { page: true, cost: 2 } }, async (request, reply) => {
    const { reader, version } = context;
    const gazetteer = loadedGazetteer(context);
    const salt = { version, extra: gazetteer.version };
    if (await isUnchanged(reader, request, reply, salt)) return reply;
    const [{ watermark }, counts] = await Promise.all([readMoment(reader), countByPort(reader)]);
    const { filters } = request;
    const found = gazetteer.ports
      .map((port) => ({ ...port, ...(counts.get(port.id) ?? NO_COUNTS) }))
      .filter((port) => isWanted(port, filters) && (filters.size > 0 || isToldOf(port)))
      .sort(byImportance);
    return reply.type('text/html; charset=utf-8').send(
      portsPage({
        ports: found.slice(0, MOST_PORTS),
        found: found.length,
        known: gazetteer.ports.length,
        countries: countriesOf(gazetteer),
        filters,
        watermark,
        hasMap,
      }),
    );
  });
}

function isToldOf({ watched, alerts, waiting }: PortRow): boolean {
  return watched || alerts > 0 || waiting > 0;
}

function byImportance(a: PortRow, b: PortRow): number {
  return (
    b.waiting - a.waiting ||
    b.alerts - a.alerts ||
    Number(b.watched) - Number(a.watched) ||
    a.name.localeCompare(b.name, 'en') ||
    (a.id < b.id ? -1 : 1)
  );
}

function countriesOf({ ports }: PortSource): readonly string[] {
  return [...new Set(ports.map(({ country }) => country))].sort();
}

function addPort(app: App, context: ApiContext, hasMap: boolean): void {
  const schema = {
    operationId: 'getPortPage',
    summary: 'The page of a port',
    description: 'What /v1/ports/{id} answers, as a page for people. With `as_of` what was known then.',
    tags: ['pages'],
    params: portIdParameters,
    querystring: Type.Partial(Type.Object({ as_of: parameters.as_of })),
    response: pageResponses('There is no port of this id.'),
  };
  app.get('/ports/:id', { schema, config: { page: true, cost: 3 } }, async (request, reply) => {
    const { reader, version } = context;
    const gazetteer = loadedGazetteer(context);
    const port = knownPort(gazetteer, request.params.id);
    const salt = { version, extra: gazetteer.version };
    if (await isUnchanged(reader, request, reply, salt)) return reply;
    const page = { limit: MOST_ALERTS };
    const moment = await momentOf(reader, instants(request.filters).asOf);
    const known = { port: port.id, ...present({ asOf: moment.asOf }) };
    const [waiting, dark] = await Promise.all([
      listAlerts(reader, { ...known, types: WAITING, states: ['open'] }, page),
      listAlerts(reader, { ...known, types: DARK, states: ['open', 'closed'], severities: TELLING }, page),
    ]);
    const figures = await portFigures(context, port, moment);
    const view = {
      port,
      parent: gazetteer.ports.find(({ id }) => id === port.parentPortId) ?? null,
      parts: gazetteer.ports.filter(({ parentPortId }) => parentPortId === port.id),
      waiting: waiting.map(publicAlert),
      dark: dark.map(publicAlert),
      figures,
      watermark: moment.until,
      asOf: asOfText(moment),
      hasMap,
    };
    return reply.type('text/html; charset=utf-8').send(portPage(view));
  });
}
