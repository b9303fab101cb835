import { HOUR_MS, METRES_PER_SECOND_PER_KNOT, stableId } from '@offing/units';
import { distanceM } from '@offing/geo';
import { MISSING_16 } from './columns.ts';
import { growHullColumns, HULL_STATE, LOOK_BACK, makeHullColumns, type HullColumns } from './hull-columns.ts';
import { IntMap } from './int-map.ts';

/** Fastest speed at which a ship may have come from one position to the next, kn (GlobalFishingWatch/gpsdio-segment). */
const REACH_KN = 25;
/** A craft that reports more speed is believed to be at most this much faster than it says (ours). */
const REPORTED_MARGIN = 1.3;
/** No report makes the reach faster than this, kn (ours: above the fastest ferries). */
const REACH_MAX_KN = 60;
/** Allowance for fixes and clocks that are a little wrong, metres (ours: a minute's run at 25 kn is 770 m). */
const NOISE_M = 2000;
/** A second hull on an MMSI is believed from this many positions on (ours: two fixes may share one fault). */
const BELIEVED_AFTER = 3;
/** A second hull that was never believed is forgotten after this silence (ours). */
const FORGET_MS = 24 * HOUR_MS;
/** Up to here plane geometry is exact enough to decide whether a place can be reached, metres and degrees. */
const PLANE_M = 50_000;
const PLANE_LAT = 75;
const METRES_PER_E7 = 0.0111195;
const RADIANS_PER_E7 = Math.PI / 180 / 1e7;

/** Where and when a hull with a known id was first seen; lets a run over older data give the hull the id it already has. */
export type Anchor = {
  readonly vesselId: string;
  readonly mmsi: number;
  readonly at: number;
  readonly lonE7: number;
  readonly latE7: number;
};

/** What a hull table holds, as plain data. */
export type HullDump = {
  readonly columns: HullColumns;
  readonly vesselIds: readonly string[];
  readonly hullsUsed: ReadonlyMap<number, number>;
};

/**
 * Splits the stream of an MMSI into hulls. A position joins a hull only if the hull could have come there from one of
 * its last five positions at 25 kn (more, where the craft itself reports more), however long the silence between; else
 * it begins a hull of its own, which is tentative until a third position joins it. Positions come in event-time order.
 *
 * Cannot see: two hulls that share an MMSI and lie within reach of each other.
 */
export class HullTable {
  columns: HullColumns = makeHullColumns(1024);
  #byMmsi = new IntMap(1024);
  #vesselIds: string[] = [];
  #hullsUsed = new Map<number, number>();
  #free: number[] = [];
  #anchors = new Map<number, Anchor[]>();

  /** Returns the slot of the first hull of an MMSI, or -1. */
  firstSlot(mmsi: number): number {
    return this.#byMmsi.get(mmsi);
  }

  /** Returns the id of the hull in a slot. */
  vesselId(slot: number): string {
    return this.#vesselIds[slot];
  }

  /** Returns the believed hull of an MMSI that was heard last, or -1. */
  lastHeard(mmsi: number): number {
    const { next, state, lastAt } = this.columns;
    let best = -1;
    for (let slot = this.#byMmsi.get(mmsi); slot >= 0; slot = next[slot]) {
      if (state[slot] !== HULL_STATE.believed) continue;
      if (best < 0 || lastAt[slot] > lastAt[best]) best = slot;
    }
    return best;
  }

  /** Makes the hulls that begin from now on take the ids of these anchors where they can be the same hull. */
  useAnchors(anchors: readonly Anchor[]): void {
    this.#anchors = new Map();
    for (const anchor of [...anchors].sort((a, b) => a.at - b.at)) {
      const list = this.#anchors.get(anchor.mmsi);
      if (list) list.push(anchor);
      else this.#anchors.set(anchor.mmsi, [anchor]);
    }
  }

  /** Returns the slot of the hull that a position belongs to, or -1 when it can be none of those known. Changes nothing. */
  find(mmsi: number, at: number, lonE7: number, latE7: number, sogDkn: number): number {
    const first = this.#byMmsi.get(mmsi);
    if (first < 0) return -1;
    const alone = this.columns.next[first] < 0;
    if (alone) return this.#leg(first, at, lonE7, latE7, sogDkn) >= 0 ? first : -1;
    return this.#nearest(first, at, lonE7, latE7, sogDkn);
  }

  /** Takes a position into the hull that `find` returned; returns whether the hull came to be believed with it. */
  join(slot: number, at: number, lonE7: number, latE7: number, sogDkn: number): boolean {
    this.#take(slot, at, lonE7, latE7, sogDkn);
    const { state, count, mmsi } = this.columns;
    if (state[slot] === HULL_STATE.believed || count[slot] < BELIEVED_AFTER) return false;
    this.#believe(this.#byMmsi.get(mmsi[slot]), slot);
    return true;
  }

  /**
   * Begins a hull with a position that belongs to none known and returns its slot. The first hull of an MMSI is
   * believed at once, any other is tentative.
   */
  begin(mmsi: number, at: number, lonE7: number, latE7: number, sogDkn: number): number {
    const state = this.#byMmsi.get(mmsi) < 0 ? HULL_STATE.believed : HULL_STATE.tentative;
    const slot = this.#slotFor(mmsi, at);
    const hulls = this.columns;
    const used = this.#hullsUsed.get(mmsi) ?? 0;
    this.#hullsUsed.set(mmsi, used + 1);
    hulls.mmsi[slot] = mmsi;
    hulls.hull[slot] = Math.min(used, 32_767);
    hulls.state[slot] = state;
    hulls.count[slot] = 0;
    hulls.firstAt[slot] = at;
    hulls.firstLonE7[slot] = lonE7;
    hulls.firstLatE7[slot] = latE7;
    this.#vesselIds[slot] = this.#idFor(mmsi, at, lonE7, latE7);
    this.#take(slot, at, lonE7, latE7, sogDkn);
    return slot;
  }

  /** Returns everything held, as plain data that shares memory with the table. */
  dump(): HullDump {
    return { columns: this.columns, vesselIds: this.#vesselIds, hullsUsed: this.#hullsUsed };
  }

  /** Returns a table that goes on from a dump. */
  static restore(dump: HullDump): HullTable {
    const table = new HullTable();
    table.columns = growHullColumns(dump.columns, Math.max(1024, dump.columns.size * 2));
    table.#vesselIds = [...dump.vesselIds];
    table.#hullsUsed = new Map(dump.hullsUsed);
    const { size, mmsi, next, state } = table.columns;
    const isNext = new Uint8Array(size);
    for (let slot = 0; slot < size; slot++) if (next[slot] >= 0) isNext[next[slot]] = 1;
    for (let slot = size - 1; slot >= 0; slot--) {
      if (state[slot] === HULL_STATE.free) table.#free.push(slot);
      else if (isNext[slot] === 0) table.#byMmsi.set(mmsi[slot], slot);
    }
    return table;
  }

  /** Nearest believed hull that can be reached, else the nearest that is not believed, else -1. */
  #nearest(first: number, at: number, lonE7: number, latE7: number, sogDkn: number): number {
    const { next, state } = this.columns;
    let best = -1;
    let bestLeg = Infinity;
    let bestRank = -1;
    for (let slot = first; slot >= 0; slot = next[slot]) {
      const leg = this.#leg(slot, at, lonE7, latE7, sogDkn);
      const rank = state[slot] === HULL_STATE.believed ? 1 : 0;
      if (leg < 0 || rank < bestRank || (rank === bestRank && leg >= bestLeg)) continue;
      best = slot;
      bestLeg = leg;
      bestRank = rank;
    }
    return best;
  }

  /** Metres from the newest of the hull's last positions from which the place can be reached, or -1 when none reaches. */
  #leg(slot: number, at: number, lonE7: number, latE7: number, sogDkn: number): number {
    const hulls = this.columns;
    const sog = Math.max(sogDkn, hulls.lastSogDkn[slot]);
    const reported = sog === MISSING_16 ? 0 : (sog / 10) * REPORTED_MARGIN;
    const speed = Math.min(REACH_MAX_KN, Math.max(REACH_KN, reported)) * METRES_PER_SECOND_PER_KNOT;
    const depth = Math.min(LOOK_BACK, hulls.count[slot]);
    for (let back = 0; back < depth; back++) {
      const entry = slot * LOOK_BACK + ((hulls.ringHead[slot] + LOOK_BACK - back) % LOOK_BACK);
      const metres = metresBetween(hulls.ringLonE7[entry], hulls.ringLatE7[entry], lonE7, latE7);
      if (metres <= NOISE_M + (speed * (at - hulls.ringAt[entry])) / 1000) return metres;
    }
    return -1;
  }

  #take(slot: number, at: number, lonE7: number, latE7: number, sogDkn: number): void {
    const hulls = this.columns;
    const head = (hulls.ringHead[slot] + 1) % LOOK_BACK;
    const entry = slot * LOOK_BACK + head;
    hulls.ringHead[slot] = head;
    hulls.ringAt[entry] = at;
    hulls.ringLonE7[entry] = lonE7;
    hulls.ringLatE7[entry] = latE7;
    hulls.count[slot]++;
    hulls.lastAt[slot] = at;
    hulls.lastLonE7[slot] = lonE7;
    hulls.lastLatE7[slot] = latE7;
    hulls.lastSogDkn[slot] = sogDkn;
  }

  #believe(first: number, slot: number): void {
    const { next, state, count, lastAt, firstAt } = this.columns;
    state[slot] = HULL_STATE.believed;
    for (let other = first; other >= 0; other = next[other]) {
      const outdone = other !== slot && count[other] < BELIEVED_AFTER && lastAt[other] <= firstAt[slot];
      if (outdone) state[other] = HULL_STATE.noise;
    }
  }

  /** A free slot chained behind the MMSI's others; frees those that were never believed and are long silent. */
  #slotFor(mmsi: number, at: number): number {
    const hulls = this.columns;
    const first = this.#byMmsi.get(mmsi);
    let last = first;
    for (let slot = first; slot >= 0; slot = hulls.next[slot]) {
      const stale =
        slot !== first && hulls.state[slot] !== HULL_STATE.believed && at - hulls.lastAt[slot] > FORGET_MS;
      if (stale) {
        hulls.next[last] = hulls.next[slot];
        hulls.state[slot] = HULL_STATE.free;
        this.#free.push(slot);
        // The lowest is taken next: which slot a hull gets must not depend on whether the table was restored meanwhile.
        this.#free.sort((a, b) => b - a);
      } else last = slot;
    }
    const slot = this.#newSlot();
    this.columns.next[slot] = -1;
    if (first < 0) this.#byMmsi.set(mmsi, slot);
    else this.columns.next[last] = slot;
    return slot;
  }

  #newSlot(): number {
    const reused = this.#free.pop();
    if (reused !== undefined) return reused;
    const capacity = this.columns.mmsi.length;
    if (this.columns.size === capacity) this.columns = growHullColumns(this.columns, capacity * 2);
    return this.columns.size++;
  }

  #idFor(mmsi: number, at: number, lonE7: number, latE7: number): string {
    const anchors = this.#anchors.get(mmsi) ?? [];
    const same = anchors.findIndex((anchor) => {
      if (anchor.at < at) return false;
      const metres = metresBetween(anchor.lonE7, anchor.latE7, lonE7, latE7);
      return metres <= NOISE_M + (REACH_KN * METRES_PER_SECOND_PER_KNOT * (anchor.at - at)) / 1000;
    });
    if (same >= 0) return anchors.splice(same, 1)[0].vesselId;
    const id = stableId('v_', [mmsi, at]);
    // Rows rounded to the minute can show two hulls first at one instant: the place tells them apart.
    return this.#isTaken(mmsi, id) ? stableId('v_', [mmsi, at, lonE7, latE7]) : id;
  }

  #isTaken(mmsi: number, vesselId: string): boolean {
    for (let slot = this.#byMmsi.get(mmsi); slot >= 0; slot = this.columns.next[slot])
      if (this.#vesselIds[slot] === vesselId) return true;
    return false;
  }
}

function metresBetween(lonAE7: number, latAE7: number, lonBE7: number, latBE7: number): number {
  const north = (latBE7 - latAE7) * METRES_PER_E7;
  const midLat = ((latAE7 + latBE7) / 2) * RADIANS_PER_E7;
  const east = (lonBE7 - lonAE7) * METRES_PER_E7 * Math.cos(midLat);
  const plane = Math.sqrt(north * north + east * east);
  if (plane < PLANE_M && Math.abs(midLat) < (PLANE_LAT * Math.PI) / 180) return plane;
  return distanceM(lonAE7 / 1e7, latAE7 / 1e7, lonBE7 / 1e7, latBE7 / 1e7);
}
