import type { PublicVessel } from '../schemas/vessel.ts';
import { time } from './facts.ts';
import { html, type Html } from './html.ts';
import { shell } from './shell.ts';

/** What the page of vessels shows. */
export type VesselsView = {
  readonly vessels: readonly PublicVessel[];
  readonly filters: ReadonlyMap<string, string>;
  /** Address of the next page, null on the last. */
  readonly more: string | null;
};

const FIELDS = [
  ['name', 'Ship’s name', 'part of it, also an earlier one'],
  ['mmsi', 'MMSI', '445123000'],
  ['imo', 'IMO number', '9163166'],
  ['flag', 'Flag by MMSI', 'KP'],
] as const;

/** Returns the page on which vessels are found by name, number or flag. */
export function vesselsPage({ vessels, filters, more }: VesselsView): string {
  const query = new URLSearchParams([...filters]).toString();
  const view = query === '' ? '' : `?${query}`;
  return shell(
    'Vessels – Offing',
    html`<h1>Vessels</h1>
      <p class="lead">Hulls that were heard, by MMSI. A name or number is what a ship sent of itself.</p>
      <form action="/vessels" method="get" aria-label="Find vessels">
        ${FIELDS.map(
          ([name, words, hint]) =>
            html`<label
              >${words}<input name="${name}" value="${filters.get(name) ?? ''}" placeholder="${hint}"
            /></label>`,
        )}
        <button type="submit">Find</button>
      </form>
      <p class="data">
        This view as data: <a href="/v1/vessels.json${view}">JSON</a>,
        <a href="/v1/vessels.geojson${view}">GeoJSON</a>,
        <a href="/v1/vessels.csv${view}">CSV</a>
      </p>
      ${vessels.length === 0 ? nothing(filters) : table(vessels)}
      ${more === null ? null : html`<p class="pages"><a href="${more}" rel="next">More vessels</a></p>`}`,
  );
}

function nothing(filters: ReadonlyMap<string, string>): Html {
  return filters.size === 0
    ? html`<p class="empty">
        No ship was heard yet. Read a recording: <code>npx offing replay FILE</code>, or add a live feed:
        <code>npx offing feeds add</code>.
      </p>`
    : html`<p class="empty">No ship matches. <a href="/vessels">See all ships</a></p>`;
}

function table(vessels: readonly PublicVessel[]): Html {
  return html`<div class="scroll" role="region" aria-label="Vessels" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">MMSI</th>
          <th scope="col">IMO number</th>
          <th scope="col">Flag</th>
          <th scope="col">Last heard</th>
          <th scope="col">Positions</th>
        </tr>
      </thead>
      <tbody>
        ${vessels.map(row)}
      </tbody>
    </table>
  </div>`;
}

function row(vessel: PublicVessel): Html {
  return html`<tr>
    <th scope="row">
      <a href="/vessels/${encodeURIComponent(vessel.vesselId)}">${vessel.shipName ?? 'name not known'}</a>
      ${vessel.synthetic ? html`<span class="synthetic">synthetic</span>` : null}
    </th>
    <td>${vessel.mmsi}</td>
    <td>${vessel.imoNumber ?? ''}</td>
    <td>${vessel.flag ?? ''}</td>
    <td>${time(vessel.lastAt)}</td>
    <td class="number">${vessel.positions ?? ''}</td>
  </tr>`;
}
