import { runM } from '@offing/rules';
import { distanceM, placeBetween } from '@offing/geo';
import { MINUTE_MS } from '@offing/units';
import { HALF_HOURS, type PlaceColumns } from './place-columns.ts';

const HALF_HOUR_MS = 30 * MINUTE_MS;
/** Two ships are side by side within this distance, metres, and this speed times the time between their reports, kn (ours). */
const BESIDE_M = 2000;
const BESIDE_KN = 12;
const BESIDE_MS = 3 * MINUTE_MS;
/** Nothing is interpolated over more time than this (detections.md, `encounter`). */
const LEG_MS = 70 * MINUTE_MS;
/** A ship farther than this from a place has not come to it yet, or has left it, metres (ours). */
const ELSEWHERE_M = 3000;
/** Side by side in so many half hours is no chance (ours). */
const BESIDE_TIMES = 2;

/** A place and an interval of event time. */
export type TrailQuery = {
  readonly lon: number;
  readonly lat: number;
  readonly from: number;
  readonly to: number;
};

/** Takes note of where a hull is, once in a half hour. */
export function noteTrail(
  columns: PlaceColumns,
  slot: number,
  at: number,
  lonE7: number,
  latE7: number,
): void {
  const halfHour = Math.floor(at / HALF_HOUR_MS);
  const entry = slot * HALF_HOURS + (halfHour % HALF_HOURS);
  if (Math.floor(columns.trailAt[entry] / HALF_HOUR_MS) === halfHour) return;
  columns.trailAt[entry] = at;
  columns.trailLonE7[entry] = lonE7;
  columns.trailLatE7[entry] = latE7;
}

/**
 * Returns whether two hulls were side by side in an interval while both were away from a place: a convoy, a tow, or two
 * devices of one ship. Each place of one is held against where the other was at that moment, so that ships that report at
 * different times and go apart slowly are not taken for a convoy.
 */
export function wereSideBySide(columns: PlaceColumns, a: number, b: number, query: TrailQuery): boolean {
  // From either side, and the greater count: nothing may depend on which of them is named first.
  return Math.max(timesBeside(columns, a, b, query), timesBeside(columns, b, a, query)) >= BESIDE_TIMES;
}

function timesBeside(columns: PlaceColumns, a: number, b: number, query: TrailQuery): number {
  let times = 0;
  for (let i = 0; i < HALF_HOURS; i++) {
    const one = a * HALF_HOURS + i;
    if (!isElsewhere(columns, one, query)) continue;
    const metres = metresTo(columns, one, b, query);
    if (metres !== null && metres <= BESIDE_M) times++;
  }
  return times;
}

/**
 * How far a hull was from an entry of another's trail at that moment, metres; null where it is not known, or where it was at
 * the place that is asked about.
 */
function metresTo(columns: PlaceColumns, one: number, slot: number, query: TrailQuery): number | null {
  const { trailAt, trailLonE7, trailLatE7 } = columns;
  const at = trailAt[one];
  const before = nearestEntry(columns, slot, at, -1);
  const after = nearestEntry(columns, slot, at, 1);
  if (before < 0 || after < 0 || trailAt[after] - trailAt[before] > LEG_MS)
    return metresToLone(columns, one, slot, query);
  if (!isElsewhere(columns, before, query) && !isElsewhere(columns, after, query)) return null;
  const legMs = trailAt[after] - trailAt[before];
  const share = legMs === 0 ? 0 : (at - trailAt[before]) / legMs;
  const [lonA, latA] = [trailLonE7[before] / 1e7, trailLatE7[before] / 1e7];
  const place = placeBetween(lonA, latA, trailLonE7[after] / 1e7, trailLatE7[after] / 1e7, share);
  if (distanceM(place.lon, place.lat, query.lon, query.lat) <= ELSEWHERE_M) return null;
  return distanceM(trailLonE7[one] / 1e7, trailLatE7[one] / 1e7, place.lon, place.lat);
}

/** The same by a single entry at nearly that moment, less what a ship runs meanwhile. */
function metresToLone(columns: PlaceColumns, one: number, slot: number, query: TrailQuery): number | null {
  const { trailAt, trailLonE7, trailLatE7 } = columns;
  const other = slot * HALF_HOURS + (one % HALF_HOURS);
  const apartMs = Math.abs(trailAt[one] - trailAt[other]);
  if (!(apartMs <= BESIDE_MS) || !isElsewhere(columns, other, query)) return null;
  const [lon, lat] = [trailLonE7[other] / 1e7, trailLatE7[other] / 1e7];
  const metres = distanceM(trailLonE7[one] / 1e7, trailLatE7[one] / 1e7, lon, lat);
  return Math.max(0, metres - runM(BESIDE_KN, apartMs));
}

/** The entry of a hull's trail nearest to an instant, before (-1) or after (1) it; -1 where there is none. */
function nearestEntry({ trailAt }: PlaceColumns, slot: number, at: number, side: -1 | 1): number {
  let nearest = -1;
  for (let i = 0; i < HALF_HOURS; i++) {
    const entry = slot * HALF_HOURS + i;
    const ms = (trailAt[entry] - at) * side;
    if (ms >= 0 && (nearest < 0 || ms < (trailAt[nearest] - at) * side)) nearest = entry;
  }
  return nearest;
}

/** Returns whether a hull was away from a place in an interval. */
export function wasElsewhere(columns: PlaceColumns, slot: number, query: TrailQuery): boolean {
  for (let i = 0; i < HALF_HOURS; i++) if (isElsewhere(columns, slot * HALF_HOURS + i, query)) return true;
  return false;
}

function isElsewhere(columns: PlaceColumns, entry: number, { lon, lat, from, to }: TrailQuery): boolean {
  const at = columns.trailAt[entry];
  if (!(at >= from && at <= to)) return false;
  return distanceM(columns.trailLonE7[entry] / 1e7, columns.trailLatE7[entry] / 1e7, lon, lat) > ELSEWHERE_M;
}
