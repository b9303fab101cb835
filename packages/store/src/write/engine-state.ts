import type pg from 'pg';
import { jsonOf } from './json.ts';

/** Where the engine stands. Instants in ms; null before the first record. */
export type EngineState = {
  readonly watermark: number | null;
  readonly changeSeq: number;
  /** Earliest stored position that the folds have not taken in yet; null when they are complete. */
  readonly refoldFrom: number | null;
  readonly reference: unknown;
};

/** Returns where the engine stands. */
export async function readEngineState(client: pg.ClientBase): Promise<EngineState> {
  const { rows } = await client.query<{
    watermark: Date | null;
    change_seq: string;
    refold_from: Date | null;
    reference: unknown;
  }>('select watermark, change_seq, refold_from, reference from engine_state');
  const [row] = rows;
  return {
    watermark: row.watermark?.getTime() ?? null,
    changeSeq: Number(row.change_seq),
    refoldFrom: row.refold_from?.getTime() ?? null,
    reference: row.reference,
  };
}

/** Writes where the engine stands. */
export async function writeEngineState(client: pg.ClientBase, state: EngineState): Promise<void> {
  await client.query(
    'update engine_state set watermark = $1, change_seq = $2, refold_from = $3, reference = $4',
    [
      state.watermark === null ? null : new Date(state.watermark).toISOString(),
      state.changeSeq,
      state.refoldFrom === null ? null : new Date(state.refoldFrom).toISOString(),
      jsonOf(state.reference),
    ],
  );
}

/** Gives a feed its id, or returns the one that it has; ids count from 1 in the order of first use. */
export async function feedIdOf(
  client: pg.ClientBase,
  name: string,
  synthetic: boolean,
  terms: string | null,
): Promise<number> {
  await client.query(
    `insert into feed (feed_id, name, synthetic, terms)
     select coalesce(max(feed_id), 0) + 1, $1::text, $2::boolean, $3::text from feed
     where not exists (select from feed where name = $1::text) having not exists (select from feed where name = $1::text)`,
    [name, synthetic, terms],
  );
  const { rows } = await client.query<{ feed_id: number }>('select feed_id from feed where name = $1', [
    name,
  ]);
  return rows[0].feed_id;
}

/** A feed that is known; `endsAt` is the event time of the last record of its recordings, ms, null without any. */
export type KnownFeed = {
  readonly id: number;
  readonly name: string;
  readonly synthetic: boolean;
  readonly endsAt: number | null;
};

/** Returns all feeds by id. */
export async function readFeeds(client: pg.ClientBase): Promise<readonly KnownFeed[]> {
  const { rows } = await client.query<{
    feed_id: number;
    name: string;
    synthetic: boolean;
    ends_at: Date | null;
  }>(
    `select feed_id, name, synthetic, max(last_at) as ends_at from feed left join recording using (feed_id)
     group by feed_id order by feed_id`,
  );
  return rows.map((row) => ({
    id: row.feed_id,
    name: row.name,
    synthetic: row.synthetic,
    endsAt: row.ends_at?.getTime() ?? null,
  }));
}

/** A session as it is kept. */
export type SessionRow = {
  readonly state: 'reading' | 'done';
  readonly watermark: number | null;
  readonly beganAtSeq: number;
  readonly summary: unknown;
};

/** Returns a session, or null when it was never begun. */
export async function readSession(client: pg.ClientBase, sessionId: string): Promise<SessionRow | null> {
  const { rows } = await client.query<{
    state: 'reading' | 'done';
    watermark: Date | null;
    began_at_seq: string;
    summary: unknown;
  }>('select state, watermark, began_at_seq, summary from session where session_id = $1', [sessionId]);
  if (rows.length === 0) return null;
  const [row] = rows;
  return {
    state: row.state,
    watermark: row.watermark?.getTime() ?? null,
    beganAtSeq: Number(row.began_at_seq),
    summary: row.summary,
  };
}

/** Begins a session. */
export async function beginSession(
  client: pg.ClientBase,
  sessionId: string,
  kind: 'replay' | 'live',
  atSeq: number,
): Promise<void> {
  await client.query(
    `insert into session (session_id, kind, state, began_at_seq) values ($1, $2, 'reading', $3)`,
    [sessionId, kind, atSeq],
  );
}

/** Writes how far a session's records are committed. */
export async function writeSessionWatermark(
  client: pg.ClientBase,
  sessionId: string,
  watermark: number,
): Promise<void> {
  await client.query('update session set watermark = $2 where session_id = $1', [
    sessionId,
    new Date(watermark).toISOString(),
  ]);
}

/** Ends a session with what was read and found. */
export async function endSession(client: pg.ClientBase, sessionId: string, summary: unknown): Promise<void> {
  await client.query(`update session set state = 'done', summary = $2 where session_id = $1`, [
    sessionId,
    jsonOf(summary),
  ]);
}

/**
 * Says that the folds must take in again what is stored from an instant on (ms; null: nothing stored is touched, but what
 * they were run with changed). Needs the lock of the engine.
 */
export async function markRefold(client: pg.ClientBase, from: number | null): Promise<void> {
  const at = from === null ? null : new Date(from).toISOString();
  await client.query(
    `update engine_state set refold_from = least(refold_from, coalesce($1::timestamptz, watermark))
     where watermark is not null`,
    [at],
  );
  if (at !== null) await client.query('delete from snapshot where watermark >= $1', [at]);
}
