import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readerOf, withinBudget } from '@offing/store';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeApp } from '../../src/index.ts';
import { PORTS, startApi, type TestApi } from '../api.ts';

/** What asks the database for a few rows by an index, or for nothing: a new one belongs here only if that is so. */
const FREE = [
  '/healthz',
  '/readyz',
  '/map/land.json',
  '/map/land/:z/:x/:y.pbf',
  '/unsubscribe/:token',
  '/v1/alerts/:id',
  '/v1/events/:id',
  ...['', '.csv', '.fgb', '.geojson', '.json', '.kml', '.ndjson', '.parquet'].map((end) => `/v1/ports${end}`),
  '/v1/raw/:sha256',
  '/v1/rules',
  '/v1/session',
  '/v1/stream',
];
/** What the document does not tell of; the layers of /ogc have their limits. */
const HIDDEN = /^\/(docs|assets\/|session\/|metrics$|openapi\.json$|map\/overview\.svg$|ogc(?!.*\/items))/;

let api: TestApi;
let blocker: pg.PoolClient;

beforeAll(async () => {
  api = await startApi({ gazetteer: PORTS, costLimits: { waitMs: 50 } });
  await api.rows.vessel('v1', 445000001);
  await api.rows.event('e1');
  blocker = await api.pool.connect();
}, 120_000);

afterAll(async () => {
  blocker.release();
  await api.close();
});

/** While this lasts, whoever asks for vessels keeps a connection of the database waiting. */
async function blocked(during: () => Promise<void>): Promise<void> {
  await blocker.query('begin; lock table vessel in access exclusive mode');
  try {
    await during();
  } finally {
    await blocker.query('rollback');
  }
}

/** Waits until so many sessions of the database wait for a lock. */
async function waiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await api.pool.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows[0].n === count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const ask = (remoteAddress: string, url = '/v1/vessels.csv') => api.app.inject({ url, remoteAddress });

it('knows every route without limits: a new one has them', () => {
  const free = [...api.app.freeRoutes].filter((route) => !HIDDEN.test(route.split(' ')[1]));
  expect([...new Set(free.map((route) => route.split(' ')[1]))].sort()).toEqual([...FREE].sort());
});

it('gives an address its share and all together theirs, and answers what is cheap meanwhile', async () => {
  await blocked(async () => {
    const held = [1, 2, 3].map(() => ask('192.0.2.1'));
    await waiting(3);
    const own = await ask('192.0.2.1');
    expect([own.statusCode, own.json<{ code: string }>().code]).toEqual([429, 'too-many-requests']);
    expect(Number(own.headers['retry-after'])).toBeGreaterThan(0);
    held.push(...[1, 2, 3].map(() => ask('192.0.2.2')));
    await waiting(6);
    for (const url of [
      '/v1/vessels.csv',
      '/v1/alerts?name=x',
      '/v1/alerts?limit=1000',
      '/ogc/collections/tracks/items',
    ]) {
      const other = await ask('192.0.2.3', url);
      expect([url, other.statusCode, other.json<{ code: string }>().code]).toEqual([url, 503, 'busy']);
      expect(Number(other.headers['retry-after'])).toBeGreaterThan(0);
    }
    const cheap = [
      '/v1/alerts',
      '/v1/alerts?limit=50&to=2016-11-06',
      '/v1/alerts/a1',
      '/v1/rules',
      '/readyz',
    ];
    for (const url of cheap) expect([url, (await ask('192.0.2.1', url)).statusCode]).toEqual([url, 200]);
    await blocker.query('rollback');
    const answers = await Promise.all(held);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 200]);
  });
  expect((await ask('192.0.2.3')).statusCode).toBe(200);
});

it('keeps the place of who has gone until the work is done', async () => {
  const narrow = await makeApp({
    databaseUrl: api.url,
    version: 'test',
    costLimits: { mostAtOnce: 1, waitMs: 1 },
  });
  await narrow.listen({ host: '127.0.0.1', port: 0 });
  const { port } = narrow.server.address() as AddressInfo;
  const again = async () => (await narrow.inject('/v1/vessels.csv')).statusCode;
  await blocked(async () => {
    const asked = request({ host: '127.0.0.1', port, path: '/v1/vessels.csv' });
    asked.on('error', () => undefined).end();
    await waiting(1);
    asked.destroy();
    expect(await again()).toBe(503);
  });
  await waiting(0);
  let status = await again();
  for (let n = 0; n < 200 && status === 503; n++) status = await again();
  expect(status).toBe(200);
  await narrow.close();
});

it('begins no statement once the time of a request is over', async () => {
  const reader = readerOf(new pg.Pool({ connectionString: api.url }));
  const work = withinBudget(20, async () => {
    await reader.pool.query('select pg_sleep(0.05)');
    await reader.db.selectFrom('event').select('event_id').execute();
  });
  await expect(work).rejects.toThrow('the time for this was over');
  expect((await reader.pool.query('select 1')).rowCount).toBe(1);
  await reader.close();
  const spent = await makeApp({ databaseUrl: api.url, version: 'test', costLimits: { budgetMs: -1 } });
  const answer = await spent.inject('/v1/vessels.csv');
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([503, 'too-slow']);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect((await spent.inject('/v1/alerts')).statusCode).toBe(200);
  await spent.close();
});
