import { plainUtc } from '@offing/units';
import type { PublicAlert } from '../schemas/event.ts';
import { html, type Html } from './html.ts';
import { severityMark } from './severity-mark.ts';

const VERDICT_WORDS: Readonly<Record<string, string>> = {
  silent: 'silent: others nearby were heard',
  unobserved: 'unobserved: too little reception to tell',
  void: 'void: reception was out',
};

const STATE_WORDS: Readonly<Record<string, string>> = {
  open: 'open: it goes on',
  closed: 'closed',
  retracted: 'retracted: withdrawn',
};

/** Returns an alert as it stands in the list: severity, sentence, and what is known of it. */
export function alertItem(alert: PublicAlert): Html {
  const made = alert.synthetic
    ? html`<p class="synthetic">synthetic – made-up ships for demonstration</p>`
    : null;
  return html`<li>
    <article class="alert ${alert.state}" aria-labelledby="alert-${alert.id}">
      <p class="marks">${severityMark(alert.severity)}<span class="rule">${alert.type}</span></p>
      <h3 id="alert-${alert.id}">
        <a href="/v1/alerts/${encodeURIComponent(alert.id)}">${alert.sentence}</a>
      </h3>
      ${made}
      <dl>
        ${fact('Began', time(alert.openedAt))}
        ${alert.closedAt === null ? null : fact('Ended', time(alert.closedAt))}
        ${fact('State', html`${STATE_WORDS[alert.state] ?? alert.state}`)}
        ${alert.verdict === null ? null : fact('Verdict', html`${VERDICT_WORDS[alert.verdict] ?? alert.verdict}`)}
        ${alert.port === null ? null : fact('Port', html`${portText(alert.port)}`)}
        ${fact('Confidence', html`${Math.round(alert.confidence * 100)} %`)} ${fact('MMSI', vessels(alert))}
        ${alert.reason === null ? null : fact('Corrected', html`${alert.reason}`)}
      </dl>
    </article>
  </li>`;
}

function fact(term: string, value: Html): Html {
  return html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;
}

function time(iso: string): Html {
  return html`<time datetime="${iso}">${plainUtc(Date.parse(iso))}</time>`;
}

function portText(port: { readonly name: string; readonly country: string }): string {
  return port.country === '' ? port.name : `${port.name}, ${port.country}`;
}

/** Each MMSI leads to its hull where there is one for each. */
function vessels(alert: PublicAlert): Html {
  const paired = alert.vesselId.length === alert.mmsi.length;
  const links = alert.mmsi.map((mmsi, index) =>
    paired
      ? html`<a href="/v1/vessels/${encodeURIComponent(alert.vesselId[index])}">${mmsi}</a> `
      : html`${mmsi} `,
  );
  return html`${links}`;
}
