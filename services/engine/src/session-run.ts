import {
  dropSnapshotsFrom,
  endSession,
  stagePositions,
  writeBeat,
  writeCoverage,
  writeEngineState,
  writeEvents,
  writeSessionWatermark,
  writeSnapshot,
  writeStatics,
  type Beat,
  type EngineState,
  type StaticRow,
} from '@offing/store';
import type { UnnumberedVersion } from '@offing/alerts';
import type { Fold } from '@offing/stages';
import {
  NO_COORDINATE,
  NO_STATIC,
  staticKey,
  type RecordColumns,
  type StaticDictionary,
} from '@offing/track';
import { prepareCommit } from './commit.ts';
import type { Engine } from './engine.ts';
import { FoldedRows } from './folded-rows.ts';
import { RecordBuffer } from './record-buffer.ts';
import { refold } from './refold.ts';
import type { Session, SessionOutcome } from './session-types.ts';
import { coverageNow } from './coverage-now.ts';
import { packFold } from './snapshot.ts';
import { vesselChanges, writeVesselChanges, type VesselChanges } from './vessel-rows.ts';

/** Positions after which the state of the folds is kept, so that a restart has less to run through. */
const SNAPSHOT_EVERY = 2_000_000;

/** Rows that the folds of a replay take in one go. */
const FOLD_ROWS = 8_192;
/** Rows with which a transaction of a replay begins when the server has nothing else to do. */
const LEAST_ROWS = 32_768;

/** What a session's end writes: the state of the folds in parts, all vessels heard since it was kept last, and the hour that goes on. */
type Ending = {
  readonly parts: Promise<readonly Buffer[]>;
  readonly vessels: VesselChanges;
  readonly coverage: ReturnType<typeof coverageNow>;
};

/** One session on its way through the engine. */
export class SessionRun {
  #engine: Engine;
  #session: Session;
  #beganAtSeq: number;
  #buffer: RecordBuffer;
  /** What the folds made of the buffer's first rows. */
  #folded = new FoldedRows();
  #feedIds: Uint16Array;
  /** Rows that are folded in one go; a live feed is taken as it comes. */
  #foldRows: number;
  /** Rows with which a transaction begins when none is under way, and with which it waits for the one that is. */
  #leastRows: number;
  #mostRows: number;
  /** Records up to here (ms) are stored and folded in later; -Infinity once the engine's own watermark is passed. */
  #behindUpTo: number;
  #commit: Promise<void> = Promise.resolve();
  #isCommitting = false;
  #failure: unknown;
  #positions = 0;
  #duplicates = 0;
  #late = 0;
  #sinceSnapshot = 0;

  constructor(
    engine: Engine,
    session: Session,
    feedIds: Uint16Array,
    from: { readonly beganAtSeq: number; readonly resumeAfter: number },
  ) {
    this.#engine = engine;
    this.#session = session;
    this.#beganAtSeq = from.beganAtSeq;
    this.#feedIds = feedIds;
    this.#buffer = new RecordBuffer(feedIds, from.resumeAfter);
    this.#mostRows = session.kind === 'live' ? 1 : engine.batchRows;
    this.#foldRows = Math.min(FOLD_ROWS, this.#mostRows);
    this.#leastRows = Math.min(LEAST_ROWS, this.#mostRows);
    this.#behindUpTo = engine.state.watermark ?? -Infinity;
    engine.fold.forgetDictionary();
  }

  /** Takes the next records of the session. */
  async take(batch: RecordColumns): Promise<void> {
    this.#buffer.append(batch);
    if (this.#buffer.length - this.#folded.length < this.#foldRows) return;
    await this.#advance(this.#buffer.wholeLength);
    const least = this.#isCommitting ? this.#mostRows : this.#leastRows;
    if (this.#folded.length >= least) await this.#beginCommit();
  }

  /** Takes records, in event-time order among themselves, that came behind those given before: stored now, folded in later. */
  async takeLate(late: RecordColumns): Promise<void> {
    const { feed } = late;
    for (let row = 0; row < late.length; row++) feed[row] = this.#feedIds[feed[row]];
    await this.commitDone();
    await this.#storeBehind(late);
    this.#session.onProgress?.(this.#outcome());
  }

  /**
   * Lets time go on, with nothing that came, to an instant of our clock (ms), if that tells anything of feeds by their
   * places; returns whether it did. Records up to there are late from then on.
   */
  async beat(at: number, places: readonly number[]): Promise<boolean> {
    const engine = this.#engine;
    await this.#beginLast();
    await this.commitDone();
    await refold(engine);
    this.#behindUpTo = -Infinity;
    const { watermark } = engine.state;
    // A feed that was added within the stretch gets its id with the next one.
    const known = places.filter((place) => place < this.#feedIds.length);
    const feeds = known.map((place) => this.#feedIds[place]).sort((a, b) => a - b);
    if (watermark === null || at <= watermark || !engine.fold.isBeatDue(at, feeds)) return false;
    const versions = engine.publish(engine.fold.beat(at, feeds));
    const beat = { at, feeds };
    engine.state = await engine.transaction(() => writeBeatOf(engine, this.#session.id, beat, versions));
    return true;
  }

  /** Takes what is left, folds in what came late, and ends the session. */
  async finish(): Promise<SessionOutcome> {
    await this.#beginLast();
    const ending = this.#engine.state.refoldFrom === null ? this.#prepareEnd() : null;
    await this.commitDone();
    await refold(this.#engine);
    await this.#end(ending ?? this.#prepareEnd());
    return this.#outcome();
  }

  /** Waits until no transaction is under way, whatever becomes of it. */
  async settle(): Promise<void> {
    await this.#commit;
  }

  #outcome(): SessionOutcome {
    return {
      isNew: true,
      positions: this.#positions,
      duplicates: this.#duplicates,
      late: this.#late,
      beganAtSeq: this.#beganAtSeq,
    };
  }

  /** Folds the buffer's records up to row `end` (exclusive), after those that are late were stored. */
  async #advance(end: number): Promise<void> {
    const { statics } = this.#session;
    const behind = rowsUpTo(this.#buffer.rows, end, this.#behindUpTo);
    if (behind > 0) await this.#storeBehind(this.#buffer.takeFirst(behind));
    const isAhead = end > behind;
    if (isAhead && this.#behindUpTo !== -Infinity) {
      await refold(this.#engine);
      this.#behindUpTo = -Infinity;
    }
    if (isAhead) await this.#folded.advance(this.#engine.fold, this.#buffer.rows, statics, end - behind);
    this.#session.onProgress?.(this.#outcome());
  }

  /** Begins to commit what is folded when the commit before it is done; it goes on while the next records are folded. */
  async #beginCommit(): Promise<void> {
    const engine = this.#engine;
    await this.commitDone();
    const records = this.#buffer.takeFirst(this.#folded.length);
    const result = this.#folded.take();
    this.#positions += result.positions;
    this.#duplicates += result.duplicates;
    this.#sinceSnapshot += result.positions;
    engine.touched.addAll(result.touched);
    const keepsSnapshot = this.#sinceSnapshot >= SNAPSHOT_EVERY;
    if (keepsSnapshot) this.#sinceSnapshot = 0;
    const commit = prepareCommit(engine, this.#session.id, records, result, keepsSnapshot);
    this.#isCommitting = true;
    this.#commit = commit()
      .catch((error: unknown) => {
        this.#failure = error;
      })
      .finally(() => {
        this.#isCommitting = false;
      });
  }

  /** Folds all that came, and begins to commit it. */
  async #beginLast(): Promise<void> {
    await this.#advance(this.#buffer.length);
    if (this.#folded.length > 0) await this.#beginCommit();
  }

  /** Stores records behind the engine's watermark; the folds take them in later. */
  async #storeBehind(records: RecordColumns): Promise<void> {
    const engine = this.#engine;
    const keep = new Uint8Array(records.length);
    let positions = 0;
    for (let row = 0; row < records.length; row++) {
      if (records.lonE7[row] === NO_COORDINATE) continue;
      keep[row] = 1;
      positions++;
    }
    const rows = { keep, hull: new Int16Array(records.length) };
    // What corrects the record tells its corrections since then: see `refold`.
    const knownAt = Math.max(engine.state.watermark ?? -Infinity, engine.knownFrom);
    const { added, state } = await engine.transaction(async () => {
      const fresh = await stagePositions(engine.client, records, rows, knownAt);
      const late = staticsOf(records, this.#session.statics);
      const news = await writeStatics(
        engine.client,
        [...late, ...saidAgainAfter(late, engine.fold)],
        knownAt,
      );
      await writeSessionWatermark(engine.client, this.#session.id, records.at[records.length - 1]);
      const earliest = Math.min(
        fresh.firstAt ?? Infinity,
        news ?? Infinity,
        engine.state.refoldFrom ?? Infinity,
      );
      if (earliest === (engine.state.refoldFrom ?? Infinity))
        return { added: fresh.rows, state: engine.state };
      await dropSnapshotsFrom(engine.client, earliest);
      const next = { ...engine.state, refoldFrom: earliest };
      await writeEngineState(engine.client, next);
      return { added: fresh.rows, state: next };
    });
    engine.state = state;
    this.#positions += added;
    this.#duplicates += positions - added;
    this.#late += added;
  }

  /** Gathers what the session's end writes, packed by other threads while the last batch is committed. */
  #prepareEnd(): Ending {
    const { fold, touched, feeds } = this.#engine;
    const parts = packFold(fold.dump())();
    // Whoever waits for it hears of a failure; nobody may wait when the last batch fails.
    parts.catch(() => undefined);
    return { parts, vessels: vesselChanges(fold, touched.sorted(), feeds), coverage: coverageNow(fold) };
  }

  async #end({ parts, vessels, coverage }: Ending): Promise<void> {
    const engine = this.#engine;
    const { client } = engine;
    const { watermark } = engine.state;
    const meanwhile = this.#session.whileEnding?.() ?? Promise.resolve();
    // It is waited for below; until then nobody may hear of its failure.
    meanwhile.catch(() => undefined);
    await engine.transaction(async () => {
      await writeVesselChanges(client, vessels);
      await writeCoverage(client, coverage);
      if (watermark !== null) await writeSnapshot(client, watermark, engine.format, await parts);
      await this.#session.writeEnd?.(client);
      await endSession(client, this.#session.id, this.#session.summary?.() ?? null);
    });
    engine.touched.clear();
    await meanwhile;
  }

  /** Waits until no transaction is under way; throws what it failed with. */
  async commitDone(): Promise<void> {
    await this.#commit;
    if (this.#failure !== undefined) throw this.#failure as Error;
  }
}

/** Keeps a beat with what it told; returns where the engine then stands. */
async function writeBeatOf(
  engine: Engine,
  sessionId: string,
  beat: Beat,
  versions: readonly UnnumberedVersion[],
): Promise<EngineState> {
  const { client } = engine;
  await writeBeat(client, beat);
  const changeSeq = await writeEvents(client, versions, engine.state.changeSeq);
  const state = { ...engine.state, watermark: beat.at, changeSeq, reference: engine.reference };
  await writeEngineState(client, state);
  await writeSessionWatermark(client, sessionId, beat.at);
  return state;
}

/** Type of a message that is put together from what is known. */
const UNKNOWN_TYPE = 0;

/** How many of the first `end` rows are not later than an instant. */
function rowsUpTo(records: RecordColumns, end: number, at: number): number {
  let row = 0;
  while (row < end && records.at[row] <= at) row++;
  return row;
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

/**
 * What hulls said again after reports that come late: a repeat is not stored, but where the late report says something else
 * it is what the hull went back to.
 */
function saidAgainAfter(late: readonly StaticRow[], fold: Fold): readonly StaticRow[] {
  return late.flatMap(({ mmsi, at, report, aisClass, feed }) =>
    fold.saidAfter(mmsi, at, report).map((said) => ({
      mmsi,
      ...said,
      key: staticKey(said.report),
      messageType: UNKNOWN_TYPE,
      aisClass,
      feed,
    })),
  );
}
