import type { PublicRule } from '../schemas/rule.ts';
import { html, type Html } from './html.ts';
import { shell, type Reading } from './shell.ts';
import { ruleText } from './words/rule-texts.ts';
import { RULES_WORDS } from './words/rules-words.ts';

/** Returns the page that lists the rules, each with what it raises and how it did when that was measured. */
export function rulesPage(rules: readonly PublicRule[], reading: Reading): string {
  const words = RULES_WORDS[reading.language];
  const run = rules.find(({ labelled }) => labelled !== null)?.labelled ?? null;
  return shell(
    `${words.rules} – Offing`,
    html`<h1>${words.rules}</h1>
      <p class="lead">${words.lead}</p>
      <p class="data">${words.data} <a href="/v1/rules">JSON</a></p>
      <div class="scroll" role="region" aria-label="${words.rules}" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">${words.rule}</th>
              <th scope="col">${words.raises}</th>
              <th scope="col" class="number">${words.found}</th>
              <th scope="col" class="number">${words.falseAlarms}</th>
            </tr>
          </thead>
          <tbody>
            ${rules.map((rule) => row(rule, reading))}
          </tbody>
        </table>
      </div>
      ${run === null ? null : html`<p class="note">${words.measuredOn(run.scenarios, run.ranOn)}</p>`}`,
    null,
    reading,
  );
}

function row(rule: PublicRule, { language }: Reading): Html {
  const { title, summary } = ruleText(rule.id, language) ?? rule;
  const { labelled } = rule;
  return html`<tr>
    <th scope="row"><a href="/rules/${rule.id}">${title}</a></th>
    <td>${summary}</td>
    <td class="number">${labelled === null ? '–' : `${labelled.found}/${labelled.expected}`}</td>
    <td class="number">${labelled === null ? '–' : labelled.falseAlarms}</td>
  </tr>`;
}
