import { Type } from '@fastify/type-provider-typebox';
import {
  designationMark,
  hullsOfMmsi,
  identityHistory,
  linkMark,
  listCorrections,
  listDesignations,
  listEvents,
  listVessels,
  shipLinks,
  vesselById,
  type IdentityRecord,
  type VesselRecord,
} from '@offing/store';
import { midsOfFlag } from '@offing/units';
import { isoOf } from '@offing/units';
import type { ApiContext } from '../context.ts';
import { vesselKind } from '../formats/kinds.ts';
import { flagOf } from '../shapes/flags.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { parseBox } from '../query/boxes.ts';
import type { CursorKey, KeyPart } from '../query/cursor.ts';
import { asOfText, instants, parsed, present } from '../query/event-filter.ts';
import { parseImoList, parseMmsiList } from '../query/lists.ts';
import { datedPageOf } from '../schemas/page.ts';
import { vesselIdParameters, PAGE_ITEMS, parameters } from '../schemas/parameters.ts';
import { itemResponses, listResponses } from '../schemas/responses.ts';
import { vesselDetailSchema, vesselSchema } from '../schemas/vessel.ts';
import { publicCorrection } from '../shapes/correction.ts';
import { publicEvent } from '../shapes/event.ts';
import { publicDesignation } from '../shapes/reference.ts';
import { publicIdentity, publicLink, publicVessel } from '../shapes/vessel.ts';
import { listNames, listQuery, listRoutes, sendFile, wantedFormat, type ListRoute } from './formats.ts';
import { withTerms } from './terms.ts';
import { pageOf } from './paging.ts';

const LIST = '/v1/vessels';
/** What a cursor of vessels is made of. */
export const VESSEL_KEY: readonly KeyPart[] = ['integer', 'integer', 'text'];
const MOST_REPORTS = 1000;
const MOST_EVENTS = 200;
const MOST_DESIGNATIONS = 200;
const MOST_CORRECTIONS = 100;
/** That a matter went on corrects nothing. */
const REAL_CORRECTIONS = ['corrected', 'retracted'] as const;

/** Adds the list of vessels, and single vessels. */
export function addVesselRoutes(app: App, context: ApiContext): void {
  for (const route of listRoutes(LIST)) addList(app, context, route);
  addSingle(app, context);
}

const { mmsi, imo, name, flag, lastBox, from, to, as_of, limit, cursor } = parameters;

/** The query of the lists of vessels. */
export const vesselQuerySchema = Type.Partial(
  Type.Object({ mmsi, imo, name, flag, bbox: lastBox, from, to, as_of, limit, cursor }),
);

function addList(app: App, context: ApiContext, route: ListRoute): void {
  const schema = {
    ...listNames(route, 'List vessels', 'listVessels'),
    description:
      'Hulls by MMSI and number of the hull: an order that no new position changes. `from` and `to` ask for those heard in between. With `as_of` where they were last and what they had said by then, as far as it was known; `imo` then asks for those under whose MMSI the number had been sent. The format is that of the extension, else of `Accept`.',
    tags: ['vessels'],
    querystring: listQuery(vesselQuerySchema, route),
    response: listResponses('A page of vessels.', datedPageOf(vesselSchema), route.format),
  };
  app.get(route.url, { schema, config: { ...route, cursorKey: VESSEL_KEY } }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const count = request.query.limit ?? PAGE_ITEMS;
    const page = { limit: count + 1, ...vesselMark(request.after) };
    const filter = vesselFilterOf(request.filters);
    const records = await listVessels(reader, filter, page);
    const answer = pageOf(request, reply, records, count, vesselKeyOf, vesselFace);
    const format = wantedFormat(request);
    if (format !== 'json') return sendFile(reader, reply, vesselKind, format, answer.items);
    return reply
      .type('application/json; charset=utf-8')
      .send(await withTerms(reader, request, { ...answer, asOf: asOfText(filter) }));
  });
}

/** Returns the filter that the parameters of a request for vessels ask for. */
export function vesselFilterOf(filters: ReadonlyMap<string, string>) {
  return present({
    ...instants(filters),
    mmsi: parsed(filters, 'mmsi', parseMmsiList),
    imoNumbers: parsed(filters, 'imo', parseImoList),
    name: filters.get('name'),
    mids: parsed(filters, 'flag', midsOfFlag),
    box: parsed(filters, 'bbox', parseBox),
  });
}

/** Returns behind which vessel a page begins; nothing for the first page. */
export function vesselMark(after: CursorKey | null) {
  return after === null
    ? {}
    : { after: { mmsi: Number(after[0]), hull: Number(after[1]), vesselId: String(after[2]) } };
}

/** Returns the place of a vessel in lists. */
export function vesselKeyOf(vessel: VesselRecord): CursorKey {
  return [vessel.mmsi, vessel.hull, vessel.vesselId];
}

/** Returns a vessel as listed. */
export function vesselFace(vessel: VesselRecord) {
  return publicVessel(vessel, flagOf(vessel.mmsi));
}

function addSingle(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getVessel',
    summary: 'Get a vessel',
    description:
      'A hull with what it said of itself and when, the events it took part in, the hulls under other MMSIs that are held to be the same ship, and the lists that name its IMO numbers. With `as_of` what was known then.',
    tags: ['vessels'],
    params: vesselIdParameters,
    querystring: Type.Partial(Type.Object({ as_of })),
    response: itemResponses('The vessel.', vesselDetailSchema),
  };
  app.get(`${LIST}/:id`, { schema, config: { cost: 3 } }, async (request, reply) => {
    const { reader, version } = context;
    const salt = { version, extra: await besideEvents(context) };
    if (await isUnchanged(reader, request, reply, salt)) return reply;
    const { asOf } = instants(request.filters);
    const detail = await vesselDetail(context, await vesselOf(context, request.params.id, asOf), asOf);
    return reply.type('application/json; charset=utf-8').send(detail);
  });
}

/** Returns what tells one state of all that a vessel's answer shows and no event brings: lists, and what was decided on links. */
export async function besideEvents({ reader }: ApiContext): Promise<string> {
  return (await Promise.all([designationMark(reader), linkMark(reader)])).join(' ');
}

/** Returns the vessel of an id, with `asOf` (ms) as it was known then; throws the problem `not-found`. */
export async function vesselOf({ reader }: ApiContext, id: string, asOf?: number): Promise<VesselRecord> {
  const vessel = await vesselById(reader, id, asOf);
  if (vessel !== undefined) return vessel;
  const then = asOf === undefined ? '' : `: none was known on ${isoOf(asOf)}`;
  throw new Problem('not-found', `There is no vessel ${id}${then}`);
}

/** Returns a vessel with all that its address answers; with `asOf` (ms) what was known then. */
export async function vesselDetail({ reader }: ApiContext, vessel: VesselRecord, asOf?: number) {
  const known = present({ asOf });
  const ofVessel = { vesselId: vessel.vesselId, ...known };
  const [hulls, history, events, corrections, links] = await Promise.all([
    hullsOfMmsi(reader, vessel.mmsi, asOf),
    identityHistory(reader, vessel.mmsi, MOST_REPORTS, asOf),
    listEvents(reader, ofVessel, { limit: MOST_EVENTS }),
    listCorrections(reader, { ...ofVessel, kinds: REAL_CORRECTIONS }, { limit: MOST_CORRECTIONS }),
    shipLinks(reader, vessel.vesselId, asOf),
  ]);
  const imoNumbers = imoNumbersOf(vessel, hulls === 1 ? history : []);
  const designations = await listDesignations(reader, { imoNumbers, ...known }, { limit: MOST_DESIGNATIONS });
  return {
    ...vesselFace(vessel),
    asOf: asOfText(known),
    hullsOfMmsi: hulls,
    identityHistory: history.map(publicIdentity),
    events: events.map(publicEvent),
    sameShip: links.map(publicLink),
    corrections: corrections.map((correction) => publicCorrection(correction)),
    designations: designations.map(publicDesignation),
  };
}

/** A ship stays the one that a list names when it stops sending its number; where hulls share an MMSI none can be told apart. */
function imoNumbersOf(vessel: VesselRecord, history: readonly IdentityRecord[]): readonly number[] {
  const sent = [vessel.imoNumber, ...history.map((report) => report.imoNumber)];
  return [...new Set(sent.filter((number) => number !== null))];
}
