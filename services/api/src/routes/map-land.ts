import { Type } from '@fastify/type-provider-typebox';
import { loadCoast, loadMapCoasts } from '@offing/gazetteer';
import { CLOSEST_ZOOM, makeLandTiles, type LandTiles } from '../map/land-tiles.ts';
import { overviewOf } from '../map/overview.ts';
import { isKept, sendPacked } from '../plugins/conditional.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { jsonResponses, tileResponses } from '../schemas/responses.ts';

/** What must stand beside every picture of these tiles. */
export const MAP_ATTRIBUTION = '© OpenStreetMap contributors, Natural Earth';

const number = (most: number, description: string) =>
  Type.Integer({
    minimum: 0,
    maximum: most,
    description,
    examples: [0],
    'x-expected': `a whole number from 0 to ${most}`,
  });

const tileParameters = Type.Object({
  z: number(CLOSEST_ZOOM, 'Zoom.'),
  x: number(2 ** CLOSEST_ZOOM - 1, 'Column, from 180° W on; below 2^z.'),
  y: number(2 ** CLOSEST_ZOOM - 1, 'Row, from the north on; below 2^z.'),
});

const version = Type.String({
  maxLength: 64,
  description:
    'The version that /map/land.json names: such an answer never changes and may be kept for good.',
  examples: ['0a1b2c3d4e5f'],
  'x-expected': 'up to 64 characters',
});

const tileJson = Type.Object(
  {
    tilejson: Type.String(),
    name: Type.String(),
    attribution: Type.String({ description: 'Must stand beside every picture of it.' }),
    tiles: Type.Array(Type.String(), { description: 'Paths on this server.' }),
    minzoom: Type.Integer(),
    maxzoom: Type.Integer(),
    vector_layers: Type.Array(
      Type.Object({ id: Type.String(), fields: Type.Object({}), description: Type.String() }),
    ),
  },
  {
    title: 'TileJson',
    examples: [
      {
        tilejson: '3.0.0',
        name: 'Land',
        attribution: MAP_ATTRIBUTION,
        tiles: ['/map/land/{z}/{x}/{y}.pbf?v=0a1b2c3d4e5f'],
        minzoom: 0,
        maxzoom: CLOSEST_ZOOM,
        vector_layers: [{ id: 'land', fields: {}, description: 'Land.' }],
      },
    ],
  },
);

/** Adds the map's land: vector tiles of the bundled coasts, and TileJSON that describes them. */
export function addMapLand(app: App): void {
  let made: LandTiles | undefined;
  // Made when first asked for: most servers of data never show a map.
  const tiles = () => (made ??= makeLandTiles(loadMapCoasts()));
  addTileJson(app, tiles);
  addOverview(app);
  const schema = {
    operationId: 'getLandTile',
    summary: 'Get a tile of land',
    description: `A Mapbox vector tile (2.1) with the layers \`land\` (polygons) and \`coast\` (lines without the edges of clipping). Whoever shows it says "${MAP_ATTRIBUTION}".`,
    tags: ['map'],
    params: tileParameters,
    querystring: Type.Partial(Type.Object({ v: version })),
    response: tileResponses(),
  };
  app.get('/map/land/:z/:x/:y.pbf', { schema, config: { cost: 'none' } }, (request, reply) => {
    const { z, x, y } = request.params;
    if (x >= 2 ** z || y >= 2 ** z) throw new Problem('not-found', `There is no tile ${z}/${x}/${y}`);
    const land = tiles();
    return sendPacked(request, reply, {
      mediaType: 'application/vnd.mapbox-vector-tile',
      tag: `${land.version}-${z}-${x}-${y}`,
      isFixed: request.query.v === land.version,
      packed: land.tile(z, x, y),
    });
  });
}

/** The picture that stands for the map in a browser that cannot draw it. */
function addOverview(app: App): void {
  let text: string | undefined;
  app.get('/map/overview.svg', { schema: { hide: true } }, (_request, reply) => {
    text ??= overviewOf(loadCoast());
    return reply.type('image/svg+xml').header('cache-control', 'no-cache').send(text);
  });
}

function addTileJson(app: App, tiles: () => LandTiles): void {
  const schema = {
    operationId: 'getLandTiles',
    summary: 'Describe the tiles of land',
    description: 'TileJSON 3.0; its addresses are paths on this server.',
    tags: ['map'],
    response: jsonResponses('The description.', tileJson),
  };
  app.get('/map/land.json', { schema, config: { cost: 'none' } }, (request, reply) => {
    const { version: v } = tiles();
    if (isKept(request, reply, v, false)) return;
    void reply.type('application/json; charset=utf-8').send({
      tilejson: '3.0.0',
      name: 'Offing land',
      attribution: MAP_ATTRIBUTION,
      tiles: [`/map/land/{z}/{x}/{y}.pbf?v=${v}`],
      minzoom: 0,
      maxzoom: CLOSEST_ZOOM,
      vector_layers: [
        { id: 'land', fields: {}, description: 'Land, without the waters within it.' },
        { id: 'coast', fields: {}, description: 'Shores.' },
      ],
    });
  });
}
