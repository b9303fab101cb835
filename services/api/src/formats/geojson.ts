import type { Writer } from './writer.ts';

/** Something at one place. */
export type Placed = { readonly lon: number; readonly lat: number };

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
