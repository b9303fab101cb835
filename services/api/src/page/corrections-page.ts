import type { PublicCorrection } from '../schemas/correction.ts';
import { CORRECTION_KINDS } from '../schemas/vocabulary.ts';
import { contactLine } from './alert-parts.ts';
import { fact, syntheticMark, time } from './facts.ts';
import { html, type Html } from './html.ts';
import { section } from './section.ts';
import { shell, type Reading } from './shell.ts';
import { CORRECTIONS_WORDS } from './words/corrections-words.ts';
import { ruleText } from './words/rule-texts.ts';

/** What the page of corrections shows. */
export type CorrectionsView = {
  readonly corrections: readonly PublicCorrection[];
  readonly filters: ReadonlyMap<string, string>;
  /** Address of the next page, null on the last. */
  readonly older: string | null;
  /** Whom to write to for a right of reply: an e-mail address or a page. */
  readonly contact: string | null;
};

type Words = (typeof CORRECTIONS_WORDS)['en'];

/** Returns the page that lists what was revised and taken back: when, what changed and why. */
export function correctionsPage(view: CorrectionsView, reading: Reading): string {
  const words = CORRECTIONS_WORDS[reading.language];
  const { corrections, filters, older, contact } = view;
  const query = new URLSearchParams([...filters]).toString();
  const suffix = query === '' ? '' : `?${query}`;
  const title = corrections.length === 0 ? words.none : words.list(corrections.length);
  return shell(
    `${words.corrections} – Offing`,
    html`<h1>${words.corrections}</h1>
      <p class="lead">${words.lead}</p>
      ${filterForm(filters, words)}
      <p class="data">
        ${words.data} <a href="/v1/corrections${suffix}">JSON</a>,
        <a href="/v1/corrections.csv${suffix}">CSV</a>. ${words.subscribe}
        <a href="/v1/corrections.atom">${words.feed}</a>
      </p>
      ${section(
        'list',
        title,
        corrections.length === 0
          ? empty(filters, words)
          : html`<ol class="alerts">
              ${corrections.map((one) => item(one, words, reading))}
            </ol>`,
      )}
      ${older === null ? null : html`<p class="pages"><a href="${older}" rel="next">${words.older}</a></p>`}
      ${section('reply', words.reply, html`<p>${words.ask}${contactLine(contact, 'Correction', words.noContact)}</p>`)}`,
    html`<link
      rel="alternate"
      type="application/atom+xml"
      title="${words.corrections}"
      href="/v1/corrections.atom"
    />`,
    reading,
  );
}

function filterForm(filters: ReadonlyMap<string, string>, words: Words): Html {
  const kinds = CORRECTION_KINDS.map((kind) => option(kind, words.kinds[kind], filters.get('kind')));
  const day = (name: string, label: string) =>
    html`<label
      >${label}<input
        name="${name}"
        value="${filters.get(name) ?? ''}"
        placeholder="${words.day}"
        maxlength="40"
        autocomplete="off"
    /></label>`;
  return html`<form action="/corrections" method="get" aria-label="${words.filterLabel}">
    <label
      >${words.show}<select name="kind">
        ${option('', words.all, filters.get('kind') ?? '')} ${kinds}
      </select></label
    >
    ${day('from', words.from)} ${day('to', words.to)}
    <button type="submit">${words.filter}</button>
  </form>`;
}

function option(value: string, words: string, chosen: string | undefined): Html {
  return value === chosen
    ? html`<option value="${value}" selected>${words}</option>`
    : html`<option value="${value}">${words}</option>`;
}

function empty(filters: ReadonlyMap<string, string>, words: Words): Html {
  return filters.size === 0
    ? html`<p class="empty">${words.nothing}</p>`
    : html`<p class="empty">${words.noMatch} <a href="/corrections">${words.showAll}</a></p>`;
}

function item(one: PublicCorrection, words: Words, { language }: Reading): Html {
  const id = `c-${one.id.replace(/\W/g, '-')}`;
  return html`<li>
    <article class="alert edge-${one.severity}" aria-labelledby="${id}">
      <p class="marks">
        <strong>${words.mark[one.kind]}</strong
        ><span class="rule"
          >${ruleText(one.type, language)?.title ?? one.type}, ${words.version(one.version)}</span
        >
      </p>
      <h3 id="${id}"><a href="${one.url}" lang="${one.sentenceLang ?? 'en'}">${one.sentence}</a></h3>
      ${syntheticMark(one.synthetic, language)}
      <dl>
        ${fact(words.why, html`${one.reason ?? words.noReason}`)} ${fact(words.known, time(one.knownSince))}
        ${fact(words.told, time(one.recordedAt))}
      </dl>
      <details>
        <summary>${words.changed}</summary>
        <ul lang="en">
          ${one.changes.map((line) => html`<li>${line}</li>`)}
        </ul>
        <p class="note">
          ${words.before}: <span lang="${one.sentenceLang ?? 'en'}">${one.sentenceBefore}</span>
        </p>
      </details>
    </article>
  </li>`;
}
