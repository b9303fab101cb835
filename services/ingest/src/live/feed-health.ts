import type { RejectCode } from '@offing/feeds';
import { FileRejects, type RejectCount, type RejectSample } from '../rejects.ts';

/** Minutes of which the rates are kept. */
const MINUTES = 60;

const SILENT = 'feed-silent';

/** Where a feed's connection stands. */
export type FeedState = 'connecting' | 'open' | 'waiting' | 'stopped';

/** How a live feed is doing, as plain data; instants in ms, null for never. */
export type FeedStatus = {
  readonly name: string;
  readonly state: FeedState;
  readonly since: number;
  /** Why the last connection ended, and until when the next is waited for. */
  readonly fault: string | null;
  readonly faultCode: string | null;
  readonly retryAt: number | null;
  readonly connections: number;
  /** Records taken in, and messages shed because the database was behind. */
  readonly records: number;
  readonly shed: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly counted: Readonly<Record<string, number>>;
  /** When anything came last, and the newest event time. */
  readonly lastMessageAt: number | null;
  readonly lastRecordAt: number | null;
  /** Records in the last full minute, and the median of the minutes of the hour before it; null before there is one. */
  readonly perMinute: number | null;
  readonly usualPerMinute: number | null;
  /** Median of receipt minus source time, ms. */
  readonly delayMs: number | null;
  /** What is added to the source's times because its clock is wrong, ms. */
  readonly clockCorrectionMs: number;
};

/** Counts what a feed brings and says how it is doing. */
export class FeedHealth {
  readonly #name: string;
  #rejects: FileRejects;
  #state: FeedState = 'connecting';
  #since: number;
  #fault: { readonly code: string; readonly message: string } | null = null;
  #retryAt: number | null = null;
  #connections = 0;
  #records = 0;
  #shed = 0;
  #counted = new Map<string, number>();
  #rejected = new Map<RejectCode, number>();
  #lastMessageAt: number | null = null;
  #lastRecordAt: number | null = null;
  #minute = -1;
  #inMinute = 0;
  #minutes: number[] = [];

  constructor(name: string, now: number) {
    this.#name = name;
    this.#since = now;
    this.#rejects = new FileRejects(`live:${name}`);
  }

  /** When anything came last, ms; null before that. */
  get lastMessageAt(): number | null {
    return this.#lastMessageAt;
  }

  /** Says that a connection is being made. */
  connecting(now: number): void {
    this.#go('connecting', now);
  }

  /** Says that a connection is there. */
  opened(now: number): void {
    if (this.#state === 'open') return;
    this.#connections++;
    this.#fault = null;
    this.#go('open', now);
  }

  /** Says why nothing comes, and until when that is waited for. */
  waiting(now: number, code: string, message: string, forMs: number): void {
    this.#fault = { code, message };
    this.#go('waiting', now);
    this.#retryAt = now + forMs;
  }

  /** Says that nothing comes where we listen; over with the next bytes. */
  silent(now: number, message: string): void {
    if (this.#fault?.code === SILENT) return;
    this.#fault = { code: SILENT, message };
    this.#since = now;
  }

  /** Says that the feed has ended for good. */
  stopped(now: number): void {
    this.#go('stopped', now);
  }

  /** Says that bytes came. */
  heard(now: number): void {
    if (this.#state === 'open' && this.#fault?.code === SILENT) {
      this.#fault = null;
      this.#since = now;
    }
    this.#lastMessageAt = now;
  }

  /** Counts records. */
  took(records: number, newestAt: number, now: number): void {
    this.#turnMinute(now);
    this.#records += records;
    this.#inMinute += records;
    if (records > 0) this.#lastRecordAt = Math.max(this.#lastRecordAt ?? -Infinity, newestAt);
  }

  /** Counts messages that were shed. */
  lost(messages: number): void {
    this.#shed += messages;
  }

  /** Counts what was understood and is not used. */
  count(what: string): void {
    this.#counted.set(what, (this.#counted.get(what) ?? 0) + 1);
  }

  /** Counts what was refused and keeps samples of it. */
  reject(code: RejectCode, line: number, raw: Uint8Array, why: string): void {
    this.#rejected.set(code, (this.#rejected.get(code) ?? 0) + 1);
    this.#rejects.add(code, line, raw, why);
  }

  /** Returns what was refused since the last call. */
  takeRejects(): { readonly counts: readonly RejectCount[]; readonly samples: readonly RejectSample[] } {
    const { counts, samples } = this.#rejects;
    this.#rejects = new FileRejects(`live:${this.#name}`);
    return { counts, samples };
  }

  /** Returns how the feed is doing. */
  status(now: number, clock: { readonly delayMs: number | null; readonly correctionMs: number }): FeedStatus {
    this.#turnMinute(now);
    const past = this.#minutes;
    return {
      name: this.#name,
      state: this.#state,
      since: this.#since,
      fault: this.#fault?.message ?? null,
      faultCode: this.#fault?.code ?? null,
      retryAt: this.#state === 'waiting' ? this.#retryAt : null,
      connections: this.#connections,
      records: this.#records,
      shed: this.#shed,
      rejected: Object.fromEntries([...this.#rejected].sort()),
      counted: Object.fromEntries([...this.#counted].sort()),
      lastMessageAt: this.#lastMessageAt,
      lastRecordAt: this.#lastRecordAt,
      perMinute: past.length === 0 ? null : past[past.length - 1],
      usualPerMinute: past.length < 2 ? null : median(past.slice(0, -1)),
      delayMs: clock.delayMs,
      clockCorrectionMs: clock.correctionMs,
    };
  }

  #go(state: FeedState, now: number): void {
    this.#state = state;
    this.#since = now;
  }

  #turnMinute(now: number): void {
    const minute = Math.floor(now / 60_000);
    if (this.#minute < 0) this.#minute = minute;
    const passed = minute - this.#minute;
    if (passed <= 0) return;
    const silent = Array.from({ length: Math.min(passed - 1, MINUTES) }, () => 0);
    this.#minutes = [...this.#minutes, this.#inMinute, ...silent].slice(-MINUTES);
    this.#minute = minute;
    this.#inMinute = 0;
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
