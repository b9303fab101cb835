import { Type } from '@fastify/type-provider-typebox';
import { designationMark, listDesignations, listRefusals, listSources, listSourcesMark } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import type { CursorKey, KeyPart } from '../query/cursor.ts';
import { instants, parsed, present } from '../query/event-filter.ts';
import { parseImoList } from '../query/lists.ts';
import { designationSchema } from '../schemas/designation.ts';
import { listSourcesSchema } from '../schemas/list-source.ts';
import { plainPageOf as pageSchemaOf } from '../schemas/page.ts';
import { PAGE_ITEMS, parameters } from '../schemas/parameters.ts';
import { jsonResponses } from '../schemas/responses.ts';
import { publicDesignation, publicListSources } from '../shapes/reference.ts';
import { pageOf } from './paging.ts';

const LIST = '/v1/designations';
const KEY: readonly KeyPart[] = ['day', 'text'];

/** Adds the list of designations, and where they come from. */
export function addDesignationRoutes(app: App, context: ApiContext): void {
  addSources(app, context);
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

/** How many refusals are told. */
const MOST_REFUSALS = 50;

function addSources(app: App, { reader, version }: ApiContext): void {
  const schema = {
    operationId: 'listDesignationSources',
    summary: 'List where designations come from',
    description:
      'Lists that are fetched and what the last try came to, and list files that changed nothing: an old list must not read as a current one.',
    tags: ['reference'],
    response: jsonResponses('All addresses, and the newest refusals.', listSourcesSchema),
  };
  app.get(`${LIST}/sources`, { schema }, async (request, reply) => {
    const extra = await listSourcesMark(reader);
    if (await isUnchanged(reader, request, reply, { version, extra })) return reply;
    const [sources, refusals] = await Promise.all([listSources(reader), listRefusals(reader, MOST_REFUSALS)]);
    return reply.type('application/json; charset=utf-8').send(publicListSources(sources, refusals));
  });
}

function markOf(after: CursorKey | null) {
  if (after === null) return {};
  return { after: { designatedOn: String(after[0]), designationId: String(after[1]) } };
}
