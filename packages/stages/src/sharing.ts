import type { HullSight, Signal } from '@offing/rules';
import { HULL_STATE, type HullTable } from '@offing/track';
import { DAY_MS } from '@offing/units';
import type { VesselColumns } from './vessel-columns.ts';

/** Hulls of one MMSI that were not heard in turn for this long do not share it any more (detections.md, "Hulls": 24 h). */
export const SHARING_ENDS_MS = DAY_MS;
/** So many hulls that are not believed yet are remembered to have been heard in turn with one that is (ours). */
const REMEMBERED = 8;

/** What is remembered of an MMSI under which several hulls were heard. */
type SharedMmsi = {
  /** Hull that was heard last. */
  readonly last: string;
  /** When the present run of hulls heard in turn began, and the last time that they were, ms. */
  readonly since: number;
  readonly turnedAt: number;
  /** When two believed hulls were last seen to alternate; null when they never did. */
  readonly interleavedAt: number | null;
  /** Hulls that alternated with a believed one before they were believed themselves, newest last. */
  readonly tentative: readonly string[];
};

/** What sharing holds, as plain data. */
export type SharingDump = ReadonlyMap<number, SharedMmsi>;

/** A signal on the hulls of an MMSI. */
export type HullsSignal = Extract<Signal, { readonly kind: 'hulls' }>;

/** Watches the MMSIs under which several hulls are heard: which hulls are heard in turn. */
export class Sharing {
  #hulls: HullTable;
  #byMmsi: Map<number, SharedMmsi>;

  constructor(hulls: HullTable, dump?: SharingDump) {
    this.#hulls = hulls;
    this.#byMmsi = new Map(dump ?? []);
  }

  /** Returns everything held, as plain data. */
  dump(): SharingDump {
    return this.#byMmsi;
  }

  /** Returns whether believed hulls of an MMSI were heard in turn in the day before an instant. */
  isInterleaved(mmsi: number, at: number): boolean {
    const at0 = this.#byMmsi.get(mmsi)?.interleavedAt ?? null;
    return at0 !== null && at - at0 <= SHARING_ENDS_MS;
  }

  /**
   * Takes note of a position of a hull whose MMSI several hulls use, and returns the signal for the rules, or null when
   * nothing about the hulls changed. `before` is where the hull was heard before that position, null for its first;
   * `isNew` whether it came to be believed with it.
   */
  heard(
    slot: number,
    vessels: VesselColumns,
    before: { readonly at: number; readonly lon: number; readonly lat: number } | null,
    isNew: boolean,
  ): HullsSignal | null {
    const { mmsi, lastAt, state } = this.#hulls.columns;
    const vesselId = this.#hulls.vesselId(slot);
    const at = lastAt[slot];
    const known = this.#byMmsi.get(mmsi[slot]);
    const turned = known?.last !== vesselId;
    if (!turned && !isNew) return null;
    const isBelieved = state[slot] === HULL_STATE.believed;
    const alternates = before !== null && this.#alternates(slot, before.at, at);
    const next = takeTurn(known, vesselId, at, turned, alternates && !isBelieved);
    const interleaved = isBelieved && (alternates || next.tentative.includes(vesselId));
    this.#byMmsi.set(mmsi[slot], { ...next, interleavedAt: interleaved ? at : next.interleavedAt });
    const other = this.#heardLast(slot);
    if (other < 0 || !isBelieved) return null;
    return {
      kind: 'hulls',
      at,
      heard: sightOf(this.#hulls, vessels, slot),
      before,
      other: sightOf(this.#hulls, vessels, other),
      since: next.since,
      interleaved,
      isNew,
    };
  }

  /** The other believed hull of the MMSI that was heard last; of two at one instant that which began earlier. */
  #heardLast(slot: number): number {
    const { mmsi, next, state, lastAt } = this.#hulls.columns;
    let best = -1;
    for (let other = this.#hulls.firstSlot(mmsi[slot]); other >= 0; other = next[other]) {
      if (other === slot || state[other] !== HULL_STATE.believed) continue;
      if (best < 0 || lastAt[other] > lastAt[best]) best = other;
    }
    return best;
  }

  /**
   * Whether some believed hull was heard, then this one, then that again, and now this one again: `before` is when this
   * hull was heard before now, ms.
   */
  #alternates(slot: number, before: number, now: number): boolean {
    if (now - before > SHARING_ENDS_MS) return false;
    const { mmsi, next, state, firstAt, lastAt } = this.#hulls.columns;
    for (let other = this.#hulls.firstSlot(mmsi[slot]); other >= 0; other = next[other]) {
      if (other === slot || state[other] !== HULL_STATE.believed) continue;
      if (firstAt[other] <= before && lastAt[other] > before) return true;
    }
    return false;
  }
}

/** The memory of an MMSI after a hull was heard; a pause of a day begins another run. */
function takeTurn(
  known: SharedMmsi | undefined,
  vesselId: string,
  at: number,
  turned: boolean,
  remember: boolean,
): SharedMmsi {
  const goesOn = known !== undefined && at - known.turnedAt <= SHARING_ENDS_MS;
  const tentative = goesOn ? known.tentative : [];
  return {
    last: vesselId,
    since: goesOn ? known.since : at,
    turnedAt: turned ? at : (known?.turnedAt ?? at),
    interleavedAt: known?.interleavedAt ?? null,
    tentative: remember
      ? [...tentative.filter((other) => other !== vesselId), vesselId].slice(-REMEMBERED)
      : tentative,
  };
}

function sightOf(hulls: HullTable, vessels: VesselColumns, slot: number): HullSight {
  const { mmsi, count, firstAt, firstLonE7, firstLatE7, lastAt, lastLonE7, lastLatE7 } = hulls.columns;
  const { imoNumber, shipName } = vessels.identity[slot];
  return {
    vessel: { vesselId: hulls.vesselId(slot), mmsi: mmsi[slot], imoNumber, shipName },
    positions: count[slot],
    first: { at: firstAt[slot], lon: firstLonE7[slot] / 1e7, lat: firstLatE7[slot] / 1e7 },
    last: { at: lastAt[slot], lon: lastLonE7[slot] / 1e7, lat: lastLatE7[slot] / 1e7 },
  };
}
