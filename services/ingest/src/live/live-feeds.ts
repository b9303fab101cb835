import { connectSource, FORMAT_OF } from './connect-source.ts';
import type { FeedStatus } from './feed-health.ts';
import type { LiveInbox } from './inbox.ts';
import { LiveFeed } from './live-feed.ts';
import type { LiveFeedConfig } from './live-source.ts';
import type { RejectCount, RejectSample } from '../rejects.ts';

type Running = { readonly key: string; readonly feed: LiveFeed };

/** A feed as the engine must know it, in the place that its records name. */
export type KnownFeed = { readonly name: string; readonly synthetic: boolean; readonly terms: string | null };

/** Runs the configured feeds into one inbox; a change of the configuration touches only the feeds that it changes. */
export class LiveFeeds {
  readonly inbox: LiveInbox;
  /** Grows only: records that wait name their feed by its place. */
  readonly known: KnownFeed[] = [];
  readonly #running = new Map<string, Running>();
  /** Feeds that were stopped since their refusals were last taken. */
  #gone: LiveFeed[] = [];

  constructor(inbox: LiveInbox) {
    this.inbox = inbox;
  }

  /** Starts feeds that are new, stops those that are gone, and makes those anew that differ; the others go on. */
  async apply(configs: readonly LiveFeedConfig[]): Promise<void> {
    const wanted = new Map(configs.map((config) => [config.name, config]));
    const gone = [...this.#running].filter(([name, { key }]) => {
      const config = wanted.get(name);
      return config === undefined || keyOf(config) !== key;
    });
    for (const [name] of gone) this.#running.delete(name);
    this.#gone.push(...gone.map(([, { feed }]) => feed));
    await Promise.all(gone.map(([, { feed }]) => feed.stop()));
    for (const config of configs) if (!this.#running.has(config.name)) this.#start(config);
  }

  /** Stops all feeds; resolves when all that they brought is in the inbox. */
  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ feed }) => feed.stop()));
  }

  /** Resolves when every feed has ended for good, as standard input does. */
  async done(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ feed }) => feed.done));
  }

  /** Returns the places of the feeds that run: the configuration expects something of them. */
  expected(): readonly number[] {
    return this.known.flatMap(({ name }, place) => (this.#running.has(name) ? [place] : []));
  }

  /** Returns how the feeds are doing, by name. */
  statuses(): readonly FeedStatus[] {
    const all = [...this.#running.values()].map(({ feed }) => feed.status());
    return all.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Returns what was refused since the last call. */
  takeRejects(): { readonly counts: readonly RejectCount[]; readonly samples: readonly RejectSample[] } {
    const feeds = [...this.#gone, ...[...this.#running.values()].map(({ feed }) => feed)];
    this.#gone = [];
    const taken = feeds.map((feed) => feed.health.takeRejects());
    return {
      counts: taken.flatMap(({ counts }) => counts),
      samples: taken.flatMap(({ samples }) => samples),
    };
  }

  #start(config: LiveFeedConfig): void {
    const { name, synthetic, terms, source, staleDays, silentS } = config;
    let feed = this.known.findIndex((known) => known.name === name);
    if (feed < 0) feed = this.known.push({ name, synthetic, terms }) - 1;
    this.#running.set(name, {
      key: keyOf(config),
      feed: new LiveFeed({
        name,
        feed,
        format: FORMAT_OF[source.kind],
        connect: connectSource(source),
        inbox: this.inbox,
        staleDays,
        silentMs: silentS * 1000,
      }),
    });
  }
}

function keyOf(config: LiveFeedConfig): string {
  return JSON.stringify(config);
}
