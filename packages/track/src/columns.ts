/** Stands in an Int16 column for a value that the message did not have or said was not available. */
export const MISSING_16 = -32768;

/** Stands in an Int8 column for a value that the message did not have or said was not available. */
export const MISSING_8 = -128;

/** Stands in the coordinate columns of a record that carries no position. */
export const NO_COORDINATE = -2147483648;

/** Stands in the static column of a record that carries no static report. */
export const NO_STATIC = -1;

/** AIS class as kept in a column: 0 not known, 1 class A, 2 class B. */
export const AIS_CLASS = { unknown: 0, A: 1, B: 2 } as const;

/** Receiver kind as kept in a column: 0 not known, 1 terrestrial, 2 satellite. */
export const RECEIVER_KIND = { unknown: 0, terrestrial: 1, satellite: 2 } as const;

/**
 * Records of a feed as columns: row `i` is one position report, one static report, or both at one instant.
 * One object per column, not per record: a million positions cost 45 MB and no garbage.
 */
export type RecordColumns = {
  /** Rows in use; every column has at least this many. */
  length: number;
  /** Event time by the source, ms since 1970 UTC. */
  at: Float64Array;
  /** When it was received by the source's own receiver or by us, ms since 1970 UTC; NaN when not known. */
  receivedAt: Float64Array;
  mmsi: Int32Array;
  /** 1e-7 degrees, or NO_COORDINATE. */
  lonE7: Int32Array;
  /** 1e-7 degrees, or NO_COORDINATE. */
  latE7: Int32Array;
  /** Speed over ground in 0.1 kn, or MISSING_16. */
  sogDkn: Int16Array;
  /** Course over ground in 0.1 degrees true, 0 to 3599, or MISSING_16. */
  cogDdeg: Int16Array;
  /** True heading in degrees, 0 to 359, or MISSING_16. */
  headingDeg: Int16Array;
  /** Navigational status 0 to 15 (ITU-R M.1371-5 table 48), or MISSING_8. */
  navStatus: Int8Array;
  /** UTC second inside the message, 0 to 59, or MISSING_8. */
  utcSecond: Int8Array;
  /** AIS message type 1 to 27; 0 when the format does not tell. */
  messageType: Uint8Array;
  /** One of AIS_CLASS. */
  aisClass: Uint8Array;
  /** One of RECEIVER_KIND. */
  receiverKind: Uint8Array;
  /** Index of the feed in the session's list of feeds. */
  feed: Uint16Array;
  /** Index into the session's static dictionary, or NO_STATIC. */
  staticId: Int32Array;
};

/** Returns empty columns with room for `capacity` rows. */
export function makeColumns(capacity: number): RecordColumns {
  return {
    length: 0,
    at: new Float64Array(capacity),
    receivedAt: new Float64Array(capacity),
    mmsi: new Int32Array(capacity),
    lonE7: new Int32Array(capacity),
    latE7: new Int32Array(capacity),
    sogDkn: new Int16Array(capacity),
    cogDdeg: new Int16Array(capacity),
    headingDeg: new Int16Array(capacity),
    navStatus: new Int8Array(capacity),
    utcSecond: new Int8Array(capacity),
    messageType: new Uint8Array(capacity),
    aisClass: new Uint8Array(capacity),
    receiverKind: new Uint8Array(capacity),
    feed: new Uint16Array(capacity),
    staticId: new Int32Array(capacity),
  };
}

/** The names of the columns, in the order in which they are written to a spill file. */
export const COLUMN_NAMES = [
  'at',
  'receivedAt',
  'mmsi',
  'lonE7',
  'latE7',
  'staticId',
  'sogDkn',
  'cogDdeg',
  'headingDeg',
  'feed',
  'navStatus',
  'utcSecond',
  'messageType',
  'aisClass',
  'receiverKind',
] as const satisfies readonly (keyof RecordColumns)[];

/** Makes room for at least `capacity` rows, keeping what is there; columns are replaced, so do not hold on to one. */
export function reserve(columns: RecordColumns, capacity: number): void {
  if (columns.at.length >= capacity) return;
  const size = Math.max(capacity, columns.at.length * 2);
  const grown = makeColumns(size);
  for (const name of COLUMN_NAMES) grown[name].set(columns[name].subarray(0, columns.length));
  Object.assign(columns, grown, { length: columns.length });
}

/** Appends row `row` of `from` to `to`, growing it as needed. */
export function appendRow(to: RecordColumns, from: RecordColumns, row: number): void {
  const end = to.length;
  reserve(to, end + 1);
  to.at[end] = from.at[row];
  to.receivedAt[end] = from.receivedAt[row];
  to.mmsi[end] = from.mmsi[row];
  to.lonE7[end] = from.lonE7[row];
  to.latE7[end] = from.latE7[row];
  to.sogDkn[end] = from.sogDkn[row];
  to.cogDdeg[end] = from.cogDdeg[row];
  to.headingDeg[end] = from.headingDeg[row];
  to.navStatus[end] = from.navStatus[row];
  to.utcSecond[end] = from.utcSecond[row];
  to.messageType[end] = from.messageType[row];
  to.aisClass[end] = from.aisClass[row];
  to.receiverKind[end] = from.receiverKind[row];
  to.feed[end] = from.feed[row];
  to.staticId[end] = from.staticId[row];
  to.length = end + 1;
}
