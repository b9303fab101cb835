import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Engine, heldInstants, LiveRun, type SessionFeed } from '@offing/engine';
import { LiveFeeds, LiveInbox, packSegments, type InboxBatch } from '@offing/ingest';
import {
  dropRawSegments,
  newestSegment,
  writeFeedStatus,
  writeRawSegments,
  writeRejects,
} from '@offing/store';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@offing/units';
import type { RecordColumns, StaticDictionary } from '@offing/track';
import pg from 'pg';
import type { FeedsConfig } from './feeds-config.ts';
import { keepHeld, keepLateCopies, keepRaw } from './keep-raw.ts';
import type { Reference } from './reference.ts';
import { UnheardFeeds, type ExpectedFeed } from './unheard-feeds.ts';

/** A transaction is made for so many records, or after so long (design.md, "Exactly-once effects"). */
const FLUSH_ROWS = 20_000;
const FLUSH_MS = 250;
/** A stretch ends after this long: what was refused is written then, and a restart has less to fold again. */
const STRETCH_MS = HOUR_MS;
/** How often the feeds' health is written, ms. */
const STATUS_EVERY_MS = 5000;
/** How often the raw records of what events rest on are looked for, ms. */
const RAW_EVERY_MS = 10 * MINUTE_MS;
/** How long is waited after the database failed, ms. */
const RETRY_MS = 3000;

/** What the live side of the service needs. */
export type LiveServiceOptions = {
  readonly databaseUrl: string;
  readonly reference: Reference;
  readonly say: (text: string) => void;
  /** How often the raw records of what events rest on are looked for, ms; ten minutes when left out. */
  readonly rawEveryMs?: number;
  /** How long a feed may bring nothing from its start before that is told, ms; ten minutes when left out. */
  readonly unheardMs?: number;
  /** Folder in which copies of recordings are kept; without it recordings are looked into where they lay. */
  readonly copiesDir?: string;
};

/** Runs the configured feeds through the engine into the database until it is stopped. */
export class LiveService {
  readonly feeds: LiveFeeds;
  readonly #options: LiveServiceOptions;
  #reference: Reference;
  readonly #inbox: LiveInbox;
  readonly #stop = new AbortController();
  #latenessMs: number;
  #rawKeepDays = 0;
  /** Work that waits for the engine to be closed. */
  readonly #between: (() => Promise<void>)[] = [];
  #held: InboxBatch | null = null;
  #engine: Engine | null = null;
  #run: LiveRun | null = null;
  #ended: Promise<void> | null = null;
  #statusTimer: NodeJS.Timeout | null = null;
  #rawTimer: NodeJS.Timeout | null = null;
  #writingStatus: Promise<void> = Promise.resolve();
  /** Segments up to this one were looked into for copies that come late. */
  #lastSegment: string | null = null;
  #keepingRaw: Promise<void> = Promise.resolve();
  readonly #unheard: UnheardFeeds;
  #expected: readonly ExpectedFeed[] = [];

  constructor(options: LiveServiceOptions, inbox = new LiveInbox()) {
    this.#options = options;
    this.#reference = options.reference;
    this.#inbox = inbox;
    this.feeds = new LiveFeeds(inbox);
    this.#latenessMs = 0;
    this.#unheard = new UnheardFeeds(options.unheardMs);
  }

  /** Takes a configuration: feeds that it does not change go on. The engine is opened with the first feed. */
  async apply(config: FeedsConfig): Promise<void> {
    this.#latenessMs = config.latenessMs;
    this.#rawKeepDays = config.rawKeepDays;
    this.#expected = config.feeds.map(({ name, silentS }) => ({ name, silentMs: silentS * 1000 }));
    await this.feeds.apply(config.feeds);
    if (config.feeds.length === 0 || this.#ended !== null) return;
    this.#ended = this.#loop();
    this.#statusTimer = setInterval(() => {
      this.#writingStatus = this.#writeStatus();
    }, STATUS_EVERY_MS);
    this.#rawTimer = setInterval(() => {
      // One after the other: each looks for what is left.
      this.#keepingRaw = this.#keepingRaw.then(() => this.#keepRaw());
    }, this.#options.rawEveryMs ?? RAW_EVERY_MS);
  }

  /**
   * Does work while no engine of this service holds the database; what the feeds bring meanwhile waits. The work returns the
   * reference data that the engine goes on with.
   */
  async between(work: () => Promise<Reference>): Promise<void> {
    const change = async (): Promise<void> => {
      this.#reference = await work();
    };
    if (this.#ended === null || this.#stop.signal.aborted) return change();
    return new Promise((resolve, reject) => {
      this.#between.push(() => change().then(resolve, reject));
    });
  }

  /** Stops the feeds, stores all that they brought, and gives the database free. */
  async stop(): Promise<void> {
    if (this.#statusTimer !== null) clearInterval(this.#statusTimer);
    if (this.#rawTimer !== null) clearInterval(this.#rawTimer);
    await this.feeds.stop();
    this.#stop.abort();
    await this.#ended;
    await this.#writingStatus;
    await this.#writeStatus();
    await this.#keepingRaw;
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stop;
    for (;;) {
      try {
        await this.#stretch();
        if (signal.aborted) break;
        if (this.#between.length > 0) await this.#doBetween();
      } catch (error) {
        this.#options.say(
          `live feeds: ${(error as Error).message}; what was taken is kept and stored when it can be`,
        );
        await this.#closeEngine();
        // A process that is to end does not wait for a database that may never come back: the journal has it.
        if (signal.aborted) break;
        await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
    await this.#closeEngine();
    await this.#doBetween();
  }

  async #doBetween(): Promise<void> {
    await this.#closeEngine();
    for (const work of this.#between.splice(0)) await work();
  }

  async #stretch(): Promise<void> {
    this.#engine ??= await Engine.open({
      databaseUrl: this.#options.databaseUrl,
      ...this.#reference,
      onWaiting: () =>
        this.#options.say('another process is writing to this database; live feeds wait for it to end'),
    });
    this.#run ??= new LiveRun(this.#engine, { latenessMs: this.#latenessMs });
    const { known } = this.feeds;
    const statics = this.#held?.statics ?? this.#inbox.statics;
    const id = `live-${new Date().toISOString()}-${randomBytes(4).toString('hex')}`;
    await this.#run.stretch(
      {
        id,
        feeds: known,
        statics,
        batches: () => this.#batches(statics),
        isLast: () => this.#stop.signal.aborted,
        expected: () => this.feeds.expected(),
        keep: (client, batch) => this.#keepSegments(client, batch),
        writeEnd: (client) => {
          const { counts, samples } = this.feeds.takeRejects();
          return writeRejects(client, id, counts, samples);
        },
      },
      (feed) => this.#placeOf(feed),
    );
  }

  /** Yields what comes, until something asks for another stretch: a new feed, another dictionary, the hour, the end. */
  async *#batches(statics: StaticDictionary): AsyncGenerator<RecordColumns> {
    const until = Date.now() + STRETCH_MS;
    const feeds = this.feeds.known.length;
    const { signal } = this.#stop;
    for (;;) {
      if (this.#held === null) {
        await this.#inbox.gather(FLUSH_ROWS, FLUSH_MS, signal);
        this.#held = this.#inbox.take();
      }
      if (this.#held.statics !== statics || this.feeds.known.length > feeds) return;
      const wasLast = signal.aborted && this.#held.records.length === 0;
      // Held until the consumer comes back: what it could not write is given to it again.
      yield this.#held.records;
      this.#held = null;
      if (wasLast || (!signal.aborted && (Date.now() >= until || this.#between.length > 0))) return;
    }
  }

  async #keepSegments(client: pg.ClientBase, batch: RecordColumns): Promise<void> {
    if (this.#held?.records !== batch || this.#rawKeepDays === 0) return;
    const names = this.feeds.known.map(({ name }) => name);
    await writeRawSegments(client, await packSegments(batch, this.#held.raws, names));
  }

  #placeOf(feed: SessionFeed): number {
    const { known } = this.feeds;
    const place = known.findIndex(({ name }) => name === feed.name);
    return place >= 0 ? place : known.push({ ...feed, terms: feed.terms ?? null }) - 1;
  }

  async #closeEngine(): Promise<void> {
    const engine = this.#engine;
    this.#engine = null;
    this.#run = null;
    await engine?.close().catch(() => undefined);
  }

  async #writeStatus(): Promise<void> {
    const now = Date.now();
    for (const line of this.#unheard.news(this.#expected, this.feeds.statuses(), now))
      this.#options.say(line);
    await this.#aside((client) => writeFeedStatus(client, this.feeds.statuses(), now));
  }

  async #keepRaw(): Promise<void> {
    await this.#aside(async (client) => {
      this.#lastSegment ??= await newestSegment(client);
      await keepRaw(client, [], this.#options.copiesDir ?? null);
      this.#lastSegment = await keepLateCopies(client, this.#lastSegment);
      const engine = this.#engine;
      // Without the folds nobody knows what may still be named: nothing is forgotten until they are back.
      if (engine === null) return;
      // One instant for both: what is forgotten is what was looked into.
      const before = Date.now() - this.#rawKeepDays * DAY_MS;
      await keepHeld(client, before, (from, to) => heldInstants(engine.fold.dump(), from, to));
      await dropRawSegments(client, before);
    });
  }

  /** Works on a connection of its own: the engine's is in the middle of a transaction most of the time. */
  async #aside(work: (client: pg.Client) => Promise<void>): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.databaseUrl,
      application_name: 'offing feeds',
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await work(client);
    } catch {
      // The engine's own fault tells the reason; this is done again after a while.
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
