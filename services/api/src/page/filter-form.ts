import type { EventType } from '@offing/rules';
import { SEVERITIES } from '../schemas/vocabulary.ts';
import { html, type Html } from './html.ts';

/** The rules of this version, in words. */
const RULES: Readonly<Record<EventType, string>> = {
  'designated-vessel': 'Designated vessel',
  hovering: 'Hovering off a port',
  'transponder-gap': 'Transponder gap',
};

/** The parameters that the form sets; all others are carried along unseen. */
const FIELDS = new Set(['type', 'severity', 'port', 'synthetic', 'cursor']);

/** Returns the form that filters the list, filled in with the filters in force. */
export function filterForm(filters: ReadonlyMap<string, string>): Html {
  const kept = [...filters]
    .filter(([name]) => !FIELDS.has(name))
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
  return html`<form action="/" method="get" aria-label="Filter the alerts">
    ${kept} ${select('type', 'Rule', [['', 'all'], ...Object.entries(RULES)], filters.get('type'))}
    ${select(
      'severity',
      'Severity at least',
      SEVERITIES.map((severity, index): Choice => (index === 0 ? ['', 'any'] : [severity, severity])),
      filters.get('severity'),
    )}
    <label>Port <input name="port" type="text" maxlength="100" value="${filters.get('port') ?? ''}" /></label>
    ${select('synthetic', 'Synthetic ships', SYNTHETIC, filters.get('synthetic'))}
    <button type="submit">Filter</button>
  </form>`;
}

type Choice = readonly [value: string, words: string];

const SYNTHETIC: readonly Choice[] = [
  ['', 'included'],
  ['false', 'left out'],
  ['true', 'only'],
];

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
