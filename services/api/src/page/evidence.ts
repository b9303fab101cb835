import type { Json } from '@offing/rules';
import { fact, time } from './facts.ts';
import { html, type Html } from './html.ts';
import type { Evidence } from './measures.ts';
import { fieldWords } from './words.ts';

type JsonObject = { readonly [key: string]: Json };

/** Rows of a table on the page; the JSON has them all. */
const MOST_ROWS = 50;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const WEB_ADDRESS = /^https?:\/\/[^\s"<>]+$/;

/** Returns evidence as people read it, whatever its rule: positions and lists as tables, all else as facts. */
export function evidenceSections(evidence: Evidence, told: ReadonlySet<string>): Html {
  const rest = Object.entries(evidence).flatMap(([key, value]): (readonly [string, Json])[] =>
    value === undefined || told.has(key) ? [] : [[key, value]],
  );
  const positions = rest.flatMap(([key, value]): JsonObject[] =>
    isPosition(value) ? [{ position: fieldWords(key), ...value }] : [],
  );
  positions.sort((a, b) => (String(a['at']) < String(b['at']) ? -1 : 1));
  const lists = rest.filter(([, value]) => isListOfObjects(value));
  const facts = rest.filter(([, value]) => !isPosition(value) && !isListOfObjects(value));
  return html`${positions.length === 0 ? null : dataTable('Positions as received', positions)}
  ${lists.map(([key, value]) => dataTable(fieldWords(key), value as readonly JsonObject[]))}
  ${
    facts.length === 0
      ? null
      : html`<dl class="facts">${facts.map(([key, value]) => fact(fieldWords(key), valueText(value)))}</dl>`
  }`;
}

/** Returns named values as facts. */
export function valueFacts(values: JsonObject): Html {
  return html`<dl class="facts">
    ${Object.entries(values).map(([key, value]) => fact(fieldWords(key), valueText(value)))}
  </dl>`;
}

/** Returns objects as a table, a column for each field; long tables are cut, the data has them all. */
export function dataTable(caption: string, rows: readonly JsonObject[]): Html {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const shown = rows.slice(0, MOST_ROWS);
  const more =
    rows.length > MOST_ROWS ? html`<p class="note">${rows.length - MOST_ROWS} more in the JSON.</p>` : null;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
      <table>
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${fieldWords(column)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            (row) =>
              html`<tr>
                ${columns.map((column) => html`<td>${valueText(row[column] ?? null)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${more}`;
}

function isPosition(value: Json): value is JsonObject {
  return isObject(value) && 'at' in value && 'lon' in value && 'lat' in value;
}

function isListOfObjects(value: Json): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueText(value: Json): Html {
  if (value === null) return html`<span class="none">not known</span>`;
  if (typeof value === 'boolean') return html`${value ? 'yes' : 'no'}`;
  if (typeof value === 'number') return html`${value}`;
  if (typeof value === 'string') return words(value);
  if (isObject(value)) return valueFacts(value);
  return value.length === 0 ? html`<span class="none">none</span>` : joined(value);
}

function joined(values: readonly Json[]): Html {
  return html`${values.map((value, index) => html`${index === 0 ? '' : ', '}${valueText(value)}`)}`;
}

function words(text: string): Html {
  if (INSTANT.test(text)) return time(text);
  if (WEB_ADDRESS.test(text)) return html`<a href="${text}" rel="noreferrer noopener external">${text}</a>`;
  return html`${text}`;
}
