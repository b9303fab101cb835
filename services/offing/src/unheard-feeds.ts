import type { FeedStatus } from '@offing/ingest';
import { isoOf, MINUTE_MS } from '@offing/units';

/** A feed that has brought nothing for this long since it was configured is told, ms (ours: a slow start is no fault). */
export const UNHEARD_MS = 10 * MINUTE_MS;

/** A feed that is configured, and how long it may be silent, ms. */
export type ExpectedFeed = { readonly name: string; readonly silentMs: number };

/**
 * Tells the operator of feeds that never brought anything since they were configured, each once. Such a feed has no
 * `feed-outage`: nothing is known of the ships and the water that it would hear.
 */
export class UnheardFeeds {
  readonly #least: number;
  #since = new Map<string, number>();
  #told = new Set<string>();

  constructor(least = UNHEARD_MS) {
    this.#least = least;
  }

  /** Takes how the feeds are doing at an instant (ms), and returns what is news of them, a line for each. */
  news(expected: readonly ExpectedFeed[], statuses: readonly FeedStatus[], now: number): readonly string[] {
    const names = new Set(expected.map(({ name }) => name));
    this.#since = new Map([...this.#since].filter(([name]) => names.has(name)));
    this.#told = new Set([...this.#told].filter((name) => names.has(name)));
    return expected.flatMap(({ name, silentMs }) => {
      const status = statuses.find((one) => one.name === name);
      const since = this.#since.get(name) ?? now;
      this.#since.set(name, since);
      if (status === undefined) return [];
      if (status.lastMessageAt !== null) {
        return this.#told.delete(name) ? [`ALARM is over: feed ${name} brings something`] : [];
      }
      const isDue = now - since >= Math.max(this.#least, silentMs);
      if (status.state === 'stopped' || this.#told.has(name) || !isDue) return [];
      this.#told.add(name);
      const why = status.fault ?? `its connection is ${status.state}`;
      return [`ALARM: feed ${name} has brought nothing since ${isoOf(since)}: ${why} [feed-unheard]`];
    });
  }
}
