import type { ZoneStep } from '@offing/rules';
import { makeWatchGrid, type Zone } from '@offing/gazetteer';
import { KM_PER_DEGREE } from '@offing/geo';
import type { Place } from '@offing/units';
import { mustLook } from './port-watch.ts';

/** Far from every zone a ship is asked about again after this way at most, after this at least, km. */
const MOST_KM = 2;
const LEAST_KM = 0.02;
const METRES_PER_E7 = 0.0111195;
const NEVER_E7 = -2_000_000_000;

type Columns = {
  capacity: number;
  lookLonE7: Int32Array;
  lookLatE7: Int32Array;
  freeE7: Int32Array;
};

/** What zone watch holds, as plain data: where each hull was looked at last, and in which zones (by id) it is. */
export type ZoneDump = { readonly columns: Columns; readonly inside: ReadonlyMap<number, readonly string[]> };

/** In which of the user's zones hulls are; a ship has left one when it is farther outside than the hysteresis. */
export class ZoneWatch {
  #zones: readonly Zone[];
  #hysteresisKm: number;
  #isNear: (lonE7: number, latE7: number) => boolean;
  #columns: Columns;
  #inside: Map<number, readonly string[]>;

  constructor(zones: readonly Zone[], hysteresisKm: number, dump?: ZoneDump) {
    this.#zones = zones;
    this.#hysteresisKm = hysteresisKm;
    this.#isNear = nearZones(zones, hysteresisKm + MOST_KM);
    this.#columns = dump ? grown(dump.columns.capacity, dump.columns) : grown(zones.length === 0 ? 0 : 1024);
    this.#inside = new Map(dump?.inside ?? []);
  }

  /** Makes a slot ready for a hull that begins. */
  clear(slot: number): void {
    if (this.#zones.length === 0) return;
    if (slot >= this.#columns.capacity)
      this.#columns = grown(Math.max(slot + 1, this.#columns.capacity * 2), this.#columns);
    this.#columns.freeE7[slot] = -1;
    this.#inside.delete(slot);
  }

  /** Returns the zones that a hull came into or left with a position; allocates only where it did. */
  take(slot: number, lonE7: number, latE7: number): readonly ZoneStep[] {
    if (this.#zones.length === 0 || !mustLook(this.#columns, slot, lonE7, latE7)) return NONE;
    const { lookLonE7, lookLatE7, freeE7 } = this.#columns;
    lookLonE7[slot] = lonE7;
    lookLatE7[slot] = latE7;
    const known = this.#inside.get(slot) ?? NO_ZONE;
    freeE7[slot] = (MOST_KM * 1000) / METRES_PER_E7;
    if (known.length === 0 && !this.#isNear(lonE7, latE7)) return NONE;
    return this.#look(slot, lonE7 / 1e7, latE7 / 1e7, known);
  }

  /** Returns everything held, as plain data that shares memory with this. */
  dump(): ZoneDump {
    return { columns: this.#columns, inside: this.#inside };
  }

  #look(slot: number, lon: number, lat: number, known: readonly string[]): readonly ZoneStep[] {
    const steps: ZoneStep[] = [];
    let spareKm = MOST_KM;
    let now = known;
    for (const zone of this.#zones) {
      const km = zone.shape.edgeKm(lon, lat);
      const was = known.includes(zone.id);
      const inside = was ? km <= this.#hysteresisKm : km <= 0;
      // What the shape tells is exact to a hundredth.
      spareKm = Math.min(spareKm, Math.abs(inside ? this.#hysteresisKm - km : km) * 0.98);
      if (inside === was) continue;
      steps.push({ zone, inside });
      now = inside ? [...now, zone.id].sort() : now.filter((id) => id !== zone.id);
    }
    if (now.length === 0) this.#inside.delete(slot);
    else if (now !== known) this.#inside.set(slot, now);
    this.#columns.freeE7[slot] = (Math.max(LEAST_KM, spareKm) * 1000) / METRES_PER_E7;
    return steps;
  }
}

const NONE: readonly ZoneStep[] = [];
const NO_ZONE: readonly string[] = [];

/** A grid of the squares in or near the zones' bounds. */
function nearZones(zones: readonly Zone[], km: number): (lonE7: number, latE7: number) => boolean {
  if (zones.length === 0) return () => false;
  const grids = zones.map(({ shape: { bounds } }) => {
    const step = Math.max(0.1, (bounds.east - bounds.west) / 100, (bounds.north - bounds.south) / 100);
    const places: Place[] = [];
    for (let lat = bounds.south; lat < bounds.north + step; lat += step)
      for (let lon = bounds.west; lon < bounds.east + step; lon += step)
        places.push({ lon: wrapped(lon), lat: Math.min(90, lat) });
    return makeWatchGrid(places, step * KM_PER_DEGREE + km);
  });
  return (lonE7, latE7) => grids.some((isNear) => isNear(lonE7, latE7));
}

function wrapped(lon: number): number {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

function grown(capacity: number, before?: Columns): Columns {
  const columns: Columns = {
    capacity,
    lookLonE7: new Int32Array(capacity).fill(NEVER_E7),
    lookLatE7: new Int32Array(capacity).fill(NEVER_E7),
    freeE7: new Int32Array(capacity),
  };
  if (before === undefined) return columns;
  for (const name of ['lookLonE7', 'lookLatE7', 'freeE7'] as const) columns[name].set(before[name]);
  return columns;
}
