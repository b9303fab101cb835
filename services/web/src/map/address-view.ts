import type { MapView } from './props.ts';

/** Returns where the fragment of an address says that the map looks, `#map=zoom/lat/lon`; undefined where it says nothing. */
export function viewOf(hash: string): MapView | undefined {
  const match = /^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(hash);
  if (match === null) return undefined;
  const [zoom, lat, lon] = match.slice(1).map(Number);
  return [zoom, lat, lon].every(Number.isFinite) ? { zoom, lat, lon } : undefined;
}

/** Returns the fragment that says where the map looks. */
export function hashOf({ zoom, lat, lon }: MapView): string {
  return `#map=${zoom.toFixed(2)}/${lat.toFixed(4)}/${lon.toFixed(4)}`;
}
