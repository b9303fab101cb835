import type { ProblemBody } from '../schemas/problem.ts';
import { html } from './html.ts';
import { shell, type Reading } from './shell.ts';

/** Returns the page that tells an error, with every fault of the address. */
export function problemPage(problem: ProblemBody, reading: Reading): string {
  const faults = (problem.errors ?? []).map(
    (fault) => html`<li><code>${fault.field}=${fault.value}</code> – expected ${fault.expected}</li>`,
  );
  const list =
    faults.length > 0
      ? html`<ul>
          ${faults}
        </ul>`
      : html`<p>${problem.detail}</p>`;
  const request =
    problem.instance === undefined
      ? null
      : html`<p class="note">The log names this request <code>${problem.instance}</code>.</p>`;
  return shell(
    `${problem.title} – Offing`,
    html`<h1>${problem.title}</h1>
      ${list} ${request}
      <p><a href="/">All alerts</a></p>`,
    null,
    reading,
  );
}
