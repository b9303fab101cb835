import { loadRegister } from '@offing/designations';
import { loadGazetteer } from '@offing/gazetteer';
import { columnsOf, type TrackRow } from '@offing/testkit';
import { COLUMN_NAMES, makeColumns, type RecordColumns } from '@offing/track';
import { Engine, runSession, type Session, type SessionFeed, type SessionOutcome } from '../../src/index.ts';
import { TRAFFIC_FEEDS } from './traffic.ts';

const gazetteer = loadGazetteer();
const register = loadRegister();

/** How records are brought. */
export type Delivery = {
  /** Rows that the session hands over at a time. */
  readonly handOver?: number;
  readonly feeds?: readonly SessionFeed[];
  readonly kind?: Session['kind'];
};

/** Returns a session of records; its columns are used again after each step, and hold nonsense until then. */
export function sessionOf(id: string, rows: readonly TrackRow[], delivery: Delivery = {}): Session {
  const { records, statics } = columnsOf(rows);
  return {
    id,
    kind: delivery.kind ?? 'replay',
    feeds: delivery.feeds ?? TRAFFIC_FEEDS,
    statics,
    batches: () => handOver(records, delivery.handOver ?? 1000),
    summary: () => ({ rows: rows.length }),
  };
}

async function* handOver(records: RecordColumns, rows: number): AsyncGenerator<RecordColumns> {
  const lent = makeColumns(rows);
  for (let from = 0; from < records.length; from += rows) {
    const to = Math.min(records.length, from + rows);
    for (const name of COLUMN_NAMES) lent[name].set(records[name].subarray(from, to));
    lent.length = to - from;
    yield lent;
    for (const name of COLUMN_NAMES) lent[name].fill(1);
  }
}

/** Opens an engine with the bundled reference data. */
export function openEngine(
  databaseUrl: string,
  batchRows?: number,
  onWaiting: () => void = () => undefined,
): Promise<Engine> {
  const batch = batchRows === undefined ? {} : { batchRows };
  return Engine.open({ databaseUrl, gazetteer, register, onWaiting, ...batch });
}

/** Runs sessions one after another on an engine of their own. */
export async function runAll(
  databaseUrl: string,
  sessions: readonly Session[],
  batchRows?: number,
): Promise<readonly SessionOutcome[]> {
  const engine = await openEngine(databaseUrl, batchRows);
  try {
    const outcomes: SessionOutcome[] = [];
    for (const session of sessions) outcomes.push(await runSession(engine, session));
    return outcomes;
  } finally {
    await engine.close();
  }
}
