import type { RecordColumns, StaticDictionary } from '@offing/track';
import type pg from 'pg';
import type { SessionFeed } from './engine.ts';

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
  /** Begins, when all events are stored, what reads and writes nothing: it goes on while the end is written. */
  whileEnding?(): Promise<void>;
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
