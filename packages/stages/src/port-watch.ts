import { STOP_MS, type Berths, type VisitLimits } from '@offing/rules';
import { MISSING_16 } from '@offing/track';
import { HOUR_MS, METRES_PER_NAUTICAL_MILE, MINUTE_MS } from '@offing/units';

/** Where a hull is to the ports: outside; inside under way, stopped since just now, or stopped for a while. */
export const PORT_STATE = { outside: 0, moving: 1, stoppedNow: 2, stopped: 3 } as const;

/** How far a look for the nearest berth reaches, km. */
const LOOK_KM = 8;
/** A ship in a square of the grid without a berth near may move this far before the grid is read again, km. */
export const GRID_KM = 2;
/** No look lets a ship move less than this before the next, metres. */
const LEAST_FREE_M = 20;
/** A stopped ship that was heard farther off than this has shifted, metres (ours: beyond swinging and the noise of fixes). */
const SHIFT_M = 500;
/** A ship without a speed has stopped when it made good less than the stopping speed for at least this long (ours). */
const STILL_MS = 30 * MINUTE_MS;
/** Less than this is still, metres (ours: 0.2 kn for half an hour). */
const STILL_M = 185;
const METRES_PER_E7 = 0.0111195;
const AT_ANCHOR = 1;
/** Beyond any place: the first position is always looked at. */
const NEVER_E7 = -2_000_000_000;

/** What is kept of each hull, one entry a slot. Plain data. */
export type PortColumns = {
  capacity: number;
  /** One of PORT_STATE. */
  state: Uint8Array;
  /** 1 where the ship said to be at anchor when it stopped. */
  anchored: Uint8Array;
  /** Where the berths were looked for last, and how far it may move until the answer can be another, 1e-7 degrees. */
  lookLonE7: Int32Array;
  lookLatE7: Int32Array;
  freeE7: Int32Array;
  /** Where and since when a ship inside lies still, or was when it last moved. */
  stillLonE7: Int32Array;
  stillLatE7: Int32Array;
  stillAt: Float64Array;
};

/** Returns columns with room for `capacity` hulls, with what other columns held. */
export function portColumns(capacity: number, before?: PortColumns): PortColumns {
  const columns: PortColumns = {
    capacity,
    state: new Uint8Array(capacity),
    anchored: new Uint8Array(capacity),
    lookLonE7: new Int32Array(capacity).fill(NEVER_E7),
    lookLatE7: new Int32Array(capacity).fill(NEVER_E7),
    freeE7: new Int32Array(capacity),
    stillLonE7: new Int32Array(capacity),
    stillLatE7: new Int32Array(capacity),
    stillAt: new Float64Array(capacity),
  };
  if (before === undefined) return columns;
  for (const name of Object.keys(columns) as (keyof PortColumns)[])
    if (name !== 'capacity') columns[name].set(before[name]);
  return columns;
}

/** Returns whether a hull may have moved so far since the last look that the answer is another; two reads for a ship that lies still. */
export function mustLook(
  columns: Pick<PortColumns, 'lookLonE7' | 'lookLatE7' | 'freeE7'>,
  slot: number,
  lonE7: number,
  latE7: number,
): boolean {
  const moved = Math.abs(lonE7 - columns.lookLonE7[slot]) + Math.abs(latE7 - columns.lookLatE7[slot]);
  return moved > columns.freeE7[slot];
}

/** Notes that a hull is far from every berth at a place, so that it may move on for a while without a question. */
export function farFromBerths(columns: PortColumns, slot: number, lonE7: number, latE7: number): void {
  columns.lookLonE7[slot] = lonE7;
  columns.lookLatE7[slot] = latE7;
  columns.freeE7[slot] = (GRID_KM * 1000) / METRES_PER_E7;
}

/** Looks whether a hull is outside all ports or inside one; `portId` is that of the visit it is on, null before its first stop. */
export function isInside(
  columns: PortColumns,
  slot: number,
  lonE7: number,
  latE7: number,
  limits: VisitLimits,
  berths: Berths,
  portId: string | null,
): boolean {
  const wasInside = columns.state[slot] !== PORT_STATE.outside;
  const lon = lonE7 / 1e7;
  const lat = latE7 / 1e7;
  const lookKm = Math.max(LOOK_KM, limits.leaveKm + GRID_KM);
  const near =
    wasInside && portId !== null
      ? berths.nearestOfFamily(portId, lon, lat, lookKm)
      : berths.nearest(lon, lat, lookKm);
  const km = near?.km ?? lookKm;
  const inside = wasInside ? km < limits.leaveKm : km <= limits.enterKm;
  const spareKm = inside ? limits.leaveKm - km : km - limits.enterKm;
  columns.lookLonE7[slot] = lonE7;
  columns.lookLatE7[slot] = latE7;
  // The sum of both differences is never less than the way, so nothing is missed.
  if (wasInside && !inside) {
    // Another port may be near: it is looked for at once.
    columns.freeE7[slot] = -1;
    return false;
  }
  columns.freeE7[slot] = Math.max(LEAST_FREE_M, spareKm * 1000 * 0.99) / METRES_PER_E7;
  return inside;
}

/** Returns the state of a hull inside a port after a position. */
export function motionAfter(
  columns: PortColumns,
  slot: number,
  at: number,
  lonE7: number,
  latE7: number,
  sogDkn: number,
  limits: VisitLimits,
): number {
  const before = columns.state[slot];
  const wasStill = before >= PORT_STATE.stoppedNow;
  const away = Math.abs(lonE7 - columns.stillLonE7[slot]) + Math.abs(latE7 - columns.stillLatE7[slot]);
  if (sogDkn === MISSING_16) return unsaid(columns, slot, at, away, limits);
  if (sogDkn < limits.stopKn * 10 || (wasStill && sogDkn <= limits.movingKn * 10)) {
    const goesOn = wasStill && away * METRES_PER_E7 <= SHIFT_M;
    return goesOn && at - columns.stillAt[slot] >= STOP_MS ? PORT_STATE.stopped : PORT_STATE.stoppedNow;
  }
  return PORT_STATE.moving;
}

/** The state of a hull that reports no speed, by what it made good. */
function unsaid(columns: PortColumns, slot: number, at: number, awayE7: number, limits: VisitLimits): number {
  const metres = awayE7 * METRES_PER_E7;
  const stillMs = at - columns.stillAt[slot];
  const stopM = (stillMs / HOUR_MS) * limits.stopKn * METRES_PER_NAUTICAL_MILE;
  if (columns.state[slot] < PORT_STATE.stoppedNow)
    return stillMs >= STILL_MS && metres <= stopM ? PORT_STATE.stoppedNow : PORT_STATE.moving;
  if (metres > Math.max(SHIFT_M, stopM)) return PORT_STATE.moving;
  return stillMs >= STOP_MS ? PORT_STATE.stopped : PORT_STATE.stoppedNow;
}

/** Returns whether a hull has moved on from where it was last said to be, so that it can only now begin to lie still. */
export function movedOn(columns: PortColumns, slot: number, lonE7: number, latE7: number): boolean {
  const away = Math.abs(lonE7 - columns.stillLonE7[slot]) + Math.abs(latE7 - columns.stillLatE7[slot]);
  return away * METRES_PER_E7 > (columns.state[slot] === PORT_STATE.moving ? STILL_M : SHIFT_M);
}

/** Notes a hull's new state and, where it is not one that goes on, where it is in it. */
export function setMotion(
  columns: PortColumns,
  slot: number,
  state: number,
  at: number,
  lonE7: number,
  latE7: number,
  navStatus: number,
): void {
  const goesOn = state === PORT_STATE.stopped;
  columns.state[slot] = state;
  columns.anchored[slot] = navStatus === AT_ANCHOR ? 1 : 0;
  if (goesOn) return;
  columns.stillLonE7[slot] = lonE7;
  columns.stillLatE7[slot] = latE7;
  columns.stillAt[slot] = at;
}
