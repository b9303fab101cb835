import { HOUR_MS, MINUTE_MS } from '@offing/units';
import type { Stretch } from './overlap.ts';

/** A feed that says nothing for longer than this may be out (detections.md, "Before any rule", 3). */
export const QUIET_MS = 20 * MINUTE_MS;
/** A silence of a feed that heard fewer hulls than this in the hour before says nothing about the feed. */
export const OUTAGE_HULLS = 3;
/** How long before its last message a feed's hulls count as those that it heard. */
export const OUTAGE_LOOK_BACK_MS = HOUR_MS;

/** A stretch in which a whole feed, or its receivers around a place, was not heard, ms of event time. */
export type Outage = Stretch;

/**
 * When whole feeds were out. A feed is out between two of its messages that lie more than QUIET_MS apart, if at least
 * OUTAGE_HULLS hulls had been heard in the hour before and the pause is not of the feed's own rhythm; the clocks of the
 * feeds decide that. Ships that leave together cannot look like this while any other is heard.
 */
export class Outages {
  #byFeed: Outage[][] = [];

  /** Takes note of an outage that ended; calls for a feed are in order. */
  add(feed: number, outage: Outage): void {
    (this.#byFeed[feed] ??= []).push(outage);
  }

  /** Returns the feed's outages that overlap the interval, cut to it, in order. */
  within(feed: number, from: number, to: number): readonly Outage[] {
    return (this.#byFeed[feed] ?? [])
      .filter((outage) => outage.to > from && outage.from < to)
      .map((outage) => ({ from: Math.max(from, outage.from), to: Math.min(to, outage.to) }));
  }

  /** Returns everything held, as plain data. */
  dump(): readonly (readonly Outage[])[] {
    return this.#byFeed;
  }

  /** Returns outages that go on from a dump. */
  static restore(dump: ReturnType<Outages['dump']>): Outages {
    const outages = new Outages();
    outages.#byFeed = Array.from(dump, (list) => [...(list ?? [])]);
    return outages;
  }
}
