import { html, type Html } from './html.ts';

const MOST_ROWS = 104;

/** Returns a folded table by week, newest first, with a column for each name; long ones are cut, the data has them all. */
export function weekTable(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly [week: string, ...cells: (string | number)[]])[],
): Html | null {
  if (rows.length === 0) return null;
  const more =
    rows.length > MOST_ROWS
      ? html`<p class="note">${rows.length - MOST_ROWS} earlier weeks in the JSON.</p>`
      : null;
  return html`<details>
    <summary>${title} as a table</summary>
    <div class="scroll" role="region" aria-label="${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Week from (Monday, UTC)</th>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, MOST_ROWS).map(
            ([week, ...cells]) =>
              html`<tr>
                <th scope="row">${week}</th>
                ${cells.map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${more}
  </details>`;
}
