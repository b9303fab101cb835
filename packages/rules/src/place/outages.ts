import { HOUR_MS, MINUTE_MS } from '@offing/units';

/** A feed that says nothing for longer than this may be out (detections.md, "Before any rule", 3). */
const QUIET_MS = 20 * MINUTE_MS;
/** A silence of a feed that heard fewer hulls than this in the hour before says nothing about the feed. */
const HULLS_AT_LEAST = 3;

/** A stretch in which a whole feed was not heard, ms of event time: from its last message to its next. */
export type Outage = { readonly from: number; readonly to: number };

/**
 * When whole feeds were out. A feed is out between two of its messages that lie more than 20 minutes apart, if at least
 * three hulls had been heard in the hour before. Ships that leave together cannot look like this while any other is heard.
 */
export class Outages {
  #byFeed: Outage[][] = [];
  #lastAt: number[] = [];

  /**
   * Takes note that a feed was heard; calls are in event-time order. `hullsSince(at)` is asked only after a long silence
   * and returns how many hulls of the feed were last heard at or after that instant.
   */
  heard(feed: number, at: number, hullsSince: (at: number) => number): void {
    const last = this.#lastAt[feed];
    this.#lastAt[feed] = at;
    if (last === undefined || at - last <= QUIET_MS) return;
    if (hullsSince(last - HOUR_MS) < HULLS_AT_LEAST) return;
    (this.#byFeed[feed] ??= []).push({ from: last, to: at });
  }

  /** Returns the feed's outages that overlap the interval, cut to it, in order. */
  within(feed: number, from: number, to: number): readonly Outage[] {
    return (this.#byFeed[feed] ?? [])
      .filter((outage) => outage.to > from && outage.from < to)
      .map((outage) => ({ from: Math.max(from, outage.from), to: Math.min(to, outage.to) }));
  }

  /** Returns everything held, as plain data. */
  dump(): { readonly byFeed: Outage[][]; readonly lastAt: number[] } {
    return { byFeed: this.#byFeed, lastAt: this.#lastAt };
  }

  /** Returns outages that go on from a dump. */
  static restore(dump: ReturnType<Outages['dump']>): Outages {
    const outages = new Outages();
    outages.#byFeed = dump.byFeed.map((list) => [...list]);
    outages.#lastAt = [...dump.lastAt];
    return outages;
  }
}
