import { makeRows, testDatabase, type Rows, type TestDatabase } from '@offing/testkit';
import pg from 'pg';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openReader,
  readRows,
  streamAlerts,
  streamEvents,
  streamPositions,
  streamVessels,
  vesselTrack,
  type EventRecord,
  type Reader,
} from '../../src/index.ts';

let database: TestDatabase;
let pool: pg.Pool;
let rows: Rows;
let reader: Reader;

beforeAll(async () => {
  database = await testDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  rows = makeRows(pool);
  reader = openReader({ databaseUrl: database.url, connections: 2 });
  await rows.feed(1, 'demo');
  await rows.event('e_2', { opened_at: '2016-11-05T00:00:00Z' });
  await rows.event('e_1', { opened_at: '2016-11-05T00:00:00Z', state: 'retracted' });
  await rows.event('e_3', { opened_at: '2016-11-06T00:00:00Z' }, { alert: false });
  await rows.vessel('v_1', 445000001);
  await rows.vessel('v_2', 445000001, { hull: 1 });
  for (const hull of [1, 0]) await rows.position(445000001, `2016-11-05T0${hull}:00:00Z`, { hull });
  await rows.position(412000001, '2016-11-05T00:00:00Z');
}, 120_000);

afterAll(async () => {
  await reader.close();
  await pool.end();
  await database.close();
});

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('an export', () => {
  it('has every event in the order of the lists, in every state unless one is asked for', async () => {
    expect((await all(streamEvents(reader, {}))).map((event) => event.eventId)).toEqual([
      'e_3',
      'e_1',
      'e_2',
    ]);
    expect((await all(streamEvents(reader, { states: ['closed'] }))).map((event) => event.eventId)).toEqual([
      'e_3',
      'e_2',
    ]);
    expect((await all(streamAlerts(reader, {}))).map((alert) => alert.alertId)).toEqual(['a_1', 'a_2']);
  });

  it('has vessels and positions by MMSI and time, each position with its hull where it has one', async () => {
    expect((await all(streamVessels(reader, {}))).map((vessel) => vessel.vesselId)).toEqual(['v_1', 'v_2']);
    const positions = await all(streamPositions(reader, {}));
    expect(positions.map(({ mmsi, vesselId }) => [mmsi, vesselId])).toEqual([
      [412000001, null],
      [445000001, 'v_1'],
      [445000001, 'v_2'],
    ]);
    expect(
      await all(streamPositions(reader, { mmsi: [412000001], to: Date.parse('2016-11-05T00:00:00Z') })),
    ).toHaveLength(1);
  });

  it('is of one moment: what arrives while it is read is not in it', async () => {
    const events = streamEvents(reader, {});
    const first = (await events.next()) as IteratorYieldResult<EventRecord>;
    await rows.event('e_0', { opened_at: '2016-01-01T00:00:00Z' });
    const rest = await all(events);
    expect([first.value.eventId, ...rest.map((event) => event.eventId)]).toEqual(['e_3', 'e_1', 'e_2']);
  });

  it('reads in batches of any size, and gives its connection back when nobody wants more', async () => {
    const query = sql<{ n: number }>`select n from generate_series(1, ${7}) as n`.compile(reader.db);
    for (const size of [1, 2, 7, 100]) {
      expect((await all(readRows(reader, query, size))).map((row) => row.n)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    }
    for (let round = 0; round < 5; round++) {
      for await (const row of readRows(reader, query, 2)) if (row.n === 3) break;
    }
    expect(reader.pool.idleCount).toBe(reader.pool.totalCount);
  });
});

describe('hulls that bear one number, because numbers end', () => {
  it('do not double positions, and none of them is blamed for one', async () => {
    for (const id of ['v_8', 'v_9']) await rows.vessel(id, 200000000, { hull: 32767 });
    await rows.position(200000000, '2016-11-05T00:00:00Z', { hull: 32767 });
    const positions = await all(streamPositions(reader, { mmsi: [200000000] }));
    expect(positions.map((position) => position.vesselId)).toEqual([null]);
    expect(await vesselTrack(reader, { mmsi: 200000000, hull: 32767, limit: 10 })).toHaveLength(1);
  });
});

describe('a reader', () => {
  it('cannot write', async () => {
    await expect(sql`delete from event`.execute(reader.db)).rejects.toMatchObject({ code: '25006' });
  });

  it('ends a statement that takes too long', async () => {
    const hasty = openReader({ databaseUrl: database.url, statementTimeoutMs: 50 });
    await expect(sql`select pg_sleep(5)`.execute(hasty.db)).rejects.toMatchObject({ code: '57014' });
    await hasty.close();
  });

  it('outlives a server that hangs up, during a query and between two', async () => {
    const own = openReader({ databaseUrl: database.url, connections: 1 });
    await sql`select 1`.execute(own.db);
    const hangUp = () =>
      pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where query in ('select 1', 'select pg_sleep(5)') and datname = current_database()",
      );
    await hangUp();
    const idle = await sql`select 1`.execute(own.db).then(
      () => 'answered',
      () => 'failed',
    );
    expect(['answered', 'failed']).toContain(idle);
    // The first query after it may still meet the lost connection; the pool then makes a new one.
    const rows = () =>
      sql`select 1`.execute(own.db).then(
        (result) => result.rows.length,
        () => 0,
      );
    await expect.poll(rows).toBe(1);
    const lost = expect(sql`select pg_sleep(5)`.execute(own.db)).rejects.toThrow();
    await expect.poll(async () => (await hangUp()).rowCount).toBe(1);
    await lost;
    await expect.poll(rows).toBe(1);
    await own.close();
  });
});
