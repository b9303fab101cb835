/** What is held of a hull: tentative until it is believed, noise when a better hull showed that it never was. */
export const HULL_STATE = { free: 0, tentative: 1, believed: 2, noise: 3 } as const;

/** How many positions of a hull are looked back over (GlobalFishingWatch/gpsdio-segment). */
export const LOOK_BACK = 5;

/** The columns of a hull table: one entry a slot, LOOK_BACK entries a slot in the rings. Plain data, so that it can be kept. */
export type HullColumns = {
  /** Slots in use, free ones among them. */
  size: number;
  mmsi: Int32Array;
  /** Number of the hull among those of its MMSI, in order of first appearance, from 0. */
  hull: Int16Array;
  /** One of HULL_STATE. */
  state: Uint8Array;
  /** Next slot with the same MMSI, or -1. */
  next: Int32Array;
  /** Positions that joined. */
  count: Int32Array;
  /** Event time, ms. */
  firstAt: Float64Array;
  firstLonE7: Int32Array;
  firstLatE7: Int32Array;
  lastAt: Float64Array;
  /** 1e-7 degrees. */
  lastLonE7: Int32Array;
  lastLatE7: Int32Array;
  /** 0.1 kn or MISSING_16. */
  lastSogDkn: Int16Array;
  /** Place of the newest entry in the hull's ring. */
  ringHead: Uint8Array;
  ringAt: Float64Array;
  ringLonE7: Int32Array;
  ringLatE7: Int32Array;
};

/** Returns columns with room for `capacity` hulls. */
export function makeHullColumns(capacity: number): HullColumns {
  return {
    size: 0,
    mmsi: new Int32Array(capacity),
    hull: new Int16Array(capacity),
    state: new Uint8Array(capacity),
    next: new Int32Array(capacity),
    count: new Int32Array(capacity),
    firstAt: new Float64Array(capacity),
    firstLonE7: new Int32Array(capacity),
    firstLatE7: new Int32Array(capacity),
    lastAt: new Float64Array(capacity),
    lastLonE7: new Int32Array(capacity),
    lastLatE7: new Int32Array(capacity),
    lastSogDkn: new Int16Array(capacity),
    ringHead: new Uint8Array(capacity),
    ringAt: new Float64Array(capacity * LOOK_BACK),
    ringLonE7: new Int32Array(capacity * LOOK_BACK),
    ringLatE7: new Int32Array(capacity * LOOK_BACK),
  };
}

/** Returns the same columns with room for `capacity` hulls. */
export function growHullColumns(columns: HullColumns, capacity: number): HullColumns {
  const grown = makeHullColumns(capacity);
  for (const name of Object.keys(grown) as (keyof HullColumns)[]) {
    if (name === 'size') grown.size = columns.size;
    else grown[name].set(columns[name]);
  }
  return grown;
}
