import { MISSING_16, MISSING_8, NO_STATIC, UNKNOWN_IDENTITY, type Identity } from '@offing/track';

/** What the vessel stage keeps of every hull beside its track, one entry a slot of the hull table. Plain data. */
export type VesselColumns = {
  capacity: number;
  /** Last position as received; the hull table has its place and time. */
  cogDdeg: Int16Array;
  headingDeg: Int16Array;
  navStatus: Int8Array;
  utcSecond: Int8Array;
  aisClass: Uint8Array;
  /** Feed that heard it last. */
  feed: Uint16Array;
  /** 1 while the silence rule has been told of a silence that goes on. */
  silent: Uint8Array;
  /** Last position at which it was found to have vanished, ms. */
  vanishedAt: Float64Array;
  /** Bit per rule: wants to be told of the next position. */
  whenHeard: Int32Array;
  /** Since when it was heard without a long pause, ms. */
  heardSince: Float64Array;
  /** Mean interval between reports of late, ms. */
  cadenceMs: Float64Array;
  /** Ten-minute piece in which reception was noted last. */
  notedPiece: Int32Array;
  /** The source of that note, and its number in the hour. */
  notedSource: Int32Array;
  note: Int32Array;
  /** The hour that is being summed up, and its sums. */
  hour: Int32Array;
  hourCount: Int32Array;
  /** Time for which the reported speeds stood, ms, and the sum of the speeds times that time. */
  hourSogMs: Float64Array;
  hourSogSum: Float64Array;
  hourMinSog: Float64Array;
  hourLonSum: Float64Array;
  hourLatSum: Float64Array;
  hourFirstAt: Float64Array;
  hourFirstLonE7: Int32Array;
  hourFirstLatE7: Int32Array;
  hourFirstSogDkn: Int16Array;
  hourFirstCogDdeg: Int16Array;
  hourFirstNavStatus: Int8Array;
  /** Last position of the hour's newest slow stretch that ended; NaN while none did. */
  hourLeadAt: Float64Array;
  hourLeadLonE7: Int32Array;
  hourLeadLatE7: Int32Array;
  hourLeadSogDkn: Int16Array;
  /** First position since which the hour is slow; NaN while it is not. */
  hourTailAt: Float64Array;
  hourTailLonE7: Int32Array;
  hourTailLatE7: Int32Array;
  hourTailSogDkn: Int16Array;
  /** Batch of this session in which the hull was heard last. */
  touchedIn: Int32Array;
  /** Newest static report taken in, as an index of this session's dictionary; NO_STATIC before the first. */
  staticId: Int32Array;
  /** When the hull sent its newest static report, ms, and which fields that had; 0 before the first (see `noteSaid`). */
  saidAt: Float64Array;
  saidFields: Uint16Array;
  /** The same of the newest report with other fields, where nothing was new since. */
  saidBeforeAt: Float64Array;
  saidBeforeFields: Uint16Array;
  identity: Identity[];
  /** Feeds that ever heard the hull, in order of first hearing. */
  feeds: (readonly number[])[];
  /** Feeds whose clock holds a silence timer for the hull. */
  timers: (readonly number[])[];
};

const NO_FEED: readonly number[] = [];

/** Returns columns with room for `capacity` hulls. */
export function makeVesselColumns(capacity: number): VesselColumns {
  return {
    capacity,
    cogDdeg: new Int16Array(capacity),
    headingDeg: new Int16Array(capacity),
    navStatus: new Int8Array(capacity),
    utcSecond: new Int8Array(capacity),
    aisClass: new Uint8Array(capacity),
    feed: new Uint16Array(capacity),
    silent: new Uint8Array(capacity),
    vanishedAt: new Float64Array(capacity),
    whenHeard: new Int32Array(capacity),
    heardSince: new Float64Array(capacity),
    cadenceMs: new Float64Array(capacity),
    notedPiece: new Int32Array(capacity),
    notedSource: new Int32Array(capacity),
    note: new Int32Array(capacity),
    hour: new Int32Array(capacity),
    hourCount: new Int32Array(capacity),
    hourSogMs: new Float64Array(capacity),
    hourSogSum: new Float64Array(capacity),
    hourMinSog: new Float64Array(capacity),
    hourLonSum: new Float64Array(capacity),
    hourLatSum: new Float64Array(capacity),
    hourFirstAt: new Float64Array(capacity),
    hourFirstLonE7: new Int32Array(capacity),
    hourFirstLatE7: new Int32Array(capacity),
    hourFirstSogDkn: new Int16Array(capacity),
    hourFirstCogDdeg: new Int16Array(capacity),
    hourFirstNavStatus: new Int8Array(capacity),
    hourLeadAt: new Float64Array(capacity),
    hourLeadLonE7: new Int32Array(capacity),
    hourLeadLatE7: new Int32Array(capacity),
    hourLeadSogDkn: new Int16Array(capacity),
    hourTailAt: new Float64Array(capacity),
    hourTailLonE7: new Int32Array(capacity),
    hourTailLatE7: new Int32Array(capacity),
    hourTailSogDkn: new Int16Array(capacity),
    touchedIn: new Int32Array(capacity),
    staticId: new Int32Array(capacity),
    saidAt: new Float64Array(capacity),
    saidFields: new Uint16Array(capacity),
    saidBeforeAt: new Float64Array(capacity),
    saidBeforeFields: new Uint16Array(capacity),
    identity: [],
    feeds: [],
    timers: [],
  };
}

/** Returns the same columns with room for `capacity` hulls. */
export function growVesselColumns(columns: VesselColumns, capacity: number): VesselColumns {
  const grown = makeVesselColumns(capacity);
  for (const [name, values] of Object.entries(columns)) {
    if (ArrayBuffer.isView(values)) (grown as unknown as Record<string, Int32Array>)[name].set(values);
  }
  return { ...grown, identity: columns.identity, feeds: columns.feeds, timers: columns.timers };
}

/** Makes a slot ready for a hull that begins. */
export function clearVessel(columns: VesselColumns, slot: number): void {
  columns.cogDdeg[slot] = MISSING_16;
  columns.headingDeg[slot] = MISSING_16;
  columns.navStatus[slot] = MISSING_8;
  columns.utcSecond[slot] = MISSING_8;
  columns.aisClass[slot] = 0;
  columns.silent[slot] = 0;
  columns.vanishedAt[slot] = 0;
  columns.whenHeard[slot] = 0;
  columns.heardSince[slot] = 0;
  columns.cadenceMs[slot] = 0;
  columns.notedPiece[slot] = 0;
  columns.notedSource[slot] = -1;
  columns.hour[slot] = 0;
  columns.hourCount[slot] = 0;
  columns.touchedIn[slot] = -1;
  columns.staticId[slot] = NO_STATIC;
  columns.saidAt[slot] = 0;
  columns.saidFields[slot] = 0;
  columns.saidBeforeAt[slot] = 0;
  columns.saidBeforeFields[slot] = 0;
  columns.identity[slot] = UNKNOWN_IDENTITY;
  columns.feeds[slot] = NO_FEED;
  columns.timers[slot] = NO_FEED;
}
