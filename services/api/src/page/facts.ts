import type { PublicAlert } from '../schemas/event.ts';
import { html, type Html } from './html.ts';
import { timeThere, zoneOf } from './local-time.ts';
import { portPath } from './port-name.ts';
import { STATE_WORDS, VERDICT_WORDS } from './words.ts';

/** Returns a term and what is said of it, for a `dl`. */
export function fact(term: string, value: Html): Html {
  return html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** Returns an ISO instant as people read it, in UTC. */
export function time(iso: string): Html {
  return timeThere(iso, null);
}

/** Returns what is known of an alert, as a list of facts. */
export function alertFacts(alert: PublicAlert): Html {
  const zone = zoneOf(alert.port?.country, alert.lon);
  return html`<dl>
    ${fact('Began', timeThere(alert.openedAt, zone))}
    ${alert.closedAt === null ? null : fact('Ended', timeThere(alert.closedAt, zone))}
    ${fact('State', html`${STATE_WORDS[alert.state] ?? alert.state}`)}
    ${alert.verdict === null ? null : fact('Verdict', html`${VERDICT_WORDS[alert.verdict] ?? alert.verdict}`)}
    ${alert.port === null ? null : fact('Port', html`<a href="${portPath(alert.port.id)}">${portText(alert.port)}</a>`)}
    ${fact('Confidence', html`${Math.round(alert.confidence * 100)} %`)}
    ${alert.mmsi.length === 0 ? null : fact('MMSI', vessels(alert))} ${hullsOfOne(alert)}
    ${alert.imoNumber.length === 0 ? null : fact('IMO number', html`${alert.imoNumber.join(', ')}`)}
    ${alert.nexus ? fact('Link to the DPRK', html`dated and sourced; see the evidence`) : null}
    ${alert.reason === null ? null : fact('Corrected', html`${alert.reason}`)}
  </dl>`;
}

/** Returns the mark of made-up ships, or nothing. */
export function syntheticMark(synthetic: boolean): Html | null {
  return synthetic ? html`<p class="synthetic">synthetic – made-up ships for demonstration</p>` : null;
}

function portText(port: { readonly name: string; readonly country: string }): string {
  return port.country === '' ? port.name : `${port.name}, ${port.country}`;
}

/** The hulls of an MMSI that several of them share. */
function hullsOfOne({ mmsi, vesselId }: PublicAlert): Html | null {
  if (mmsi.length !== 1 || vesselId.length < 2) return null;
  const links = vesselId.map((id) => html`<a href="/vessels/${encodeURIComponent(id)}">${id}</a> `);
  return fact('Hulls under it', html`${links}`);
}

/** Each MMSI leads to its hull where there is one for each. */
function vessels(alert: PublicAlert): Html {
  const paired = alert.vesselId.length === alert.mmsi.length;
  const links = alert.mmsi.map((mmsi, index) =>
    paired
      ? html`<a href="/vessels/${encodeURIComponent(alert.vesselId[index])}">${mmsi}</a> `
      : html`${mmsi} `,
  );
  return html`${links}`;
}
