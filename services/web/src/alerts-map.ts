/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// Puts the alerts of the list on a map above it. Without this script the page says the same, in its list.
import { pointsOf } from './listed-alerts.ts';
import './map/map.css';
import { hashOf, viewOf } from './map/address-view.ts';
import { mountMap } from './map/mount.ts';
import type { MapView } from './map/props.ts';

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
