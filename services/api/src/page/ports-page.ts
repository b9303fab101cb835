import { plainUtc } from '@offing/units';
import type { PublicPort } from '../schemas/port.ts';
import { countryName } from './country-name.ts';
import { html, type Html } from './html.ts';
import { mapCredit, portPicture } from './port-picture.ts';
import { bothNames, portPath } from './port-name.ts';
import { shell } from './shell.ts';

/** A port with what alerts tell of it in numbers. */
export type PortRow = PublicPort & {
  readonly alerts: number;
  readonly waiting: number;
  readonly synthetic: number;
};

/** What the page of ports shows. */
export type PortsView = {
  readonly ports: readonly PortRow[];
  /** How many ports match; more than are shown where the search is wide. */
  readonly found: number;
  /** How many ports there are. */
  readonly known: number;
  readonly countries: readonly string[];
  readonly filters: ReadonlyMap<string, string>;
  readonly watermark: number | null;
  /** Whether the script that draws the map is there. */
  readonly hasMap: boolean;
};

/** Returns the page on which ports are found, with a map and how many ships wait off each. */
export function portsPage(view: PortsView): string {
  const query = new URLSearchParams([...view.filters]).toString();
  const suffix = query === '' ? '' : `?${query}`;
  return shell(
    'Ports – Offing',
    html`<h1>Ports</h1>
      <p class="lead">
        Who waits off which port, and where alerts tell of something.
        ${view.watermark === null ? 'No position was read yet.' : `Judged up to ${plainUtc(view.watermark)}.`}
      </p>
      ${searchForm(view)}
      <p class="data">
        ${suffix === '' ? 'All ports' : 'These ports'} as data: <a href="/v1/ports.json${suffix}">JSON</a>,
        <a href="/v1/ports.geojson${suffix}">GeoJSON</a>, <a href="/v1/ports.csv${suffix}">CSV</a>,
        <a href="/v1/ports.kml${suffix}">KML</a>
      </p>
      ${mapOf(view)}
      <section aria-labelledby="list">
        <h2 id="list">${listTitle(view)}</h2>
        ${listNote(view)} ${view.ports.length === 0 ? nothing() : table(view.ports)}
      </section>`,
    view.hasMap
      ? html`<link rel="stylesheet" href="/assets/ports-map.css" />
          <script type="module" src="/assets/ports-map.js"></script>`
      : null,
  );
}

function searchForm({ filters, countries }: PortsView): Html {
  const country = (filters.get('country') ?? '').toUpperCase();
  const codes = country === '' || countries.includes(country) ? countries : [...countries, country];
  return html`<form action="/ports" method="get" aria-label="Find ports">
    <label
      >Name, in any script
      <input
        name="name"
        maxlength="100"
        autocomplete="off"
        value="${filters.get('name') ?? ''}"
        placeholder="Longkou or 龙口"
    /></label>
    <label
      >Country
      <select name="country">
        ${option('', 'all', country)} ${codes.map((code) => option(code, countryName(code), country))}
      </select></label
    >
    <label
      >Watched by default
      <select name="watched">
        ${option('', 'all', filters.get('watched'))} ${option('true', 'watched', filters.get('watched'))}
        ${option('false', 'not watched', filters.get('watched'))}
      </select></label
    >
    <button type="submit">Find</button>
  </form>`;
}

function option(value: string, words: string, chosen = ''): Html {
  return value === chosen
    ? html`<option value="${value}" selected>${words}</option>`
    : html`<option value="${value}">${words}</option>`;
}

function mapOf({ ports }: PortsView): Html | null {
  const placed = ports.filter(({ lon }) => lon !== null);
  if (placed.length === 0) return null;
  const words = `Map of ${placed.length} ports; each is in the list below`;
  return html`<figure class="ports-map">
    <div id="map" data-name="${words}">${portPicture(words, placed)}</div>
    <figcaption>The ports of the list below; each leads to its page. ${mapCredit()}</figcaption>
  </figure>`;
}

function listTitle({ ports, found }: PortsView): string {
  if (ports.length === 0) return 'No ports';
  const count = `${ports.length} ${ports.length === 1 ? 'port' : 'ports'}`;
  return found > ports.length ? `The first ${count} of ${found}` : count;
}

function listNote({ filters, known, ports, found }: PortsView): Html | null {
  if (filters.size === 0)
    return html`<p class="note">
      Those that are watched by default, and those of which an alert tells. ${known} ports are known in all:
      find the others by name or country.
    </p>`;
  return html`<p class="note">
    ${found > ports.length ? 'Narrow the search to see the others. ' : ''}<a href="/ports"
      >Back to the watched ports</a
    >
  </p>`;
}

function nothing(): Html {
  return html`<p class="empty">No port matches. <a href="/ports">See the watched ports</a></p>`;
}

function table(ports: readonly PortRow[]): Html {
  return html`<div class="scroll" role="region" aria-label="Ports" tabindex="0">
    <table class="ports">
      <thead>
        <tr>
          <th scope="col">Port</th>
          <th scope="col">Country</th>
          <th scope="col" class="number">Waiting now</th>
          <th scope="col" class="number">Alerts</th>
        </tr>
      </thead>
      <tbody>
        ${ports.map(row)}
      </tbody>
    </table>
  </div>`;
}

function row(port: PortRow): Html {
  const made =
    port.synthetic === 0 ? null : html` <span class="synthetic">${port.synthetic} synthetic</span>`;
  const alerts =
    port.alerts === 0
      ? html`0`
      : html`<a href="/?port=${encodeURIComponent(port.id)}">${port.alerts}</a>${made}`;
  return html`<tr>
    <th scope="row"><a href="${portPath(port.id)}">${bothNames(port)}</a></th>
    <td>${countryName(port.country)}</td>
    <td class="number">${port.waiting}</td>
    <td class="number">${alerts}</td>
  </tr>`;
}
