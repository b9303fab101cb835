import {
  COLUMN_NAMES,
  makeColumns,
  makeStaticDictionary,
  type RecordColumns,
  type StaticDictionary,
} from '@offing/track';

/** Records that may wait for the database before sources are slowed down or shed: 9 MB (ours). */
const MOST_WAITING = 200_000;
/** Bytes of raw records that may wait with them (ours). */
const MOST_RAW_BYTES = 67_108_864;
/** Static reports after which a dictionary is given up for an empty one: 100 MB (ours). */
const MOST_STATICS = 200_000;

/** A longer record is not kept as it came, bytes: none that says where one ship is has a tenth of it (ours). */
const LONGEST_RAW = 16_384;

/**
 * What was taken out of an inbox: records in order of arrival, the dictionary that their static reports are in, and what
 * each came in, by row.
 */
export type InboxBatch = {
  readonly records: RecordColumns;
  readonly statics: StaticDictionary;
  readonly raws: readonly (Uint8Array | null)[];
};

/** Where all live feeds put what they read, until it is taken away to be stored. Holds a bounded number of records. */
export class LiveInbox {
  readonly records: RecordColumns = makeColumns(4096);
  /** Another one after `renewed`: readers remember ids, so they are made anew with it. */
  statics: StaticDictionary = makeStaticDictionary();
  #raws: (Uint8Array | null)[] = [];
  #rawBytes = 0;
  readonly #mostWaiting: number;
  readonly #mostRawBytes: number;
  readonly #mostStatics: number;
  #waiting: (() => void)[] = [];
  #arrival: (() => void) | null = null;
  #wakeAt = Infinity;

  constructor(
    limits: {
      readonly mostWaiting?: number;
      readonly mostRawBytes?: number;
      readonly mostStatics?: number;
    } = {},
  ) {
    this.#mostWaiting = limits.mostWaiting ?? MOST_WAITING;
    this.#mostRawBytes = limits.mostRawBytes ?? MOST_RAW_BYTES;
    this.#mostStatics = limits.mostStatics ?? MOST_STATICS;
  }

  /** Whether no more should come until something was taken. */
  get full(): boolean {
    return this.records.length >= this.#mostWaiting || this.#rawBytes >= this.#mostRawBytes;
  }

  /** Resolves when there is room, or the signal is aborted. */
  async room(signal: AbortSignal): Promise<void> {
    while (this.full && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const go = (): void => {
          signal.removeEventListener('abort', go);
          resolve();
        };
        this.#waiting.push(go);
        signal.addEventListener('abort', go, { once: true });
      });
    }
  }

  /** Keeps what the record in a row came in; copies the bytes. */
  keepRaw(row: number, raw: Uint8Array): void {
    const isKept = raw.length <= LONGEST_RAW;
    this.#raws[row] = isKept ? new Uint8Array(raw) : null;
    if (isKept) this.#rawBytes += raw.length;
  }

  /** Moves what a record came in with the record. */
  moveRaw(to: number, from: number): void {
    this.#raws[to] = this.#raws[from];
  }

  /** Says that records were put in. */
  arrived(): void {
    if (this.records.length >= this.#wakeAt) this.#arrival?.();
  }

  /** Resolves after `ms`, or as soon as `rows` records wait, or when the signal is aborted. */
  async gather(rows: number, ms: number, signal: AbortSignal): Promise<void> {
    if (this.records.length >= rows || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#arrival = null;
        this.#wakeAt = Infinity;
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
      this.#arrival = done;
      this.#wakeAt = rows;
    });
  }

  /** Takes out all that waits. The next records may be in another dictionary. */
  take(): InboxBatch {
    const { records, statics } = this;
    const taken = makeColumns(records.length);
    for (const name of COLUMN_NAMES) taken[name].set(records[name].subarray(0, records.length));
    taken.length = records.length;
    records.length = 0;
    const raws = this.#raws;
    this.#raws = [];
    this.#rawBytes = 0;
    if (statics.size > this.#mostStatics) this.statics = makeStaticDictionary();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
    return { records: taken, statics, raws };
  }
}
