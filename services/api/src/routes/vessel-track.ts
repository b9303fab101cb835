import { Type } from '@fastify/type-provider-typebox';
import { vesselTrack, type PositionRecord } from '@offing/store';
import { e7OfDegrees } from '@offing/units';
import type { ApiContext } from '../context.ts';
import { positionKind } from '../formats/kinds.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import type { CursorKey, KeyPart } from '../query/cursor.ts';
import { asOfText, instants } from '../query/event-filter.ts';
import { datedPageOf } from '../schemas/page.ts';
import { vesselIdParameters, parameters, TRACK_ITEMS } from '../schemas/parameters.ts';
import { listResponses, missing } from '../schemas/responses.ts';
import { positionSchema } from '../schemas/vessel.ts';
import { publicPosition } from '../shapes/vessel.ts';
import { listNames, listQuery, listRoutes, sendFile, wantedFormat, type ListRoute } from './formats.ts';
import { withTerms } from './terms.ts';
import { pageOf } from './paging.ts';
import { vesselOf } from './vessels.ts';

const LIST = '/v1/vessels/:id/track';
const KEY: readonly KeyPart[] = ['instant', 'integer', 'integer'];

/** Adds the track of a vessel in its formats. */
export function addTrackRoutes(app: App, context: ApiContext): void {
  for (const route of listRoutes(LIST)) addTrack(app, context, route);
}

function addTrack(app: App, context: ApiContext, route: ListRoute): void {
  const { from, to, as_of, trackLimit, cursor } = parameters;
  const schema = {
    ...listNames(route, 'Get a track', 'getTrack'),
    description:
      'Positions of one hull as received, oldest first. With `as_of` those that were known then. In GeoJSON each is a point. The format is that of the extension, else of `Accept`.',
    tags: ['vessels'],
    params: vesselIdParameters,
    querystring: listQuery(Type.Partial(Type.Object({ from, to, as_of, limit: trackLimit, cursor })), route),
    response: {
      ...listResponses('A page of positions.', datedPageOf(positionSchema), route.format),
      404: missing,
    },
  };
  app.get(route.url, { schema, config: { ...route, cursorKey: KEY, cost: 1 } }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const span = instants(request.filters);
    const { mmsi, hull } = await vesselOf(context, request.params.id, span.asOf);
    const limit = request.query.limit ?? TRACK_ITEMS;
    const asked = { mmsi, hull, limit: limit + 1, ...span, ...markOf(request.after) };
    const records = await vesselTrack(reader, asked);
    const page = pageOf(request, reply, records, limit, keyOf, publicPosition);
    const format = wantedFormat(request);
    if (format === 'json')
      return reply
        .type('application/json; charset=utf-8')
        .send(await withTerms(reader, request, { ...page, asOf: asOfText(span) }));
    return sendFile(reader, reply, positionKind, format, page.items, 'track');
  });
}

function keyOf(position: PositionRecord): CursorKey {
  return [position.at, e7OfDegrees(position.lon), e7OfDegrees(position.lat)];
}

function markOf(after: CursorKey | null) {
  if (after === null) return {};
  return { after: { at: Number(after[0]), lonE7: Number(after[1]), latE7: Number(after[2]) } };
}
