import {
  AIS_CLASS,
  makeColumns,
  makeStaticDictionary,
  MISSING_16,
  MISSING_8,
  NO_COORDINATE,
  NO_STATIC,
  RECEIVER_KIND,
  type RecordColumns,
  type StaticDictionary,
  type StaticReport,
} from '@offing/track';
import { destinationPoint } from '@offing/geo';
import { e7OfDegrees, METRES_PER_NAUTICAL_MILE, MINUTE_MS } from '@offing/units';

/** One record of a made-up track; what is left out is not available. */
export type TrackRow = {
  readonly at: number;
  readonly mmsi: number;
  readonly lon?: number;
  readonly lat?: number;
  readonly sogKn?: number | null;
  readonly cogDeg?: number | null;
  readonly navStatus?: number | null;
  readonly utcSecond?: number | null;
  readonly aisClass?: number;
  /** One of RECEIVER_KIND; terrestrial when left out. */
  readonly receiverKind?: number;
  readonly feed?: number;
  readonly report?: StaticReport;
};

/** How a made-up ship begins. */
export type TrackStart = {
  readonly mmsi: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly lon: number;
  readonly lat: number;
  /** Minutes between reports; 10 when left out. */
  readonly everyMin?: number;
  readonly aisClass?: number;
  readonly feed?: number;
  /** Sent with the first position. */
  readonly report?: StaticReport | undefined;
  readonly navStatus?: number | null;
};

/** Builds the track of a made-up ship step by step, at fixed times; each step goes on where the one before ended. */
export class TrackBuilder {
  readonly rows: TrackRow[] = [];
  #start: TrackStart;
  #at: number;
  #lon: number;
  #lat: number;
  #navStatus: number | null;

  constructor(start: TrackStart) {
    this.#start = start;
    this.#at = Date.parse(start.at);
    this.#lon = start.lon;
    this.#lat = start.lat;
    this.#navStatus = start.navStatus ?? 0;
  }

  /** Event time at which the next step begins, ms. */
  get now(): number {
    return this.#at;
  }

  /** Sails for so many hours; a null speed or course is sailed at 10 kn north, unsaid. */
  sail(hours: number, sogKn: number | null, cogDeg: number | null): this {
    return this.#step(hours, sogKn, cogDeg, sogKn ?? 10, cogDeg ?? 0);
  }

  /** Lies still for so many hours. */
  lie(hours: number, sogKn: number | null = 0.1): this {
    return this.#step(hours, sogKn, 0, 0, 0);
  }

  /** Says nothing for so many hours, moving all the while. */
  silent(hours: number, sogKn = 0, cogDeg = 0): this {
    this.#move(hours, sogKn, cogDeg);
    return this;
  }

  /** Is somewhere else at once, as a bad fix or another hull would be. */
  jump(lon: number, lat: number): this {
    this.#lon = lon;
    this.#lat = lat;
    return this;
  }

  /** Sends another navigational status from now on. */
  status(navStatus: number | null): this {
    this.#navStatus = navStatus;
    return this;
  }

  /** Sends one report now without moving on in time. */
  report(report: StaticReport): this {
    const { mmsi } = this.#start;
    this.rows.push({ at: this.#at, mmsi, report, ...this.#source() });
    return this;
  }

  #step(hours: number, sogKn: number | null, cogDeg: number | null, speed: number, course: number): this {
    const everyMs = (this.#start.everyMin ?? 10) * MINUTE_MS;
    const until = this.#at + hours * 60 * MINUTE_MS;
    while (this.#at < until) {
      this.rows.push({
        at: this.#at,
        mmsi: this.#start.mmsi,
        lon: this.#lon,
        lat: this.#lat,
        sogKn,
        cogDeg,
        navStatus: this.#navStatus,
        ...this.#source(),
        ...(this.rows.length === 0 && this.#start.report ? { report: this.#start.report } : {}),
      });
      this.#move(Math.min(everyMs, until - this.#at) / (60 * MINUTE_MS), speed, course);
    }
    return this;
  }

  #source(): { aisClass: number; feed: number } {
    return { aisClass: this.#start.aisClass ?? AIS_CLASS.A, feed: this.#start.feed ?? 0 };
  }

  #move(hours: number, sogKn: number, cogDeg: number): void {
    const place = destinationPoint(this.#lon, this.#lat, cogDeg, sogKn * hours * METRES_PER_NAUTICAL_MILE);
    this.#lon = place.lon;
    this.#lat = place.lat;
    // At least one, so that a step whose rest rounds to nothing ends.
    this.#at += Math.max(1, Math.round(hours * 60 * MINUTE_MS));
  }
}

/** Returns a builder of a made-up ship's track. */
export function track(start: TrackStart): TrackBuilder {
  return new TrackBuilder(start);
}

/** Returns rows as columns in the order of the stream, with the dictionary of their static reports. */
export function columnsOf(rows: readonly TrackRow[]): {
  readonly records: RecordColumns;
  readonly statics: StaticDictionary;
} {
  const statics = makeStaticDictionary();
  const records = makeColumns(rows.length);
  const ordered = [...rows].sort(inStreamOrder);
  for (const row of ordered) put(records, row, statics);
  return { records, statics };
}

function inStreamOrder(a: TrackRow, b: TrackRow): number {
  return a.at - b.at || a.mmsi - b.mmsi || lonOf(a) - lonOf(b) || latOf(a) - latOf(b);
}

function lonOf(row: TrackRow): number {
  return row.lon === undefined ? NO_COORDINATE : e7OfDegrees(row.lon);
}

function latOf(row: TrackRow): number {
  return row.lat === undefined ? NO_COORDINATE : e7OfDegrees(row.lat);
}

function put(records: RecordColumns, row: TrackRow, statics: StaticDictionary): void {
  const end = records.length++;
  records.at[end] = row.at;
  records.receivedAt[end] = NaN;
  records.mmsi[end] = row.mmsi;
  records.lonE7[end] = lonOf(row);
  records.latE7[end] = latOf(row);
  records.sogDkn[end] = row.sogKn == null ? MISSING_16 : Math.round(row.sogKn * 10);
  records.cogDdeg[end] = row.cogDeg == null ? MISSING_16 : Math.round(row.cogDeg * 10);
  records.headingDeg[end] = MISSING_16;
  records.navStatus[end] = row.navStatus ?? MISSING_8;
  records.utcSecond[end] = row.utcSecond ?? MISSING_8;
  records.messageType[end] = row.lon === undefined ? 5 : 1;
  records.aisClass[end] = row.aisClass ?? AIS_CLASS.A;
  records.receiverKind[end] = row.receiverKind ?? RECEIVER_KIND.terrestrial;
  records.feed[end] = row.feed ?? 0;
  records.staticId[end] = row.report === undefined ? NO_STATIC : statics.intern(row.report);
}
