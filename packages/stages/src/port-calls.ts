import {
  beginVisit,
  continueVisit,
  endVisit,
  type Berths,
  type Fix,
  type HourSummary,
  type Motion,
  type Visit,
  type VisitChange,
  type VisitLimits,
  type Waiting,
} from '@offing/rules';
import { MISSING_16, type HullColumns, type RecordColumns } from '@offing/track';
import { makeWatchGrid } from '@offing/gazetteer';
import { HOUR_MS } from '@offing/units';
import {
  farFromBerths,
  GRID_KM,
  isInside,
  motionAfter,
  movedOn,
  mustLook,
  PORT_STATE,
  portColumns,
  setMotion,
  type PortColumns,
} from './port-watch.ts';

/** What port calls hold, as plain data. */
export type PortCallsDump = {
  readonly columns: PortColumns;
  readonly visits: ReadonlyMap<number, Visit>;
  readonly waiting: ReadonlyMap<number, Waiting>;
};

const MOTIONS: readonly Motion[] = ['moving', 'moving', 'stopped-now', 'stopped'];
/** A wait ends when the ship was not seen slow for this long, or comes in later than that (ours). */
const WAIT_PAUSE_MS = 12 * HOUR_MS;
/** A ship was seen coming when it had been heard for this long before it lay down (ours). */
const SEEN_COMING_MS = HOUR_MS;

/**
 * The visits of all hulls to all ports. Each position costs a few reads; only a change of motion inside a port, or coming
 * in and leaving, makes an object.
 */
export class PortCalls {
  #columns: PortColumns;
  #visits: Map<number, Visit>;
  #waiting: Map<number, Waiting>;
  #limits: VisitLimits;
  #berths: Berths;
  #isNear: (lonE7: number, latE7: number) => boolean;

  constructor(limits: VisitLimits, berths: Berths, dump?: PortCallsDump) {
    this.#limits = limits;
    this.#berths = berths;
    this.#isNear = makeWatchGrid(berths.places, limits.enterKm + GRID_KM);
    this.#columns = dump ? portColumns(dump.columns.capacity, dump.columns) : portColumns(1024);
    this.#visits = new Map(dump?.visits ?? []);
    this.#waiting = new Map(dump?.waiting ?? []);
  }

  /** Makes a slot ready for a hull that begins. */
  clear(slot: number): void {
    if (slot >= this.#columns.capacity)
      this.#columns = portColumns(Math.max(slot + 1, this.#columns.capacity * 2), this.#columns);
    this.#columns.state[slot] = PORT_STATE.outside;
    this.#columns.freeE7[slot] = -1;
    this.#visits.delete(slot);
    this.#waiting.delete(slot);
  }

  /** Returns whether a position changes a hull's motion or place in a port; the hull's columns still hold the one before. */
  isChange(hulls: HullColumns, slot: number, records: RecordColumns, row: number): boolean {
    const columns = this.#columns;
    const lonE7 = records.lonE7[row];
    const latE7 = records.latE7[row];
    const state = columns.state[slot];
    const isOutside = state === PORT_STATE.outside;
    const looks = mustLook(columns, slot, lonE7, latE7);
    if (looks && isOutside && !this.#isNear(lonE7, latE7)) {
      farFromBerths(columns, slot, lonE7, latE7);
      return false;
    }
    const inside = looks
      ? isInside(columns, slot, lonE7, latE7, this.#limits, this.#berths, this.#portOf(slot))
      : !isOutside;
    if (!inside) {
      columns.state[slot] = PORT_STATE.outside;
      return !isOutside;
    }
    return this.#isChangeInside(hulls, slot, records, row);
  }

  /**
   * Returns what comes of a position that `isChange` found to be one; `before` is null for a hull's first;
   * the receivers were out for `outMs` of the time since.
   */
  take(slot: number, before: Fix | null, fix: Fix, outMs: number): VisitChange | null {
    const visit = this.#visits.get(slot);
    const state = this.#columns.state[slot];
    const step = { before, fix, motion: MOTIONS[state], outMs };
    if (state === PORT_STATE.outside) {
      if (visit === undefined) return null;
      this.#visits.delete(slot);
      const ended = endVisit(this.#limits, visit, step, this.#berths);
      if (ended.stops.length === 0) return null;
      return { change: 'closed', visit: this.#withWaiting(slot, ended), wasTold: visit.stops.length > 0 };
    }
    const began = visit ?? beginVisit(this.#limits, step);
    const next = continueVisit(this.#limits, began, step, this.#berths);
    const told = this.#withWaiting(slot, next);
    this.#visits.set(slot, told);
    if (told.stops.length === 0) return null;
    if (began.stops.length === 0) return { change: 'opened', visit: told, wasTold: false };
    return isElsewhere(began, told) ? { change: 'revised', visit: told, wasTold: true } : null;
  }

  /** Returns whether a hull is outside all ports: after leaving one, it may be in another already. */
  isOutside(slot: number): boolean {
    return this.#columns.state[slot] === PORT_STATE.outside;
  }

  /** Returns whether a hull lies at a berth. */
  isBerthed(slot: number): boolean {
    return this.#visits.get(slot)?.stops.at(-1)?.to === null;
  }

  /** Takes note of a slow hour near the places where ships wait; `firstAt` is when the hull was first heard, ms. */
  waits(slot: number, hour: HourSummary, firstAt: number): void {
    if (this.isBerthed(slot)) return;
    const known = this.#waiting.get(slot);
    const { first, last, lon, lat } = hour;
    if (known !== undefined && first.at - known.lastAt <= WAIT_PAUSE_MS) {
      const slowHours = known.slowHours + 1;
      this.#waiting.set(slot, { ...known, lastAt: last.at, heardAt: last.at, slowHours });
      return;
    }
    const seenComing = first.at - firstAt >= SEEN_COMING_MS;
    const times = { firstAt: first.at, lastAt: last.at, heardAt: last.at };
    this.#waiting.set(slot, { ...times, lon, lat, slowHours: 1, seenComing, mayHaveCalled: false });
  }

  /** Takes note that a hull that may be waiting was heard; returns its wait when that is over without a visit, else null. */
  heardWhileWaiting(slot: number, firstAt: number, lastAt: number): Waiting | null {
    const known = this.#waiting.get(slot);
    if (known === undefined) return null;
    const hidden = firstAt - known.heardAt > this.#limits.gapH * HOUR_MS;
    const now = { ...known, heardAt: lastAt, mayHaveCalled: known.mayHaveCalled || hidden };
    if (firstAt - known.lastAt <= WAIT_PAUSE_MS || !this.isOutside(slot)) {
      this.#waiting.set(slot, now);
      return null;
    }
    this.#waiting.delete(slot);
    return now;
  }

  /** Returns everything held, as plain data that shares memory with this. */
  dump(): PortCallsDump {
    return { columns: this.#columns, visits: this.#visits, waiting: this.#waiting };
  }

  #portOf(slot: number): string | null {
    return this.#visits.get(slot)?.stops.at(-1)?.portId ?? null;
  }

  #isChangeInside(hulls: HullColumns, slot: number, records: RecordColumns, row: number): boolean {
    const columns = this.#columns;
    const at = records.at[row];
    const lonE7 = records.lonE7[row];
    const latE7 = records.latE7[row];
    const navStatus = records.navStatus[row];
    const entered = columns.state[slot] === PORT_STATE.outside;
    if (entered) setMotion(columns, slot, PORT_STATE.moving, at, lonE7, latE7, navStatus);
    const state = columns.state[slot];
    const saysOtherwise =
      state >= PORT_STATE.stoppedNow && (columns.anchored[slot] === 1) !== (navStatus === 1);
    const next =
      saysOtherwise && records.sogDkn[row] <= this.#limits.movingKn * 10
        ? PORT_STATE.stoppedNow
        : motionAfter(columns, slot, at, lonE7, latE7, records.sogDkn[row], this.#limits);
    const silent = !entered && at - hulls.lastAt[slot] > this.#limits.gapH * HOUR_MS;
    const begins = next === PORT_STATE.stoppedNow && (saysOtherwise || movedOn(columns, slot, lonE7, latE7));
    if (entered || next !== state || begins) {
      setMotion(columns, slot, next, at, lonE7, latE7, navStatus);
      return true;
    }
    if (
      next === PORT_STATE.moving &&
      records.sogDkn[row] === MISSING_16 &&
      movedOn(columns, slot, lonE7, latE7)
    )
      setMotion(columns, slot, next, at, lonE7, latE7, navStatus);
    return silent;
  }

  /** The visit with the wait that came before it, if there was one. */
  #withWaiting(slot: number, visit: Visit): Visit {
    const waiting = this.#waiting.get(slot);
    if (waiting === undefined || visit.stops.length === 0) return visit;
    this.#waiting.delete(slot);
    const before = visit.stops[0].from.at;
    const fits =
      visit.waiting === null && waiting.firstAt < before && before - waiting.lastAt <= WAIT_PAUSE_MS;
    return fits ? { ...visit, waiting } : visit;
  }
}

/** Whether a stop at another port began. */
function isElsewhere(before: Visit, after: Visit): boolean {
  const known = new Set(before.stops.map((stop) => stop.portId));
  return after.stops.some((stop) => !known.has(stop.portId));
}
