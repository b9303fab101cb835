import type { Gazetteer } from '@offing/gazetteer';
import { makeWatchGrid } from '@offing/gazetteer';
import type { WatersChange } from '@offing/rules';
import { METRES_PER_NAUTICAL_MILE } from '@offing/units';
import { mustLook } from './port-watch.ts';

/** Territorial waters reach this far from the nearest shore, km (12 nautical miles; baselines are not drawn). */
const WATERS_KM = (12 * METRES_PER_NAUTICAL_MILE) / 1000;
/** Near a shore whose country may change a ship is asked about again after this way at most, and after this at least, km. */
const MOST_KM = 2;
const LEAST_KM = 0.1;
const METRES_PER_E7 = 0.0111195;
const NEVER_E7 = -2_000_000_000;

/** What waters watch holds, as plain data: of each hull in which waters it is (0: none that matter, else 1 + the country's place). */
export type WatersDump = {
  readonly capacity: number;
  readonly state: Uint8Array;
  readonly lookLonE7: Int32Array;
  readonly lookLatE7: Int32Array;
  readonly freeE7: Int32Array;
};

/**
 * In whose waters hulls are: within 12 nautical miles of a shore, those of the country of the nearest shore. Only countries
 * that a rule cares about are told apart; off all other coasts a position costs three reads.
 */
export class WatersWatch {
  #countries: readonly string[];
  #gazetteer: Gazetteer;
  #isNear: (lonE7: number, latE7: number) => boolean;
  #columns: WatersDump;

  constructor(gazetteer: Gazetteer, dump?: WatersDump) {
    this.#gazetteer = gazetteer;
    const askedFor = gazetteer.announcements.filter(({ window }) => window !== null);
    this.#countries = [...new Set(['KP', ...askedFor.map(({ country }) => country)])].sort();
    const places = gazetteer.coastPlaces(new Set(this.#countries));
    this.#isNear = makeWatchGrid(places, WATERS_KM);
    this.#columns = dump ? grown(dump.capacity, dump) : grown(1024);
  }

  /** Makes a slot ready for a hull that begins. */
  clear(slot: number): void {
    if (slot >= this.#columns.capacity)
      this.#columns = grown(Math.max(slot + 1, this.#columns.capacity * 2), this.#columns);
    this.#columns.state[slot] = 0;
    this.#columns.freeE7[slot] = -1;
  }

  /** Returns whether a hull changes waters with a position, and between whose; null when not. */
  take(slot: number, lonE7: number, latE7: number): WatersChange | null {
    if (!mustLook(this.#columns, slot, lonE7, latE7)) return null;
    const before = this.#columns.state[slot];
    const after = this.#look(slot, lonE7, latE7);
    if (before === after) return null;
    this.#columns.state[slot] = after;
    return { from: this.#nameOf(before), to: this.#nameOf(after) };
  }

  /** Returns in whose waters a hull is; null where they are nobody's that matters. */
  of(slot: number): string | null {
    return this.#nameOf(this.#columns.state[slot]);
  }

  /** Returns everything held, as plain data that shares memory with this. */
  dump(): WatersDump {
    return this.#columns;
  }

  #nameOf(state: number): string | null {
    return state === 0 ? null : this.#countries[state - 1];
  }

  #look(slot: number, lonE7: number, latE7: number): number {
    const { lookLonE7, lookLatE7, freeE7 } = this.#columns;
    lookLonE7[slot] = lonE7;
    lookLatE7[slot] = latE7;
    freeE7[slot] = (MOST_KM * 1000) / METRES_PER_E7;
    if (!this.#isNear(lonE7, latE7)) return 0;
    const coast = this.#gazetteer.coastCountry(lonE7 / 1e7, latE7 / 1e7, WATERS_KM + MOST_KM);
    if (coast === null) return 0;
    const spareKm = Math.max(LEAST_KM, Math.min(MOST_KM, Math.abs(WATERS_KM - coast.km)));
    freeE7[slot] = (spareKm * 1000) / METRES_PER_E7;
    return coast.km <= WATERS_KM ? 1 + this.#countries.indexOf(coast.country) : 0;
  }
}

function grown(capacity: number, before?: WatersDump): WatersDump {
  const columns: WatersDump = {
    capacity,
    state: new Uint8Array(capacity),
    lookLonE7: new Int32Array(capacity).fill(NEVER_E7),
    lookLatE7: new Int32Array(capacity).fill(NEVER_E7),
    freeE7: new Int32Array(capacity),
  };
  if (before === undefined) return columns;
  for (const name of Object.keys(columns) as (keyof WatersDump)[])
    if (name !== 'capacity') columns[name].set(before[name]);
  return columns;
}
