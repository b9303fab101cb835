import { plainUtc } from '@offing/units';
import type { PublicAlert } from '../schemas/event.ts';
import type { PublicFacets } from '../schemas/facets.ts';
import { alertItem } from './alert-item.ts';
import { facetLists } from './facet-lists.ts';
import { ALL_ALERTS, filterForm, isFiltered } from './filter-form.ts';
import { histogramFigure } from './histogram.ts';
import { html, type Html } from './html.ts';
import { shell } from './shell.ts';
import { viewAddress } from './view-address.ts';

/** What the first page shows. */
export type AlertsView = {
  readonly alerts: readonly PublicAlert[];
  readonly filters: ReadonlyMap<string, string>;
  readonly facets: PublicFacets;
  /** Address of the next page, null on the last. */
  readonly older: string | null;
  /** The instant up to which everything was judged, ms; null before the first position. */
  readonly watermark: number | null;
  /** How many alerts of severity `info` the same filters would show; null where none is left out. */
  readonly leftOut: string | null;
  /** Whether the script that draws the map is there. */
  readonly hasMap: boolean;
};

/** Returns the page that lists alerts, newest first, with the way to their data. */
export function alertsPage(view: AlertsView): string {
  return shell(
    'Alerts – Offing',
    html`<h1>Alerts</h1>
      <p class="lead">
        What ships’ positions are consistent with, newest first.
        ${view.watermark === null ? 'No position was read yet.' : `Judged up to ${plainUtc(view.watermark)}.`}
      </p>
      ${filterForm(view.filters)} ${dataLinks(view.filters)}
      <div class="view">
        <div class="view-list">
          ${histogramFigure(view.facets.histogram, view.filters)}
          ${view.hasMap && view.alerts.length > 0 ? mapPlace(view) : null} ${list(view)}
        </div>
        <section class="view-facets" aria-labelledby="narrow">
          <h2 id="narrow">Narrow down</h2>
          ${facetLists(view.facets, view.filters)}
        </section>
      </div>
      ${aboutDemo()} ${view.hasMap ? newsPlace(view.filters) : null}`,
    view.hasMap
      ? html`<link rel="stylesheet" href="/assets/alerts-page.css" />
          <script type="module" src="/assets/alerts-page.js"></script>`
      : null,
  );
}

/** Where the script draws the map; with more alerts than the list shows it reads the others of the view. */
function mapPlace({ older, filters }: AlertsView): Html {
  if (older === null && !filters.has('cursor'))
    return html`<div id="map" class="map-of-alerts" hidden></div>`;
  const more = dataAddress('/v1/alerts.geojson', filters, { limit: '1000' });
  return html`<div id="map" class="map-of-alerts" data-more="${more}" hidden></div>`;
}

/** Where the script tells of new alerts; of the past there are none. */
function newsPlace(filters: ReadonlyMap<string, string>): Html | null {
  if (filters.has('as_of')) return null;
  const told = new Map([...filters].filter(([name]) => ['type', 'rule', 'severity'].includes(name)));
  return html`<p
    id="news"
    role="status"
    data-stream="${dataAddress('/v1/stream', told)}"
    data-list="${dataAddress('/v1/alerts.json', filters, { limit: '100' })}"
  ></p>`;
}

function dataAddress(
  path: string,
  filters: ReadonlyMap<string, string>,
  more: Readonly<Record<string, string>> = {},
): string {
  return `${path}${viewAddress(filters, { limit: null, ...more }).slice(1)}`;
}

function list(view: AlertsView): Html {
  const { alerts } = view;
  const items = html`<ol class="alerts">
    ${alerts.map(alertItem)}
  </ol>`;
  return html`<section aria-labelledby="list">
    <h2 id="list">${listTitle(view)}</h2>
    ${leftOutNote(view)} ${alerts.length === 0 ? emptyState(view) : items} ${pages(view)}
  </section>`;
}

function listTitle({ alerts, older, filters, facets: { total } }: AlertsView): string {
  if (alerts.length === 0) return 'No alerts';
  const count = `${total.toLocaleString('en')} ${total === 1 ? 'alert' : 'alerts'}`;
  return older === null && !filters.has('cursor') ? count : `${count}, ${alerts.length} on this page`;
}

function leftOutNote({ leftOut, filters }: AlertsView): Html | null {
  if (leftOut === null) return null;
  const are = leftOut === '1' ? 'alert of severity info is' : 'alerts of severity info are';
  return html`<p class="data">
    ${leftOut} ${are} left out: what was seen there cannot be judged.
    <a href="${viewAddress(filters, { severity: 'info' })}">Show them too</a>
  </p>`;
}

function dataLinks(filters: ReadonlyMap<string, string>): Html {
  const query = new URLSearchParams([...filters]).toString();
  const suffix = query === '' ? '' : `?${query}`;
  return html`<p class="data">
    This view as data: <a href="/v1/alerts.json${suffix}">JSON</a>, <a href="/v1/alerts.csv${suffix}">CSV</a>,
    <a href="/v1/alerts.geojson${suffix}">GeoJSON</a>, <a href="/v1/alerts.kml${suffix}">KML</a>. All of it:
    <a href="/docs">the API</a>.
    <a href="/watchlists${viewAddress(filters).slice(1)}">Subscribe to this view</a>.
    <a class="to-facets" href="#narrow">Narrow it down by rule, port, flag and more</a>
  </p>`;
}

function emptyState({ filters, watermark }: AlertsView): Html {
  if (isFiltered(filters)) {
    return html`<p class="empty">No alert matches. <a href="${ALL_ALERTS}">Show all alerts</a></p>`;
  }
  return watermark === null
    ? html`<p class="empty">
        Nothing was read yet. Replay a recording with <code>npx offing replay FILE</code>, or wait for a feed.
      </p>`
    : html`<p class="empty">Nothing was raised in what was read so far.</p>`;
}

function pages({ filters, older }: AlertsView): Html | null {
  const newest = filters.has('cursor')
    ? html`<li><a href="${viewAddress(filters)}">Newest alerts</a></li>`
    : null;
  const next = older === null ? null : html`<li><a href="${older}" rel="next">Older alerts</a></li>`;
  if (newest === null && next === null) return null;
  return html`<nav class="pages" aria-label="Pages">
    <ul>
      ${newest} ${next}
    </ul>
  </nav>`;
}

function aboutDemo(): Html {
  return html`<section aria-labelledby="about-demo">
    <h2 id="about-demo">About the demonstration data</h2>
    <p>
      Alerts marked <strong>synthetic</strong> come from made-up ships on made-up voyages: tracks drawn to
      show what each rule tells and what it leaves alone. Ports and coasts are real; the ships, their names
      and numbers are not, and nothing is said of any real ship. Choose “Synthetic ships: left out” to see
      only what real feeds gave.
    </p>
  </section>`;
}
