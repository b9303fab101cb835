import { testDatabase, columnsOf, type TestDatabase, type TrackRow } from '@offing/testkit';
import {
  appendRow,
  COLUMN_NAMES,
  makeColumns,
  makeStaticDictionary,
  NO_STATIC,
  type RecordColumns,
} from '@offing/track';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveRun, type SessionFeed, type SessionOutcome } from '../src/index.ts';
import { openEngine, runAll, sessionOf } from './support/sessions.ts';
import { dumpFinalState } from './support/table-dump.ts';
import { makeTraffic, TRAFFIC_FEEDS } from './support/traffic.ts';

let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.close();
});

/** A generator of numbers from 0 to 1 that repeats (mulberry32, Tommy Ettinger, public domain). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The order in which rows arrive when each is delayed by up to `mostMs`, one in fifty by up to `lateMs`. */
function arrivals(
  rows: readonly TrackRow[],
  mostMs: number,
  lateMs: number,
  seed: number,
): readonly TrackRow[] {
  const random = seeded(seed);
  const delayed = rows.map((row) => ({ row, at: row.at + random() * (random() < 0.02 ? lateMs : mostMs) }));
  return delayed.sort((a, b) => a.at - b.at).map(({ row }) => row);
}

type Trial = {
  readonly isLast?: boolean;
  readonly failAfter?: number;
  readonly pieces?: number;
  readonly feeds?: SessionFeed[];
};

async function live(
  run: LiveRun,
  id: string,
  rows: readonly TrackRow[],
  trial: Trial = {},
): Promise<SessionOutcome> {
  const { records, statics } = arrived(rows);
  const size = trial.pieces ?? 500;
  const feeds: SessionFeed[] = trial.feeds ?? [...TRAFFIC_FEEDS];
  async function* batches(): AsyncGenerator<RecordColumns> {
    for (let from = 0, batch = 0; from < records.length; from += size, batch++) {
      if (batch === trial.failAfter) throw new Error('the process was killed');
      yield pieceOf(records, from, Math.min(records.length, from + size));
      await Promise.resolve();
    }
  }
  const placeOf = ({ name, synthetic }: SessionFeed): number => {
    const known = feeds.findIndex((feed) => feed.name === name);
    return known >= 0 ? known : feeds.push({ name, synthetic }) - 1;
  };
  return run.stretch({ id, feeds, statics, batches, isLast: () => trial.isLast ?? true }, placeOf);
}

/** Rows as columns in the order in which they stand. */
function arrived(rows: readonly TrackRow[]): ReturnType<typeof columnsOf> {
  const statics = makeStaticDictionary();
  const records = makeColumns(rows.length);
  for (const row of rows) {
    const one = columnsOf([row]);
    const { staticId } = one.records;
    if (staticId[0] !== NO_STATIC) staticId[0] = statics.intern(one.statics.get(staticId[0]));
    appendRow(records, one.records, 0);
  }
  return { records, statics };
}

function pieceOf(records: RecordColumns, from: number, to: number): RecordColumns {
  const piece = makeColumns(to - from);
  for (const name of COLUMN_NAMES) piece[name].set(records[name].subarray(from, to));
  piece.length = to - from;
  return piece;
}

async function journalRows(): Promise<number> {
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from live_journal');
  return rows[0].n;
}

async function wholeState(rows: readonly TrackRow[]): ReturnType<typeof dumpFinalState> {
  const whole = await testDatabase();
  try {
    await runAll(whole.url, [sessionOf('all', rows)]);
    return await dumpFinalState(whole.url);
  } finally {
    await whole.close();
  }
}

const traffic = makeTraffic({ seed: 31, everyMin: 20, days: 3 });

describe('LiveRun', () => {
  it('ends in the state of a replay when arrivals are out of order within the lateness, with nothing late', async () => {
    const engine = await openEngine(database.url);
    const outcome = await live(new LiveRun(engine), 'live-1', arrivals(traffic, 590_000, 590_000, 1));
    await engine.close();
    expect(outcome.late).toBe(0);
    expect(await dumpFinalState(database.url)).toEqual(await wholeState(traffic));
    expect(await journalRows()).toBe(0);
  });

  it('ends in the state of a replay when some come hours late, too', async () => {
    const engine = await openEngine(database.url);
    const run = new LiveRun(engine, { refoldEveryMs: 0 });
    const outcome = await live(run, 'live-1', arrivals(traffic, 300_000, 8 * 3_600_000, 2));
    await engine.close();
    expect(outcome.late).toBeGreaterThan(20);
    expect(await dumpFinalState(database.url)).toEqual(await wholeState(traffic));
  });

  it('knows what it tells when it received it, not before', async () => {
    const now = Date.UTC(2019, 5, 8);
    const engine = await openEngine(database.url);
    await live(
      new LiveRun(engine, { now: () => now }),
      'live-1',
      arrivals(traffic, 300_000, 8 * 3_600_000, 6),
    );
    await engine.close();
    const { rows } = await client.query<{ n: number; first: Date; last: Date }>(
      'select count(*)::int as n, min(known_since) as first, max(known_since) as last from event_version',
    );
    expect(rows[0].n).toBeGreaterThan(5);
    expect([rows[0].first.getTime(), rows[0].last.getTime()]).toEqual([now, now]);
  });

  it('carries what it holds back from one stretch to the next, in another dictionary', async () => {
    const rows = arrivals(traffic, 590_000, 590_000, 3);
    const engine = await openEngine(database.url);
    const run = new LiveRun(engine);
    const half = Math.floor(rows.length / 2);
    await live(run, 'live-1', rows.slice(0, half), { isLast: false });
    expect(run.heldBack).toBeGreaterThan(0);
    const { late } = await live(run, 'live-2', rows.slice(half));
    await engine.close();
    expect(late).toBe(0);
    expect(await dumpFinalState(database.url)).toEqual(await wholeState(traffic));
  });

  it('loses nothing of what it took when the process is killed, and takes nothing twice', async () => {
    const rows = arrivals(traffic, 590_000, 590_000, 4);
    const first = await openEngine(database.url);
    const taken = 3 * 500;
    await expect(live(new LiveRun(first), 'live-1', rows, { failAfter: 3 })).rejects.toThrow('killed');
    await first.close();
    expect(await journalRows()).toBeGreaterThan(0);
    const second = await openEngine(database.url);
    // Another list of feeds: the journal names them.
    const feeds: SessionFeed[] = [{ name: 'another', synthetic: false }, ...TRAFFIC_FEEDS];
    const rest = rows.slice(taken).map((row) => ({ ...row, feed: (row.feed ?? 0) + 1 }));
    await live(new LiveRun(second), 'live-2', rest, { feeds });
    await second.close();
    const { feed: _all, ...state } = await dumpFinalState(database.url);
    const { feed: _three, ...whole } = await wholeState(traffic);
    expect(state).toEqual(whole);
    expect(await journalRows()).toBe(0);
  });

  it('goes on with the same engine after a fault, from the journal', async () => {
    const rows = arrivals(traffic, 590_000, 590_000, 5);
    const engine = await openEngine(database.url);
    const run = new LiveRun(engine);
    await expect(live(run, 'live-1', rows, { failAfter: 2 })).rejects.toThrow('killed');
    await live(run, 'live-2', rows.slice(1000));
    await engine.close();
    expect(await dumpFinalState(database.url)).toEqual(await wholeState(traffic));
  });
});
