import type { Gazetteer } from '@offing/gazetteer';
import { metresBetween } from './near-grid.ts';

/** How far anchorage points are looked for, as a multiple of the distance that is asked about. */
const LOOK = 5;
/** Distances by two formulas differ by less, metres. */
const ROUNDING_M = 50;

/**
 * Whether ships are within a distance of an anchorage point. A ship that has not moved by what was left to that distance
 * when it was looked up last is not looked up again; the answer is the same as if it were.
 */
export class AnchorageRange {
  #gazetteer: Gazetteer;
  #limitKm: number;
  #lonE7 = new Int32Array(1024);
  #latE7 = new Int32Array(1024);
  /** By slot: distance at the last look-up, metres; 0 before the first. */
  #metres = new Float32Array(1024);

  constructor(gazetteer: Gazetteer, limitKm: number) {
    this.#gazetteer = gazetteer;
    this.#limitKm = limitKm;
  }

  /** Returns whether a place of a slot's ship, in 1e-7 degrees, is nearer to an anchorage point than the distance. */
  isNear(slot: number, lonE7: number, latE7: number): boolean {
    if (slot >= this.#metres.length) this.#grow(slot);
    const limitM = this.#limitKm * 1000;
    const knownM = this.#metres[slot];
    if (knownM > 0) {
      const movedM = metresBetween(this.#lonE7[slot], this.#latE7[slot], lonE7, latE7) + ROUNDING_M;
      if (knownM + movedM < limitM) return true;
      if (knownM - movedM >= limitM) return false;
    }
    const maxKm = this.#limitKm * LOOK;
    const near = this.#gazetteer.nearestAnchorage(lonE7 / 1e7, latE7 / 1e7, { maxKm });
    this.#lonE7[slot] = lonE7;
    this.#latE7[slot] = latE7;
    this.#metres[slot] = Math.max(1e-3, (near?.km ?? maxKm) * 1000);
    return near !== null && near.km < this.#limitKm;
  }

  #grow(slot: number): void {
    const capacity = slot * 2;
    const lonE7 = new Int32Array(capacity);
    const latE7 = new Int32Array(capacity);
    const metres = new Float32Array(capacity);
    lonE7.set(this.#lonE7);
    latE7.set(this.#latE7);
    metres.set(this.#metres);
    this.#lonE7 = lonE7;
    this.#latE7 = latE7;
    this.#metres = metres;
  }
}
