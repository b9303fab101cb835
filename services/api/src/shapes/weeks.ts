import { DAY_MS } from '@offing/units';

/** Length of a week, ms. */
export const WEEK_MS = 7 * DAY_MS;
/** Midnight UTC of a Monday. */
const SOME_MONDAY = Date.UTC(1970, 0, 5);

/** Returns the first moment of the week of an instant, ms: its Monday in UTC. */
export function weekStart(at: number): number {
  return SOME_MONDAY + Math.floor((at - SOME_MONDAY) / WEEK_MS) * WEEK_MS;
}

/** Returns a week by its Monday, YYYY-MM-DD. */
export function weekName(start: number): string {
  return new Date(start).toISOString().slice(0, 10);
}

/** Returns the first moment of a week by its name, ms. */
export function weekOf(name: string): number {
  return Date.parse(`${name}T00:00:00Z`);
}
