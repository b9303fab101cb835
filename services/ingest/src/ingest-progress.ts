import type { ProgressState } from '@offing/kit';

/**
 * What handing the records on takes, as a multiple of reading and sorting them, measured on eight million rows of
 * MarineCadastre's shape (bench/day.ts). Only while files are read is the time left told by it.
 */
const HANDING_ON = 6;
/** The same of looking for the raw records of what was found, once all is handed on; a third of the ships were named there. */
const LOOKING_AGAIN = 0.4;
/** Before this much has gone by the time left is not told, ms (ours). */
const LEAST_MS = 1000;

/**
 * Maps reading (by bytes) and handing on (by rows) to one measure that only grows, and tells the time that is left: by the
 * speed of reading first, by that of handing on from then on.
 */
export class IngestProgress {
  readonly #report: (state: ProgressState) => void;
  readonly #totalBytes: number;
  #doneBytes = 0;
  #fileBytes = 0;
  #shown = 0;
  readonly #now: () => number;
  readonly #began: number;
  #handingSince: number | null = null;

  constructor(
    totalBytes: number,
    report: (state: ProgressState) => void,
    now: () => number = () => performance.now(),
  ) {
    this.#now = now;
    this.#began = now();
    // Nothing to read is all read; a total of zero would have no share.
    this.#totalBytes = Math.max(1, totalBytes);
    this.#report = report;
  }

  /** How far the file at hand has been read. */
  inFile(bytes: number, size: number): void {
    this.#fileBytes = Math.max(this.#fileBytes, Math.min(bytes, size));
  }

  /** The file at hand is done with, read or not. */
  endFile(size: number): void {
    this.#doneBytes += size;
    this.#fileBytes = 0;
  }

  /** Reports how far reading has come. */
  reading(rows: number): void {
    const done = Math.min(this.#totalBytes, this.#doneBytes + this.#fileBytes);
    const elapsedMs = this.#now() - this.#began;
    const whole = (elapsedMs / (done / this.#totalBytes)) * (1 + HANDING_ON + LOOKING_AGAIN);
    this.#show(done, rows, done === 0 || elapsedMs < LEAST_MS ? null : whole - elapsedMs);
  }

  /** Reports how many of the rows were handed on. */
  handedOn(rows: number, ofRows: number): void {
    const share = ofRows === 0 ? 1 : rows / ofRows;
    this.#handingSince ??= this.#now();
    const elapsedMs = this.#now() - this.#handingSince;
    const againMs = LOOKING_AGAIN * (this.#handingSince - this.#began);
    const isKnown = share === 1 || (share > 0 && elapsedMs >= LEAST_MS);
    const leftMs = isKnown ? elapsedMs * (1 / share - 1) + againMs : null;
    this.#show(this.#totalBytes * (1 + HANDING_ON * share), ofRows, leftMs);
  }

  #show(done: number, rows: number, leftMs: number | null): void {
    // Recordings may be handed on more than once; what is done stays done.
    this.#shown = Math.max(this.#shown, done);
    this.#report({ done: this.#shown, total: this.#totalBytes * (1 + HANDING_ON), rows, leftMs });
  }
}
