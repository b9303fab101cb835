import { html, type Html } from './html.ts';

/** Returns where a script draws the map of an alert or a vessel from its GeoJSON, in place of the picture if there is one. */
export function seaMapPlace(address: string, name: string): Html {
  return html`<div
    id="sea-map"
    class="map-of-alerts"
    data-src="${address}"
    data-name="${name}"
    hidden
  ></div>`;
}

/** Returns what the head of a page with such a map needs. */
export function seaMapHead(): Html {
  return html`<link rel="stylesheet" href="/assets/sea-map.css" />
    <script type="module" src="/assets/sea-map.js"></script>`;
}
