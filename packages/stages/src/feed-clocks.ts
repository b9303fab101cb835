import {
  OUTAGE_LIMITS,
  OUTAGE_LOOK_BACK_MS,
  type Outage,
  type OutageLimits,
  type Outages,
} from '@offing/rules';
import { TimerHeap, type TimerDump } from '@offing/track';
import { DAY_MS, HOUR_MS } from '@offing/units';

/** Purpose of a silence timer; a rule's own timers have the purpose 1 + the rule's place in the book. */
export const SILENCE_TIMER = 0;

/** A pause up to this long may belong to a feed's own rhythm, as passes of a satellite do; ms (ours). */
const RHYTHM_MAX_MS = 3 * HOUR_MS;
/** How long a pause counts as part of the rhythm (ours). */
const RHYTHM_KEEP_MS = DAY_MS;
/** A feed is out when it pauses for this many times its own second longest pause of late (ours). */
const RHYTHM_FACTOR = 1.5;
/** A feed is out when it pauses for this many intervals of the hulls that it heard last (ours). */
const CADENCE_FACTOR = 2;

type Recent = { slots: number[]; at: number[]; cadenceMs: number[] };

/** A pause between two messages of a feed. */
type Pause = { readonly at: number; readonly ms: number };

/** What feed clocks hold, as plain data. */
export type FeedClocksDump = {
  readonly at: readonly number[];
  readonly heaps: readonly TimerDump[];
  readonly recent: readonly Recent[];
  readonly pauses: readonly (readonly Pause[])[];
};

/**
 * The event time of each feed and the timers that wait for it. A silence is judged by the clock of the feed that heard
 * the ship: when a feed stops, its clock stops, and none of its ships falls silent.
 */
export class FeedClocks {
  /** Event time of each feed's newest record, ms; -Infinity before its first. */
  readonly at: number[] = [];
  #heaps: TimerHeap[] = [];
  #recent: Recent[] = [];
  #pauses: Pause[][] = [];
  #limits: OutageLimits;

  constructor(limits: OutageLimits = OUTAGE_LIMITS) {
    this.#limits = limits;
  }

  /** Moves a feed's clock on, and writes down and returns an outage that this ends, or null. */
  advance(feed: number, at: number, outages: Outages): Outage | null {
    this.#know(feed);
    const last = this.at[feed];
    this.at[feed] = at;
    if (last === -Infinity) outages.begin(feed, at);
    if (at - last <= this.#limits.quietMs || last === -Infinity) return null;
    const outage = this.#isOutage(feed, last, at) ? { from: last, to: at } : null;
    if (outage !== null) outages.add(feed, outage);
    const kept = this.#pauses[feed].filter((pause) => pause.at > at - RHYTHM_KEEP_MS);
    this.#pauses[feed] = at - last <= RHYTHM_MAX_MS ? [...kept, { at, ms: at - last }] : kept;
    return outage;
  }

  /** Returns whether a feed would be out if nothing of it came until an instant. */
  isOutBy(feed: number, at: number): boolean {
    const last = this.at[feed] ?? -Infinity;
    return last !== -Infinity && at - last > this.#limits.quietMs && this.#isOutage(feed, last, at);
  }

  /**
   * Takes note of which hull a feed heard, and of its mean interval (ms, 0 when not known), to tell whether a silence of
   * the feed says anything about the feed.
   */
  heard(feed: number, slot: number, at: number, cadenceMs: number): void {
    const { slots, at: times, cadenceMs: cadences } = this.#recent[feed];
    const known = slots.indexOf(slot);
    const end = known < 0 ? Math.min(slots.length, this.#limits.hulls - 1) : known;
    for (let i = end; i > 0; i--) {
      slots[i] = slots[i - 1];
      times[i] = times[i - 1];
      cadences[i] = cadences[i - 1];
    }
    slots[0] = slot;
    times[0] = at;
    cadences[0] = cadenceMs;
  }

  /** Whether a pause is one of the feed: of hulls enough, and longer than their own intervals and the feed's own rhythm. */
  #isOutage(feed: number, from: number, to: number): boolean {
    const { at: heard, cadenceMs } = this.#recent[feed];
    const { hulls } = this.#limits;
    if (heard.length < hulls || heard[hulls - 1] < from - OUTAGE_LOOK_BACK_MS) return false;
    const cadences = cadenceMs.filter((cadence) => cadence > 0);
    if (cadences.length === 0) return false;
    const [, rhythmMs = 0] = this.#pauses[feed].map((pause) => pause.ms).sort((a, b) => b - a);
    return to - from > Math.max(CADENCE_FACTOR * Math.min(...cadences), RHYTHM_FACTOR * rhythmMs);
  }

  /** Returns the timers that wait for a feed's clock. */
  timers(feed: number): TimerHeap {
    this.#know(feed);
    return this.#heaps[feed];
  }

  /** Returns everything held, as plain data. */
  dump(): FeedClocksDump {
    return {
      at: this.at,
      heaps: this.#heaps.map((heap) => heap.dump()),
      recent: this.#recent,
      pauses: this.#pauses,
    };
  }

  /** Returns clocks that go on from a dump. */
  static restore(dump: FeedClocksDump, limits: OutageLimits = OUTAGE_LIMITS): FeedClocks {
    const clocks = new FeedClocks(limits);
    clocks.at.push(...dump.at);
    clocks.#heaps = dump.heaps.map((heap) => TimerHeap.restore(heap));
    clocks.#recent = dump.recent.map(({ slots, at, cadenceMs }) => ({
      slots: [...slots],
      at: [...at],
      cadenceMs: [...cadenceMs],
    }));
    clocks.#pauses = dump.pauses.map((pauses) => [...pauses]);
    return clocks;
  }

  #know(feed: number): void {
    while (this.at.length <= feed) {
      this.at.push(-Infinity);
      this.#heaps.push(new TimerHeap());
      this.#recent.push({ slots: [], at: [], cadenceMs: [] });
      this.#pauses.push([]);
    }
  }
}
