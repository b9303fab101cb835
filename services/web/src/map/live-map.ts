/// <reference lib="dom" />
import type { FeatureCollection } from 'geojson';
import { Map as GlMap, ScaleControl, setWorkerUrl, type MapMouseEvent } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { boundsOf } from './features.ts';
import { DARK, LIGHT, SEVERITIES, SHAPES, type Palette } from './palette.ts';
import type { MapProps, MapView, Severity } from './props.ts';
import { styleOf } from './style.ts';

/** What the map shows with nothing given: the theatre. */
const THEATRE = [115, 25, 145, 46] as const;
const CLOSEST_FIT = 10;
/** Pixels around a click in which something is hit. */
const REACH_PX = 8;
/** Pixels of a mark for each it takes on the screen. */
const MARK_SCALE = 3;

/** A map that is drawn; `update` shows other things, `remove` ends it. */
export type LiveMap = {
  update(props: MapProps): void;
  zoomBy(step: number): void;
  showAll(): void;
  remove(): void;
};

/** Draws a map into an element; throws where there is no WebGL2. `ports` are points with `name`, `localName` and `rank`. */
export function drawMap(container: HTMLElement, first: MapProps, ports: FeatureCollection): LiveMap {
  let props = first;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const style = () =>
    dark.matches ? styleOf(props, DARK, 'dark', ports) : styleOf(props, LIGHT, 'light', ports);
  setWorkerUrl(new URL(workerUrl, location.href).href);
  const map = new GlMap({
    container,
    style: style(),
    ...startOf(first),
    minZoom: 1,
    maxZoom: 14,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    locale: { 'Map.Title': first.name },
    // Paths of the style are this server's; workers know no page to be relative to.
    transformRequest: (url) => ({ url: url.startsWith('/') ? location.origin + url : url }),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new ScaleControl({ unit: 'nautical' }), 'bottom-left');
  map.on('style.load', () => addMarks(map));
  map.on('moveend', () => props.onView?.(viewOf(map)));
  map.on('click', (event) => pick(map, event, props));
  map.on('mousemove', (event) => {
    map.getCanvas().style.cursor = hit(map, event) === undefined ? '' : 'pointer';
  });
  const restyle = () => map.setStyle(style());
  dark.addEventListener('change', restyle);
  return {
    update(next) {
      props = next;
      restyle();
      if (next.view !== undefined && !isSame(next.view, viewOf(map))) {
        map.jumpTo({ center: [next.view.lon, next.view.lat], zoom: next.view.zoom });
      }
    },
    zoomBy: (step) => void map.zoomTo(map.getZoom() + step, { animate: !isStill() }),
    showAll: () => void map.fitBounds([...(boundsOf(props) ?? THEATRE)], { ...FIT, animate: !isStill() }),
    remove() {
      dark.removeEventListener('change', restyle);
      map.remove();
    },
  };
}

const FIT = { padding: 40, maxZoom: CLOSEST_FIT };

function startOf(props: MapProps) {
  const { view } = props;
  if (view !== undefined) return { center: [view.lon, view.lat] as [number, number], zoom: view.zoom };
  const [west, south, east, north] = boundsOf(props) ?? THEATRE;
  return { bounds: [west, south, east, north] as [number, number, number, number], fitBoundsOptions: FIT };
}

function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Rounded to what an address needs to hold. */
function viewOf(map: GlMap): MapView {
  const { lng, lat } = map.getCenter().wrap();
  return { lon: round(lng, 4), lat: round(lat, 4), zoom: round(map.getZoom(), 2) };
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

function isSame(a: MapView, b: MapView): boolean {
  return a.lon === b.lon && a.lat === b.lat && a.zoom === b.zoom;
}

function hit(map: GlMap, { point: { x, y } }: MapMouseEvent) {
  const layers = ['alerts', 'port-dots', 'port-names'].filter((id) => map.getLayer(id) !== undefined);
  const box: [[number, number], [number, number]] = [
    [x - REACH_PX, y - REACH_PX],
    [x + REACH_PX, y + REACH_PX],
  ];
  // What is drawn last is the most severe, and is found first.
  return map.queryRenderedFeatures(box, { layers })[0];
}

function pick(map: GlMap, event: MapMouseEvent, { onSelect }: MapProps): void {
  const found = hit(map, event);
  if (found === undefined) return;
  const id = String(found.properties.id);
  onSelect?.({ kind: found.layer.id === 'alerts' ? 'alert' : 'port', id });
}

/** Draws the mark of each severity for day and night, as "high-dark". */
function addMarks(map: GlMap): void {
  for (const [theme, palette] of Object.entries({ light: LIGHT, dark: DARK })) {
    for (const severity of SEVERITIES) {
      const id = `${severity}-${theme}`;
      if (!map.hasImage(id)) map.addImage(id, markOf(severity, palette), { pixelRatio: MARK_SCALE });
    }
  }
}

function markOf(severity: Severity, palette: Palette): ImageData {
  const size = 20 * MARK_SCALE;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const pen = canvas.getContext('2d');
  if (pen === null) return new ImageData(size, size);
  pen.setTransform(MARK_SCALE, 0, 0, MARK_SCALE, 2 * MARK_SCALE, 2 * MARK_SCALE);
  const path = new Path2D(SHAPES[severity]);
  pen.lineJoin = 'round';
  pen.lineWidth = 3;
  pen.strokeStyle = palette.halo;
  pen.stroke(path);
  pen.fillStyle = palette.severity[severity];
  pen.fill(path);
  return pen.getImageData(0, 0, size, size);
}
