import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  beginSession,
  copyPositions,
  dropSnapshotsFrom,
  endSession,
  readSession,
  stagePositions,
  writeEngineState,
  writeEvents,
  writeSessionWatermark,
  writeSnapshot,
  writeStatics,
  writeVessels,
  type EngineState,
  type StaticRow,
} from '@offing/store';
import {
  COLUMN_NAMES,
  makeColumns,
  NO_COORDINATE,
  NO_STATIC,
  type RecordColumns,
  type StaticDictionary,
} from '@offing/track';
import type pg from 'pg';
import type { Engine, SessionFeed } from './engine.ts';
import type { FoldResult } from '@offing/stages';
import { refold } from './refold.ts';
import { packFold } from './snapshot.ts';
import { vesselRows } from './vessel-rows.ts';

/** Rows folded before sockets get a turn. */
const SLICE_ROWS = 4096;
/** Positions after which the state of the folds is kept, so that a restart has less to run through. */
const SNAPSHOT_EVERY = 2_000_000;
const DUPLICATE_KEY = '23505';

/** What is read in one go: recordings in one event-time order, or a stretch of a live feed. */
export type Session = {
  /** Says what is read and how: the same id means the same records in the same order. */
  readonly id: string;
  readonly kind: 'replay' | 'live';
  readonly feeds: readonly SessionFeed[];
  readonly statics: StaticDictionary;
  /** Records in the order of the stream; `feed` is the place in `feeds`. The columns may be used again after each step. */
  batches(): AsyncIterable<RecordColumns>;
  /** What to keep with the session when it is done. */
  summary?(): unknown;
  /** Writes what else belongs to the session (what was refused), inside the transaction that ends it. */
  writeEnd?(client: pg.ClientBase): Promise<void>;
  /** Called after each commit. */
  onProgress?(outcome: SessionOutcome): void;
};

/** What a session brought. */
export type SessionOutcome = {
  /** False when it was all read before. */
  readonly isNew: boolean;
  readonly positions: number;
  readonly duplicates: number;
  /** Positions behind the engine's watermark: stored, and taken in by running the folds again. */
  readonly late: number;
  /** The engine's change sequence before the session: what came after it was raised by it. */
  readonly beganAtSeq: number;
};

/**
 * Takes a session through the folds into the store. Each transaction holds the positions of a batch, what came of them,
 * and how far the session has come; it never ends between two records of one instant, so that a session that was killed
 * goes on behind its watermark. Records behind the engine's own watermark are stored first and folded in afterwards.
 */
export async function runSession(engine: Engine, session: Session): Promise<SessionOutcome> {
  const known = await readSession(engine.client, session.id);
  const beganAtSeq = known?.beganAtSeq ?? engine.state.changeSeq;
  if (known?.state === 'done') return { isNew: false, positions: 0, duplicates: 0, late: 0, beganAtSeq };
  const resumes = known !== null && known.watermark !== null;
  if (engine.state.refoldFrom !== null && !resumes) await refold(engine, null);
  if (known === null) await beginSession(engine.client, session.id, session.kind, beganAtSeq);
  const run = new Run(
    engine,
    session,
    await engine.feedIds(session.feeds),
    beganAtSeq,
    known?.watermark ?? -Infinity,
  );
  for await (const batch of session.batches()) await run.take(batch);
  return run.finish();
}

/** One session on its way through the engine. */
class Run {
  #engine: Engine;
  #session: Session;
  #feedIds: Uint16Array;
  #resumeAfter: number;
  #beganAtSeq: number;
  #mode: 'undecided' | 'append' | 'backfill' = 'undecided';
  #carry: RecordColumns = makeColumns(0);
  #commit: Promise<void> = Promise.resolve();
  #failure: unknown;
  #positions = 0;
  #duplicates = 0;
  #late = 0;
  #sinceSnapshot = 0;
  /** Event time of the session's newest record, ms. */
  #lastAt: number;

  constructor(
    engine: Engine,
    session: Session,
    feedIds: Uint16Array,
    beganAtSeq: number,
    resumeAfter: number,
  ) {
    this.#engine = engine;
    this.#session = session;
    this.#feedIds = feedIds;
    this.#beganAtSeq = beganAtSeq;
    this.#resumeAfter = resumeAfter;
    this.#lastAt = resumeAfter;
    engine.fold.forgetDictionary();
  }

  /** Takes the next records of the session. */
  async take(batch: RecordColumns): Promise<void> {
    const records = joined(this.#carry, batch, this.#resumeAfter, this.#feedIds);
    if (records.length > 0) this.#lastAt = records.at[records.length - 1];
    const cut = lastInstantStart(records);
    this.#carry = slice(records, cut, records.length);
    if (cut > 0) await this.#store(slice(records, 0, cut));
  }

  /** Takes what is left, folds in what came late, and ends the session. */
  async finish(): Promise<SessionOutcome> {
    if (this.#carry.length > 0) await this.#store(this.#carry);
    await this.#commitDone();
    if (this.#engine.state.refoldFrom !== null) await refold(this.#engine, this.#lastAt);
    await this.#end();
    return this.#outcome();
  }

  #outcome(): SessionOutcome {
    const { positions, duplicates, late } = {
      positions: this.#positions,
      duplicates: this.#duplicates,
      late: this.#late,
    };
    return { isNew: true, positions, duplicates, late, beganAtSeq: this.#beganAtSeq };
  }

  async #store(records: RecordColumns): Promise<void> {
    const { watermark, refoldFrom } = this.#engine.state;
    if (this.#mode === 'undecided') {
      const behind = refoldFrom !== null || (watermark !== null && records.at[0] <= watermark);
      this.#mode = behind ? 'backfill' : 'append';
    }
    if (this.#mode === 'backfill') await this.#storeBehind(records);
    else await this.#append(records);
    this.#session.onProgress?.(this.#outcome());
  }

  /** Folds a batch and starts its commit, which goes on while the next batch is folded. */
  async #append(records: RecordColumns): Promise<void> {
    const { engine, result } = { engine: this.#engine, result: await this.#fold(records) };
    await this.#commitDone();
    this.#positions += result.positions;
    this.#duplicates += result.duplicates;
    this.#sinceSnapshot += result.positions;
    for (const slot of result.touched) engine.touched.add(slot);
    const snapshot = this.#sinceSnapshot >= SNAPSHOT_EVERY;
    if (snapshot) this.#sinceSnapshot = 0;
    const work = this.#prepare(records, result, snapshot);
    this.#commit = work().catch((error: unknown) => {
      this.#failure = error;
    });
  }

  async #fold(records: RecordColumns): Promise<FoldResult> {
    const results: FoldResult[] = [];
    const keep = new Uint8Array(records.length);
    const hull = new Int16Array(records.length);
    for (let from = 0; from < records.length;) {
      const to = sliceEnd(records, from);
      const result = this.#engine.fold.process(records, this.#session.statics, from, to);
      keep.set(result.keep, from);
      hull.set(result.hull, from);
      results.push(result);
      from = to;
      await nextTurn();
    }
    return {
      keep,
      hull,
      duplicates: results.reduce((sum, result) => sum + result.duplicates, 0),
      positions: results.reduce((sum, result) => sum + result.positions, 0),
      statics: results.flatMap((result) => result.statics),
      events: results.flatMap((result) => result.events),
      touched: new Set(results.flatMap((result) => [...result.touched])),
    };
  }

  /** Gathers now, while the fold stands at the end of the batch, what its transaction is to write. */
  #prepare(records: RecordColumns, result: FoldResult, snapshot: boolean): () => Promise<void> {
    const engine = this.#engine;
    const watermark = records.at[records.length - 1];
    const versions = engine.publish(result.events);
    const named = new Set(versions.flatMap((version) => version.vesselId));
    const slots = snapshot
      ? engine.touched
      : [...engine.touched].filter((slot) => named.size > 0 && named.has(engine.fold.hulls.vesselId(slot)));
    const vessels = vesselRows(engine.fold, slots, engine.feeds);
    if (snapshot) engine.touched = new Set();
    const packed = snapshot ? packFold(engine.fold.dump()) : null;
    const write = async (stage: boolean): Promise<EngineState> => {
      if (stage) await stagePositions(engine.client, records, result);
      else await copyPositions(engine.client, records, result);
      await writeStatics(engine.client, result.statics);
      await writeVessels(engine.client, vessels);
      const changeSeq = await writeEvents(engine.client, versions, engine.state.changeSeq);
      const state: EngineState = { ...engine.state, watermark, changeSeq, reference: engine.reference };
      await writeEngineState(engine.client, state);
      await writeSessionWatermark(engine.client, this.#session.id, watermark);
      if (packed !== null) await writeSnapshot(engine.client, watermark, engine.format, packed);
      return state;
    };
    return async () => {
      engine.state = await engine
        .transaction(() => write(false))
        .catch((error: unknown) => {
          if ((error as { code?: string }).code !== DUPLICATE_KEY) throw error;
          return engine.transaction(() => write(true));
        });
    };
  }

  /** Stores records behind the engine's watermark; the folds take them in when the session ends. */
  async #storeBehind(records: RecordColumns): Promise<void> {
    const engine = this.#engine;
    const keep = new Uint8Array(records.length).map((_, row) =>
      records.lonE7[row] === NO_COORDINATE ? 0 : 1,
    );
    const positions = keep.reduce((sum, kept) => sum + kept, 0);
    const rows = { keep, hull: new Int16Array(records.length) };
    const added = await engine.transaction(async () => {
      const fresh = await stagePositions(engine.client, records, rows);
      const news = await writeStatics(engine.client, staticsOf(records, this.#session.statics));
      await writeSessionWatermark(engine.client, this.#session.id, records.at[records.length - 1]);
      if (fresh + news === 0) return fresh;
      const refoldFrom = Math.min(engine.state.refoldFrom ?? Infinity, records.at[0]);
      await dropSnapshotsFrom(engine.client, refoldFrom);
      await writeEngineState(engine.client, { ...engine.state, refoldFrom });
      engine.state = { ...engine.state, refoldFrom };
      return fresh;
    });
    this.#positions += added;
    this.#duplicates += positions - added;
    this.#late += added;
  }

  async #end(): Promise<void> {
    const engine = this.#engine;
    const { watermark } = engine.state;
    await engine.transaction(async () => {
      await writeVessels(engine.client, vesselRows(engine.fold, engine.touched, engine.feeds));
      if (watermark !== null) {
        await writeSnapshot(engine.client, watermark, engine.format, packFold(engine.fold.dump()));
      }
      await this.#session.writeEnd?.(engine.client);
      await endSession(engine.client, this.#session.id, this.#session.summary?.() ?? null);
    });
    engine.touched = new Set();
  }

  async #commitDone(): Promise<void> {
    await this.#commit;
    if (this.#failure !== undefined) throw this.#failure as Error;
  }
}

/** Rows carried over, then those of a batch later than an instant, with the feeds' ids in place of their numbers in the session. */
function joined(
  carry: RecordColumns,
  batch: RecordColumns,
  after: number,
  feedIds: Uint16Array,
): RecordColumns {
  let first = 0;
  while (first < batch.length && batch.at[first] <= after) first++;
  const records = makeColumns(carry.length + batch.length - first);
  for (const name of COLUMN_NAMES) {
    records[name].set(carry[name].subarray(0, carry.length));
    records[name].set(batch[name].subarray(first, batch.length), carry.length);
  }
  records.length = carry.length + batch.length - first;
  for (let row = carry.length; row < records.length; row++) records.feed[row] = feedIds[records.feed[row]];
  return records;
}

/** Where the rows with the last instant begin. */
function lastInstantStart(records: RecordColumns): number {
  let start = records.length;
  while (start > 0 && records.at[start - 1] === records.at[records.length - 1]) start--;
  return start;
}

function sliceEnd(records: RecordColumns, from: number): number {
  let end = Math.min(records.length, from + SLICE_ROWS);
  while (end < records.length && records.at[end] === records.at[end - 1]) end++;
  return end;
}

function slice(records: RecordColumns, from: number, to: number): RecordColumns {
  const part = makeColumns(0);
  for (const name of COLUMN_NAMES) Object.assign(part, { [name]: records[name].slice(from, to) });
  part.length = to - from;
  return part;
}

/** The static reports of a batch, each MMSI's repeats of what it said just before left out. */
function staticsOf(records: RecordColumns, statics: StaticDictionary): StaticRow[] {
  const last = new Map<number, number>();
  const rows: StaticRow[] = [];
  for (let row = 0; row < records.length; row++) {
    const id = records.staticId[row];
    if (id === NO_STATIC || last.get(records.mmsi[row]) === id) continue;
    last.set(records.mmsi[row], id);
    rows.push({
      mmsi: records.mmsi[row],
      at: records.at[row],
      report: statics.get(id),
      key: statics.key(id),
      messageType: records.messageType[row],
      aisClass: records.aisClass[row],
      feed: records.feed[row],
    });
  }
  return rows;
}
