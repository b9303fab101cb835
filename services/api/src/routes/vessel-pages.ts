import { Type } from '@fastify/type-provider-typebox';
import { listAlerts, listVessels } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { vesselPage } from '../page/vessel-page.ts';
import { vesselsPage } from '../page/vessels-page.ts';
import { isBuilt } from '../plugins/built-files.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { instants, present } from '../query/event-filter.ts';
import { vesselIdParameters, parameters } from '../schemas/parameters.ts';
import { pageResponses } from '../schemas/responses.ts';
import { publicAlert } from '../shapes/event.ts';
import { addressWith, pageOf } from './paging.ts';
import {
  besideEvents,
  VESSEL_KEY,
  vesselDetail,
  vesselFace,
  vesselFilterOf,
  vesselKeyOf,
  vesselMark,
  vesselOf,
  vesselQuerySchema,
} from './vessels.ts';

const VESSELS_ON_PAGE = 50;
const MOST_ALERTS = 100;

/** Adds the page that finds vessels, and the page of one. */
export function addVesselPages(app: App, context: ApiContext): void {
  addSearch(app, context);
  addVessel(app, context);
}

function addSearch(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getVesselsPage',
    summary: 'The page of vessels',
    description: 'What /v1/vessels answers, as a page for people. Empty parameters are none.',
    tags: ['pages'],
    querystring: vesselQuerySchema,
    response: pageResponses(),
  };
  const config = { page: true, list: '/v1/vessels', cursorKey: VESSEL_KEY };
  app.get('/vessels', { schema, config }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const count = request.query.limit ?? VESSELS_ON_PAGE;
    const page = { limit: count + 1, ...vesselMark(request.after) };
    const records = await listVessels(reader, vesselFilterOf(request.filters), page);
    const { items, next } = pageOf(request, reply, records, count, vesselKeyOf, vesselFace);
    const more = next === null ? null : addressWith(request, next);
    return reply
      .type('text/html; charset=utf-8')
      .send(vesselsPage({ vessels: items, filters: request.filters, more }));
  });
}

function addVessel(app: App, context: ApiContext): void {
  const hasMap = isBuilt(context.webDir, 'sea-map.js');
  const schema = {
    operationId: 'getVesselPage',
    summary: 'The page of a vessel',
    description:
      'What /v1/vessels/{id} answers, as a page for people, with its alerts on one timeline. With `as_of` what was known then.',
    tags: ['pages'],
    params: vesselIdParameters,
    querystring: Type.Partial(Type.Object({ as_of: parameters.as_of })),
    response: pageResponses('There is no vessel of this id.'),
  };
  app.get('/vessels/:id', { schema, config: { page: true, cost: 3 } }, async (request, reply) => {
    const { reader, version } = context;
    const { id } = request.params;
    const salt = { version, extra: await besideEvents(context) };
    if (await isUnchanged(reader, request, reply, salt)) return reply;
    const known = present({ asOf: instants(request.filters).asOf });
    const vessel = await vesselOf(context, id, known.asOf);
    const filter = { vesselId: id, states: ['open', 'closed', 'retracted'], ...known } as const;
    const alerts = await listAlerts(reader, filter, { limit: MOST_ALERTS });
    const view = {
      ...(await vesselDetail(context, vessel, known.asOf)),
      alerts: alerts.map(publicAlert),
      hasMap,
    };
    return reply.type('text/html; charset=utf-8').send(vesselPage(view));
  });
}
