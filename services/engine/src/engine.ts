import type { UnnumberedVersion } from '@offing/alerts';
import { publish } from '@offing/alerts';
import type { Register } from '@offing/designations';
import type { Gazetteer } from '@offing/gazetteer';
import { ruleBook, type EventDraft, type Json, type Rule, type RuleSettings } from '@offing/rules';
import { OffingError } from '@offing/kit';
import {
  databaseFault,
  feedIdOf,
  migrate,
  readAliases,
  readEngineState,
  readFeeds,
  readSnapshot,
  storedAnchors,
  type EngineState,
} from '@offing/store';
import { DAY_MS, HOUR_MS } from '@offing/units';
import pg from 'pg';
import { Fold, type FoldFeed, type FoldSetting } from '@offing/stages';
import { replayStored } from './replay-stored.ts';
import { SlotMarks } from './slot-marks.ts';
import { snapshotFormat, unpackFold } from './snapshot.ts';

/** Number of the advisory lock that makes one engine the only writer of a database. */
const ENGINE_LOCK = 0x0ff1_1600;
/** Rows that a transaction of a replay holds at least: sorted by key, more rows touch the same pages of the index. */
const BATCH_ROWS = 98_304;

/** What an engine is made of. */
export type EngineOptions = {
  readonly databaseUrl: string;
  readonly gazetteer: Gazetteer;
  readonly register: Register;
  readonly settings?: RuleSettings;
  /** Rows that a transaction of a replay holds at least; 98,304 when left out. */
  readonly batchRows?: number;
  /** Called when another engine holds the database and this one waits. */
  readonly onWaiting?: () => void;
};

/** Makes a connection the only writer of its database until it ends; waits for another that is, and says so. */
export async function lockEngine(client: pg.ClientBase, onWaiting?: () => void): Promise<void> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
    ENGINE_LOCK,
  ]);
  if (rows[0].mine) return;
  onWaiting?.();
  await client.query('select pg_advisory_lock($1)', [ENGINE_LOCK]);
}

/** A feed of a session. */
export type SessionFeed = {
  readonly name: string;
  readonly synthetic: boolean;
  readonly terms?: string | null;
  /** Event time of the last record of what is read, ms; of live feeds none. */
  readonly endsAt?: number | null;
};

/**
 * The one writer of a database: its folds, and where they stand. Opening waits until no other engine writes, brings the
 * schema up to date, and restores the folds from the newest snapshot and the positions stored after it.
 */
export class Engine {
  readonly client: pg.Client;
  readonly databaseUrl: string;
  readonly rules: readonly Rule[];
  readonly setting: FoldSetting;
  readonly reference: { readonly [key: string]: Json };
  readonly format: string;
  readonly batchRows: number;
  readonly feeds: (FoldFeed | undefined)[] = [];
  fold: Fold;
  state: EngineState;
  /** Id under which the folds know an event, to the id that it keeps. */
  aliases: Map<string, string>;
  /** Nothing that is told is known before this, ms: live facts are known when they are received, not when they happened. */
  knownFrom = -Infinity;
  /** Hulls heard since their rows were last written. */
  readonly touched = new SlotMarks();
  #isFoldAhead = false;
  #lost: unknown;
  #closing: Promise<void> | undefined;

  private constructor(
    client: pg.Client,
    options: EngineOptions,
    state: EngineState,
    aliases: Map<string, string>,
  ) {
    this.client = client;
    this.databaseUrl = options.databaseUrl;
    // A connection that dies while nothing is asked of it would else end the process.
    client.on('error', (error) => {
      this.#lost ??= error;
    });
    this.batchRows = options.batchRows ?? BATCH_ROWS;
    this.rules = ruleBook(options.settings ?? {});
    this.reference = { ports: options.gazetteer.version, designations: options.register.version };
    this.format = snapshotFormat(this.rules, this.reference);
    this.setting = {
      rules: this.rules,
      gazetteer: options.gazetteer,
      register: options.register,
      feeds: this.feeds,
      silenceMs: silenceOf(this.rules),
    };
    this.fold = new Fold(this.setting);
    this.state = state;
    this.aliases = aliases;
  }

  /** Opens an engine; throws the codes of `databaseFault` when PostgreSQL refuses, and `database-newer`. */
  static async open(options: EngineOptions): Promise<Engine> {
    await migrate(options.databaseUrl);
    const client = new pg.Client({
      connectionString: options.databaseUrl,
      application_name: 'offing engine',
    });
    try {
      await client.connect();
      await lockEngine(client, options.onWaiting);
      const engine = new Engine(client, options, await readEngineState(client), await readAliases(client));
      await engine.#restore();
      return engine;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw databaseFault(error);
    }
  }

  /** Returns the ids of a session's feeds, by their place in its list. */
  async feedIds(feeds: readonly SessionFeed[]): Promise<Uint16Array> {
    const ids = new Uint16Array(feeds.length);
    for (const [place, feed] of feeds.entries()) {
      ids[place] = await feedIdOf(this.client, feed.name, feed.synthetic, feed.terms ?? null);
      const known = this.feeds[ids[place]];
      const { name, synthetic } = known ?? feed;
      const endsAt = Math.max(known?.endsAt ?? -Infinity, feed.endsAt ?? -Infinity);
      this.feeds[ids[place]] = { name, synthetic, endsAt: endsAt === -Infinity ? null : endsAt };
    }
    return ids;
  }

  /** Returns what rules told as versions to be kept, under the ids that their events have. */
  publish(drafts: readonly EventDraft[]): readonly UnnumberedVersion[] {
    return drafts.map((draft) => {
      const told = publish(draft, this.rules, this.reference);
      const version = { ...told, knownSince: Math.max(told.knownSince, this.knownFrom) };
      const kept = this.aliases.get(version.eventId);
      return kept === undefined ? version : { ...version, eventId: kept, alertId: `a_${kept.slice(2)}` };
    });
  }

  /** Says that the folds may have taken in what was not committed: they are restored before they are used again. */
  distrustFold(): void {
    this.#isFoldAhead = true;
  }

  /** Brings the folds to what is committed, if something was not. Throws `database-lost` when the connection is gone. */
  async catchUp(): Promise<void> {
    if (this.#lost !== undefined || this.#closing !== undefined) {
      throw new OffingError('database-lost', 'the connection of this engine is gone; open another', {
        cause: this.#lost,
      });
    }
    if (!this.#isFoldAhead) return;
    this.state = await readEngineState(this.client);
    this.aliases = await readAliases(this.client);
    this.fold = new Fold(this.setting);
    this.touched.clear();
    await this.#restore();
    this.#isFoldAhead = false;
  }

  /** Runs statements in one transaction on the engine's connection. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.client.query('begin');
    try {
      const result = await work();
      await this.client.query('commit');
      return result;
    } catch (error) {
      await this.client.query('rollback').catch(() => undefined);
      throw error;
    }
  }

  /** Gives the database free; more than once is the same as once. */
  close(): Promise<void> {
    return (this.#closing ??= this.client.end());
  }

  /** Brings the folds to the engine's watermark without telling anything: all of it was told before. */
  async #restore(): Promise<void> {
    for (const { id, ...feed } of await readFeeds(this.client)) this.feeds[id] = feed;
    if (this.state.watermark === null) return;
    const snapshot = await readSnapshot(this.client, this.format, this.state.watermark + 1);
    if (snapshot !== null) this.fold = new Fold(this.setting, await unpackFold(snapshot.parts));
    if (this.state.refoldFrom !== null) return;
    const after = snapshot?.watermark ?? -Infinity;
    this.fold.useAnchors(await storedAnchors(this.client, after));
    await replayStored(this.client, this.fold, after, (batch) => this.touched.addAll(batch.result.touched));
  }
}

/** The shortest silence that a rule wants to be told of, ms. */
function silenceOf(rules: readonly Rule[]): number {
  const hours = rules.flatMap((rule) => {
    const threshold = rule.params['thresholdH'];
    return rule.signals.includes('silent') && typeof threshold === 'number' ? [threshold] : [];
  });
  return Math.min(30 * DAY_MS, ...hours.map((hour) => hour * HOUR_MS));
}
