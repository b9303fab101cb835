import type { Box, Ring } from '@offing/store';

const DEGREES = /^-?\d{1,3}(\.\d{1,12})?$/;

/** Returns the box of a text `west,south,east,north` in degrees, or null; west greater than east crosses the antimeridian. */
export function parseBox(text: string): Box | null {
  const parts = text.split(',');
  if (parts.length !== 4 || !parts.every((part) => DEGREES.test(part))) return null;
  const [west, south, east, north] = parts.map(Number);
  const inRange = Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && north <= 90;
  return inRange && south <= north ? { west, south, east, north } : null;
}

const MOST_CORNERS = 200;
const WKT = /^\s*POLYGON\s*\(\(([^()]+)\)\)\s*$/i;

/** Returns the corners of a WKT polygon without holes, longitude before latitude, 3 to 200 of them; or null. */
export function parsePolygon(text: string): Ring | null {
  const corners = WKT.exec(text)?.[1].split(',').map(corner);
  if (corners === undefined || !corners.every((point) => point !== null)) return null;
  const [first, last] = [corners[0], corners[corners.length - 1]];
  const isClosed = first[0] === last[0] && first[1] === last[1];
  const ring = isClosed ? corners.slice(0, -1) : corners;
  return ring.length >= 3 && ring.length <= MOST_CORNERS ? ring : null;
}

function corner(text: string): readonly [number, number] | null {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 2 || !parts.every((part) => DEGREES.test(part))) return null;
  const [lon, lat] = parts.map(Number);
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null;
}
