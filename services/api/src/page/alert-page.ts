import type { PublicAlert } from '../schemas/event.ts';
import { mapFigure, previewTags, rightOfReply, shareLinks } from './alert-parts.ts';
import { asOfNotice, asOfQuery } from './as-of.ts';
import { evidenceSections, valueFacts } from './evidence.ts';
import { alertFacts, syntheticMark, time } from './facts.ts';
import { alertPath } from '../shapes/alert-path.ts';
import { html, type Html } from './html.ts';
import { measuresOf, type Measure } from './measures.ts';
import { severityMark } from './severity-mark.ts';
import { section } from './section.ts';
import { shell } from './shell.ts';
import { speedChart, type SpeedView } from './speed-chart.ts';
import { changesBetween } from './version-changes.ts';
import { ruleDocs, ruleTitle } from './words.ts';

/** What an alert's page shows. */
export type AlertView = {
  /** The versions that are shown, oldest first; at least one. */
  readonly versions: readonly PublicAlert[];
  /** The instant whose knowledge this is, ISO 8601; null for now. */
  readonly asOf: string | null;
  /** Scheme and host, as the reader came. */
  readonly origin: string;
  /** Speeds around its time; null where none are known. */
  readonly speeds: SpeedView | null;
  /** Whom to write to for a right of reply: an e-mail address or a page. */
  readonly contact: string | null;
};

/** Returns the page of one alert: the sentence first, then what it rests on, what else may explain it, and its history. */
export function alertPage(view: AlertView): string {
  const alert = view.versions[view.versions.length - 1];
  const path = alertPath(alert.id);
  const address = `${view.origin}${path}`;
  const measures = measuresOf(alert.type, alert.evidence);
  const told = new Set(measures.flatMap((measure) => measure.keys));
  return shell(
    `${ruleTitle(alert.type)} – Offing`,
    html`<p class="trail"><a href="/">Alerts</a> › ${ruleTitle(alert.type)}</p>
      ${notices(view, alert, path)}
      <article class="one ${alert.state}">
        <p class="marks">${severityMark(alert.severity)}<span class="rule">${ruleTitle(alert.type)}</span></p>
        <h1 class="sentence">${alert.sentence}</h1>
        ${syntheticMark(alert.synthetic)} ${alertFacts(alert)}
        <p class="data">
          This alert as data: <a href="/v1${path}${asOfQuery(view.asOf)}">JSON</a>. Its event:
          <a href="/v1/events/${encodeURIComponent(alert.eventId)}">JSON</a>. The positions that it rests on,
          with who heard them and the records as they were received: <a href="/v1${path}/positions">JSON</a>.
        </p>
        ${mapFigure(alert, path)} ${view.speeds === null ? null : speedChart(view.speeds)}
        ${measures.length === 0 ? null : measureSection(measures)}
        ${section('innocent', 'What may explain it without ill intent', innocent(alert))}
        ${section('evidence', 'Evidence', evidenceSections(alert.evidence, told))}
        ${section('versions', 'Versions', versionList(view.versions, path))}
        ${section('rule', 'How it was judged', judgement(alert))}
        ${section('cite', 'How to cite', citation(alert, address))}
        ${section('share', 'Take it with you', shareLinks(alert, path, address))}
        ${section('reply', 'Right of reply', rightOfReply(alert, view.contact))}
      </article>`,
    previewTags(alert, address, view.origin, path),
  );
}

function notices({ asOf }: AlertView, alert: PublicAlert, path: string): Html {
  const withdrawn =
    alert.state === 'retracted'
      ? html`<p class="notice">
          <strong>This alert was withdrawn.</strong> ${alert.reason ?? 'No reason was recorded.'}
        </p>`
      : null;
  return html`${asOfNotice(asOf, path)}${withdrawn}`;
}

function measureSection(measures: readonly Measure[]): Html | null {
  const rows = measures.map(
    (measure) =>
      html`<tr>
        <th scope="row">${measure.what}</th>
        <td>${measure.observed}</td>
        <td>${measure.threshold}</td>
      </tr>`,
  );
  const table = html`<table class="measures">
    <thead>
      <tr>
        <th scope="col">What</th>
        <th scope="col">Observed</th>
        <th scope="col">Threshold</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
  return section('measures', 'Observed, and the threshold', table);
}

function innocent({ innocentExplanations }: PublicAlert): Html {
  if (innocentExplanations.length === 0) return html`<p>The rule names none.</p>`;
  return html`<ul>
    ${innocentExplanations.map((explanation) => html`<li>${explanation}</li>`)}
  </ul>`;
}

function versionList(versions: readonly PublicAlert[], path: string): Html {
  const items = versions.toReversed().map(
    (version) =>
      html`<li>
        <p class="note">
          <a href="${path}?as_of=${encodeURIComponent(version.knownSince)}">Version ${version.version}</a>,
          known since ${time(version.knownSince)}: ${version.state},
          ${version.reason ?? (version.version === 1 ? 'first told' : 'as it went on')}
        </p>
        <p>${version.sentence}</p>
        ${changes(
          versions.find(({ version: number }) => number === version.version - 1),
          version,
        )}
      </li>`,
  );
  return html`<ol class="versions">
    ${items}
  </ol>`;
}

function changes(before: PublicAlert | undefined, after: PublicAlert): Html | null {
  const lines = before === undefined ? [] : changesBetween(before, after);
  if (lines.length === 0) return null;
  return html`<details>
    <summary>What changed</summary>
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
  </details>`;
}

function judgement(alert: PublicAlert): Html {
  const docs = ruleDocs(alert.type);
  const blind =
    docs === undefined
      ? null
      : html`<p>${docs.summary} What it cannot see:</p>
          <ul>
            ${docs.limits.map((limit) => html`<li>${limit}</li>`)}
          </ul>`;
  return html`<p>
      Rule <code>${alert.rule.id}</code>, version ${alert.rule.version}. Feeds: ${alert.feeds.join(', ')}.
    </p>
    ${blind}
    <h3>Its parameters</h3>
    ${valueFacts(alert.rule.params)}
    <h3>Versions of the lists and ports that were used</h3>
    ${valueFacts(alert.reference)}`;
}

function citation(alert: PublicAlert, address: string): Html {
  const known = encodeURIComponent(alert.knownSince);
  return html`<p>
      Offing, alert ${alert.id}, version ${alert.version} (rule ${alert.rule.id} version
      ${alert.rule.version}), known since ${time(alert.knownSince)}.
      <a href="${alertPath(alert.id)}?as_of=${known}">${address}?as_of=${known}</a>
    </p>
    <p class="note">This address keeps showing this version when the alert is corrected.</p>`;
}
