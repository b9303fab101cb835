import { Type } from '@fastify/type-provider-typebox';
import type { ApiContext } from '../context.ts';
import { portKind } from '../formats/kinds.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import type { KeyPart } from '../query/cursor.ts';
import { isTrue, parsed } from '../query/event-filter.ts';
import { plainPageOf as pageSchemaOf } from '../schemas/page.ts';
import { PAGE_ITEMS, parameters } from '../schemas/parameters.ts';
import { portSchema, type PublicPort } from '../schemas/port.ts';
import { listResponses } from '../schemas/responses.ts';
import { listNames, listQuery, listRoutes, sendFile, wantedFormat, type ListRoute } from './formats.ts';
import { loadedGazetteer } from './known-port.ts';
import { pageOf } from './paging.ts';

const LIST = '/v1/ports';
const KEY: readonly KeyPart[] = ['text'];

/** Adds the list of ports in every format. */
export function addPortRoutes(app: App, context: ApiContext): void {
  for (const route of listRoutes(LIST)) addList(app, context, route);
}

function addList(app: App, context: ApiContext, route: ListRoute): void {
  const { country, watched, portName, limit, cursor } = parameters;
  const schema = {
    ...listNames(route, 'List ports', 'listPorts'),
    description:
      'Ports of the gazetteer by id. `name` finds parts of plain, other and local names. A port whose place is not known is in every format, with null for its geometry. The format is that of the extension, else of `Accept`.',
    tags: ['reference'],
    querystring: listQuery(
      Type.Partial(Type.Object({ country, watched, name: portName, limit, cursor })),
      route,
    ),
    response: listResponses('A page of ports.', pageSchemaOf(portSchema), route.format),
  };
  app.get(
    route.url,
    { schema, config: { ...route, cursorKey: KEY, cost: 'none' } },
    async (request, reply) => {
      const { reader, version } = context;
      const gazetteer = loadedGazetteer(context);
      const salt = { version, extra: gazetteer.version };
      if (await isUnchanged(reader, request, reply, salt)) return reply;
      const behind = request.after === null ? null : String(request.after[0]);
      const found = gazetteer.ports
        .filter((port) => isWanted(port, request.filters) && (behind === null || port.id > behind))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      const count = request.query.limit ?? PAGE_ITEMS;
      const page = pageOf(
        request,
        reply,
        found,
        count,
        (port) => [port.id],
        (port) => port,
      );
      const format = wantedFormat(request);
      if (format !== 'json') return sendFile(reader, reply, portKind, format, page.items);
      return reply.type('application/json; charset=utf-8').send(page);
    },
  );
}

/** Returns whether the parameters of a request for ports ask for this one. */
export function isWanted(port: PublicPort, filters: ReadonlyMap<string, string>): boolean {
  const country = filters.get('country')?.toUpperCase();
  const watched = parsed(filters, 'watched', isTrue);
  const part = filters.get('name')?.toLowerCase();
  const names = [port.name, ...port.altNames, port.localName ?? ''];
  return (
    (country === undefined || port.country === country) &&
    (watched === undefined || port.watched === watched) &&
    (part === undefined || names.some((name) => name.toLowerCase().includes(part)))
  );
}
