import type { Writer } from './writer.ts';

/** What a cell may hold; a list is joined with semicolons, an object is written as JSON. */
export type Cell = string | number | boolean | null | readonly (string | number)[] | object;

/** A column: its header, what stands in it, and of what kind that is where a format has types; text unless said. */
export type Column<Item> = {
  readonly name: string;
  readonly kind?: 'integer' | 'number' | 'boolean' | 'instant' | 'text';
  readonly of: (item: Item) => Cell;
};

/** What Excel wants at the start of a file to read it as UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';

/** Signs that make a spreadsheet run a cell as a formula, or that it drops before looking for one (OWASP, CSV injection). */
const RUNS_AS_FORMULA = /^[=+\-@\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * Returns the writer of CSV (RFC 4180: CRLF, quotes doubled) with a header line. A text that a spreadsheet would take
 * for a formula gets an apostrophe before it; numbers keep their sign.
 */
export function csvWriter<Item>(columns: readonly Column<Item>[]): Writer<Item> {
  return {
    mediaType: 'text/csv',
    begin: () => `${columns.map((column) => csvCell(column.name)).join(',')}\r\n`,
    item: (item) => `${columns.map((column) => csvCell(column.of(item))).join(',')}\r\n`,
    end: () => '',
  };
}

/** Returns a cell as it stands between commas. */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  const text = cellText(cell);
  const guarded = RUNS_AS_FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Returns a cell as text, without any guard. */
export function cellText(cell: NonNullable<Cell>): string {
  if (typeof cell === 'string') return cell;
  return Array.isArray(cell) ? cell.join(';') : JSON.stringify(cell);
}
