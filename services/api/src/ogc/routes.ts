import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { Problem } from '../plugins/problem.ts';
import { listNameOf, type App } from '../plugins/requests.ts';
import { parseBox } from '../query/boxes.ts';
import { encodeCursor, listFingerprint } from '../query/cursor.ts';
import { parsed } from '../query/event-filter.ts';
import { parseInterval } from '../query/instants.ts';
import { withTerms } from '../routes/terms.ts';
import { addressWith, queryKeyOf } from '../routes/paging.ts';
import { originOf } from '../routes/owners.ts';
import { alertIdParameters, parameters } from '../schemas/parameters.ts';
import { COLLECTIONS, CONFORMANCE, describe, link, type CollectionId } from './collections.ts';
import { definition, FEATURES, MOST_FEATURES } from './definition.ts';
import { FEATURES_OF, type FeatureQuery } from './features.ts';

const IDS = Object.keys(COLLECTIONS) as CollectionId[];
/** The definition for its clients is /ogc/api, in the version that they know. */
const HIDDEN = { schema: { hide: true } };
const JSON_TYPE = 'application/json; charset=utf-8';
const GEOJSON_TYPE = 'application/geo+json; charset=utf-8';
const OPENAPI_TYPE = 'application/vnd.oai.openapi+json;version=3.0';

/** Adds OGC API Features 1.0, core and GeoJSON (OGC 17-069r4): alerts, tracks and ports as layers. */
export function addOgcRoutes(app: App, context: ApiContext): void {
  app.get('/ogc', HIDDEN, (request, reply) => reply.type(JSON_TYPE).send(landing(context, request)));
  app.get('/ogc/', HIDDEN, (request, reply) => reply.type(JSON_TYPE).send(landing(context, request)));
  app.get('/ogc/conformance', HIDDEN, (_request, reply) => reply.send({ conformsTo: CONFORMANCE }));
  app.get('/ogc/api', HIDDEN, (request, reply) =>
    reply.type(OPENAPI_TYPE).send(JSON.stringify(definition(baseOf(context, request), context.version))),
  );
  app.get('/ogc/collections', HIDDEN, (request, reply) => {
    const [base, query] = [baseOf(context, request), keyQuery(request)];
    const self = link(`${base}/collections${query}`, 'self', 'application/json', 'Collections');
    return reply.send({ links: [self], collections: IDS.map((id) => describe(id, base, query)) });
  });
  for (const id of IDS) addCollection(app, context, id);
}

function landing(context: ApiContext, request: FastifyRequest): object {
  const [base, query] = [baseOf(context, request), keyQuery(request)];
  return {
    title: 'Offing',
    description: 'Apparent events at sea, from AIS positions: alerts, tracks and ports as layers.',
    links: [
      link(`${base}${query}`, 'self', 'application/json', 'This page'),
      link(`${base}/api${query}`, 'service-desc', OPENAPI_TYPE, 'The definition'),
      link(`${base}/conformance${query}`, 'conformance', 'application/json', 'Conformance'),
      link(`${base}/collections${query}`, 'data', 'application/json', 'Collections'),
    ],
  };
}

function addCollection(app: App, context: ApiContext, id: CollectionId): void {
  const { isDated } = COLLECTIONS[id];
  const { cursorKey, most, page, single } = FEATURES_OF[id];
  const path = `/ogc/collections/${id}`;
  app.get(path, HIDDEN, (request, reply) =>
    reply.send(describe(id, baseOf(context, request), keyQuery(request))),
  );
  const querystring = Type.Partial(
    Type.Object({
      bbox: parameters.bbox,
      limit: featureLimit,
      cursor: parameters.cursor,
      ...(isDated ? { datetime } : {}),
    }),
  );
  app.get(
    `${path}/items`,
    { schema: { ...HIDDEN.schema, querystring }, config: { cursorKey } },
    async (request, reply) => {
      if (await isUnchanged(context.reader, request, reply, saltOf(context, request))) return reply;
      const asked = queryOf(request, Math.min(request.query.limit ?? FEATURES, most));
      const { placed: shown, hasMore } = await page(context, asked);
      const next = hasMore ? nextOf(request, shown[shown.length - 1].key) : null;
      const self = addressWith(request, request.filters.get('cursor') ?? null);
      const origin = originOf(context, request);
      if (next !== null) void reply.header('link', `<${next}>; rel="next"; type="application/geo+json"`);
      const collection = {
        type: 'FeatureCollection',
        features: shown.map(({ feature }) => feature),
        numberReturned: shown.length,
        links: [
          link(`${origin}${self}`, 'self', 'application/geo+json', 'This page'),
          ...(next === null
            ? []
            : [link(`${origin}${next}`, 'next', 'application/geo+json', 'The next page')]),
        ],
      };
      const told = id === 'ports' ? collection : await withTerms(context.reader, request, collection);
      return reply.type(GEOJSON_TYPE).send(told);
    },
  );
  app.get(
    `${path}/items/:id`,
    { schema: { hide: true, params: alertIdParameters } },
    async (request, reply): Promise<FastifyReply> => {
      if (await isUnchanged(context.reader, request, reply, saltOf(context, request))) return reply;
      const feature = await single(context, request.params.id);
      if (feature === undefined) throw new Problem('not-found', `There is no feature ${request.params.id}`);
      const base = baseOf(context, request);
      const query = keyQuery(request);
      const links = [
        link(`${base}/collections/${id}/items/${feature.id}${query}`, 'self', 'application/geo+json', 'This'),
        link(`${base}/collections/${id}${query}`, 'collection', 'application/json', COLLECTIONS[id].title),
      ];
      return reply.type(GEOJSON_TYPE).send({ ...feature, links });
    },
  );
}

/** More than a page holds is no error (OGC 17-069r4, permission 7): the page is as long as it can be. */
const featureLimit = Type.Integer({
  minimum: 1,
  maximum: 1_000_000,
  'x-expected': `a whole number from 1, of which ${MOST_FEATURES} count`,
});

const datetime = Type.String({
  format: 'offing-interval',
  maxLength: 100,
  'x-expected': 'an instant, or two of them with / between, `..` for an open end',
});

function queryOf(request: FastifyRequest, limit: number): FeatureQuery {
  const box = parsed(request.filters, 'bbox', parseBox);
  const span = parsed(request.filters, 'datetime', parseInterval) ?? {};
  return { ...(box === undefined ? {} : { box }), ...span, limit, after: request.after };
}

function nextOf(request: FastifyRequest, key: readonly (string | number)[]): string {
  return addressWith(request, encodeCursor(listFingerprint(listNameOf(request), request.filters), key));
}

function saltOf(context: ApiContext, request: FastifyRequest) {
  return {
    version: context.version,
    extra: `${originOf(context, request)} ${context.gazetteer?.version ?? ''}`,
  };
}

function baseOf(context: ApiContext, request: FastifyRequest): string {
  return `${originOf(context, request)}/ogc`;
}

/** A program that can only send its key in the address follows links as they are. */
function keyQuery(request: FastifyRequest): string {
  const key = queryKeyOf(request);
  return key === null ? '' : `?api_key=${encodeURIComponent(key)}`;
}
