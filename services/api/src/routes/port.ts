import { Type } from '@fastify/type-provider-typebox';
import { listEvents, visitsPerWeek } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { eventSchema } from '../schemas/event.ts';
import { listOf } from '../schemas/list-of.ts';
import { portIdParameters } from '../schemas/parameters.ts';
import { PORT_EXAMPLE, portSchema } from '../schemas/port.ts';
import { itemResponses } from '../schemas/responses.ts';
import { publicEvent } from '../shapes/event.ts';
import { knownPort, loadedGazetteer } from './known-port.ts';

const MOST_EVENTS = 100;
const MOST_WEEKS = 520;
/** Events of a ship that waits. */
export const WAITING = ['hovering'];
/** Events of a ship that fell silent. */
export const DARK = ['dark-near-port', 'transponder-gap', 'round-trip-without-call'];

const week = Type.Object(
  {
    week: Type.String({ description: 'Its Monday, YYYY-MM-DD in UTC.' }),
    visits: Type.Integer({ description: 'Visits that began in it.' }),
    vessels: Type.Integer(),
  },
  { examples: [{ week: '2016-10-31', visits: 12, vessels: 9 }] },
);

const detailSchema = Type.Object(
  {
    ...portSchema.properties,
    waiting: listOf(eventSchema, { description: 'Ships that hover near it now.' }),
    dark: listOf(eventSchema, { description: 'The latest silences near it.' }),
    visitsPerWeek: listOf(week, { description: 'Newest first; weeks without a visit are left out.' }),
  },
  {
    title: 'PortDetail',
    examples: [
      {
        ...PORT_EXAMPLE,
        waiting: [],
        dark: [],
        visitsPerWeek: [{ week: '2016-10-31', visits: 12, vessels: 9 }],
      },
    ],
  },
);

/** Adds single ports: who waits, who went dark, and visits. */
export function addPortRoute(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getPort',
    summary: 'Get a port',
    description: `A port with the ships that hover near it now, the latest silences (${MOST_EVENTS} of each at most), and visits per week.`,
    tags: ['reference'],
    params: portIdParameters,
    response: itemResponses('The port.', detailSchema),
  };
  app.get('/v1/ports/:id', { schema, config: { cost: 3 } }, async (request, reply) => {
    const { reader, version } = context;
    const gazetteer = loadedGazetteer(context);
    const port = knownPort(gazetteer, request.params.id);
    const salt = { version, extra: gazetteer.version };
    if (await isUnchanged(reader, request, reply, salt)) return reply;
    const page = { limit: MOST_EVENTS };
    const [waiting, dark, visits] = await Promise.all([
      listEvents(reader, { port: port.id, types: WAITING, states: ['open'] }, page),
      listEvents(reader, { port: port.id, types: DARK, states: ['open', 'closed'] }, page),
      visitsPerWeek(reader, port.id, MOST_WEEKS),
    ]);
    return reply.type('application/json; charset=utf-8').send({
      ...port,
      waiting: waiting.map(publicEvent),
      dark: dark.map(publicEvent),
      visitsPerWeek: visits,
    });
  });
}
