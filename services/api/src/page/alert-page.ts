import type { Language } from '@offing/alerts';
import type { PublicAlert } from '../schemas/event.ts';
import { contactLine, mapFigure, previewTags, shareLinks } from './alert-parts.ts';
import { asOfNotice, asOfQuery } from './as-of.ts';
import { evidenceSections, valueFacts } from './evidence.ts';
import { alertFacts, syntheticMark, time } from './facts.ts';
import { alertPath } from '../shapes/alert-path.ts';
import { html, type Html } from './html.ts';
import { measuresOf, type Measure } from './measures.ts';
import { seaMapHead, seaMapPlace } from './sea-map.ts';
import { severityMark } from './severity-mark.ts';
import { section } from './section.ts';
import { shell, type Reading } from './shell.ts';
import { speedChart, type SpeedView } from './speed-chart.ts';
import { changesBetween } from './version-changes.ts';
import { ruleDocs } from './words.ts';
import { ALERT_WORDS, type AlertWords } from './words/alert-words.ts';
import { ruleText } from './words/rule-texts.ts';

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
  /** Whether the script that draws the map is there. */
  readonly hasMap: boolean;
};

/** Returns the page of one alert: the sentence first, then what it rests on, what else may explain it, and its history. */
export function alertPage(view: AlertView, reading: Reading = PLAIN): string {
  const { language } = reading;
  const words = ALERT_WORDS[language];
  const alert = view.versions[view.versions.length - 1];
  const title = ruleText(alert.type, language)?.title ?? alert.type;
  const path = alertPath(alert.id);
  const address = `${view.origin}${path}`;
  const measures = measuresOf(alert.type, alert.evidence);
  const told = new Set(measures.flatMap((measure) => measure.keys));
  return shell(
    `${title} – Offing`,
    html`<p class="trail"><a href="/">${words.alerts}</a> › ${title}</p>
      ${notices(view, alert, path, language)}
      <article class="one ${alert.state}">
        <p class="marks">${severityMark(alert.severity, language)}<span class="rule">${title}</span></p>
        <h1 class="sentence" lang="${tagOf(alert)}">${alert.sentence}</h1>
        ${words.englishOnly === '' || alert.sentenceLang === language ? null : html`<p class="note">${words.englishOnly}</p>`}
        ${syntheticMark(alert.synthetic, language)} ${alertFacts(alert, language)}
        <p class="data">
          ${words.data} <a href="/v1${path}${asOfQuery(view.asOf)}">JSON</a>. ${words.event}
          <a href="/v1/events/${encodeURIComponent(alert.eventId)}">JSON</a>. ${words.positions}
          <a href="/v1${path}/positions">JSON</a>.
        </p>
        ${view.hasMap ? seaMapPlace(`/v1${path}.geojson?as_of=${encodeURIComponent(alert.knownSince)}`, `Map: ${alert.sentence}`) : null}
        ${mapFigure(alert, path)} ${view.speeds === null ? null : speedChart(view.speeds)}
        ${measures.length === 0 ? null : measureSection(measures, words)}
        ${section('innocent', words.innocent, innocent(alert, words))}
        ${section('evidence', words.evidence, evidenceSections(alert.evidence, told))}
        ${section('versions', words.versions, versionList(view.versions, path, words))}
        ${section('rule', words.rule, judgement(alert, language))}
        ${section('cite', words.cite, citation(alert, address, words))}
        ${section('share', words.share, shareLinks(alert, path, address, words))}
        ${section('reply', words.reply, reply(alert, view.contact, words))}
      </article>`,
    html`${previewTags(alert, address, view.origin, path)} ${view.hasMap ? seaMapHead() : null}`,
    reading,
  );
}

const PLAIN: Reading = { language: 'en', query: '' };

/** The language that an alert's sentence is in. */
function tagOf({ sentenceLang }: PublicAlert): string {
  return sentenceLang ?? 'en';
}

/** Whom to write to, for whoever sees it otherwise. */
function reply(alert: PublicAlert, contact: string | null, words: AlertWords): Html {
  return html`<p>${words.ask}${contactLine(contact, `Alert ${alert.id}`, words.noContact)}</p>`;
}

function notices({ asOf }: AlertView, alert: PublicAlert, path: string, language: Language): Html {
  const words = ALERT_WORDS[language];
  const withdrawn =
    alert.state === 'retracted'
      ? html`<p class="notice"><strong>${words.withdrawn}</strong> ${alert.reason ?? words.noReason}</p>`
      : null;
  return html`${asOfNotice(asOf, path, language)}${withdrawn}`;
}

function measureSection(measures: readonly Measure[], words: AlertWords): Html | null {
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
        <th scope="col">${words.what}</th>
        <th scope="col">${words.observed}</th>
        <th scope="col">${words.threshold}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
  return section('measures', words.measures, table);
}

function innocent({ innocentExplanations }: PublicAlert, words: AlertWords): Html {
  if (innocentExplanations.length === 0) return html`<p>${words.noInnocent}</p>`;
  return html`<ul lang="en">
    ${innocentExplanations.map((explanation) => html`<li>${explanation}</li>`)}
  </ul>`;
}

function versionList(versions: readonly PublicAlert[], path: string, words: AlertWords): Html {
  const items = versions.toReversed().map(
    (version) =>
      html`<li>
        <p class="note">
          <a href="${path}?as_of=${encodeURIComponent(version.knownSince)}"
            >${words.version(version.version)}</a
          >, ${words.knownSince} ${time(version.knownSince)}:
          ${words.states[version.state].split(/[:：]/)[0]},
          ${version.reason ?? (version.version === 1 ? words.firstTold : words.wentOn)}
        </p>
        <p lang="${tagOf(version)}">${version.sentence}</p>
        ${changes(
          versions.find(({ version: number }) => number === version.version - 1),
          version,
          words,
        )}
      </li>`,
  );
  return html`<ol class="versions">
    ${items}
  </ol>`;
}

function changes(before: PublicAlert | undefined, after: PublicAlert, words: AlertWords): Html | null {
  const lines = before === undefined ? [] : changesBetween(before, after);
  if (lines.length === 0) return null;
  return html`<details>
    <summary>${words.changed}</summary>
    <ul lang="en">
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
  </details>`;
}

function judgement(alert: PublicAlert, language: Language): Html {
  const words = ALERT_WORDS[language];
  const docs = ruleDocs(alert.type);
  const { id, version } = alert.rule;
  const blind =
    docs === undefined
      ? null
      : html`<p>${ruleText(id, language)?.summary ?? docs.summary} ${words.blind}</p>
          <ul lang="en">
            ${docs.limits.map((limit) => html`<li>${limit}</li>`)}
          </ul>
          <p><a href="/rules/${id}">${words.aboutRule}</a></p>`;
  return html`<p>${words.judgement(id, version, alert.feeds.join(', '))}</p>
    ${blind}
    <h3>${words.parameters}</h3>
    ${valueFacts(alert.rule.params)}
    <h3>${words.reference}</h3>
    ${valueFacts(alert.reference)}`;
}

function citation(alert: PublicAlert, address: string, words: AlertWords): Html {
  const known = encodeURIComponent(alert.knownSince);
  return html`<p>
      ${words.citation(alert.id, alert.version, alert.rule.id, alert.rule.version)} ${time(alert.knownSince)}.
      <a href="${alertPath(alert.id)}?as_of=${known}">${address}?as_of=${known}</a>
    </p>
    <p class="note">${words.citeNote}</p>`;
}
