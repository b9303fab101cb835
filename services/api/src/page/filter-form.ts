import { SEVERITIES } from '../schemas/vocabulary.ts';
import { html, type Html } from './html.ts';
import { RULE_TITLES } from './words.ts';

/** The parameters that the form sets; all others are carried along and named below it. */
const FIELDS = new Set(['type', 'severity', 'state', 'port', 'name', 'from', 'to', 'synthetic', 'cursor']);

/** What the page shows at least where nobody asks for less: `info` says that a thing cannot be judged. */
export const LEAST_SEVERITY = 'low';

/** Severities that leave out nothing, or only what cannot be judged. */
const UNFILTERED: ReadonlySet<string> = new Set([SEVERITIES[0], LEAST_SEVERITY]);

type Choice = readonly [value: string, words: string];

const STATES: readonly Choice[] = [
  ['', 'open and closed'],
  ['open', 'open'],
  ['closed', 'closed'],
  ['retracted', 'retracted'],
  ['any', 'all, retracted too'],
];

const SYNTHETIC: readonly Choice[] = [
  ['', 'included'],
  ['false', 'left out'],
  ['true', 'only'],
];

/** Returns the form that filters the list, filled in with the filters in force. */
export function filterForm(filters: ReadonlyMap<string, string>): Html {
  const others = [...filters].filter(([name]) => !FIELDS.has(name));
  const kept = others.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
  return html`<form action="/" method="get" aria-label="Filter the alerts">
      ${kept} ${select('type', 'Rule', [['', 'all'], ...RULE_TITLES], filters.get('type'))}
      ${select(
        'severity',
        'Severity at least',
        SEVERITIES.map((severity): Choice => [severity, severity]),
        filters.get('severity'),
      )}
      ${select('state', 'State', STATES, filters.get('state'))}
      ${select('synthetic', 'Synthetic ships', SYNTHETIC, filters.get('synthetic'))}
      ${input('port', 'Port', 'Longkou', filters)} ${input('name', 'Ship’s name', 'part of it', filters)}
      ${input('from', 'From (UTC)', 'YYYY-MM-DD', filters)} ${input('to', 'To (UTC)', 'YYYY-MM-DD', filters)}
      <button type="submit">Filter</button>
    </form>
    ${inForce(others, filters)}`;
}

/** Where nothing is left out, retracted alerts apart. */
export const ALL_ALERTS = '/?severity=info';

/** Whether filters leave out more than the page does by itself. */
export function isFiltered(filters: ReadonlyMap<string, string>): boolean {
  return [...filters].some(
    ([name, value]) =>
      name !== 'cursor' && name !== 'limit' && !(name === 'severity' && UNFILTERED.has(value)),
  );
}

/** What the form cannot show is said, so that nobody takes a part for the whole. */
function inForce(others: readonly Choice[], filters: ReadonlyMap<string, string>): Html | null {
  if (!isFiltered(filters)) return null;
  const shown = others.filter(([name]) => name !== 'limit');
  const also =
    shown.length === 0
      ? null
      : html`Also filtered by ${shown.map(([name, value]) => html`<code>${name}=${value}</code> `)}– `;
  return html`<p class="data">${also}<a href="${ALL_ALERTS}">Show all alerts</a></p>`;
}

function input(name: string, label: string, placeholder: string, filters: ReadonlyMap<string, string>): Html {
  return html`<label
    >${label}
    <input
      name="${name}"
      type="text"
      maxlength="100"
      autocomplete="off"
      placeholder="${placeholder}"
      value="${filters.get(name) ?? ''}"
  /></label>`;
}

function select(name: string, label: string, choices: readonly Choice[], chosen: string | undefined): Html {
  // What an address asks for beyond the form's choices is shown, not lost at the next click.
  const known = chosen === undefined || choices.some(([value]) => value === chosen);
  const all: readonly Choice[] = known ? choices : [...choices, [chosen, chosen]];
  const options = all.map(([value, words]) =>
    value === (chosen ?? '')
      ? html`<option value="${value}" selected>${words}</option>`
      : html`<option value="${value}">${words}</option>`,
  );
  return html`<label
    >${label}
    <select name="${name}">
      ${options}
    </select></label
  >`;
}
