import type { RejectCode } from '@offing/feeds';

/** A refused line or row as it is kept. */
export type RejectSample = {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly code: RejectCode;
  readonly why: string;
  /** The line as it came, cut at 1,024 bytes. */
  readonly raw: Uint8Array;
};

/** How often a file was refused something for one reason. */
export type RejectCount = { readonly file: string; readonly code: RejectCode; readonly n: number };

/** What was refused, counted in full and kept in samples. */
export type Rejects = { readonly counts: readonly RejectCount[]; readonly samples: readonly RejectSample[] };

const SAMPLES_PER_CODE = 20;
const LONGEST_SAMPLE = 1024;

/** Collects what one file is refused: every refusal counts, the first 20 of each code are kept. */
export class FileRejects {
  readonly samples: RejectSample[] = [];
  readonly #file: string;
  readonly #counts = new Map<RejectCode, number>();

  constructor(file: string) {
    this.#file = file;
  }

  /** Takes a refusal; copies what it keeps of `raw`. */
  add(code: RejectCode, line: number, raw: Uint8Array, why: string): void {
    const n = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, n);
    if (n > SAMPLES_PER_CODE) return;
    // Not raw.slice(): on a Buffer that is a view of bytes that are gone when the call ends.
    const copy = new Uint8Array(raw.subarray(0, LONGEST_SAMPLE));
    this.samples.push({ file: this.#file, line, code, why, raw: copy });
  }

  /** The counts by code, by the names of the codes. */
  get counts(): RejectCount[] {
    const codes = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return codes.map(([code, n]) => ({ file: this.#file, code, n }));
  }
}
