import { COAST_UNITS_PER_DEGREE, type Bounds, type Coast } from '@offing/geo';
import type { Feature, LineString, Polygon, Position } from 'geojson';

/** Returns the land of a coast as polygons, each an outline with the waters within it. */
export function landOf(coast: Coast): Feature<Polygon>[] {
  const lands: Feature<Polygon>[] = [];
  for (let ring = 0; ring + 1 < coast.ringStart.length; ring++) {
    const places = placesOf(coast, ring);
    // An outline stands before its waters, which run the other way round.
    if (isOutline(coast, ring) || lands.length === 0) lands.push(featureOf('Polygon', [places]));
    else lands[lands.length - 1].geometry.coordinates.push(places);
  }
  return lands;
}

/** Returns the shores of a coast as lines; edges along the sides of any of `cuts` come from clipping and are no shore. */
export function shoresOf(coast: Coast, cuts: readonly Bounds[]): Feature<LineString>[] {
  const meridians = new Set(cuts.flatMap(({ west, east }) => [west, east]));
  const parallels = new Set(cuts.flatMap(({ south, north }) => [south, north]));
  const isCut = ([lon, lat]: Position, [nextLon, nextLat]: Position) =>
    (lon === nextLon && meridians.has(lon)) || (lat === nextLat && parallels.has(lat));
  const shores: Feature<LineString>[] = [];
  for (let ring = 0; ring + 1 < coast.ringStart.length; ring++) {
    let line: Position[] = [];
    for (const place of placesOf(coast, ring)) {
      const last = line.at(-1);
      if (last !== undefined && isCut(last, place)) {
        if (line.length > 1) shores.push(featureOf('LineString', line));
        line = [];
      }
      line.push(place);
    }
    if (line.length > 1) shores.push(featureOf('LineString', line));
  }
  return shores;
}

function placesOf({ ringStart, lons, lats }: Coast, ring: number): Position[] {
  const start = ringStart[ring];
  return Array.from({ length: ringStart[ring + 1] - start }, (_, i) => [
    lons[start + i] / COAST_UNITS_PER_DEGREE,
    lats[start + i] / COAST_UNITS_PER_DEGREE,
  ]);
}

function isOutline({ ringStart, lons, lats }: Coast, ring: number): boolean {
  let area = 0;
  for (let i = ringStart[ring]; i + 1 < ringStart[ring + 1]; i++)
    area += lons[i] * lats[i + 1] - lons[i + 1] * lats[i];
  return area > 0;
}

function featureOf<Kind extends Polygon | LineString>(
  type: Kind['type'],
  coordinates: Kind['coordinates'],
): Feature<Kind> {
  return { type: 'Feature', properties: null, geometry: { type, coordinates } as Kind };
}
