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

/** The readings of one reader: the one under way, and the one that begins when it ends. */
type Turns = { running: Promise<Moment> | null; next: Promise<Moment> | null };

const TURNS = new WeakMap<Reader, Turns>();

/**
 * Returns the moment that the database is in; one row and a short table, whatever the number of positions. Who asks while
 * another reading is under way shares the next one with all who ask meanwhile: no answer is older than its question, and
 * thousands of questions a second are a few hundred statements.
 */
export function readMoment(reader: Reader): Promise<Moment> {
  let turns = TURNS.get(reader);
  if (turns === undefined) TURNS.set(reader, (turns = { running: null, next: null }));
  const mine = turns;
  if (mine.running === null) return begin(reader, mine);
  mine.next ??= mine.running.then(noMatter, noMatter).then(() => begin(reader, mine));
  return mine.next;
}

const noMatter = (): void => undefined;

function begin(reader: Reader, turns: Turns): Promise<Moment> {
  const ended = () => {
    turns.running = null;
  };
  const reading = queryMoment(reader);
  turns.next = null;
  turns.running = reading;
  reading.then(ended, ended);
  return reading;
}

type MomentRow = {
  change_seq: string;
  watermark: Date | null;
  refold_from: Date | null;
  sessions: number;
  sessions_done: number;
};

/** Prepared once on each connection: it is asked more often than anything else. */
const QUERY = {
  name: 'offing-moment',
  text: `select change_seq, watermark, refold_from, sessions, sessions_done
    from engine_state, (select count(*)::int as sessions,
      (count(*) filter (where state = 'done'))::int as sessions_done from session) as told`,
};

async function queryMoment(reader: Reader): Promise<Moment> {
  const { rows } = await reader.pool.query<MomentRow>(QUERY);
  const row = rows[0];
  return {
    changeSeq: Number(row.change_seq),
    watermark: row.watermark?.getTime() ?? null,
    refoldFrom: row.refold_from?.getTime() ?? null,
    sessions: row.sessions,
    sessionsDone: row.sessions_done,
  };
}
