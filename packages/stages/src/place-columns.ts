/** Half hours that a trail goes back. */
export const HALF_HOURS = 6;

/** What the place stage keeps of every hull, one entry a slot of the hull table, HALF_HOURS in the trail. Plain data. */
export type PlaceColumns = {
  capacity: number;
  /** Next grid instant for which the hull has no point yet, ms. */
  dueAt: Float64Array;
  /** First position, to ten minutes, since which it is slow, ms; NaN while it is not. */
  slowFrom: Float64Array;
  /** Where it was in each of the last half hours. */
  trailAt: Float64Array;
  trailLonE7: Int32Array;
  trailLatE7: Int32Array;
  /** Hour in which its nexus was looked at last, and whether it had any. */
  nexusHour: Int32Array;
  nexus: Uint8Array;
};

/** Returns columns with room for `capacity` hulls. */
export function makePlaceColumns(capacity: number): PlaceColumns {
  return {
    capacity,
    dueAt: new Float64Array(capacity),
    slowFrom: new Float64Array(capacity).fill(NaN),
    trailAt: new Float64Array(capacity * HALF_HOURS).fill(NaN),
    trailLonE7: new Int32Array(capacity * HALF_HOURS),
    trailLatE7: new Int32Array(capacity * HALF_HOURS),
    nexusHour: new Int32Array(capacity),
    nexus: new Uint8Array(capacity),
  };
}

/** Returns the same columns with room for `capacity` hulls. */
export function growPlaceColumns(columns: PlaceColumns, capacity: number): PlaceColumns {
  const grown = makePlaceColumns(capacity);
  grown.dueAt.set(columns.dueAt);
  grown.slowFrom.set(columns.slowFrom);
  grown.trailAt.set(columns.trailAt);
  grown.trailLonE7.set(columns.trailLonE7);
  grown.trailLatE7.set(columns.trailLatE7);
  grown.nexusHour.set(columns.nexusHour);
  grown.nexus.set(columns.nexus);
  return grown;
}

/** Makes a slot ready for a hull that begins; `dueAt` is the first grid instant at or after its first position. */
export function clearPlace(columns: PlaceColumns, slot: number, dueAt: number): void {
  columns.dueAt[slot] = dueAt;
  columns.slowFrom[slot] = NaN;
  columns.trailAt.fill(NaN, slot * HALF_HOURS, (slot + 1) * HALF_HOURS);
  columns.nexusHour[slot] = 0;
  columns.nexus[slot] = 0;
}
