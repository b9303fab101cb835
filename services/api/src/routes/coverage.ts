import { Type } from '@fastify/type-provider-typebox';
import { listCoverage, type CoverageRecord } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { coverageKind } from '../formats/kinds.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { parseBox, parsePolygon } from '../query/boxes.ts';
import type { CursorKey, KeyPart } from '../query/cursor.ts';
import { instants, parsed, present } from '../query/event-filter.ts';
import { CLASS_CHOICES, coverageSchema, RECEIVER_CHOICES } from '../schemas/coverage.ts';
import { pageOf as pageSchemaOf } from '../schemas/page.ts';
import { PAGE_ITEMS, parameters } from '../schemas/parameters.ts';
import { listResponses } from '../schemas/responses.ts';
import { publicCoverage } from '../shapes/coverage.ts';
import { AIS_CLASSES, RECEIVER_KINDS } from '../shapes/vessel.ts';
import { listNames, listQuery, listRoutes, sendFile, wantedFormat, type ListRoute } from './formats.ts';
import { withTerms } from './terms.ts';
import { pageOf } from './paging.ts';

const LIST = '/v1/coverage';
const KEY: readonly KeyPart[] = ['instant', 'integer', 'integer', 'integer', 'integer'];

const querySchema = Type.Partial(
  Type.Object({
    from: parameters.from,
    to: parameters.to,
    bbox: parameters.cellBox,
    polygon: parameters.polygon,
    feed: parameters.coverageFeed,
    class: Type.Enum(CLASS_CHOICES, {
      type: 'string',
      description: 'Class of AIS.',
      examples: ['A'],
      'x-expected': `one of ${CLASS_CHOICES.join(', ')}`,
    }),
    receiver: Type.Enum(RECEIVER_CHOICES, {
      type: 'string',
      description: 'Kind of receiver.',
      examples: ['terrestrial'],
      'x-expected': `one of ${RECEIVER_CHOICES.join(', ')}`,
    }),
    limit: parameters.limit,
    cursor: parameters.cursor,
  }),
);

/** Adds what was heard where and when. */
export function addCoverageRoutes(app: App, context: ApiContext): void {
  for (const route of listRoutes(LIST)) addList(app, context, route);
}

function addList(app: App, context: ApiContext, route: ListRoute): void {
  const schema = {
    ...listNames(route, 'List coverage', 'listCoverage'),
    description:
      'What was heard by hour, area cell, feed, class and kind of receiver, newest hour first: what verdicts on silences rest on. Where nothing was heard there is no item, and nothing can be said. An hour comes in when it has passed; the last one of a recording when that ends. In GeoJSON each item is its cell. The format is that of the extension, else of `Accept`.',
    tags: ['reference'],
    querystring: listQuery(querySchema, route),
    response: listResponses('A page of coverage.', pageSchemaOf(coverageSchema), route.format),
  };
  app.get(route.url, { schema, config: { ...route, cursorKey: KEY } }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const count = request.query.limit ?? PAGE_ITEMS;
    const page = { limit: count + 1, ...markOf(request.after) };
    const records = await listCoverage(reader, filterOf(request.filters), page);
    const answer = pageOf(request, reply, records, count, keyOf, publicCoverage);
    const format = wantedFormat(request);
    if (format !== 'json') return sendFile(reader, reply, coverageKind, format, answer.items);
    return reply.type('application/json; charset=utf-8').send(await withTerms(reader, request, answer));
  });
}

function filterOf(filters: ReadonlyMap<string, string>) {
  const { from, to } = instants(filters);
  return present({
    from,
    to,
    box: parsed(filters, 'bbox', parseBox),
    polygon: parsed(filters, 'polygon', parsePolygon),
    feed: filters.get('feed'),
    aisClass: parsed(filters, 'class', (text) => placeIn(AIS_CLASSES, text)),
    receiverKind: parsed(filters, 'receiver', (text) => placeIn(RECEIVER_KINDS, text)),
  });
}

/** The number of a class or kind by its name; what is not known has the number 0. */
function placeIn(names: readonly (string | null)[], text: string): number {
  return Math.max(0, names.indexOf(text));
}

function markOf(after: CursorKey | null) {
  if (after === null) return {};
  const [hourAt, cell, feedId, aisClass, receiverKind] = after.map(Number);
  return { after: { hourAt, cell, feedId, aisClass, receiverKind } };
}

function keyOf(record: CoverageRecord): CursorKey {
  return [record.hourAt, record.cell, record.feedId, record.aisClass, record.receiverKind];
}
