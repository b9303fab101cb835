import type { Findings } from './list-entry.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** How a list writes its days: `iso` 2016-03-02 (a time behind it is cut), `dmy` 2.3.2016 or 02/03/2016, `mdy` 03/02/2016, `d-mon-y` 02-Mar-16. */
export type DayStyle = 'iso' | 'dmy' | 'mdy' | 'd-mon-y';

/** Returns whether text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Returns a printed day as `YYYY-MM-DD`, or null when it is none. */
export function dayOf(text: string, style: DayStyle): string | null {
  const day = written(text.trim(), style);
  return day !== null && isDay(day) ? day : null;
}

/** Returns the day that a cell prints; null where it is empty. A wrong one is noted. */
export function dayIn(
  findings: Findings,
  line: number,
  field: string,
  text: string,
  style: DayStyle,
): string | null {
  if (text.trim() === '') return null;
  const day = dayOf(text, style);
  if (day === null) findings.doubt(line, field, text, `a day such as ${EXAMPLE[style]}`);
  return day;
}

const EXAMPLE = {
  iso: '2016-03-02',
  dmy: '2.3.2016 or 02/03/2016',
  mdy: '03/02/2016',
  'd-mon-y': '02-Mar-16',
} as const;

function written(text: string, style: DayStyle): string | null {
  if (style === 'iso') return /^\d{4}-\d\d-\d\d(?=$|[T ])/.exec(text)?.[0] ?? null;
  if (style === 'd-mon-y') return ofMonthName(text);
  const parts = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text);
  if (parts === null) return null;
  const [, first, second, year] = parts;
  return style === 'dmy' ? joined(year, second, first) : joined(year, first, second);
}

/** Two digits of a year are of this century: no ship list is older. */
function ofMonthName(text: string): string | null {
  const parts = /^(\d{1,2})[- ]([A-Za-z]{3})[a-z]*\.?[- ](\d{4}|\d{2})$/.exec(text);
  if (parts === null) return null;
  const month = MONTHS.indexOf(parts[2].toLowerCase()) + 1;
  return joined(parts[3].length === 2 ? `20${parts[3]}` : parts[3], String(month), parts[1]);
}

function joined(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
