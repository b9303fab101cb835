import { Type } from '@fastify/type-provider-typebox';
import { alertFacets } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { eventFilterOf, eventQuerySchema } from '../query/event-filter.ts';
import { facetsSchema } from '../schemas/facets.ts';
import { jsonResponses } from '../schemas/responses.ts';
import { publicFacets } from '../shapes/facets.ts';

/** Adds how many alerts of each kind a filter finds, and when they began. */
export function addAlertFacets(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'countAlerts',
    summary: 'Count alerts by kind',
    description:
      'Counts by rule, severity, verdict, state, nexus, flag and port, and a histogram of when alerts began, for the filters of /v1/alerts. The counts of each leave out the filter of the same name: they tell what another choice would find. Most frequent first.',
    tags: ['alerts'],
    querystring: Type.Omit(eventQuerySchema, ['limit', 'cursor']),
    response: jsonResponses('The counts.', facetsSchema),
  };
  app.get('/v1/alerts/facets', { schema, config: { cost: 2 } }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const filter = eventFilterOf(request.filters);
    const facets = publicFacets(await alertFacets(reader, filter), filter);
    return reply.type('application/json; charset=utf-8').send(facets);
  });
}
