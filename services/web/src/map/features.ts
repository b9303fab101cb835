import type { Feature, FeatureCollection, Geometry, Position } from 'geojson';
import { SEVERITIES } from './palette.ts';
import type { MapProps, Place, Reach } from './props.ts';

const KM_PER_DEGREE = 111.195;
const CORNERS = 96;

/** Returns alerts as points; the more severe is drawn later, the selected one last. */
export function alertFeatures({ alerts = [], selected = null }: MapProps): FeatureCollection {
  return collection(
    alerts.map((alert) => {
      const isSelected = alert.id === selected;
      const order = isSelected ? SEVERITIES.length : SEVERITIES.indexOf(alert.severity);
      const { id, severity, synthetic } = alert;
      return point(alert, { id, severity, synthetic, order, selected: isSelected });
    }),
  );
}

/** Returns the track and the gaps as lines of the kinds `track` and `gap`. */
export function lineFeatures({ track = [], gaps = [] }: MapProps): FeatureCollection {
  const line = (kind: string, places: readonly Place[]) =>
    feature({ type: 'LineString', coordinates: unwrapped(places) }, { kind });
  return collection([
    ...track.filter((run) => run.length > 1).map((run) => line('track', run)),
    ...gaps.map((gap) => line('gap', gap)),
  ]);
}

/** Returns witnesses and anchorages as points of the kinds `witness` and `anchorage`, and lone positions as `track`. */
export function pointFeatures({ track = [], witnesses = [], anchorages = [] }: MapProps): FeatureCollection {
  const ends = track.flatMap((run) => (run.length === 0 ? [] : [run[0], run[run.length - 1]]));
  return collection([
    ...anchorages.map((place) => point(place, { kind: 'anchorage' })),
    ...witnesses.map((place) => point(place, { kind: 'witness' })),
    ...ends.map((place) => point(place, { kind: 'track' })),
  ]);
}

/** Returns what could have been reached as an area. */
export function reachFeatures({ reach }: MapProps): FeatureCollection {
  if (reach === undefined) return collection([]);
  return collection([feature('type' in reach ? reach : circle(reach), {})]);
}

/** Returns west, south, east and north of all that is shown, or null where that is nothing. */
export function boundsOf(props: MapProps): readonly [number, number, number, number] | null {
  const shown = [alertFeatures, lineFeatures, pointFeatures, reachFeatures].flatMap((of) =>
    of(props).features.flatMap(({ geometry }) => positionsOf(geometry)),
  );
  if (shown.length === 0) return null;
  const lons = unwrapped(shown.map(([lon, lat]) => ({ lon, lat }))).map(([lon]) => lon);
  const lats = shown.map(([, lat]) => lat);
  return [least(lons), least(lats), -least(lons.map((lon) => -lon)), -least(lats.map((lat) => -lat))];
}

/** Thousands of points do not fit into the arguments of Math.min. */
function least(values: readonly number[]): number {
  return values.reduce((a, b) => (b < a ? b : a));
}

function positionsOf(geometry: Geometry): Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates];
    case 'LineString':
    case 'MultiPoint':
      return geometry.coordinates;
    case 'Polygon':
    case 'MultiLineString':
      return geometry.coordinates.flat();
    case 'MultiPolygon':
      return geometry.coordinates.flat(2);
    case 'GeometryCollection':
      return geometry.geometries.flatMap(positionsOf);
  }
}

/** Longitudes go on beyond 180° where a line crosses the antimeridian: otherwise it would go round the world. */
function unwrapped(places: readonly Place[]): Position[] {
  let last = places[0]?.lon ?? 0;
  return places.map(({ lon, lat }) => {
    last = lon + 360 * Math.round((last - lon) / 360);
    return [last, lat];
  });
}

/** Good to a hundredth for some hundred kilometres, away from the poles. */
function circle({ lon, lat, radiusKm }: Reach): Geometry {
  const radius = radiusKm / KM_PER_DEGREE;
  const ring = Array.from({ length: CORNERS + 1 }, (_, i) => {
    const angle = (2 * Math.PI * (i % CORNERS)) / CORNERS;
    const y = lat + radius * Math.sin(angle);
    return [lon + (radius * Math.cos(angle)) / Math.cos((y * Math.PI) / 180), y];
  });
  return { type: 'Polygon', coordinates: [ring] };
}

function point({ lon, lat }: Place, properties: Feature['properties']): Feature {
  return feature({ type: 'Point', coordinates: [lon, lat] }, properties);
}

function feature(geometry: Geometry, properties: Feature['properties']): Feature {
  return { type: 'Feature', geometry, properties };
}

function collection(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}
