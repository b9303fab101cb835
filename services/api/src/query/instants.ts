import { DAY_MS, HOUR_MS, MINUTE_MS } from '@offing/units';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?$/;
const FIRST_YEAR = 1970;
const LAST_YEAR = 2999;

/** Which end of a day is meant where only the day is given. */
export type DayEnd = 'first' | 'last';

/**
 * Returns the instant of a text in ms since 1970 UTC, or null when it is none: ISO 8601 with `T` or a blank, seconds and
 * fractions optional, without a zone UTC; or a day alone, which means its first or its last millisecond in UTC.
 * Years 1970 to 2999; a day that the calendar does not have (2016-02-30) is no instant.
 */
export function parseInstant(text: string, dayEnd: DayEnd): number | null {
  const day = DAY.exec(text);
  if (day !== null) {
    const start = dayStart(day);
    if (start === null) return null;
    return dayEnd === 'first' ? start : start + DAY_MS - 1;
  }
  const parts = INSTANT.exec(text);
  if (parts === null) return null;
  const start = dayStart(parts);
  const [hours, minutes, seconds] = [Number(parts[4]), Number(parts[5]), Number(parts[6] ?? 0)];
  if (start === null || hours > 23 || minutes > 59 || seconds > 59) return null;
  const offset = zoneOffsetMs(parts[8] ?? 'Z');
  if (offset === null) return null;
  const fractionMs = Math.floor(Number(`0.${parts[7] ?? '0'}`) * 1000);
  return start + hours * HOUR_MS + minutes * MINUTE_MS + seconds * 1000 + fractionMs - offset;
}

/** Returns whether a text is a day of the calendar between 1970 and 2999, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const parts = DAY.exec(text);
  return parts !== null && dayStart(parts) !== null;
}

function dayStart(parts: RegExpExecArray): number | null {
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  const start = new Date(Date.UTC(year, month - 1, day));
  // Date rolls 30 February over into March; only a day that stays where it was put exists.
  return start.getUTCMonth() === month - 1 && start.getUTCDate() === day ? start.getTime() : null;
}

function zoneOffsetMs(zone: string): number | null {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * HOUR_MS + minutes * MINUTE_MS);
}

/** Returns the ends of an instant or interval in ms, an open end undefined; null when it is none. */
export function parseInterval(text: string): { readonly from?: number; readonly to?: number } | null {
  const parts = text.split('/');
  if (parts.length > 2) return null;
  const [start, end = start] = parts;
  const isOpen = (part: string) => parts.length === 2 && (part === '' || part === '..');
  const from = isOpen(start) ? undefined : parseInstant(start, 'first');
  const to = isOpen(end) ? undefined : parseInstant(end, 'last');
  if (from === null || to === null || (from === undefined && to === undefined)) return null;
  if (from !== undefined && to !== undefined && from > to) return null;
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
