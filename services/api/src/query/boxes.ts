import type { Box } from '@offing/store';

const DEGREES = /^-?\d{1,3}(\.\d{1,12})?$/;

/** Returns the box of a text `west,south,east,north` in degrees, or null; west greater than east crosses the antimeridian. */
export function parseBox(text: string): Box | null {
  const parts = text.split(',');
  if (parts.length !== 4 || !parts.every((part) => DEGREES.test(part))) return null;
  const [west, south, east, north] = parts.map(Number);
  const inRange = Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && north <= 90;
  return inRange && south <= north ? { west, south, east, north } : null;
}
