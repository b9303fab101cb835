import { plainUtc } from '@offing/units';
import type { PortFigures } from '../schemas/port-detail.ts';
import type { PublicAlert } from '../schemas/event.ts';
import type { PublicPort } from '../schemas/port.ts';
import { alertItem } from './alert-item.ts';
import { asOfNotice, asOfQuery } from './as-of.ts';
import { countryName } from './country-name.ts';
import { fact } from './facts.ts';
import { html, type Html } from './html.ts';
import { zoneOf } from './local-time.ts';
import { portEmbargo } from './port-embargo.ts';
import { bothNames, portPath } from './port-name.ts';
import { mapCredit, portPicture } from './port-picture.ts';
import { portQueueSection } from './port-queue.ts';
import { portVisits } from './port-visits.ts';
import { section } from './section.ts';
import { shell } from './shell.ts';

/** What a port's page shows. */
export type PortView = {
  readonly port: PublicPort;
  /** The port that this one is a part of. */
  readonly parent: PublicPort | null;
  /** Its parts. */
  readonly parts: readonly PublicPort[];
  /** Alerts of ships that hover off it now, newest first. */
  readonly waiting: readonly PublicAlert[];
  /** The latest alerts of ships that fell silent near it. */
  readonly dark: readonly PublicAlert[];
  readonly figures: PortFigures;
  readonly watermark: number | null;
  /** The instant whose knowledge is shown; null for now. */
  readonly asOf: string | null;
  readonly hasMap: boolean;
};

const DARK_TYPES = 'dark-near-port,transponder-gap,round-trip-without-call';

/** Returns the page of one port: who hovers off it, who went dark near it, and who calls. */
export function portPage(view: PortView): string {
  const { port, watermark } = view;
  const path = `/v1/ports/${encodeURIComponent(port.id)}`;
  const query = `?port=${encodeURIComponent(port.id)}`;
  const judged = watermark === null ? 'No position was read yet.' : `Judged up to ${plainUtc(watermark)}.`;
  return shell(
    `${port.name} – Offing`,
    html`<p class="trail"><a href="/ports">Ports</a> › ${port.name}</p>
      <article class="one">
        <h1>${bothNames(port)}</h1>
        <p class="lead">
          What ships’ own radio reports (AIS) show of this port. ${judged} ${lastHeard(view)}
        </p>
        ${asOfNotice(view.asOf, portPath(port.id))} ${facts(view)}
        <p class="deeds">
          <a class="deed" href="/watchlists${query}">Watch this port</a>
          <a href="/${query}">All alerts of this port</a>
        </p>
        <p class="data">
          This port as data: <a href="${path}${asOfQuery(view.asOf)}">JSON</a>; its alerts:
          <a href="/v1/alerts.json${query}">JSON</a>, <a href="/v1/alerts.geojson${query}">GeoJSON</a>,
          <a href="/v1/alerts.csv${query}">CSV</a>.
        </p>
        ${mapOf(view)} ${section('waiting', 'Who hovers now', waiting(view))}
        ${section('dark', 'Who went dark lately', dark(view))}
        ${section('visits', 'Visits per week', portVisits(port.name, view.figures))}
        ${section('queue', 'How many usually wait', portQueueSection(port.name, view.figures))}
        ${section('bans', 'Announced bans', portEmbargo(port.name, view.figures))}
      </article>`,
    view.hasMap
      ? html`<link rel="stylesheet" href="/assets/ports-map.css" />
          <script type="module" src="/assets/ports-map.js"></script>`
      : null,
  );
}

/** What was judged far away says nothing of a port that nobody heard. */
function lastHeard({ port, figures }: PortView): string {
  const last = figures.heardPerWeek.at(0);
  if (last === undefined)
    return `The sea around ${port.name} was not heard well enough yet to tell who comes and goes.`;
  return `The sea around ${port.name} was last heard in the week from ${last.week}.`;
}

function facts({ port, parent, parts }: PortView): Html {
  const link = (one: PublicPort) => html`<a href="${portPath(one.id)}">${bothNames(one)}</a> `;
  const place = port.lon === null || port.lat === null ? 'not known' : `${port.lat}° N ${port.lon}° E`;
  const zone = zoneOf(port.country, port.lon);
  return html`<dl>
    ${fact('Country', html`${countryName(port.country)}`)}
    ${port.altNames.length === 0 ? null : fact('Also called', html`${port.altNames.join(', ')}`)}
    ${port.unlocode === null ? null : fact('UN/LOCODE', html`${port.unlocode}`)}
    ${fact('Place', html`${place}`)}
    ${port.positionSource === null || port.lon === null ? null : fact('Place by', html`${port.positionSource}`)}
    ${zone === null ? null : fact('Clocks there', html`${zone}`)}
    ${parent === null ? null : fact('Part of', link(parent))}
    ${parts.length === 0 ? null : fact('Its parts', html`${parts.map(link)}`)}
    ${fact('Watched by default', html`${port.watched ? 'yes' : 'no'}`)}
  </dl>`;
}

function mapOf({ port, waiting }: PortView): Html | null {
  const dot = { ...port, waiting: waiting.length };
  const words = `Map of the sea around ${port.name}`;
  const picture = portPicture(words, [dot], port);
  if (picture === null) return null;
  return html`<figure class="ports-map">
    <div id="map" data-name="${words}" data-lon="${port.lon}" data-lat="${port.lat}">${picture}</div>
    <figcaption>The alerts listed below, on the map. ${mapCredit()}</figcaption>
  </figure>`;
}

function waiting({ port, waiting: alerts }: PortView): Html {
  const note = html`<p class="note">
    Ships that lay nearly still off ${port.name} for longer than its queue explains, or outside its
    anchorages, or that a list or ban names. A wait alone is ordinary: ships queue for berths, orders and
    weather.
  </p>`;
  if (!port.watched && alerts.length === 0)
    return html`${note}
      <p>None is told. This port is not watched by default: hovering off it is not judged.</p>`;
  if (alerts.length === 0)
    return html`${note}
      <p>None now. Where nobody listens, nobody is seen.</p>`;
  return html`${note}${list(alerts)}`;
}

function dark({ port, dark: alerts }: PortView): Html {
  const note = html`<p class="note">
    Ships whose reports stopped near ${port.name}. Silence is not an act: receivers fail, ships leave
    coverage, transponders break. Each says how sure it is.
  </p>`;
  const all = html`<p class="note">
    Silences that cannot be judged, where too little was heard, are left out here:
    <a href="/?port=${encodeURIComponent(port.id)}&amp;type=${DARK_TYPES}&amp;severity=info">see them all</a>.
  </p>`;
  if (alerts.length === 0)
    return html`${note}
      <p>None. That is no proof of absence.</p>
      ${all}`;
  return html`${note}${list(alerts)}${all}`;
}

function list(alerts: readonly PublicAlert[]): Html {
  return html`<ol class="alerts">
    ${alerts.map(alertItem)}
  </ol>`;
}
