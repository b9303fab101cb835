import { setTimeout as sleep } from 'node:timers/promises';
import type { AllowedTargets } from '@offing/notify';
import { readListSources } from '@offing/store';
import { HOUR_MS, MINUTE_MS } from '@offing/units';
import pg from 'pg';
import type { ListConfig } from './feeds-config.ts';
import { importUrls } from './fetch-lists.ts';

/** What could not be had, or is refused, is asked for again after this long, or after the list's own interval if that is shorter (ours), ms. */
const AGAIN_MS = HOUR_MS;
/** How often it is looked which list is due, ms. */
const LOOK_EVERY_MS = MINUTE_MS;

/** What the schedule needs. */
export type ListScheduleOptions = {
  readonly databaseUrl: string;
  readonly allowed: AllowedTargets;
  readonly say: (text: string) => void;
  /** Does work while no engine of this process holds the database. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** How often it is looked which list is due, ms; a minute when left out. */
  readonly lookEveryMs?: number;
};

/** Fetches the configured lists of ships, one after the other, each when it is due. */
export class ListSchedule {
  readonly #options: ListScheduleOptions;
  readonly #stop = new AbortController();
  #lists: readonly ListConfig[] = [];
  #ended: Promise<void> | null = null;

  constructor(options: ListScheduleOptions) {
    this.#options = options;
  }

  /** Takes the lists of a configuration. When each was last tried is kept in the database: a restart asks nobody again. */
  apply(lists: readonly ListConfig[]): void {
    this.#lists = lists;
    if (lists.length > 0) this.#ended ??= this.#loop();
  }

  /** Ends what is being fetched; what is being written is written to its end. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      for (const list of this.#lists) if (!signal.aborted) await this.#look(list);
      await sleep(this.#options.lookEveryMs ?? LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #look(list: ListConfig): Promise<void> {
    try {
      if ((await this.#dueAt(list)) <= Date.now()) await this.#fetch(list);
    } catch (error) {
      if (!this.#stop.signal.aborted)
        this.#options.say(`lists: ${(error as Error).message}; tried again after a while`);
    }
  }

  async #fetch({ urls, list }: ListConfig): Promise<void> {
    const { databaseUrl, allowed, say, alone } = this.#options;
    const { signal } = this.#stop;
    const tell = (text: string): void => say(text.trimEnd());
    await importUrls(databaseUrl, urls, {
      ...(list === null ? {} : { list }),
      knownSince: Date.now(),
      acceptShrunk: false,
      allowed,
      signal,
      alone: (work) =>
        alone(() => {
          signal.throwIfAborted();
          return work();
        }),
      say: { text: tell, alarm: tell, waiting: () => say('lists: waiting for another process to end') },
    });
  }

  async #dueAt({ urls, everyMs }: ListConfig): Promise<number> {
    const client = new pg.Client({
      connectionString: this.#options.databaseUrl,
      application_name: 'offing lists',
    });
    await client.connect();
    try {
      const known = await readListSources(client, urls);
      const due = urls.map((url) => {
        const source = known.get(url);
        if (source === undefined) return -Infinity;
        const isWell = source.outcome === 'taken' || source.outcome === 'same';
        return source.checkedAt + (isWell ? everyMs : Math.min(everyMs, AGAIN_MS));
      });
      return Math.min(...due);
    } finally {
      await client.end();
    }
  }
}
