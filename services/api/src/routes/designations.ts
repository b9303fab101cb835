import { Type } from '@fastify/type-provider-typebox';
import { designationMark, listDesignations } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import type { CursorKey, KeyPart } from '../query/cursor.ts';
import { instants, parsed, present } from '../query/event-filter.ts';
import { parseImoList } from '../query/lists.ts';
import { designationSchema } from '../schemas/designation.ts';
import { pageOf as pageSchemaOf } from '../schemas/page.ts';
import { PAGE_ITEMS, parameters } from '../schemas/parameters.ts';
import { jsonResponses } from '../schemas/responses.ts';
import { publicDesignation } from '../shapes/reference.ts';
import { pageOf } from './paging.ts';

const LIST = '/v1/designations';
const KEY: readonly KeyPart[] = ['day', 'text'];

/** Adds the list of designations. */
export function addDesignationRoutes(app: App, context: ApiContext): void {
  const { imo, listedName, list, on, as_of, limit, cursor } = parameters;
  const schema = {
    operationId: 'listDesignations',
    summary: 'List designations',
    description:
      'Which list named which ship from when to when, newest listing first. With `on` what was in force on that day, list by list: the day of removal is the last listed day. With `as_of` what was known here at that instant: a removal that was learnt later is not yet told.',
    tags: ['reference'],
    querystring: Type.Partial(Type.Object({ imo, name: listedName, list, on, as_of, limit, cursor })),
    response: jsonResponses('A page of designations.', pageSchemaOf(designationSchema)),
  };
  app.get(LIST, { schema, config: { cursorKey: KEY } }, async (request, reply) => {
    const { reader, version } = context;
    const salt = { version, extra: await designationMark(reader) };
    if (await isUnchanged(reader, request, reply, salt)) return reply;
    const count = request.query.limit ?? PAGE_ITEMS;
    const filter = present({
      imoNumbers: parsed(request.filters, 'imo', parseImoList),
      name: request.filters.get('name'),
      list: request.filters.get('list'),
      on: request.filters.get('on'),
      ...instants(request.filters),
    });
    const records = await listDesignations(reader, filter, { limit: count + 1, ...markOf(request.after) });
    const page = pageOf(
      request,
      reply,
      records,
      count,
      (entry) => [entry.designatedOn, entry.designationId],
      publicDesignation,
    );
    return reply.type('application/json; charset=utf-8').send(page);
  });
}

function markOf(after: CursorKey | null) {
  if (after === null) return {};
  return { after: { designatedOn: String(after[0]), designationId: String(after[1]) } };
}
