import { OUTAGE_HULLS, OUTAGE_LOOK_BACK_MS, QUIET_MS, type Outages } from '@offing/rules';
import { TimerHeap, type TimerDump } from '@offing/track';

/** Purpose of a silence timer; a rule's own timers have the purpose 1 + the rule's place in the book. */
export const SILENCE_TIMER = 0;

type Recent = { slots: number[]; at: number[] };

/** What feed clocks hold, as plain data. */
export type FeedClocksDump = {
  readonly at: readonly number[];
  readonly heaps: readonly TimerDump[];
  readonly recent: readonly Recent[];
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

  /** Moves a feed's clock on and writes down an outage that this ends. */
  advance(feed: number, at: number, outages: Outages): void {
    this.#know(feed);
    const last = this.at[feed];
    this.at[feed] = at;
    if (at - last <= QUIET_MS || last === -Infinity) return;
    const heard = this.#recent[feed].at;
    if (heard.length < OUTAGE_HULLS || heard[OUTAGE_HULLS - 1] < last - OUTAGE_LOOK_BACK_MS) return;
    outages.add(feed, { from: last, to: at });
  }

  /** Takes note of which hull a feed heard, to tell whether a silence of the feed says anything about the feed. */
  heard(feed: number, slot: number, at: number): void {
    const { slots, at: times } = this.#recent[feed];
    const known = slots.indexOf(slot);
    if (known === 0) {
      times[0] = at;
      return;
    }
    const end = known < 0 ? Math.min(slots.length, OUTAGE_HULLS - 1) : known;
    for (let i = end; i > 0; i--) {
      slots[i] = slots[i - 1];
      times[i] = times[i - 1];
    }
    slots[0] = slot;
    times[0] = at;
  }

  /** Returns the timers that wait for a feed's clock. */
  timers(feed: number): TimerHeap {
    this.#know(feed);
    return this.#heaps[feed];
  }

  /** Returns everything held, as plain data. */
  dump(): FeedClocksDump {
    return { at: this.at, heaps: this.#heaps.map((heap) => heap.dump()), recent: this.#recent };
  }

  /** Returns clocks that go on from a dump. */
  static restore(dump: FeedClocksDump): FeedClocks {
    const clocks = new FeedClocks();
    clocks.at.push(...dump.at);
    clocks.#heaps = dump.heaps.map((heap) => TimerHeap.restore(heap));
    clocks.#recent = dump.recent.map(({ slots, at }) => ({ slots: [...slots], at: [...at] }));
    return clocks;
  }

  #know(feed: number): void {
    while (this.at.length <= feed) {
      this.at.push(-Infinity);
      this.#heaps.push(new TimerHeap());
      this.#recent.push({ slots: [], at: [] });
    }
  }
}
