import { Type } from '@fastify/type-provider-typebox';
import type { ApiContext } from '../context.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import type { KeyPart } from '../query/cursor.ts';
import { isTrue, parsed } from '../query/event-filter.ts';
import { plainPageOf as pageSchemaOf } from '../schemas/page.ts';
import { PAGE_ITEMS, parameters } from '../schemas/parameters.ts';
import { portSchema, type PublicPort } from '../schemas/port.ts';
import { jsonResponses } from '../schemas/responses.ts';
import { pageOf } from './paging.ts';

const LIST = '/v1/ports';
const KEY: readonly KeyPart[] = ['text'];

/** Adds the list of ports. */
export function addPortRoutes(app: App, context: ApiContext): void {
  const { country, watched, name, limit, cursor } = parameters;
  const schema = {
    operationId: 'listPorts',
    summary: 'List ports',
    description: 'Ports of the gazetteer by id. `name` finds parts of plain, other and local names.',
    tags: ['reference'],
    querystring: Type.Partial(Type.Object({ country, watched, name, limit, cursor })),
    response: jsonResponses('A page of ports.', pageSchemaOf(portSchema)),
  };
  app.get(LIST, { schema, config: { cursorKey: KEY, cost: 'none' } }, async (request, reply) => {
    const { reader, version, gazetteer } = context;
    if (gazetteer === undefined)
      throw new Problem('reference-missing', 'No gazetteer is loaded; see /readyz');
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
    return reply.type('application/json; charset=utf-8').send(page);
  });
}

function isWanted(port: PublicPort, filters: ReadonlyMap<string, string>): boolean {
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
