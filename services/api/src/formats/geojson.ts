import type { Writer } from './writer.ts';

/** Something at one place. */
export type Placed = { readonly lon: number; readonly lat: number };

/** Something that fills a box, edges in degrees. */
export type Boxed = Placed & {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

/** Returns the writer of a GeoJSON FeatureCollection of boxes as polygons (RFC 7946), every other field a property. */
export function geojsonBoxWriter<Item extends Boxed>(): Writer<Item> {
  return {
    mediaType: 'application/geo+json',
    begin: () => '{"type":"FeatureCollection","features":[',
    item: (item, index) => `${index > 0 ? ',' : ''}\n${JSON.stringify(boxFeature(item))}`,
    end: () => '\n]}\n',
  };
}

function boxFeature(item: Boxed): object {
  const { lon: _lon, lat: _lat, west, south, east, north, ...properties } = item;
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] }, properties };
}

/**
 * Returns the writer of a GeoJSON FeatureCollection of points (RFC 7946), every other field a property; `idOf` gives the
 * feature's id where items have one.
 */
export function geojsonWriter<Item extends Placed>(idOf: (item: Item) => string | null): Writer<Item> {
  return {
    mediaType: 'application/geo+json',
    begin: () => '{"type":"FeatureCollection","features":[',
    item: (item, index) => `${index > 0 ? ',' : ''}\n${JSON.stringify(feature(item, idOf(item)))}`,
    end: () => '\n]}\n',
  };
}

function feature(item: Placed, id: string | null): object {
  const { lon, lat, ...properties } = item;
  return {
    type: 'Feature',
    ...(id === null ? {} : { id }),
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties,
  };
}
