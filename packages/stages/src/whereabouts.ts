import { runM } from '@offing/rules';
import { distanceM } from '@offing/geo';
import { MINUTE_MS } from '@offing/units';
import { HALF_HOURS, type PlaceColumns } from './place-columns.ts';

const HALF_HOUR_MS = 30 * MINUTE_MS;
/** Two ships are side by side within this distance, metres, and this speed times the time between their reports, kn (ours). */
const BESIDE_M = 2000;
const BESIDE_KN = 12;
const BESIDE_MS = 10 * MINUTE_MS;
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
 * devices of one ship.
 */
export function wereSideBySide(columns: PlaceColumns, a: number, b: number, query: TrailQuery): boolean {
  let times = 0;
  for (let i = 0; i < HALF_HOURS; i++) {
    const one = a * HALF_HOURS + i;
    const other = b * HALF_HOURS + i;
    if (
      isElsewhere(columns, one, query) &&
      isElsewhere(columns, other, query) &&
      isBeside(columns, one, other)
    )
      times++;
  }
  return times >= BESIDE_TIMES;
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

function isBeside({ trailAt, trailLonE7, trailLatE7 }: PlaceColumns, one: number, other: number): boolean {
  const apartMs = Math.abs(trailAt[one] - trailAt[other]);
  if (apartMs > BESIDE_MS) return false;
  const metres = distanceM(
    trailLonE7[one] / 1e7,
    trailLatE7[one] / 1e7,
    trailLonE7[other] / 1e7,
    trailLatE7[other] / 1e7,
  );
  return metres <= BESIDE_M + runM(BESIDE_KN, apartMs);
}
