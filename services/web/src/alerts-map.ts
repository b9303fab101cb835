/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// Puts the alerts of the list on a map above it. Without this script the page says the same, in its list.
import './map/map.css';
import { mountMap } from './map/mount.ts';
import type { AlertPoint, MapView, Severity } from './map/props.ts';

/** The alerts of the list: each item tells where it is. */
function pointsOf(items: Iterable<HTMLElement>): readonly AlertPoint[] {
  return [...items].map(({ dataset, textContent }) => ({
    id: dataset['alert'] ?? '',
    lon: Number(dataset['lon']),
    lat: Number(dataset['lat']),
    severity: dataset['severity'] as Severity,
    synthetic: dataset['synthetic'] === 'true',
    text: textContent.trim(),
  }));
}

/** Where the address says that the map looks: `#map=zoom/lat/lon`. */
function viewOf(hash: string): MapView | undefined {
  const match = /^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(hash);
  if (match === null) return undefined;
  const [zoom, lat, lon] = match.slice(1).map(Number);
  return [zoom, lat, lon].every(Number.isFinite) ? { zoom, lat, lon } : undefined;
}

function hashOf({ zoom, lat, lon }: MapView): string {
  return `#map=${zoom.toFixed(2)}/${lat.toFixed(4)}/${lon.toFixed(4)}`;
}

const host = document.getElementById('map');
if (host !== null) {
  const alerts = pointsOf(document.querySelectorAll<HTMLElement>('[data-alert]'));
  const props = {
    name: `Map of the ${alerts.length} alerts listed below`,
    alerts,
    onSelect: (picked: { readonly kind: 'alert' | 'port'; readonly id: string }) => {
      location.assign(
        picked.kind === 'alert'
          ? `/alerts/${encodeURIComponent(picked.id)}`
          : `/?port=${encodeURIComponent(picked.id)}`,
      );
    },
    onView: (view: MapView) => {
      history.replaceState(null, '', hashOf(view));
    },
  };
  host.hidden = false;
  const map = mountMap(host, { ...props, view: viewOf(location.hash) });
  addEventListener('hashchange', () => {
    map.update({ ...props, view: viewOf(location.hash) });
  });
}
