import { Type } from '@fastify/type-provider-typebox';
import { listEvents } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { asOfText, instants, present } from '../query/event-filter.ts';
import { parameters, portIdParameters } from '../schemas/parameters.ts';
import { portDetailSchema } from '../schemas/port-detail.ts';
import { itemResponses } from '../schemas/responses.ts';
import { publicEvent } from '../shapes/event.ts';
import { knownPort, loadedGazetteer } from './known-port.ts';
import { momentOf } from './port-embargo.ts';
import { portFigures } from './port-figures.ts';

const MOST_EVENTS = 100;
/** Events of a ship that waits. */
export const WAITING = ['hovering'];
/** Events of a ship that fell silent. */
export const DARK = ['dark-near-port', 'transponder-gap', 'round-trip-without-call'];

/** Adds single ports: who waits, who went dark, visits, queue and bans. */
export function addPortRoute(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getPort',
    summary: 'Get a port',
    description: `A port with the ships that hover near it now, the latest silences (${MOST_EVENTS} of each at most), visits per week by flag, the hours in which it was heard, how many ships usually wait and for how long, and what visits say of bans. With \`as_of\` what was known then.`,
    tags: ['reference'],
    params: portIdParameters,
    querystring: Type.Partial(Type.Object({ as_of: parameters.as_of })),
    response: itemResponses('The port.', portDetailSchema),
  };
  app.get('/v1/ports/:id', { schema, config: { cost: 3 } }, async (request, reply) => {
    const { reader, version } = context;
    const gazetteer = loadedGazetteer(context);
    const port = knownPort(gazetteer, request.params.id);
    const salt = { version, extra: gazetteer.version };
    if (await isUnchanged(reader, request, reply, salt)) return reply;
    const page = { limit: MOST_EVENTS };
    const moment = await momentOf(reader, instants(request.filters).asOf);
    const known = { port: port.id, ...present({ asOf: moment.asOf }) };
    const [waiting, dark] = await Promise.all([
      listEvents(reader, { ...known, types: WAITING, states: ['open'] }, page),
      listEvents(reader, { ...known, types: DARK, states: ['open', 'closed'] }, page),
    ]);
    const figures = await portFigures(context, port, moment);
    return reply.type('application/json; charset=utf-8').send({
      ...port,
      asOf: asOfText(moment),
      waiting: waiting.map(publicEvent),
      dark: dark.map(publicEvent),
      ...figures,
    });
  });
}
