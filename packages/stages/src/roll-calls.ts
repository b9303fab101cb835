import type { Gazetteer, LocatedPort } from '@offing/gazetteer';
import { lonDeltaDeg, wrapLonDeg } from '@offing/geo';
import {
  mooredAt,
  ROLL_CALL_MS,
  type RollCall,
  type RollCallHistory,
  type RollCallLimits,
  type VesselView,
} from '@offing/rules';
import { HULL_STATE, MISSING_16, type HullTable } from '@offing/track';
import { DAY_MS, isShipMmsi } from '@offing/units';
import { groupsOf } from './groups.ts';
import { fixOf, madeGoodKn } from './hours.ts';
import type { PlaceColumns } from './place-columns.ts';
import type { VesselColumns } from './vessel-columns.ts';

/** The newest counts are left out of a port's history for so long: a group may gather over a day (ours). */
const GATHER_MS = DAY_MS;

/** What roll calls hold, as plain data. */
export type RollCallsDump = {
  /** Numbers of the roll calls that were held, oldest first. */
  readonly held: readonly number[];
  /** By port: the number of each roll call at which someone answered, and how many. */
  readonly counts: ReadonlyMap<string, readonly (readonly [number, number])[]>;
  /** By slot: since when a hull that answered the newest roll call lies there. */
  readonly since: ReadonlyMap<number, number>;
};

/** What roll calls look at. */
export type RollCallScene = {
  readonly hulls: HullTable;
  readonly vessels: VesselColumns;
  readonly columns: PlaceColumns;
  readonly hasNexus: (slot: number) => boolean;
  readonly view: (slot: number) => VesselView;
};

/** A ship with nexus that lies off a watched port. */
type Present = {
  readonly slot: number;
  readonly mmsi: number;
  readonly lon: number;
  readonly lat: number;
  readonly since: number;
  readonly lastHeardAt: number;
};

/**
 * Counts, each six hours of event time, the ships with nexus that lie together off each watched port, and keeps the
 * counts of the port's history. An instant at which nothing at all had been heard for six hours is no count.
 */
export class RollCalls {
  #limits: RollCallLimits;
  #gazetteer: Gazetteer;
  #held: number[];
  #counts: Map<string, (readonly [number, number])[]>;
  #since: Map<number, number>;

  constructor(limits: RollCallLimits, gazetteer: Gazetteer, dump?: RollCallsDump) {
    this.#limits = limits;
    this.#gazetteer = gazetteer;
    this.#held = [...(dump?.held ?? [])];
    this.#counts = new Map([...(dump?.counts ?? [])].map(([port, list]) => [port, [...list]]));
    this.#since = new Map(dump?.since ?? []);
  }

  /** Returns everything held, as plain data. */
  dump(): RollCallsDump {
    return { held: this.#held, counts: this.#counts, since: this.#since };
  }

  /** Holds the roll call of an instant; returns what it gives at each port where someone lies or did of late, by port. */
  hold(at: number, scene: RollCallScene): readonly RollCall[] {
    const present = this.#present(at, scene);
    this.#since = new Map(present.map(({ slot, since }) => [slot, since]));
    const groups = this.#largestByPort(present);
    const ports = new Set([...groups.keys(), ...this.#counts.keys()]);
    const calls = [...ports].sort().flatMap((id) => {
      const port = groups.get(id)?.port ?? this.#port(id);
      if (port === null) return [];
      const members = (groups.get(id)?.ships ?? []).map(({ slot, ...ship }) => ({
        ...ship,
        vessel: scene.view(slot),
      }));
      return [{ at, port, members, history: this.#history(id, at) }];
    });
    this.#note(at, groups);
    return calls;
  }

  #port(id: string): LocatedPort | null {
    const port = this.#gazetteer.port(id);
    return port === null || port.lon === null || port.lat === null ? null : (port as LocatedPort);
  }

  #present(at: number, scene: RollCallScene): Present[] {
    const { hulls } = scene;
    const { mmsi, lastAt, lastLonE7, lastLatE7 } = hulls.columns;
    const present: Present[] = [];
    for (let slot = 0; slot < hulls.columns.size; slot++) {
      if (
        at - lastAt[slot] > this.#limits.heardMs ||
        !this.#gazetteer.nearWatched(lastLonE7[slot], lastLatE7[slot])
      )
        continue;
      if (!isSlow(scene, slot, this.#limits.slowKn) || !scene.hasNexus(slot)) continue;
      if (isMoored(scene, slot, this.#gazetteer)) continue;
      const lon = lastLonE7[slot] / 1e7;
      const lat = lastLatE7[slot] / 1e7;
      if (this.#gazetteer.watchedApproach(lon, lat, this.#limits.portKm) === null) continue;
      const since =
        this.#since.get(slot) ??
        cameAt(scene.columns.slowFrom[slot], lastAt[slot], at, this.#held.length > 0);
      present.push({ slot, mmsi: mmsi[slot], lon, lat, since, lastHeardAt: lastAt[slot] });
    }
    return present;
  }

  /** The largest group off each port, by the port that its middle lies off. */
  #largestByPort(present: readonly Present[]): Map<string, { port: LocatedPort; ships: Present[] }> {
    const largest = new Map<string, { port: LocatedPort; ships: Present[] }>();
    for (const ships of groupsOf(present, this.#limits.withinKm * 1000)) {
      const { lon, lat } = middleOf(ships);
      const reachKm = this.#limits.portKm + this.#limits.withinKm;
      const near = this.#gazetteer.watchedApproach(lon, lat, reachKm);
      if (near === null || (largest.get(near.port.id)?.ships.length ?? 0) >= ships.length) continue;
      largest.set(near.port.id, { port: near.port, ships });
    }
    return largest;
  }

  #history(portId: string, at: number): RollCallHistory {
    const from = (at - this.#limits.historyMs) / ROLL_CALL_MS;
    const to = (at - GATHER_MS) / ROLL_CALL_MS;
    const isPart = (call: number): boolean => call >= from && call <= to;
    const samples = this.#held.filter(isPart).length;
    const counts = (this.#counts.get(portId) ?? []).filter(([call]) => isPart(call)).map(([, n]) => n);
    const sum = counts.reduce((total, n) => total + n, 0);
    const squares = counts.reduce((total, n) => total + n * n, 0);
    const mean = samples === 0 ? 0 : sum / samples;
    const variance = samples < 2 ? 0 : Math.max(0, (squares - samples * mean * mean) / (samples - 1));
    return { samples, mean, variance, most: Math.max(0, ...counts) };
  }

  #note(at: number, groups: ReadonlyMap<string, { readonly ships: readonly Present[] }>): void {
    const call = at / ROLL_CALL_MS;
    const oldest = call - this.#limits.historyMs / ROLL_CALL_MS;
    this.#held = [...this.#held.filter((held) => held > oldest), call];
    for (const [id, { ships }] of groups) {
      const known = this.#counts.get(id);
      if (known === undefined) this.#counts.set(id, [[call, ships.length]]);
      else known.push([call, ships.length]);
    }
    for (const [id, list] of this.#counts) {
      const kept = list.filter(([held]) => held > oldest);
      if (kept.length === 0) this.#counts.delete(id);
      else this.#counts.set(id, kept);
    }
  }
}

/** Whether a ship is slow by its last position. */
function isSlow({ hulls }: RollCallScene, slot: number, slowKn: number): boolean {
  const { columns } = hulls;
  if (columns.state[slot] !== HULL_STATE.believed || !isShipMmsi(columns.mmsi[slot])) return false;
  const sogDkn = columns.lastSogDkn[slot];
  const speedKn = sogDkn === MISSING_16 ? madeGoodKn(columns, slot) : sogDkn / 10;
  return speedKn !== null && speedKn < slowKn;
}

function isMoored({ hulls, vessels }: RollCallScene, slot: number, gazetteer: Gazetteer): boolean {
  const fix = fixOf(vessels, hulls.columns, slot);
  const { shipType } = vessels.identity[slot];
  const madeGood = madeGoodKn(hulls.columns, slot);
  const lying = { fix, madeGoodKn: madeGood, aisClass: vessels.aisClass[slot], shipType };
  return mooredAt(lying, gazetteer) !== null;
}

/** Since when a ship lies there that did not answer the roll call before: it came since, if there was one. */
function cameAt(slowFrom: number, lastAt: number, at: number, afterAnother: boolean): number {
  const since = Number.isNaN(slowFrom) ? lastAt : slowFrom;
  return afterAnother ? Math.max(since, at - ROLL_CALL_MS) : since;
}

function middleOf(ships: readonly Present[]): { readonly lon: number; readonly lat: number } {
  const [first] = ships;
  const east = ships.reduce((sum, ship) => sum + lonDeltaDeg(first.lon, ship.lon), 0);
  const lat = ships.reduce((sum, ship) => sum + ship.lat, 0) / ships.length;
  return { lon: wrapLonDeg(first.lon + east / ships.length), lat };
}
