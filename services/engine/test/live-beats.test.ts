import { markRefold } from '@offing/store';
import { columnsOf, testDatabase, traffic, type TestDatabase, type TrackRow } from '@offing/testkit';
import { makeColumns, makeStaticDictionary, type RecordColumns } from '@offing/track';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveRun, runSession, type Engine } from '../src/index.ts';
import { refold } from '../src/refold.ts';
import { openEngine, sessionOf } from './support/sessions.ts';
import { dumpTables } from './support/table-dump.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Two hours before a midnight, so that outages go over it. */
const START = Date.parse('2016-11-05T22:00:00Z');
const FEEDS = [{ name: 'made-up', synthetic: true }];

let database: TestDatabase;
let client: pg.Client;
let now: number;

beforeEach(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  now = START;
});

afterEach(async () => {
  await client.end();
  await database.close();
});

/** A report, and when it arrives where that is not at once. */
type Arrival = TrackRow & { readonly arrivesAt?: number };

/** Reports of ships that are heard by the feed from one hour to another. */
function heard(ships: number, fromH: number, toH: number): readonly Arrival[] {
  const at = new Date(START + fromH * HOUR).toISOString();
  return traffic(ships, { at, hours: toH - fromH, everyMin: 5, lon: 121, lat: 37.9 })
    .flatMap((ship) => ship.rows)
    .sort((a, b) => a.at - b.at);
}

/** Lets a live run hear rows as they come, and nothing between them, until an hour. */
async function listen(
  run: LiveRun,
  id: string,
  rows: readonly Arrival[],
  untilH: number,
  end: { readonly isLast?: boolean; readonly kill?: boolean; readonly expected?: readonly number[] } = {},
): Promise<void> {
  const statics = makeStaticDictionary();
  async function* batches(): AsyncGenerator<RecordColumns> {
    let next = 0;
    for (; now < START + untilH * HOUR; now += MINUTE) {
      const from = next;
      while (next < rows.length && (rows[next].arrivesAt ?? rows[next].at) <= now) next++;
      yield next === from ? makeColumns(0) : columnsOf(rows.slice(from, next)).records;
      await Promise.resolve();
    }
    if (end.kill === true) throw new Error('the process was killed');
  }
  const { expected } = end;
  const stretch = {
    ...{ id, feeds: FEEDS, statics, batches },
    isLast: () => end.isLast ?? false,
    ...(expected === undefined ? {} : { expected: () => expected }),
  };
  await run.stretch(stretch, () => 0);
}

function liveRun(engine: Engine): LiveRun {
  return new LiveRun(engine, { now: () => now, refoldEveryMs: 0 });
}

async function outages(): Promise<readonly string[]> {
  const { rows } = await client.query<{ told: string }>(
    `select concat_ws(' ', state, to_char(opened_at at time zone 'utc', 'DD HH24:MI'),
       to_char(closed_at at time zone 'utc', 'DD HH24:MI')) as told
     from event_version where type = 'feed-outage' order by change_seq`,
  );
  return rows.map(({ told }) => told);
}

async function beats(): Promise<number> {
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from beat');
  return rows[0].n;
}

describe('a live feed that is the only one and goes silent', () => {
  it('is told as out while nothing comes, over midnight, and as back with its next message', async () => {
    const engine = await openEngine(database.url);
    const run = liveRun(engine);
    await listen(run, 'live-1', heard(5, 0, 1.5), 2.1);
    expect(await outages()).toEqual(['open 05 23:29']);
    expect(await beats()).toBe(1);
    await listen(run, 'live-2', heard(5, 4, 6), 6, { isLast: true });
    expect(await outages()).toEqual(['open 05 23:29', 'closed 05 23:29 06 02:00']);
    expect(await beats()).toBe(1);
    await engine.close();
  });

  it('ends in the same tables when the folds are run over what is stored', async () => {
    const engine = await openEngine(database.url);
    const run = liveRun(engine);
    await listen(run, 'live-1', heard(5, 0, 1.5), 3);
    await listen(run, 'live-2', heard(5, 4, 6), 9, { isLast: true });
    const before = await dumpTables(database.url);
    await markRefold(engine.client, START - HOUR);
    engine.distrustFold();
    await engine.catchUp();
    await refold(engine);
    await engine.close();
    expect(await outages()).toEqual(['open 05 23:29', 'closed 05 23:29 06 02:00', 'open 06 03:59']);
    expect(await dumpTables(database.url)).toEqual(before);
  });

  it('is not told again by a process that starts while it is out', async () => {
    const first = await openEngine(database.url);
    await expect(listen(liveRun(first), 'live-1', heard(5, 0, 1.5), 3, { kill: true })).rejects.toThrow(
      'killed',
    );
    await first.close();
    const second = await openEngine(database.url);
    const run = liveRun(second);
    await listen(run, 'live-2', [], 5);
    expect(await outages()).toEqual(['open 05 23:29']);
    await listen(run, 'live-3', heard(5, 5, 6), 6, { isLast: true });
    await second.close();
    expect(await outages()).toEqual(['open 05 23:29', 'closed 05 23:29 06 03:00']);
  });

  it('is told by a process that starts after it went silent, once the process has waited itself', async () => {
    const first = await openEngine(database.url);
    await listen(liveRun(first), 'live-1', heard(5, 0, 1.5), 1.6, { isLast: true });
    await first.close();
    now = START + 5 * HOUR;
    const second = await openEngine(database.url);
    const run = liveRun(second);
    await listen(run, 'live-2', [], 5.1);
    expect(await outages()).toEqual([]);
    await listen(run, 'live-3', [], 5.5, { isLast: true });
    await second.close();
    expect(await outages()).toEqual(['open 05 23:29']);
  });

  it('is taken back when what was on its way shows that it was not out', async () => {
    const engine = await openEngine(database.url);
    const run = liveRun(engine);
    await listen(run, 'live-1', heard(5, 0, 1.5), 3);
    const late = heard(5, 1.5, 3).map((row) => ({ ...row, arrivesAt: START + 3 * HOUR }));
    await listen(run, 'live-2', [...late, ...heard(5, 3, 4)], 4.1, { isLast: true });
    await engine.close();
    expect(await outages()).toEqual(['open 05 23:29', 'retracted 05 23:29']);
  });

  it('is not told once nothing is expected of it any more', async () => {
    const engine = await openEngine(database.url);
    const run = liveRun(engine);
    await listen(run, 'live-1', heard(5, 0, 1.5), 1.5);
    await listen(run, 'live-2', [], 6, { isLast: true, expected: [] });
    await engine.close();
    expect([await outages(), await beats()]).toEqual([[], 0]);
  });

  it('is not told of a recording that ended some hours before', async () => {
    const engine = await openEngine(database.url);
    const feeds = [{ name: 'recorded', synthetic: true }];
    await runSession(engine, sessionOf('recording', heard(5, 0, 1.5), { feeds }));
    now = START + 2 * HOUR;
    await listen(liveRun(engine), 'live-1', [], 9, { isLast: true });
    await engine.close();
    expect([await outages(), await beats()]).toEqual([[], 0]);
  });

  it.each([
    ['has two ships only', heard(2, 0, 1.5), 6],
    ['pauses for less than half an hour', [...heard(5, 0, 1.5), ...heard(5, 1.8, 3)], 3],
    ['has not brought anything yet', [], 6],
  ])('is not told when it %s', async (_, rows, untilH) => {
    const engine = await openEngine(database.url);
    await listen(liveRun(engine), 'live-1', rows, untilH, { isLast: true });
    await engine.close();
    expect([await outages(), await beats()]).toEqual([[], 0]);
  });
});
