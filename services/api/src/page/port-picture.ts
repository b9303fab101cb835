import { OVERVIEW } from '../map/overview.ts';
import { html, type Html } from './html.ts';

/** A port on the picture; `waiting` ships make its mark larger. */
export type PortDot = {
  readonly name: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly watched: boolean;
  readonly waiting: number;
};

const [LEAST_R, MOST_R] = [5, 22];
/** How far a picture of one port reaches to each side, degrees of latitude. */
const AROUND_DEG = 4;

/** Returns a plain picture of the theatre with ports on it, drawn by the server; `around` cuts out the surroundings of a place. */
export function portPicture(
  words: string,
  ports: readonly PortDot[],
  around: { readonly lon: number | null; readonly lat: number | null } | null = null,
): Html | null {
  const { west, east, north, south, perLon, perLat } = OVERVIEW;
  const place = around === null || around.lon === null || around.lat === null ? null : placeOf(around);
  if (around !== null && place === null) return null;
  const [width, height] = [(east - west) * perLon, (north - south) * perLat];
  const reach = AROUND_DEG * perLat;
  const box =
    place === null ? [0, 0, width, height] : [place.x - 2 * reach, place.y - reach, 4 * reach, 2 * reach];
  const scale = place === null ? 1 : 0.3;
  return html`<svg
    viewBox="${box.map((value) => Math.round(value)).join(' ')}"
    role="img"
    aria-label="${words}"
  >
    <image href="/map/overview.svg" x="0" y="0" width="${width}" height="${height}" />
    ${ports.map((port) => html`${dotOf(port, scale)}`)}
  </svg>`;
}

function dotOf(port: PortDot, scale: number): Html | null {
  const place = placeOf(port);
  if (place === null) return null;
  const r = scale * Math.min(MOST_R, LEAST_R + 3 * Math.sqrt(port.waiting));
  const look = port.watched ? 'port-dot watched' : 'port-dot';
  const waits = port.waiting === 0 ? '' : `, ${port.waiting} waiting`;
  return html`<circle class="${look}" cx="${place.x}" cy="${place.y}" r="${Math.round(10 * r) / 10}">
    <title>${port.name}${waits}</title>
  </circle>`;
}

/** Null outside the picture, and where the place is not known. */
function placeOf({
  lon,
  lat,
}: Pick<PortDot, 'lon' | 'lat'>): { readonly x: number; readonly y: number } | null {
  const { west, east, north, south, perLon, perLat } = OVERVIEW;
  if (lon === null || lat === null) return null;
  if (lon < west || lon > east || lat < south || lat > north) return null;
  const round = (value: number) => Math.round(10 * value) / 10;
  return { x: round((lon - west) * perLon), y: round((north - lat) * perLat) };
}

/** Returns whose data the land of maps and pictures is: their licences ask for it beside each. */
export function mapCredit(): Html {
  return html`© OpenStreetMap contributors, Natural Earth.`;
}
