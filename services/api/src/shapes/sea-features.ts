import { KNOWN_STEP_MS } from './track-span.ts';

type Place = { readonly lon: number; readonly lat: number };
type Point = Place & { readonly at: number };

/** What a map of one alert or one vessel shows, as GeoJSON; `kind` of each feature says what it is. */
export type SeaKind = 'track' | 'gap' | 'reach' | 'mark' | 'alert';

/** Thinned positions lie further apart: more than so many mean steps without one is still a silence. */
const SILENT_STEPS = 3;

/** Returns a feature of lines, one for each run of positions that were heard without a silence. */
export function trackFeatures(track: readonly Point[]): readonly object[] {
  const meanStep = track.length < 2 ? 0 : (track[track.length - 1].at - track[0].at) / (track.length - 1);
  const longest = Math.max(KNOWN_STEP_MS, SILENT_STEPS * meanStep);
  const runs: Point[][] = [];
  for (const [index, point] of track.entries()) {
    const isOn = index > 0 && point.at - track[index - 1].at <= longest;
    if (isOn) runs[runs.length - 1].push(point);
    else runs.push([point]);
  }
  return runs
    .filter((run) => run.length > 1)
    .map((run) => feature('track', { type: 'LineString', coordinates: run.map(coordinates) }));
}

/** Returns the way that was not heard. */
export function gapFeature(off: Place, on: Place): object {
  return feature('gap', { type: 'LineString', coordinates: [off, on].map(coordinates) });
}

/** Returns what a silent ship can have reached, by its edge. */
export function reachFeature(edge: readonly Place[]): object {
  return feature('reach', { type: 'Polygon', coordinates: [[...edge, edge[0]].map(coordinates)] });
}

/** Returns a place with what there is to say of it. */
export function placeFeature(kind: SeaKind, place: Place, more: Readonly<Record<string, unknown>>): object {
  return feature(kind, { type: 'Point', coordinates: coordinates(place) }, more);
}

/** Returns features as one text of GeoJSON, RFC 7946. */
export function featureText(features: readonly object[]): string {
  return JSON.stringify({ type: 'FeatureCollection', features });
}

function feature(kind: SeaKind, geometry: object, more: Readonly<Record<string, unknown>> = {}): object {
  return { type: 'Feature', geometry, properties: { kind, ...more } };
}

function coordinates({ lon, lat }: Place): readonly [number, number] {
  return [Math.round(lon * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];
}
