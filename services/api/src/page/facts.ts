import type { Language } from '@offing/alerts';
import type { PublicAlert } from '../schemas/event.ts';
import { html, type Html } from './html.ts';
import { timeThere, zoneOf } from './local-time.ts';
import { portPath } from './port-name.ts';
import { ALERT_WORDS, type AlertWords } from './words/alert-words.ts';

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
export function alertFacts(alert: PublicAlert, language: Language = 'en'): Html {
  const words = ALERT_WORDS[language];
  const zone = zoneOf(alert.port?.country, alert.lon);
  return html`<dl>
    ${fact(words.began, timeThere(alert.openedAt, zone))}
    ${alert.closedAt === null ? null : fact(words.ended, timeThere(alert.closedAt, zone))}
    ${fact(words.state, html`${words.states[alert.state]}`)}
    ${alert.verdict === null ? null : fact(words.verdict, html`${words.verdicts[alert.verdict] ?? alert.verdict}`)}
    ${alert.port === null ? null : fact(words.port, html`<a href="${portPath(alert.port.id)}">${portText(alert.port)}</a>`)}
    ${fact(words.confidence, html`${Math.round(alert.confidence * 100)} %`)}
    ${alert.mmsi.length === 0 ? null : fact('MMSI', vessels(alert))} ${hullsOfOne(alert, words)}
    ${alert.imoNumber.length === 0 ? null : fact(words.imo, html`${alert.imoNumber.join(', ')}`)}
    ${alert.nexus ? fact(words.nexus, html`${words.nexusText}`) : null}
    ${alert.reason === null ? null : fact(words.corrected, html`${alert.reason}`)}
  </dl>`;
}

/** Returns the mark of made-up ships, or nothing. */
export function syntheticMark(synthetic: boolean, language: Language = 'en'): Html | null {
  return synthetic ? html`<p class="synthetic">${ALERT_WORDS[language].synthetic}</p>` : null;
}

function portText(port: { readonly name: string; readonly country: string }): string {
  return port.country === '' ? port.name : `${port.name}, ${port.country}`;
}

/** The hulls of an MMSI that several of them share. */
function hullsOfOne({ mmsi, vesselId }: PublicAlert, words: AlertWords): Html | null {
  if (mmsi.length !== 1 || vesselId.length < 2) return null;
  const links = vesselId.map((id) => html`<a href="/vessels/${encodeURIComponent(id)}">${id}</a> `);
  return fact(words.hulls, html`${links}`);
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
