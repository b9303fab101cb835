import { testDatabase } from '@offing/testkit';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { runSession, type SessionOutcome } from '../src/index.ts';
import { openEngine, runAll, sessionOf, type Delivery } from './support/sessions.ts';
import { dumpFinalState, dumpTables } from './support/table-dump.ts';
import { makeTraffic, middleOf, randomNumbers } from './support/traffic.ts';

const traffic = makeTraffic({ seed: 1, everyMin: 10, days: 4 });
const sparse = makeTraffic({ seed: 2, everyMin: 40, days: 3 });

type Way = { readonly batchRows: number; readonly delivery?: Delivery };

async function tablesAfter(
  rows: typeof traffic,
  { batchRows, delivery }: Way,
): Promise<Readonly<Record<string, string>>> {
  const database = await testDatabase();
  try {
    await runAll(database.url, [sessionOf('all', rows, delivery)], batchRows);
    return await dumpTables(database.url);
  } finally {
    await database.close();
  }
}

describe('a replay', () => {
  it('tells events of all three rules, with revisions, closings and a retraction', async () => {
    const database = await testDatabase();
    try {
      const [outcome] = await runAll(database.url, [sessionOf('all', traffic)]);
      expect(outcome.duplicates).toBeGreaterThan(300);
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      const { rows } = await client.query<{ told: string }>(
        `select distinct type || ' ' || change as told from outbox join event_version using (event_id, version) order by 1`,
      );
      await client.end();
      expect(rows.map((row) => row.told)).toEqual(
        expect.arrayContaining([
          'designated-vessel opened',
          'hovering closed',
          'hovering opened',
          'hovering revised',
          'transponder-gap closed',
          'transponder-gap opened',
          'transponder-gap retracted',
          'transponder-gap revised',
        ]),
      );
    } finally {
      await database.close();
    }
  });

  it('ends in the same tables whatever the size of its batches', async () => {
    const expected = await tablesAfter(traffic, { batchRows: 1_000_000, delivery: { handOver: 1_000_000 } });
    for (const batchRows of [100, 777, 5000]) {
      expect(await tablesAfter(traffic, { batchRows, delivery: { handOver: 64 } })).toEqual(expected);
    }
  });

  it('ends in the same tables when every instant is a batch and every row is handed over alone', async () => {
    const expected = await tablesAfter(sparse, { batchRows: 1_000_000, delivery: { handOver: 1_000_000 } });
    expect(await tablesAfter(sparse, { batchRows: 1, delivery: { handOver: 1 } })).toEqual(expected);
  });

  it('leaves other tables when one position is missing', async () => {
    const [full, less] = [sparse, sparse.filter((_, row) => row !== 500)];
    expect(await tablesAfter(full, { batchRows: 5000 })).not.toEqual(
      await tablesAfter(less, { batchRows: 5000 }),
    );
  });

  it('commits a live feed as it comes', async () => {
    const database = await testDatabase();
    const engine = await openEngine(database.url);
    try {
      const seen: number[] = [];
      const session = sessionOf('live', sparse, { kind: 'live', handOver: 500 });
      await runSession(engine, { ...session, onProgress: ({ positions }) => seen.push(positions) });
      expect(seen.length).toBeGreaterThan(sparse.length / 500 - 2);
    } finally {
      await engine.close();
      await database.close();
    }
  });
});

describe('what comes again', () => {
  it('adds nothing when the same session is read again', async () => {
    const database = await testDatabase();
    try {
      const first = await runAll(database.url, [sessionOf('all', traffic)]);
      const tables = await dumpTables(database.url);
      const again = await runAll(database.url, [sessionOf('all', traffic)]);
      expect(again).toEqual([{ isNew: false, positions: 0, duplicates: 0, late: 0, beganAtSeq: 0 }]);
      expect(first[0].isNew).toBe(true);
      expect(await dumpTables(database.url)).toEqual(tables);
    } finally {
      await database.close();
    }
  });

  it('changes nothing but the list of sessions when the same records come in another session', async () => {
    const database = await testDatabase();
    try {
      await runAll(database.url, [sessionOf('all', traffic)]);
      const { session: _one, ...tables } = await dumpTables(database.url);
      await runAll(database.url, [sessionOf('other', traffic)]);
      const { session: _two, ...after } = await dumpTables(database.url);
      expect(after).toEqual(tables);
    } finally {
      await database.close();
    }
  });

  it('takes in what overlaps, and goes on with what is new, as if it had come in one', async () => {
    const one = await testDatabase();
    const two = await testDatabase();
    try {
      const at = middleOf(sparse);
      const [early, later] = [sparse.filter((row) => row.at < at), sparse.filter((row) => row.at > at - 9e6)];
      await runAll(one.url, [sessionOf('all', sparse)]);
      await runAll(two.url, [sessionOf('early', early), sessionOf('later', later)], 100);
      const [{ session: _one, ...expected }, { session: _two, ...found }] = [
        await dumpTables(one.url),
        await dumpTables(two.url),
      ];
      expect(found).toEqual(expected);
    } finally {
      await one.close();
      await two.close();
    }
  });

  it('keeps one of equal positions inside a session, wherever they stand in it', async () => {
    const random = randomNumbers(7);
    const doubled = sparse.flatMap((row) => (random() < 0.3 ? [row, { ...row }, { ...row }] : [row]));
    const expected = await tablesAfter(sparse, { batchRows: 1000 });
    const found = await tablesAfter(doubled, { batchRows: 10 });
    expect({ ...found, session: '' }).toEqual({ ...expected, session: '' });
  });
});

describe('two engines', () => {
  it('write one after the other: the second waits until the first closes', async () => {
    const database = await testDatabase();
    const first = await openEngine(database.url);
    const told: string[] = [];
    try {
      let second: Promise<SessionOutcome> | undefined;
      await new Promise<void>((waits) => {
        second = openEngine(database.url, undefined, waits).then(async (engine) => {
          told.push('second writes');
          const outcome = await runSession(engine, sessionOf('all', sparse));
          await engine.close();
          return outcome;
        });
      });
      await runSession(first, sessionOf('all', sparse));
      told.push('first has written');
      await first.close();
      expect((await second)?.isNew).toBe(false);
      expect(told).toEqual(['first has written', 'second writes']);
    } finally {
      await first.close();
      await database.close();
    }
  });
});

it('compares final states that differ as different', async () => {
  const [one, two] = [await testDatabase(), await testDatabase()];
  try {
    await runAll(one.url, [sessionOf('all', sparse)]);
    await runAll(two.url, [
      sessionOf(
        'all',
        sparse.filter((row) => row.mmsi % 7 !== 0),
      ),
    ]);
    expect(await dumpFinalState(one.url)).not.toEqual(await dumpFinalState(two.url));
  } finally {
    await one.close();
    await two.close();
  }
});
