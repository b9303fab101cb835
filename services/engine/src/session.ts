import { beginSession, databaseFault, readSession, type SessionRow } from '@offing/store';
import type { Engine } from './engine.ts';
import { refold } from './refold.ts';
import { SessionRun } from './session-run.ts';
import type { Session, SessionOutcome } from './session-types.ts';

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
  const known = await readSession(engine.client, session.id);
  if (known?.state === 'done') {
    return { isNew: false, positions: 0, duplicates: 0, late: 0, beganAtSeq: known.beganAtSeq };
  }
  const records = await beginRun(engine, session, known);
  try {
    for await (const batch of session.batches()) await records.take(batch);
    return await records.finish();
  } catch (error) {
    await records.settle();
    throw error;
  }
}

/** Begins a session, or goes on with one that is known and not done; its records are then to be given in event-time order. */
export async function beginRun(
  engine: Engine,
  session: Session,
  known: SessionRow | null = null,
): Promise<SessionRun> {
  const isBegun = known !== null && known.watermark !== null;
  if (!isBegun) await refold(engine);
  const beganAtSeq = known?.beganAtSeq ?? engine.state.changeSeq;
  if (known === null) await beginSession(engine.client, session.id, session.kind, beganAtSeq);
  const feedIds = await engine.feedIds(session.feeds);
  return new SessionRun(engine, session, feedIds, {
    beganAtSeq,
    resumeAfter: known?.watermark ?? -Infinity,
  });
}
