import type { Gazetteer } from '@offing/gazetteer';
import {
  CROWD_M,
  GRID_MS,
  ROLL_CALL_MS,
  runM,
  type MeetingLimits,
  type RollCall,
  type RollCallLimits,
  type VesselView,
} from '@offing/rules';
import { LOOK_BACK, MISSING_16, type HullColumns, type HullTable, type RecordColumns } from '@offing/track';
import { HOUR_MS, isShipMmsi, METRES_PER_SECOND_PER_KNOT } from '@offing/units';
import { AnchorageRange } from './anchorage-range.ts';
import { Meetings, type MeetingNews, type MeetingsDump } from './meetings.ts';
import { shortWayE7 } from './meeting-part.ts';
import { metresBetween, NearGrid } from './near-grid.ts';
import { clearPlace, growPlaceColumns, makePlaceColumns, type PlaceColumns } from './place-columns.ts';
import { RollCalls, type RollCallsDump } from './roll-calls.ts';
import { addSlowPoint, copyOf, makeSlowPoints, type SlowPoints } from './slow-points.ts';
import { noteTrail } from './whereabouts.ts';
import type { VesselColumns } from './vessel-columns.ts';
import { unchartedWaters, type CellMemo } from './waters-memo.ts';

/** A ship that says it is slow has not gone farther than that speed leads and this, metres (ours: two fixes, both a little wrong). */
const NOISE_M = 1000;
/** Less than that anywhere, 1e-7 degrees. */
const NOISE_E7 = 89_000;
/** From so many slow ships around a place on, waters without known anchorages are taken for one (ours). */
const CROWD = 5;
const MOORED = 5;
const TURN_E7 = 3_600_000_000;

/** What the place stage holds, as plain data. */
export type PlaceDump = {
  readonly columns: PlaceColumns;
  readonly points: readonly (readonly [number, SlowPoints])[];
  readonly judgedAt: number;
  readonly calledAt: number;
  readonly heardAt: number;
  readonly meetings: MeetingsDump;
  readonly calls: RollCallsDump;
};

/** What the place stage looks at beside its own. */
export type PlaceScene = {
  readonly hulls: HullTable;
  readonly vessels: VesselColumns;
  /** Whether a dated, sourced reason links a hull to the DPRK. */
  readonly hasNexus: (slot: number, at: number) => boolean;
  readonly view: (slot: number) => VesselView;
};

/** What is new of places: meetings of ships, and the ships that lie off ports. */
export type PlaceNews = {
  readonly meetings: readonly MeetingNews[];
  readonly calls: readonly RollCall[];
};

/** What the place stage is made for; null where no rule asks. */
export type PlaceLimits = { readonly meetings: MeetingLimits | null; readonly calls: RollCallLimits | null };

/**
 * Compares hulls with each other. Slow hulls give a point for each instant of a ten-minute grid that lies between two of
 * their positions; an instant is judged once the stream has passed it by the longest time over which a point is
 * interpolated. The stream comes in one event-time order of all feeds, so that a feed that stopped holds nothing back;
 * what it brings later is late, and is folded again. Ships off ports are counted each six hours, by their last positions.
 */
export class PlaceStage {
  columns: PlaceColumns;
  #limits: PlaceLimits;
  #uncharted: CellMemo;
  #anchorages: AnchorageRange;
  #points: Map<number, SlowPoints>;
  #meetings: Meetings | null;
  #calls: RollCalls | null;
  #grid = new NearGrid();
  #seeks = new Uint8Array(0);
  /** Newest grid instant judged, newest roll call held, newest record taken in, ms; NaN before the first. */
  #judgedAt: number;
  #calledAt: number;
  #heardAt: number;
  #dueAt: number;
  /** Points that the newest instant had: the next will have as many. */
  #room = 64;

  constructor(limits: PlaceLimits, gazetteer: Gazetteer, dump?: PlaceDump) {
    this.#limits = limits;
    this.columns = dump ? growPlaceColumns(dump.columns, dump.columns.capacity) : makePlaceColumns(1024);
    this.#uncharted = unchartedWaters(gazetteer);
    this.#anchorages = new AnchorageRange(gazetteer, limits.meetings?.anchorageKm ?? 0);
    this.#points = new Map(dump?.points.map(([at, points]) => [at, copyOf(points)]));
    this.#meetings = limits.meetings && new Meetings(limits.meetings, dump?.meetings);
    this.#calls = limits.calls && new RollCalls(limits.calls, gazetteer, dump?.calls);
    this.#judgedAt = dump?.judgedAt ?? NaN;
    this.#calledAt = dump?.calledAt ?? NaN;
    this.#heardAt = dump?.heardAt ?? NaN;
    this.#dueAt = -Infinity;
    if (!Number.isNaN(this.#heardAt)) this.#setDue();
  }

  /** Returns everything held, as plain data. */
  dump(): PlaceDump {
    return {
      columns: this.columns,
      points: [...this.#points].map(([at, points]) => [at, copyOf(points)]),
      judgedAt: this.#judgedAt,
      calledAt: this.#calledAt,
      heardAt: this.#heardAt,
      meetings: this.#meetings?.dump() ?? new Map(),
      calls: this.#calls?.dump() ?? { held: [], counts: new Map(), since: new Map() },
    };
  }

  /** Whether something may be judged before a record of this time is taken in. */
  isDue(at: number): boolean {
    return at > this.#dueAt;
  }

  /** Judges all that a record of this time shows to be settled, in order; called before it is taken in. */
  judge(at: number, scene: PlaceScene, tell: (news: PlaceNews) => void): void {
    if (Number.isNaN(this.#heardAt)) {
      this.#judgedAt = Math.ceil(at / GRID_MS) * GRID_MS - GRID_MS;
      this.#calledAt = Math.ceil(at / ROLL_CALL_MS) * ROLL_CALL_MS - ROLL_CALL_MS;
    }
    for (;;) {
      const grid = this.#nextGrid(at);
      const call = this.#nextCall();
      if (at <= Math.min(grid + this.#settledMs(), call)) break;
      if (grid + this.#settledMs() <= call) this.#judgeGrid(grid, scene, tell);
      else this.#holdCall(call, scene, tell);
    }
    this.#heardAt = at;
    this.#setDue();
  }

  /** Takes in the first position of a hull that begins. */
  begin(slot: number, at: number, lonE7: number, latE7: number): void {
    if (slot >= this.columns.capacity)
      this.columns = growPlaceColumns(this.columns, Math.max(slot + 1, this.columns.capacity * 2));
    clearPlace(this.columns, slot, Math.ceil(at / GRID_MS) * GRID_MS);
    noteTrail(this.columns, slot, at, lonE7, latE7);
  }

  /** Takes in the next position of a hull; its columns still hold the one before. */
  move(hulls: HullColumns, slot: number, records: RecordColumns, row: number): void {
    const at = records.at[row];
    if (at < this.columns.dueAt[slot]) return;
    noteTrail(this.columns, slot, at, records.lonE7[row], records.latE7[row]);
    const slow = this.#limits.meetings?.slowKn ?? this.#limits.calls?.slowKn ?? 0;
    const sogDkn = slowSogDkn(hulls, slot, records, row, slow);
    if (sogDkn < 0) this.columns.slowFrom[slot] = NaN;
    else if (Number.isNaN(this.columns.slowFrom[slot])) this.columns.slowFrom[slot] = hulls.lastAt[slot];
    const legMs = at - hulls.lastAt[slot];
    if (this.#limits.meetings === null || sogDkn < 0 || legMs > this.#limits.meetings.mostLegMs) {
      // An instant at this very position may still belong to the next leg.
      this.columns.dueAt[slot] = Math.ceil(at / GRID_MS) * GRID_MS;
      return;
    }
    if (isShipMmsi(hulls.mmsi[slot])) this.#addPoints(hulls, slot, records, row, sogDkn);
    this.columns.dueAt[slot] = Math.floor(at / GRID_MS) * GRID_MS + GRID_MS;
  }

  #addPoints(hulls: HullColumns, slot: number, records: RecordColumns, row: number, sogDkn: number): void {
    const at = records.at[row];
    const lastAt = hulls.lastAt[slot];
    const legMs = at - lastAt;
    const east = shortWayE7(records.lonE7[row] - hulls.lastLonE7[slot]);
    const north = records.latE7[row] - hulls.lastLatE7[slot];
    // A hull that was not believed at first may have missed some.
    const first = Math.max(this.columns.dueAt[slot], Math.ceil(lastAt / GRID_MS) * GRID_MS);
    for (let instant = first; instant <= at; instant += GRID_MS) {
      const share = legMs > 0 ? (instant - lastAt) / legMs : 0;
      const lonE7 = wrapE7(hulls.lastLonE7[slot] + Math.round(east * share));
      const latE7 = hulls.lastLatE7[slot] + Math.round(north * share);
      let points = this.#points.get(instant);
      if (points === undefined) this.#points.set(instant, (points = makeSlowPoints(this.#room)));
      addSlowPoint(points, slot, lonE7, latE7, sogDkn, records.navStatus[row], legMs);
    }
  }

  #settledMs(): number {
    return this.#limits.meetings?.mostLegMs ?? 0;
  }

  /** The next grid instant to judge; where no pair is followed, the next with points, or what has not come yet. */
  #nextGrid(at: number): number {
    if (this.#meetings === null) return Infinity;
    if (this.#meetings.size > 0) return this.#judgedAt + GRID_MS;
    let next = Math.max(this.#judgedAt + GRID_MS, Math.floor((at - this.#settledMs()) / GRID_MS) * GRID_MS);
    for (const instant of this.#points.keys()) next = Math.min(next, instant);
    return next;
  }

  #nextCall(): number {
    return this.#calls === null ? Infinity : this.#calledAt + ROLL_CALL_MS;
  }

  #setDue(): void {
    const grid = this.#meetings === null ? Infinity : this.#judgedAt + GRID_MS + this.#settledMs();
    this.#dueAt = Math.min(grid, this.#nextCall());
  }

  #judgeGrid(instant: number, scene: PlaceScene, tell: (news: PlaceNews) => void): void {
    this.#judgedAt = instant;
    const points = this.#points.get(instant) ?? makeSlowPoints(0);
    this.#points.delete(instant);
    this.#room = Math.max(64, points.length);
    if (this.#meetings === null || (points.length === 0 && this.#meetings.size === 0)) return;
    this.#grid.fill(points);
    this.#markSeekers(instant, scene, points);
    const { columns } = this;
    const meeting = { hulls: scene.hulls.columns, columns, points, grid: this.#grid, seeks: this.#seeks };
    const meetings = this.#meetings.look(instant, meeting);
    if (meetings.length > 0) tell({ meetings, calls: [] });
  }

  #markSeekers(instant: number, scene: PlaceScene, points: SlowPoints): void {
    if (this.#seeks.length < points.length) this.#seeks = new Uint8Array(points.length * 2);
    for (let i = 0; i < points.length; i++)
      this.#seeks[i] = this.#isSeeker(instant, scene, points, i) ? 1 : 0;
  }

  /**
   * Whether others are looked for around a point: not for a ship without nexus near an anchorage, nor in a crowd, or
   * moored by its own word, where the gazetteer may lack the anchorage. This is what keeps harbours cheap.
   */
  #isSeeker(instant: number, scene: PlaceScene, points: SlowPoints, i: number): boolean {
    const slot = points.slot[i];
    const lonE7 = points.lonE7[i];
    const latE7 = points.latE7[i];
    if (this.#anchorages.isNear(slot, lonE7, latE7)) return this.#hasNexus(instant, scene, slot);
    if (!this.#uncharted.at(lonE7, latE7)) return true;
    const likeAnchorage =
      points.navStatus[i] === MOORED || this.#grid.search(lonE7, latE7, CROWD_M, CROWD) >= CROWD;
    return !likeAnchorage || this.#hasNexus(instant, scene, slot);
  }

  /** Whether a hull has nexus, as it was when it was asked first in an hour. */
  #hasNexus(at: number, scene: PlaceScene, slot: number): boolean {
    const hour = Math.floor(at / HOUR_MS);
    if (this.columns.nexusHour[slot] !== hour) {
      this.columns.nexusHour[slot] = hour;
      this.columns.nexus[slot] = scene.hasNexus(slot, at) ? 1 : 0;
    }
    return this.columns.nexus[slot] === 1;
  }

  #holdCall(instant: number, scene: PlaceScene, tell: (news: PlaceNews) => void): void {
    const { calls: limits } = this.#limits;
    this.#calledAt = instant;
    // Nobody was heard for so long: the counts would say nothing of the port.
    if (this.#calls === null || limits === null || instant - this.#heardAt > limits.heardMs) return;
    const hasNexus = (slot: number): boolean => this.#hasNexus(instant, scene, slot);
    const calls = this.#calls.hold(instant, { ...scene, hasNexus, columns: this.columns });
    if (calls.length > 0) tell({ meetings: [], calls });
  }
}

/**
 * Returns the speed of a leg, 0.1 kn, if it is slow at both ends and the ship went no farther than that; else -1. Where a
 * speed was not reported, what the hull made good over its last positions counts.
 */
function slowSogDkn(
  hulls: HullColumns,
  slot: number,
  records: RecordColumns,
  row: number,
  slowKn: number,
): number {
  const before = hulls.lastSogDkn[slot];
  const now = records.sogDkn[row];
  const most = Math.max(before, now);
  if (most >= slowKn * 10) return -1;
  if (wentFar(hulls, slot, records, row, slowKn)) return -1;
  if (before !== MISSING_16 && now !== MISSING_16) return most;
  const madeGoodDkn = Math.round(madeGoodKn(hulls, slot, records, row) * 10);
  return madeGoodDkn < slowKn * 10 ? Math.max(most, madeGoodDkn) : -1;
}

/** Whether a ship went farther than it can at a speed. */
function wentFar(
  hulls: HullColumns,
  slot: number,
  records: RecordColumns,
  row: number,
  slowKn: number,
): boolean {
  const east = shortWayE7(records.lonE7[row] - hulls.lastLonE7[slot]);
  const north = records.latE7[row] - hulls.lastLatE7[slot];
  if (Math.abs(east) + Math.abs(north) < NOISE_E7) return false;
  const from = [hulls.lastLonE7[slot], hulls.lastLatE7[slot]] as const;
  const metres = metresBetween(...from, records.lonE7[row], records.latE7[row]);
  return metres > runM(slowKn, records.at[row] - hulls.lastAt[slot]) + NOISE_M;
}

/** What a hull made good from the oldest of its last positions within the hour to a new one, kn. */
function madeGoodKn(hulls: HullColumns, slot: number, records: RecordColumns, row: number): number {
  const at = records.at[row];
  const depth = Math.min(LOOK_BACK, hulls.count[slot]);
  let oldest = slot * LOOK_BACK + hulls.ringHead[slot];
  for (let back = 1; back < depth; back++) {
    const entry = slot * LOOK_BACK + ((hulls.ringHead[slot] + LOOK_BACK - back) % LOOK_BACK);
    if (at - hulls.ringAt[entry] <= HOUR_MS) oldest = entry;
  }
  const seconds = (at - hulls.ringAt[oldest]) / 1000;
  if (seconds <= 0) return 0;
  const metres = metresBetween(
    hulls.ringLonE7[oldest],
    hulls.ringLatE7[oldest],
    records.lonE7[row],
    records.latE7[row],
  );
  return metres / seconds / METRES_PER_SECOND_PER_KNOT;
}

function wrapE7(lonE7: number): number {
  if (lonE7 >= TURN_E7 / 2) return lonE7 - TURN_E7;
  return lonE7 < -TURN_E7 / 2 ? lonE7 + TURN_E7 : lonE7;
}
