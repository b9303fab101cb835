import { beginSession, databaseFault, readSession } from '@offing/store';
import type { RecordColumns, StaticDictionary } from '@offing/track';
import type pg from 'pg';
import type { Engine, SessionFeed } from './engine.ts';
import { refold } from './refold.ts';
import { SessionRun } from './session-run.ts';

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
  /** Called after each step of the session. */
  onProgress?(outcome: SessionOutcome): void;
};

/** What a session brought. */
export type SessionOutcome = {
  /** False when it was all read before. */
  readonly isNew: boolean;
  /** Positions that were not there before; of a session that goes on, those since then. */
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
 * goes on behind its watermark. Records behind the engine's own watermark are stored first, and folded in before the
 * records after it. Throws what the session's batches throw, and the codes of `databaseFault`; what was committed stays.
 */
export async function runSession(engine: Engine, session: Session): Promise<SessionOutcome> {
  try {
    await engine.catchUp();
    return await run(engine, session);
  } catch (error) {
    engine.distrustFold();
    throw databaseFault(error);
  }
}

async function run(engine: Engine, session: Session): Promise<SessionOutcome> {
  const { client } = engine;
  const known = await readSession(client, session.id);
  if (known?.state === 'done') {
    return { isNew: false, positions: 0, duplicates: 0, late: 0, beganAtSeq: known.beganAtSeq };
  }
  const isBegun = known !== null && known.watermark !== null;
  if (!isBegun) await refold(engine);
  const beganAtSeq = known?.beganAtSeq ?? engine.state.changeSeq;
  if (known === null) await beginSession(client, session.id, session.kind, beganAtSeq);
  const feedIds = await engine.feedIds(session.feeds);
  const records = new SessionRun(engine, session, feedIds, {
    beganAtSeq,
    resumeAfter: known?.watermark ?? -Infinity,
  });
  try {
    for await (const batch of session.batches()) await records.take(batch);
    return await records.finish();
  } catch (error) {
    await records.settle();
    throw error;
  }
}
