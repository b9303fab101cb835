import { Type } from '@fastify/type-provider-typebox';
import type { Announcement } from '@offing/gazetteer';
import { cellsWithin } from '@offing/geo';
import { countHoursHeard, countVisits, readMoment, type Reader, type Span } from '@offing/store';
import { DAY_MS } from '@offing/units';
import type { ApiContext } from '../context.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { instants, present } from '../query/event-filter.ts';
import { portEmbargoSchema, type EmbargoComparison } from '../schemas/embargo.ts';
import { portIdParameters, parameters } from '../schemas/parameters.ts';
import type { PublicPort } from '../schemas/port.ts';
import { itemResponses } from '../schemas/responses.ts';
import { countedBy, embargoComparison, type SpanCounts } from '../shapes/embargo.ts';
import { knownPort, loadedGazetteer } from './known-port.ts';

const DAYS = 90;
const MID_DPRK = 445;
/** A port is heard where ships are heard within this distance of it, km. */
export const AROUND_KM = 30;
/** And so many of them, as many as witnesses are asked for. */
export const LEAST_VESSELS = 3;

/** Adds what visits before and after say of the bans that were announced for a port. */
export function addPortEmbargoRoute(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getPortEmbargo',
    summary: 'Compare visits before and after a ban',
    description:
      'Each announcement on the port, or on all ports of its country, with the observed visits of the ships that it bars in as many days before and after its first day, counted by the hours in which the port was heard, and the exact 95 % interval of the ratio. Where too little was heard or seen the answer is `cannot-tell`. Visits that nobody heard are in no figure. With `as_of` what was known then.',
    tags: ['reference'],
    params: portIdParameters,
    querystring: Type.Partial(Type.Object({ days: parameters.days, as_of: parameters.as_of })),
    response: itemResponses('The announcements.', portEmbargoSchema),
  };
  app.get('/v1/ports/:id/embargo', { schema }, async (request, reply) => {
    const { reader, version } = context;
    const gazetteer = loadedGazetteer(context);
    const port = knownPort(gazetteer, request.params.id);
    const salt = { version, extra: gazetteer.version };
    if (await isUnchanged(reader, request, reply, salt)) return reply;
    const days = request.query.days ?? DAYS;
    const moment = await momentOf(reader, instants(request.filters).asOf);
    const items = await embargoesOf(reader, port, gazetteer.announcements ?? [], days, moment);
    const { id, name, country } = port;
    return reply.type('application/json; charset=utf-8').send({ port: { id, name, country }, days, items });
  });
}

/** Up to when a port was judged, ms (null before the first position), and whose knowledge is asked for: now where `asOf` is absent. */
export type PortMoment = { readonly until: number | null; readonly asOf?: number };

/** Returns the moment of a question about a port. */
export async function momentOf(reader: Reader, asOf: number | undefined): Promise<PortMoment> {
  const { watermark } = await readMoment(reader);
  if (asOf === undefined || watermark === null) return { until: watermark, ...present({ asOf }) };
  return { until: Math.min(watermark, asOf), asOf };
}

/** Returns the announcements on a port with the visits in so many days before and after each, one by one. */
export async function embargoesOf(
  reader: Reader,
  port: PublicPort,
  announcements: readonly Announcement[],
  days: number,
  moment: PortMoment,
): Promise<readonly EmbargoComparison[]> {
  const items: EmbargoComparison[] = [];
  for (const announcement of announcementsOn(port, announcements))
    items.push(await compared(reader, port, announcement, days * DAY_MS, moment));
  return items;
}

function announcementsOn(port: PublicPort, announcements: readonly Announcement[]): readonly Announcement[] {
  return announcements
    .filter(({ portId, country }) => (portId === null ? country === port.country : portId === port.id))
    .sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
}

async function compared(
  reader: Reader,
  port: PublicPort,
  announcement: Announcement,
  lengthMs: number,
  { until: watermark, asOf }: PortMoment,
) {
  const counted = countedBy(announcement);
  if (counted === null || watermark === null || watermark <= announcement.from)
    return embargoComparison(announcement, null, null, counted !== null);
  const { from, until } = announcement;
  const to = Math.min(from + lengthMs, until ?? Infinity, watermark);
  const count = async (span: Span): Promise<SpanCounts> => ({
    ...span,
    ...(await countVisits(
      reader,
      port.id,
      span,
      counted === 'nexus' ? { nexus: true } : { mid: MID_DPRK },
      asOf,
    )),
    hoursHeard: await hoursHeard(reader, port, span),
  });
  return embargoComparison(
    announcement,
    await count({ from: from - lengthMs, to: from }),
    await count({ from, to }),
  );
}

async function hoursHeard(reader: Reader, { lon, lat }: PublicPort, span: Span): Promise<number> {
  if (lon === null || lat === null) return 0;
  return countHoursHeard(reader, cellsWithin(lon, lat, AROUND_KM), span, LEAST_VESSELS);
}
