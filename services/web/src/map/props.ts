import type { Geometry } from 'geojson';

/** How much an alert matters; the map shows it as a shape and a colour. */
export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';

/** Where the map looks: degrees, and MapLibre's zoom. */
export type MapView = { readonly lon: number; readonly lat: number; readonly zoom: number };

/** A place in degrees. */
export type Place = { readonly lon: number; readonly lat: number };

/** An alert as a point; `text` is read out and shown beside the pointer. */
export type AlertPoint = Place & {
  readonly id: string;
  readonly severity: Severity;
  readonly text: string;
  readonly synthetic: boolean;
};

/** A circle that a ship could have reached. */
export type Reach = Place & { readonly radiusKm: number };

/** What someone picked on the map. */
export type Picked = { readonly kind: 'alert' | 'port'; readonly id: string };

/**
 * What a map shows. Whatever is left out is not drawn, but for the land and the ports, which are always there. The map
 * shows nothing that the page does not also say in text: to a screen reader it is one picture with `name`.
 *
 * - `view` is taken when it differs from where the map looks; `onView` tells of every move, for the address bar. Without
 *   `view` the map shows all that it was given, and with nothing given the theatre.
 * - `onSelect` is told of a click on an alert or on a port; `selected` is the alert with a ring around it.
 * - `track` is one line for each run of positions that were heard; `gaps` are dashed.
 * - `picture` is shown where there is no WebGL2, with the same attribution; without it the points stand on a plain picture
 *   of the theatre.
 */
export type MapProps = {
  readonly name: string;
  readonly view?: MapView | undefined;
  readonly alerts?: readonly AlertPoint[];
  readonly selected?: string | null;
  readonly track?: readonly (readonly Place[])[];
  readonly gaps?: readonly (readonly [Place, Place])[];
  readonly reach?: Reach | Extract<Geometry, { type: 'Polygon' | 'MultiPolygon' }>;
  readonly witnesses?: readonly Place[];
  readonly anchorages?: readonly Place[];
  readonly picture?: { readonly src: string; readonly alt: string };
  readonly language?: 'en' | 'zh' | 'ko';
  readonly words?: Partial<MapWords>;
  readonly onSelect?: (picked: Picked) => void;
  readonly onView?: (view: MapView) => void;
};

/** The words on the map itself. */
export type MapWords = {
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly showAll: string;
  /** Said above the picture that stands for the map. */
  readonly noWebGl: string;
};

/** The English words on the map. */
export const ENGLISH: MapWords = {
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  showAll: 'Show all',
  noWebGl: 'This browser cannot draw the map (it needs WebGL2). This picture stands for it.',
};

/** Stands beside every map and picture of it: the licences of its data ask for it. */
export const ATTRIBUTION = '© OpenStreetMap contributors, Natural Earth';
