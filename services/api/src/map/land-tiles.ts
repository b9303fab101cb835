import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { GeoJSONVT } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { Coast } from '@offing/geo';
import type { Feature } from 'geojson';
import { landOf, shoresOf } from './coast-shapes.ts';

/** The closest zoom that tiles are made for: a coast good to 100 m has nothing more to show nearer. */
export const CLOSEST_ZOOM = 10;
/** Raised when the same coasts make other tiles than before. */
const TILES_VERSION = 1;
/** Units across a tile. */
const EXTENT = 4096;
/** Tiles kept packed; a screen shows about 20. */
const MOST_KEPT = 1_000;

/** Land as vector tiles with the layers `land` (polygons) and `coast` (lines). */
export type LandTiles = {
  /** Changes with the coasts and with how tiles are made of them. */
  readonly version: string;
  /** Returns a tile, gzipped, or null where there is only sea; z up to `CLOSEST_ZOOM`, x and y below 2^z. */
  tile(z: number, x: number, y: number): Buffer | null;
};

/** Returns the tiles of coasts that lie beside each other; takes most of a second, each tile then some milliseconds. */
export function makeLandTiles(coasts: readonly Coast[]): LandTiles {
  const cuts = coasts.map(({ bounds }) => bounds);
  const land = indexOf(coasts.flatMap(landOf));
  const coast = indexOf(coasts.flatMap((one) => shoresOf(one, cuts)));
  const kept = new Map<string, Buffer | null>();
  return {
    version: versionOf(coasts),
    tile(z, x, y) {
      const name = `${z}/${x}/${y}`;
      const known = kept.get(name);
      if (known !== undefined) return known;
      const packed = packedTile({ land: land.getTile(z, x, y), coast: coast.getTile(z, x, y) });
      const oldest = kept.size < MOST_KEPT ? undefined : kept.keys().next().value;
      if (oldest !== undefined) kept.delete(oldest);
      kept.set(name, packed);
      return packed;
    },
  };
}

function indexOf(features: Feature[]): GeoJSONVT {
  return new GeoJSONVT(
    { type: 'FeatureCollection', features },
    { maxZoom: CLOSEST_ZOOM, indexMaxZoom: 4, extent: EXTENT },
  );
}

type Layers = Readonly<Record<string, ReturnType<GeoJSONVT['getTile']>>>;

function packedTile(layers: Layers): Buffer | null {
  const full = Object.entries(layers).flatMap(([name, tile]) =>
    tile === null || tile.features.length === 0 ? [] : [[name, tile] as const],
  );
  return full.length === 0
    ? null
    : gzipSync(fromGeojsonVt(Object.fromEntries(full), { version: 2, extent: EXTENT }));
}

function versionOf(coasts: readonly Coast[]): string {
  const hash = createHash('sha256').update(`${TILES_VERSION} ${CLOSEST_ZOOM}`);
  for (const { ringStart, lons, lats } of coasts) hash.update(ringStart).update(lons).update(lats);
  return hash.digest('hex').slice(0, 12);
}
