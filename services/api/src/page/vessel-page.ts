import type { PublicCorrection } from '../schemas/correction.ts';
import type { PublicDesignation } from '../schemas/designation.ts';
import type { PublicAlert } from '../schemas/event.ts';
import type { PublicIdentity, PublicVessel } from '../schemas/vessel.ts';
import { alertItem } from './alert-item.ts';
import { asOfNotice, asOfQuery } from './as-of.ts';
import { dataTable } from './evidence.ts';
import { fact, syntheticMark, time } from './facts.ts';
import { html, type Html } from './html.ts';
import { seaMapHead, seaMapPlace } from './sea-map.ts';
import { section } from './section.ts';
import { shell } from './shell.ts';
import { vesselLanes } from './vessel-lanes.ts';
import { timeline } from './vessel-timeline.ts';

/** What a vessel's page shows. */
export type VesselView = PublicVessel & {
  /** The instant whose knowledge is shown; null for now. */
  readonly asOf: string | null;
  readonly hullsOfMmsi: number;
  readonly identityHistory: readonly PublicIdentity[];
  readonly designations: readonly PublicDesignation[];
  readonly sameShip: readonly {
    readonly fromVesselId: string;
    readonly fromMmsi: number;
    readonly toVesselId: string;
    readonly toMmsi: number;
    readonly imoNumber: number;
    readonly since: string;
    readonly isSameShip: boolean;
    readonly state: string;
    readonly decision: { readonly reason: string; readonly decidedAt: string } | null;
  }[];
  readonly corrections: readonly PublicCorrection[];
  /** Whether the script that draws the map is there. */
  readonly hasMap: boolean;
  /** Its alerts in every state, newest first. */
  readonly alerts: readonly PublicAlert[];
};

/** Returns the page of one vessel: what it said of itself, one timeline of all that happened, lists, and where else to look. */
export function vesselPage(view: VesselView): string {
  const name = view.shipName ?? `MMSI ${view.mmsi}`;
  const path = `/vessels/${encodeURIComponent(view.vesselId)}`;
  const then = asOfQuery(view.asOf);
  return shell(
    `${name} – Offing`,
    html`<p class="trail"><a href="/vessels">Vessels</a> › ${name}</p>
      <article class="one">
        <h1>${name}</h1>
        ${syntheticMark(view.synthetic)} ${facts(view)}
        <p class="data">
          This vessel as data: <a href="/v1${path}${then}">JSON</a>; its track:
          <a href="/v1${path}/track${then}">JSON</a>, <a href="/v1${path}/track.geojson${then}">GeoJSON</a>,
          <a href="/v1${path}/track.csv${then}">CSV</a>, <a href="/v1${path}/track.kml${then}">KML</a>.
        </p>
        ${asOfNotice(view.asOf, path)} ${sharedNotice(view)}
        ${view.hasMap ? section('map', 'Where it was heard', trackMap(`/v1${path}.geojson${then}`, name)) : null}
        ${section('timeline', 'What happened when', timeline(vesselLanes(view, view.identityHistory, view.alerts)))}
        ${section('alerts', 'Alerts', alertList(view))}
        ${section('corrections', 'Corrections', corrections(view))}
        ${section('lists', 'What lists say', lists(view))}
        ${section('same', 'The same ship under other numbers', sameShip(view))}
        ${section('claims', 'What it sent of itself', claims(view))}
        ${view.synthetic ? null : section('elsewhere', 'Elsewhere', elsewhere(view))}
      </article>`,
    view.hasMap ? seaMapHead() : null,
  );
}

function trackMap(address: string, name: string): Html {
  return html`${seaMapPlace(address, `Track of ${name}`)}
    <p class="note">
      Its track, evenly left out to some 2,000 positions, and its alerts: <a href="${address}">GeoJSON</a>.
      Where the line breaks it was not heard. © OpenStreetMap contributors.
    </p>`;
}

function facts(view: VesselView): Html {
  const known = (term: string, value: string | number | null, unit = '') =>
    value === null ? null : fact(term, html`${value}${unit}`);
  return html`<dl>
    ${known('MMSI', view.mmsi)} ${known('IMO number', view.imoNumber)} ${known('Flag by MMSI', view.flag)}
    ${known('Call sign', view.callSign)} ${known('Ship type', view.shipType)}
    ${known('Length', view.lengthM, ' m')} ${known('Draught', view.draughtM, ' m')}
    ${known('Destination', view.destination)} ${fact('First heard', time(view.firstAt))}
    ${fact('Last heard', time(view.lastAt))} ${known('Positions', view.positions)}
    ${known('Feeds', view.feeds.join(', '))}
  </dl>`;
}

function sharedNotice({ hullsOfMmsi, mmsi }: VesselView): Html | null {
  if (hullsOfMmsi < 2) return null;
  return html`<p class="notice">
    ${hullsOfMmsi} hulls were heard under this MMSI: what was sent of themselves may belong to any of them.
    <a href="/vessels?mmsi=${mmsi}">See them all</a>
  </p>`;
}

function alertList({ alerts }: VesselView): Html {
  if (alerts.length === 0)
    return html`<p>
      None. That says only that no rule spoke where it was heard; it is no proof of absence.
    </p>`;
  return html`<ol class="alerts">
    ${alerts.map(alertItem)}
  </ol>`;
}

/** What was told of the ship and is not true any more stands as openly as what was told. */
function corrections({ corrections: found, vesselId }: VesselView): Html | null {
  if (found.length === 0) return null;
  const items = found.map(
    (one) =>
      html`<li>
        ${time(one.knownSince)}: <a href="${one.url}">${one.sentence}</a> ${one.reason} Before:
        “${one.sentenceBefore}”
      </li>`,
  );
  return html`<ul>
      ${items}
    </ul>
    <p class="note"><a href="/corrections?vessel=${vesselId}">All corrections of this vessel</a></p>`;
}

function lists({ designations }: VesselView): Html {
  if (designations.length === 0) return html`<p>No list that was read names an IMO number that it sent.</p>`;
  const rows = designations.map((entry) => ({
    list: entry.list,
    shipName: entry.shipName,
    imoNumber: entry.imoNumber,
    designatedOn: entry.designatedOn,
    delistedOn: entry.delistedOn ?? 'listed',
    source: entry.source,
  }));
  return html`<p class="note">
      By the IMO numbers that it sent. Anyone can send a number: a listing of the number is not yet one of
      this ship.
    </p>
    ${dataTable('Listings, each with its days', rows)}`;
}

function sameShip(view: VesselView): Html | null {
  if (view.sameShip.length === 0) return null;
  const items = view.sameShip.map((link) => {
    const { decision } = link;
    const certain =
      link.state === 'retracted'
        ? 'taken back'
        : link.isSameShip
          ? 'held to be the same ship'
          : decision === null
            ? 'may be another ship'
            : 'not held to be the same ship';
    const decided =
      decision === null ? null : html` (decided on ${time(decision.decidedAt)}: ${decision.reason})`;
    return html`<li>
      <a href="/vessels/${encodeURIComponent(link.fromVesselId)}">MMSI ${link.fromMmsi}</a> →
      <a href="/vessels/${encodeURIComponent(link.toVesselId)}">MMSI ${link.toMmsi}</a>, IMO
      ${link.imoNumber}, since ${time(link.since)}: ${certain}${decided}
    </li>`;
  });
  return html`<ul>
    ${items}
  </ul>`;
}

function claims({ identityHistory }: VesselView): Html {
  if (identityHistory.length === 0) return html`<p>Nothing but positions was received.</p>`;
  const rows = identityHistory.map(({ at, shipName, imoNumber, callSign, destination, draughtM, feed }) => ({
    at,
    shipName,
    imoNumber,
    callSign,
    destination,
    draughtM,
    feed,
  }));
  return dataTable('Each change, newest first', rows);
}

/** Registers and maps of others; nothing is asked of them until someone follows a link. */
function elsewhere({ mmsi, imoNumber }: VesselView): Html {
  const term = String(imoNumber ?? mmsi);
  const link = (href: string, words: string, note: string) =>
    html`<li><a href="${href}" rel="noreferrer noopener external">${words}</a>: ${note}</li>`;
  return html`<ul>
    ${imoNumber === null ? null : link('https://www.equasis.org/', 'Equasis', `owner and inspections of IMO ${imoNumber} (needs an account)`)}
    ${link(`https://www.opensanctions.org/search/?q=${term}`, 'OpenSanctions', 'lists and persons of interest')}
    ${link(`https://www.marinetraffic.com/en/ais/details/ships/mmsi:${mmsi}`, 'MarineTraffic', 'where it is heard now, and photographs')}
    ${link(`https://globalfishingwatch.org/map/vessel-search?query=${term}`, 'Global Fishing Watch', 'its history')}
  </ul>`;
}
