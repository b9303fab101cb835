import { distanceFastM, distanceM } from '@offing/geo';
import type { TrailPoint } from '@offing/rules';
import type { HullColumns } from '@offing/track';
import { HOUR_MS, METRES_PER_NAUTICAL_MILE, MINUTE_MS } from '@offing/units';
import type { VesselColumns } from './vessel-columns.ts';

/** Points kept of a hull; when there are more, the one that says least is dropped (ours). */
export const TRAIL_POINTS = 12;

/** A point is kept when the ship has come this far since the last, or so much time has passed (ours). */
const STEP_M = 20_000;
const STEP_MIN = 6 * 60;
/** Where a ship has come to lie still for an hour it leaves a point, if it is this far from the last, metres (ours). */
const STOP_STEP_M = 1000;
const STILL_M = 500;
const STILL_MS = 20 * MINUTE_MS;
/** Over less time a speed made good is mostly noise, over more it is no longer one of a ship that was observed, ms (ours). */
const LEG_LEAST_MS = 30 * MINUTE_MS;
const LEG_MOST_MS = 12 * HOUR_MS;
/** Faster than this is no ship's service speed, kn (ours). */
const SERVICE_MOST_KN = 40;

/** What trails hold, as plain data. */
export type TrailColumns = {
  capacity: number;
  count: Uint8Array;
  /** TRAIL_POINTS entries a slot, oldest first; minutes since 1970. */
  minute: Int32Array;
  lonE7: Int32Array;
  latE7: Int32Array;
  /** 1 where the ship lay still in that hour. */
  still: Uint8Array;
  /** End of the last hour that was taken in, ms, 0 before the first, and where. */
  markAt: Float64Array;
  markLonE7: Int32Array;
  markLatE7: Int32Array;
  /** Highest speed made good from one such end to another, 0.01 kn. */
  serviceCkn: Uint16Array;
};

/** Returns columns with room for `capacity` hulls. */
export function makeTrailColumns(capacity: number): TrailColumns {
  return {
    capacity,
    count: new Uint8Array(capacity),
    minute: new Int32Array(capacity * TRAIL_POINTS),
    lonE7: new Int32Array(capacity * TRAIL_POINTS),
    latE7: new Int32Array(capacity * TRAIL_POINTS),
    still: new Uint8Array(capacity * TRAIL_POINTS),
    markAt: new Float64Array(capacity),
    markLonE7: new Int32Array(capacity),
    markLatE7: new Int32Array(capacity),
    serviceCkn: new Uint16Array(capacity),
  };
}

/**
 * A coarse memory of where each hull came from, and of the speed that it can keep. It is asked to take note once for
 * each hour with positions, never for each position.
 */
export class Trails {
  #columns: TrailColumns;

  constructor(columns?: TrailColumns) {
    this.#columns = columns === undefined ? makeTrailColumns(1024) : grown(columns, columns.capacity);
  }

  /** Returns everything held, as plain data that shares memory with the trails. */
  dump(): TrailColumns {
    return this.#columns;
  }

  /** Makes a slot ready for a hull that begins. */
  clear(slot: number): void {
    if (slot >= this.#columns.capacity)
      this.#columns = grown(this.#columns, Math.max(slot + 1, this.#columns.capacity * 2));
    this.#columns.count[slot] = 0;
    this.#columns.markAt[slot] = 0;
    this.#columns.serviceCkn[slot] = 0;
  }

  /** Takes note of an hour that ended: its sums and the hull's last position, which is that of the hour. */
  note(slot: number, vessels: VesselColumns, hulls: HullColumns): void {
    this.#noteSpeed(slot, vessels, hulls);
    const lonE7 = vessels.hourFirstLonE7[slot];
    const latE7 = vessels.hourFirstLatE7[slot];
    const minute = Math.floor(vessels.hourFirstAt[slot] / MINUTE_MS);
    const { count, still } = this.#columns;
    const lies = liesStill(slot, vessels, hulls);
    if (count[slot] > 0) {
      const last = slot * TRAIL_POINTS + count[slot] - 1;
      const metres = metresBetween(this.#columns.lonE7[last], this.#columns.latE7[last], lonE7, latE7);
      if (lies && metres < STOP_STEP_M) still[last] = 1;
      const stopped = lies && metres >= STOP_STEP_M;
      if (metres < STEP_M && minute - this.#columns.minute[last] < STEP_MIN && !stopped) return;
    }
    if (count[slot] === TRAIL_POINTS) this.#dropOne(slot);
    const end = slot * TRAIL_POINTS + count[slot]++;
    this.#columns.minute[end] = minute;
    this.#columns.lonE7[end] = lonE7;
    this.#columns.latE7[end] = latE7;
    still[end] = lies ? 1 : 0;
  }

  /** Returns where the hull in a slot was, oldest first. */
  points(slot: number): readonly TrailPoint[] {
    const { count, minute, lonE7, latE7, still } = this.#columns;
    return Array.from({ length: count[slot] }, (_, i) => {
      const entry = slot * TRAIL_POINTS + i;
      const at = minute[entry] * MINUTE_MS;
      return { at, lon: lonE7[entry] / 1e7, lat: latE7[entry] / 1e7, still: still[entry] === 1 };
    });
  }

  /** Returns the highest speed that the hull made good over half an hour and more, kn; null where none is known. */
  serviceKn(slot: number): number | null {
    const speed = this.#columns.serviceCkn[slot];
    return speed === 0 ? null : speed / 100;
  }

  #noteSpeed(slot: number, vessels: VesselColumns, hulls: HullColumns): void {
    const { markAt, markLonE7, markLatE7, serviceCkn } = this.#columns;
    const isFirst = markAt[slot] === 0;
    const at = isFirst ? vessels.hourFirstAt[slot] : markAt[slot];
    const ms = hulls.lastAt[slot] - at;
    if (ms < LEG_LEAST_MS) return;
    const lonE7 = isFirst ? vessels.hourFirstLonE7[slot] : markLonE7[slot];
    const latE7 = isFirst ? vessels.hourFirstLatE7[slot] : markLatE7[slot];
    const metres = metresBetween(lonE7, latE7, hulls.lastLonE7[slot], hulls.lastLatE7[slot]);
    const speedKn = metres / METRES_PER_NAUTICAL_MILE / (ms / HOUR_MS);
    if (ms <= LEG_MOST_MS && speedKn <= SERVICE_MOST_KN)
      serviceCkn[slot] = Math.max(serviceCkn[slot], Math.ceil(speedKn * 100));
    markAt[slot] = hulls.lastAt[slot];
    markLonE7[slot] = hulls.lastLonE7[slot];
    markLatE7[slot] = hulls.lastLatE7[slot];
  }

  /** Drops the point between two others that lie closest together for their age. */
  #dropOne(slot: number): void {
    const { count, minute, lonE7, latE7, still } = this.#columns;
    const start = slot * TRAIL_POINTS;
    const end = start + count[slot];
    const newest = minute[end - 1];
    let least = start + 1;
    let leastSpan = Infinity;
    for (let i = start + 1; i < end - 1; i++) {
      const span = (minute[i + 1] - minute[i - 1]) / (newest - minute[i] + STEP_MIN);
      if (span < leastSpan) [least, leastSpan] = [i, span];
    }
    for (const column of [minute, lonE7, latE7, still]) column.copyWithin(least, least + 1, end);
    count[slot]--;
  }
}

function liesStill(slot: number, vessels: VesselColumns, hulls: HullColumns): boolean {
  if (hulls.lastAt[slot] - vessels.hourFirstAt[slot] < STILL_MS) return false;
  const { lastLonE7, lastLatE7 } = hulls;
  const { hourFirstLonE7, hourFirstLatE7 } = vessels;
  return (
    metresBetween(hourFirstLonE7[slot], hourFirstLatE7[slot], lastLonE7[slot], lastLatE7[slot]) <= STILL_M
  );
}

/** Exact where the plane is not: far apart and near the poles. */
function metresBetween(lonAE7: number, latAE7: number, lonBE7: number, latBE7: number): number {
  const plane = distanceFastM(lonAE7 / 1e7, latAE7 / 1e7, lonBE7 / 1e7, latBE7 / 1e7);
  if (plane < 60_000 && Math.abs(latAE7) < 700_000_000) return plane;
  return distanceM(lonAE7 / 1e7, latAE7 / 1e7, lonBE7 / 1e7, latBE7 / 1e7);
}

function grown(columns: TrailColumns, capacity: number): TrailColumns {
  const more = makeTrailColumns(Math.max(1024, capacity));
  for (const [name, values] of Object.entries(columns)) {
    if (ArrayBuffer.isView(values)) (more as unknown as Record<string, Int32Array>)[name].set(values);
  }
  return more;
}
