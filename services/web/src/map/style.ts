import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { alertFeatures, lineFeatures, pointFeatures, reachFeatures } from './features.ts';
import type { Palette } from './palette.ts';
import { ATTRIBUTION, type MapProps } from './props.ts';

/** Drawn from fonts of the reader's machine: nothing is fetched, and Chinese and Korean need no files of glyphs. */
const FONTS = ['Noto Sans', 'Noto Sans CJK SC', 'Noto Sans CJK KR', 'system-ui', 'sans-serif'];

/** Returns the style of a map with all that it shows; `theme` names the colours in the names of images. */
export function styleOf(
  props: MapProps,
  palette: Palette,
  theme: string,
  ports: FeatureCollection,
): StyleSpecification {
  const data = (of: (props: MapProps) => FeatureCollection) =>
    ({ type: 'geojson', data: of(props) }) as const;
  return {
    version: 8,
    sources: {
      land: { type: 'vector', url: '/map/land.json', attribution: ATTRIBUTION },
      reach: data(reachFeatures),
      lines: data(lineFeatures),
      points: data(pointFeatures),
      ports: { type: 'geojson', data: ports },
      alerts: data(alertFeatures),
    },
    layers: [
      ...landLayers(palette),
      ...trackLayers(palette),
      ...portLayers(palette, props.language ?? 'en'),
      ...alertLayers(palette, theme),
    ],
  };
}

function landLayers({ sea, land, coast }: Palette): LayerSpecification[] {
  const source = { source: 'land' };
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': sea } },
    {
      ...source,
      id: 'land',
      type: 'fill',
      'source-layer': 'land',
      // Outlines would show where tiles and the two coasts meet.
      paint: { 'fill-color': land, 'fill-antialias': false },
    },
    {
      ...source,
      id: 'coast',
      type: 'line',
      'source-layer': 'coast',
      paint: { 'line-color': coast, 'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.5, 9, 1.2] },
    },
  ];
}

function trackLayers({ track, reach, witness, anchorage, halo }: Palette): LayerSpecification[] {
  const ofKind = (kind: string): ExpressionSpecification => ['==', ['get', 'kind'], kind];
  const byKind = (fallback: string): ExpressionSpecification => [
    'match',
    ['get', 'kind'],
    'witness',
    witness,
    'anchorage',
    anchorage,
    fallback,
  ];
  return [
    { id: 'reach', type: 'fill', source: 'reach', paint: { 'fill-color': reach, 'fill-opacity': 0.13 } },
    {
      id: 'reach-edge',
      type: 'line',
      source: 'reach',
      paint: { 'line-color': reach, 'line-width': 1.5, 'line-dasharray': [1, 2] },
    },
    {
      id: 'track',
      type: 'line',
      source: 'lines',
      filter: ofKind('track'),
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': track, 'line-width': 2 },
    },
    {
      id: 'gap',
      type: 'line',
      source: 'lines',
      filter: ofKind('gap'),
      paint: { 'line-color': track, 'line-width': 2.5, 'line-dasharray': [2, 2] },
    },
    {
      id: 'points',
      type: 'circle',
      source: 'points',
      paint: {
        'circle-radius': ['match', ['get', 'kind'], 'anchorage', 2, 4],
        // A witness is a hollow circle, so that it reads without its colour.
        'circle-color': ['match', ['get', 'kind'], 'witness', halo, byKind(track)],
        'circle-stroke-width': ['match', ['get', 'kind'], 'witness', 2, 0],
        'circle-stroke-color': byKind(track),
      },
    },
  ];
}

function portLayers({ label, halo }: Palette, language: string): LayerSpecification[] {
  const filter: ExpressionSpecification = ['<=', ['get', 'rank'], ['step', ['zoom'], 0, 6, 1, 8, 2]];
  return [
    {
      id: 'port-dots',
      type: 'circle',
      source: 'ports',
      filter,
      paint: {
        'circle-radius': ['match', ['get', 'rank'], 0, 3, 2],
        'circle-color': halo,
        'circle-stroke-width': 1.2,
        'circle-stroke-color': label,
      },
    },
    {
      id: 'port-names',
      type: 'symbol',
      source: 'ports',
      filter,
      layout: {
        'text-field': namesOf(language),
        'text-font': FONTS,
        'text-size': ['interpolate', ['linear'], ['zoom'], 5, 11, 10, 14],
        'text-line-height': 1.1,
        'text-max-width': 12,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 0.6,
        'text-justify': 'auto',
        'text-padding': 3,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'text-color': label, 'text-halo-color': halo, 'text-halo-width': 1.5 },
    },
  ];
}

/** Both names, the reader's first; small in the second line. */
function namesOf(language: string): ExpressionSpecification {
  const [first, second] = language === 'en' ? ['name', 'localName'] : ['localName', 'name'];
  return [
    'case',
    ['has', 'localName'],
    ['format', ['get', first], {}, '\n', {}, ['get', second], { 'font-scale': 0.85 }],
    ['get', 'name'],
  ];
}

function alertLayers({ ring }: Palette, theme: string): LayerSpecification[] {
  return [
    {
      id: 'selected',
      type: 'circle',
      source: 'alerts',
      filter: ['get', 'selected'],
      paint: {
        'circle-radius': 15,
        'circle-opacity': 0,
        'circle-stroke-width': 3,
        'circle-stroke-color': ring,
      },
    },
    {
      id: 'alerts',
      type: 'symbol',
      source: 'alerts',
      layout: {
        'icon-image': ['concat', ['get', 'severity'], '-', theme],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['get', 'order'],
      },
      // Made-up ships are paler: the list beside the map says in words what they are.
      paint: { 'icon-opacity': ['case', ['get', 'synthetic'], 0.75, 1] },
    },
  ];
}
