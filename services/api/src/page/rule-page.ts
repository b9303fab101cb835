import type { PublicRule } from '../schemas/rule.ts';
import { fact } from './facts.ts';
import { html, type Html } from './html.ts';
import { section } from './section.ts';
import { shell, type Reading } from './shell.ts';
import { ruleText } from './words/rule-texts.ts';
import { RULES_WORDS } from './words/rules-words.ts';

type Words = (typeof RULES_WORDS)['en'];

/** Returns the page of one rule: what it raises, by which numbers, what it cannot see, and how often it was right. */
export function rulePage(rule: PublicRule, reading: Reading): string {
  const words = RULES_WORDS[reading.language];
  const { title, summary } = ruleText(rule.id, reading.language) ?? rule;
  return shell(
    `${title} – Offing`,
    html`<p class="trail"><a href="/rules">${words.rules}</a> › ${title}</p>
      <article class="one">
        <h1>${title}</h1>
        <p class="lead">${summary}</p>
        <p class="data">
          ${words.versionOf(rule.id, rule.version)}. ${words.data}
          <a href="/v1/rules/${rule.id}">JSON</a>.
          <a href="/?type=${rule.id}&amp;severity=info">${words.alertsOf}</a>,
          <a href="/watchlists?type=${rule.id}">${words.watch}</a>
        </p>
        ${section('measured', words.measured, measured(rule, words))}
        ${words.englishOnly === '' ? null : html`<p class="notice">${words.englishOnly}</p>`}
        ${texts('life', words.life, rule.life)} ${texts('limits', words.limits, rule.limits)}
        ${texts('silent', words.silentFor, rule.silentFor)}
        ${texts('innocent', words.innocent, rule.innocentExplanations)}
        ${section('parameters', words.parameters, parameters(rule, words))}
        ${texts('sources', words.sources, rule.sources)}
      </article>`,
    null,
    reading,
  );
}

function texts(id: string, title: string, lines: readonly string[]): Html | null {
  if (lines.length === 0) return null;
  return section(
    id,
    title,
    html`<ul lang="en">
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>`,
  );
}

function parameters({ parameters: rows }: PublicRule, words: Words): Html | null {
  if (rows.length === 0) return null;
  return html`<div class="scroll" role="group" aria-label="${words.parameters}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${words.parameter}</th>
          <th scope="col" class="number">${words.value}</th>
          <th scope="col">${words.range}</th>
          <th scope="col">${words.meaning}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, value, least, most, meaning }) =>
            html`<tr>
              <th scope="row"><code>${name}</code></th>
              <td class="number">${typeof value === 'string' ? value : JSON.stringify(value)}</td>
              <td>${least === null || most === null ? '' : words.to(least, most)}</td>
              <td lang="en">${meaning}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function measured(rule: PublicRule, words: Words): Html {
  if (rule.labelled === null) return html`<p>${words.notMeasured}</p>`;
  const { expected, found, falseAlarms, scenarios, recall, precision, medianDelayH } = rule.labelled;
  return html`<p>${words.labelled(expected, found, falseAlarms, scenarios)}</p>
    <dl>
      ${fact(words.recall, html`${percent(recall, words)}`)}
      ${fact(words.precision, html`${percent(precision, words)}`)}
      ${medianDelayH === null ? null : fact(words.delay, html`${words.hours(medianDelayH)}`)}
    </dl>
    ${runNote(rule.labelled, rule.labelled.version, rule.version, words)}
    <p class="note">${words.scenariosSay}</p>
    ${rule.calibration === null ? null : seas(rule.calibration, words)}`;
}

type Run = { readonly ranOn: string; readonly command: string };

/** No figure stands without its day, the command that gives it, and the version that it is of. */
function runNote({ ranOn, command }: Run, measuredVersion: number, version: number, words: Words): Html {
  const older = measuredVersion === version ? null : html` <strong>${words.older(version)}</strong>`;
  return html`<p class="note">${words.run(ranOn, command, measuredVersion)}${older}</p>`;
}

function seas(calibration: NonNullable<PublicRule['calibration']>, words: Words): Html {
  const { seas: count, ships, days, byWitnesses, rule } = calibration;
  const caption = words.seas(count, ships, days);
  const rows = byWitnesses.map(
    ({ leastWitnesses, mostWitnesses, gaps, told, precision, recall }) =>
      html`<tr>
        <th scope="row">
          ${mostWitnesses === null ? words.from(leastWitnesses) : words.to(leastWitnesses, mostWitnesses)}
        </th>
        <td class="number">${gaps}</td>
        <td class="number">${told}</td>
        <td class="number">${percent(precision, words)}</td>
        <td class="number">${percent(recall, words)}</td>
      </tr>`,
  );
  return html`<p>${caption}</p>
    <div class="scroll" role="group" aria-label="${words.measured}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.witnesses}</th>
            <th scope="col" class="number">${words.gaps}</th>
            <th scope="col" class="number">${words.told}</th>
            <th scope="col" class="number">${words.precision}</th>
            <th scope="col" class="number">${words.recall}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${runNote(calibration, rule.version, rule.version, words)}`;
}

function percent(share: number | null, words: Words): string {
  return share === null ? words.notShare : `${Math.round(share * 1000) / 10} %`;
}
