import type { Place } from '@offing/units';
import type { FeedTerms } from './terms.ts';
import type { Writer } from './writer.ts';

/** Something at one place, in degrees; null where its place is not known. */
export type Placed = { readonly lon: number | null; readonly lat: number | null };

/** Something that fills a box, edges in degrees. */
export type Boxed = Place & {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

/**
 * Returns the writer of a GeoJSON FeatureCollection (RFC 7946); terms of use follow the features as a foreign member, where there are some.
 */
export function geojsonWriter<Item>(
  featureOf: (item: Item) => object,
  terms: readonly FeedTerms[],
): Writer<Item> {
  const foreign = terms.length === 0 ? '' : `,"terms":${JSON.stringify(terms)}`;
  return {
    mediaType: 'application/geo+json',
    begin: () => '{"type":"FeatureCollection","features":[',
    item: (item, index) => `${index > 0 ? ',' : ''}\n${JSON.stringify(featureOf(item))}`,
    end: () => `\n]${foreign}}\n`,
  };
}

/** Returns a box as a polygon, every other field a property. */
export function boxFeature(item: Boxed): object {
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

/** Returns a feature at a point, or without a geometry, every other field a property, with an id where items have one. */
export function pointFeature(item: Placed, id: string | null): object {
  const { lon: _lon, lat: _lat, ...properties } = item;
  const place = placeOf(item);
  return {
    type: 'Feature',
    ...(id === null ? {} : { id }),
    geometry: place === null ? null : { type: 'Point', coordinates: [place.lon, place.lat] },
    properties,
  };
}

/** Returns where an item is, or null. */
export function placeOf({ lon, lat }: Placed): Place | null {
  return lon === null || lat === null ? null : { lon, lat };
}
