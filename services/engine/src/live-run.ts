import { databaseFault, readJournal, trimJournal, writeJournal } from '@offing/store';
import type { RecordColumns, StaticDictionary } from '@offing/track';
import { MINUTE_MS } from '@offing/units';
import type pg from 'pg';
import type { Engine, SessionFeed } from './engine.ts';
import { packRecords, unpackRecords } from './live-journal.ts';
import { LiveOrder } from './live-order.ts';
import { refold } from './refold.ts';
import { beginRun } from './session.ts';
import type { SessionRun } from './session-run.ts';
import type { Session, SessionOutcome } from './session-types.ts';

/** Arrival order does not matter within this time (design.md, "Ids"), ms. */
const ALLOWED_LATENESS_MS = 600_000;
/** Late positions wait at least this long before the folds are run again, ms (ours). */
const REFOLD_EVERY_MS = MINUTE_MS;
/** Running the folds again takes at most one part in this many of the time (ours). */
const REFOLD_SHARE = 10;
/** What is committed stays in the journal for about this long, ms. */
const TRIM_EVERY_MS = 10_000;
/** How often it is asked whether feeds that bring nothing are out, ms (ours). */
const BEAT_EVERY_MS = 10_000;
/** Nothing must have come for this long at least before time goes on without records, ms (ours). */
const QUIET_MS = 2 * MINUTE_MS;

/** How live records are brought into order. */
export type LiveSetting = {
  readonly latenessMs?: number;
  readonly refoldEveryMs?: number;
  readonly now?: () => number;
};

/** A stretch of the live feeds: its batches come in order of arrival; an empty one says only that time goes on. */
export type LiveStretch = Omit<Session, 'kind'> & {
  /** Whether nothing follows this stretch: what is held back for the order's sake is then let go. Asked at its end. */
  isLast(): boolean;
  /** Places of the feeds that are expected to bring something; all of the stretch when left out. */
  expected?(): readonly number[];
  /** Keeps what else belongs to the batch at hand, before the batch is taken in. */
  keep?(client: pg.ClientBase, batch: RecordColumns): Promise<void>;
};

/**
 * Takes what live feeds bring into the store, stretch after stretch. Each batch is written to the journal first; records go
 * through the folds in event-time order once nothing earlier is expected; what comes later still is stored at once, and the
 * folds are run again for it. A process that is killed loses at most the batch at hand.
 */
export class LiveRun {
  readonly #engine: Engine;
  readonly #setting: Required<LiveSetting>;
  #order: LiveOrder | null = null;
  #statics: StaticDictionary | null = null;
  #refoldAt = 0;
  #trimAt = 0;
  #beatAt = 0;
  /** When anything came last, or the first stretch began. */
  #heardAt: number | null = null;

  constructor(engine: Engine, setting: LiveSetting = {}) {
    this.#engine = engine;
    this.#setting = {
      latenessMs: setting.latenessMs ?? ALLOWED_LATENESS_MS,
      refoldEveryMs: setting.refoldEveryMs ?? REFOLD_EVERY_MS,
      now: setting.now ?? Date.now,
    };
  }

  /** Number of records that are held back for the order's sake. */
  get heldBack(): number {
    return this.#order?.length ?? 0;
  }

  /**
   * Runs one stretch to its end. `placeOf` gives the place of a feed in the stretch's list, and adds feeds that are not in
   * it: those of records that a killed process left in the journal. Throws what the batches throw and the codes of
   * `databaseFault`; the next call goes on from the journal.
   */
  async stretch(stretch: LiveStretch, placeOf: (feed: SessionFeed) => number): Promise<SessionOutcome> {
    try {
      await this.#engine.catchUp();
      return await this.#run(stretch, placeOf);
    } catch (error) {
      this.#order = null;
      this.#engine.distrustFold();
      throw databaseFault(error);
    } finally {
      this.#engine.knownFrom = -Infinity;
    }
  }

  async #run(stretch: LiveStretch, placeOf: (feed: SessionFeed) => number): Promise<SessionOutcome> {
    const order = await this.#orderFor(stretch.statics, placeOf);
    const session: Session = { ...stretch, kind: 'live', batches: () => stretch.batches() };
    const run = await beginRun(this.#engine, session);
    try {
      for await (const batch of stretch.batches()) await this.#take(run, order, stretch, batch);
      if (stretch.isLast()) {
        await this.#give(run, order.releaseAll(stretch.statics));
        this.#order = null;
      }
      const outcome = await run.finish();
      await this.#trim();
      return outcome;
    } catch (error) {
      await run.settle();
      throw error;
    }
  }

  /** Returns the order that goes on from the last stretch, or one with what a process that was killed left behind. */
  async #orderFor(statics: StaticDictionary, placeOf: (feed: SessionFeed) => number): Promise<LiveOrder> {
    const before = this.#statics;
    this.#statics = statics;
    if (this.#order !== null) {
      if (before !== null && before !== statics) this.#order.moveTo(statics, before);
      return this.#order;
    }
    const { client, state } = this.#engine;
    const order = new LiveOrder(this.#setting.latenessMs, state.watermark ?? -Infinity);
    for await (const body of readJournal(client)) order.add(unpackRecords(body, placeOf, statics));
    this.#order = order;
    return order;
  }

  async #take(run: SessionRun, order: LiveOrder, stretch: LiveStretch, batch: RecordColumns): Promise<void> {
    const now = this.#setting.now();
    this.#engine.knownFrom = now;
    if (batch.length > 0) {
      await run.settle();
      await stretch.keep?.(this.#engine.client, batch);
      const body = packRecords(batch, stretch.feeds, stretch.statics);
      await writeJournal(this.#engine.client, newestOf(batch), body);
      order.add(batch);
      this.#heardAt = now;
    }
    this.#heardAt ??= now;
    if (now >= this.#beatAt) await this.#beat(run, order, stretch, now);
    await this.#give(run, order.release(now, stretch.statics));
    if (now >= this.#refoldAt && this.#engine.state.refoldFrom !== null) await this.#refold(run);
    if (now >= this.#trimAt) {
      await run.commitDone();
      await this.#trim();
    }
  }

  async #give(run: SessionRun, { inOrder, late }: ReturnType<LiveOrder['release']>): Promise<void> {
    if (late.length > 0) await run.takeLate(late);
    if (inOrder.length > 0) await run.take(inOrder);
  }

  /**
   * Lets time go on by our clock when nothing has come for longer than records are held back: a feed that is out must be
   * told while no other feed moves time on. What is held back is let go before, since nothing earlier is on its way.
   */
  async #beat(run: SessionRun, order: LiveOrder, stretch: LiveStretch, now: number): Promise<void> {
    this.#beatAt = now + BEAT_EVERY_MS;
    const { latenessMs } = this.#setting;
    if (now - (this.#heardAt ?? now) < Math.max(latenessMs, QUIET_MS)) return;
    const at = Math.floor((now - latenessMs) / BEAT_EVERY_MS) * BEAT_EVERY_MS;
    await this.#give(run, order.releaseBefore(at, stretch.statics));
    // A record later than the beat may stand beside it in the stream: the beat then waits for it.
    const places = stretch.expected?.() ?? [...stretch.feeds.keys()];
    if (order.length === 0 && (await run.beat(at, places))) order.closeUpTo(at);
  }

  async #refold(run: SessionRun): Promise<void> {
    const { now, refoldEveryMs } = this.#setting;
    const began = now();
    await run.commitDone();
    await refold(this.#engine);
    const took = now() - began;
    this.#refoldAt = now() + Math.max(refoldEveryMs, REFOLD_SHARE * took);
  }

  /** Forgets what is committed. What is held back lies behind the watermark and stays. */
  async #trim(): Promise<void> {
    this.#trimAt = this.#setting.now() + TRIM_EVERY_MS;
    const { watermark } = this.#engine.state;
    if (watermark === null) return;
    await trimJournal(this.#engine.client, watermark);
  }
}

function newestOf(records: RecordColumns): number {
  let newest = -Infinity;
  for (let row = 0; row < records.length; row++) newest = Math.max(newest, records.at[row]);
  return newest;
}
