import { sql } from 'kysely';
import type { Reader } from './reader.ts';

/** What tells one state of the database from another without looking at what is asked for. */
export type Moment = {
  /** Number of the last change of an event. */
  readonly changeSeq: number;
  /** The instant up to which the folds are complete, ms; null before the first record. */
  readonly watermark: number | null;
  /** From where the folds must run again because of late records, ms; null when nothing is pending. */
  readonly refoldFrom: number | null;
  /** Runs of reading so far, and those of them that ended: late records change neither of the marks above. */
  readonly sessions: number;
  readonly sessionsDone: number;
};

/** Returns the moment that the database is in; one row and a short table, whatever the number of positions. */
export async function readMoment(reader: Reader): Promise<Moment> {
  const row = await reader.db
    .selectFrom('engine_state')
    .select(['change_seq', 'watermark', 'refold_from'])
    .select((eb) => [
      eb
        .selectFrom('session')
        .select(sql<number>`count(*)::int`.as('n'))
        .as('sessions'),
      eb
        .selectFrom('session')
        .where('state', '=', 'done')
        .select(sql<number>`count(*)::int`.as('n'))
        .as('sessions_done'),
    ])
    .executeTakeFirstOrThrow();
  return {
    changeSeq: Number(row.change_seq),
    watermark: row.watermark?.getTime() ?? null,
    refoldFrom: row.refold_from?.getTime() ?? null,
    sessions: row.sessions ?? 0,
    sessionsDone: row.sessions_done ?? 0,
  };
}
