import { DAY_MS, HOUR_MS } from '@offing/units';

/** How long a bin of a histogram is, by the calendar of UTC; weeks begin on Monday. */
export type BinUnit = 'hour' | 'day' | 'week' | 'month';

/** The longest intervals that are told by the hour, by the day and by the week: so many bars can still be told apart. */
const LONGEST: readonly (readonly [unit: BinUnit, ms: number])[] = [
  ['hour', 4 * DAY_MS],
  ['day', 120 * DAY_MS],
  ['week', 3 * 366 * DAY_MS],
];

/** Returns the unit in which an interval is told, ms. */
export function binUnit(from: number, to: number): BinUnit {
  return LONGEST.find(([, longest]) => to - from <= longest)?.[0] ?? 'month';
}

/** Returns the begin of the bin in which an instant lies, as `date_trunc` gives it. */
export function binStart(unit: BinUnit, at: number): number {
  const date = new Date(at);
  switch (unit) {
    case 'hour':
      return Math.floor(at / HOUR_MS) * HOUR_MS;
    case 'day':
      return Math.floor(at / DAY_MS) * DAY_MS;
    case 'week': {
      const day = Math.floor(at / DAY_MS);
      // 1970 began on a Thursday.
      return (day - ((((day + 3) % 7) + 7) % 7)) * DAY_MS;
    }
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  }
}

/** Returns the begin of the bin that follows the one that begins at an instant. */
export function nextBin(unit: BinUnit, start: number): number {
  const date = new Date(start);
  switch (unit) {
    case 'hour':
      return start + HOUR_MS;
    case 'day':
      return start + DAY_MS;
    case 'week':
      return start + 7 * DAY_MS;
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
  }
}
