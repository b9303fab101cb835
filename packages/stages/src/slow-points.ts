/** Where slow hulls were at one grid instant, as columns. */
export type SlowPoints = {
  length: number;
  slot: Int32Array;
  lonE7: Int32Array;
  latE7: Int32Array;
  /** 0.1 kn: as reported, or made good where it was not. */
  sogDkn: Int16Array;
  navStatus: Int8Array;
  /** Time between the two positions that the place lies between, ms. */
  legMs: Int32Array;
};

/** Returns empty columns with room for `capacity` points. */
export function makeSlowPoints(capacity: number): SlowPoints {
  return {
    length: 0,
    slot: new Int32Array(capacity),
    lonE7: new Int32Array(capacity),
    latE7: new Int32Array(capacity),
    sogDkn: new Int16Array(capacity),
    navStatus: new Int8Array(capacity),
    legMs: new Int32Array(capacity),
  };
}

/** Appends a point, growing the columns as needed. */
export function addSlowPoint(
  points: SlowPoints,
  slot: number,
  lonE7: number,
  latE7: number,
  sogDkn: number,
  navStatus: number,
  legMs: number,
): void {
  const end = points.length;
  if (end === points.slot.length) Object.assign(points, copyOf(points, Math.max(64, end * 2)));
  points.slot[end] = slot;
  points.lonE7[end] = lonE7;
  points.latE7[end] = latE7;
  points.sogDkn[end] = sogDkn;
  points.navStatus[end] = navStatus;
  points.legMs[end] = legMs;
  points.length = end + 1;
}

/** Returns a copy with room for `capacity` points, at least as many as there are. */
export function copyOf(points: SlowPoints, capacity = points.length): SlowPoints {
  const copy = makeSlowPoints(Math.max(points.length, capacity));
  copy.length = points.length;
  for (const name of ['slot', 'lonE7', 'latE7', 'sogDkn', 'navStatus', 'legMs'] as const)
    copy[name].set(points[name].subarray(0, points.length));
  return copy;
}
