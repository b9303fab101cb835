import { lonDeltaDeg, distanceM, wrapLonDeg } from '@offing/geo';
import { HOUR_MS, METRES_PER_NAUTICAL_MILE } from '@offing/units';
import type { HourSummary, SlowFix } from '../signal.ts';

/** A ship that was heard again within this distance has stayed where it was, metres (ours: it swings on its anchor). */
const SAME_PLACE_M = 1000;

/** A stretch of time in which a ship was slow, hour by hour. */
export type Stay = {
  /** First and last position of the slow stretch. */
  readonly first: SlowFix;
  readonly last: SlowFix;
  /** Hours with positions. */
  readonly hours: number;
  /** Sum of the hourly mean speeds, kn. */
  readonly sogSum: number;
  /** Mean place of the hours, as sums of differences to the first position, degrees. */
  readonly lonSum: number;
  readonly latSum: number;
  /** Time of the stay spent farther from every anchorage point than the rule allows to a queue, ms. */
  readonly outsideMs: number;
  readonly longestSilenceMs: number;
  /** How often it got under way for a short while, to lie elsewhere. */
  readonly shifts: number;
};

/** What still counts as one stay. */
export type StayLimits = { readonly slowKn: number; readonly shiftH: number; readonly shiftKm: number };

/** Returns the stay that an hour begins; `since` is where the hour before had begun to be slow, or null. */
export function beginStay(hour: HourSummary, meanKn: number, outside: boolean, since: SlowFix | null): Stay {
  const first = since ?? firstSlowOf(hour);
  const last = lastSlowOf(hour);
  return {
    first,
    last,
    hours: 1,
    sogSum: meanKn,
    lonSum: lonDeltaDeg(first.lon, hour.lon),
    latSum: hour.lat - first.lat,
    outsideMs: outside ? last.at - first.at : 0,
    longestSilenceMs: 0,
    shifts: 0,
  };
}

/** Returns the stay with one more slow hour; `shifted` where the ship was under way since the last. */
export function extendStay<S extends Stay>(
  stay: S,
  hour: HourSummary,
  meanKn: number,
  outside: boolean,
  shifted: boolean,
): S {
  const last = lastSlowOf(hour);
  return {
    ...stay,
    last,
    hours: stay.hours + 1,
    sogSum: stay.sogSum + meanKn,
    lonSum: stay.lonSum + lonDeltaDeg(stay.first.lon, hour.lon),
    latSum: stay.latSum + (hour.lat - stay.first.lat),
    outsideMs: stay.outsideMs + (outside ? last.at - stay.last.at : 0),
    longestSilenceMs: Math.max(stay.longestSilenceMs, hour.first.at - stay.last.at),
    shifts: stay.shifts + (shifted ? 1 : 0),
  };
}

/**
 * Returns whether an hour goes on with the stay: it is where the ship was, or it came there no faster than slow, or it
 * shifted for a short while and not far.
 */
export function followsStay(limits: StayLimits, stay: Stay, hour: HourSummary): boolean {
  const metres = metresTo(stay, hour);
  if (metres <= SAME_PLACE_M) return true;
  const hours = (hour.first.at - stay.last.at) / HOUR_MS;
  if (legKn(stay, hour) < limits.slowKn) return true;
  return hours <= limits.shiftH + 1 && metres / 1000 <= limits.shiftKm;
}

/** Returns the speed made good from the end of a stay to the beginning of an hour, kn. */
export function legKn(stay: Stay, hour: HourSummary): number {
  const hours = (hour.first.at - stay.last.at) / HOUR_MS;
  return hours <= 0 ? 0 : metresTo(stay, hour) / METRES_PER_NAUTICAL_MILE / hours;
}

/** Returns how long a stay lasted, ms. */
export function lengthOf(stay: Stay): number {
  return stay.last.at - stay.first.at;
}

/** Returns the mean place of a stay; longitudes are averaged as differences, so that 180 degrees is no border. */
export function placeOf(stay: Stay): { readonly lon: number; readonly lat: number } {
  const lon = wrapLonDeg(stay.first.lon + stay.lonSum / stay.hours);
  return { lon, lat: stay.first.lat + stay.latSum / stay.hours };
}

/** Where an hour that is slow as a whole begins to be slow. */
function firstSlowOf({ first, slowUntil, slowSince }: HourSummary): SlowFix {
  return slowUntil === null && slowSince !== null ? slowSince : first;
}

/** Where an hour that is slow as a whole ends to be slow. */
function lastSlowOf({ last, slowUntil, slowSince }: HourSummary): SlowFix {
  return slowSince === null && slowUntil !== null ? slowUntil : last;
}

function metresTo(stay: Stay, hour: HourSummary): number {
  return distanceM(stay.last.lon, stay.last.lat, hour.first.lon, hour.first.lat);
}
