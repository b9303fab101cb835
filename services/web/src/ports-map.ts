/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// Puts a map with all ports, and the alerts of the page, in the place of the picture that the server drew.
import { pointsOf } from './listed-alerts.ts';
import './map/map.css';
import { hashOf, viewOf } from './map/address-view.ts';
import { hasWebGl2, mountMap } from './map/mount.ts';
import type { MapView } from './map/props.ts';

/** Closest to a port: its roads on one screen. */
const PORT_ZOOM = 8;

/** Where the page itself looks: at its port. */
function viewOfPort({ lon, lat }: DOMStringMap): MapView | undefined {
  if (lon === undefined || lat === undefined) return undefined;
  return { lon: Number(lon), lat: Number(lat), zoom: PORT_ZOOM };
}

const host = document.getElementById('map');
// Without WebGL2 the picture stays: it shows these ports, and the plain map would not.
if (host !== null && hasWebGl2()) {
  const first = viewOfPort(host.dataset);
  const props = {
    name: host.dataset['name'] ?? 'Map of ports',
    alerts: pointsOf(document.querySelectorAll<HTMLElement>('[data-alert]')),
    onSelect: ({ kind, id }: { readonly kind: 'alert' | 'port'; readonly id: string }) => {
      location.assign(`/${kind}s/${encodeURIComponent(id)}`);
    },
    onView: (view: MapView) => {
      history.replaceState(null, '', hashOf(view));
    },
  };
  host.classList.add('map-of-ports');
  const map = mountMap(host, { ...props, view: viewOf(location.hash) ?? first });
  addEventListener('hashchange', () => {
    map.update({ ...props, view: viewOf(location.hash) });
  });
}
