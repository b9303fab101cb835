import { testDatabase } from '@offing/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeApp } from '../../src/index.ts';
import { PORTS, startApi, type TestApi } from '../api.ts';

const PATHS = [
  '/v1/alerts',
  '/v1/alerts/a_1',
  '/v1/events.csv',
  '/v1/vessels/v1/track',
  '/v1/designations',
  '/v1/designations/sources',
  '/v1/feeds',
  '/v1/coverage',
  '/',
  '/status',
];

describe('with everything there', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ gazetteer: PORTS });
  }, 120_000);
  afterAll(() => api.close());

  it('is alive and ready, and says when lists are empty', async () => {
    expect((await api.get('/healthz')).json()).toEqual({ status: 'ok', version: '0.0.0-test' });
    const before = await api.get('/readyz');
    expect([before.statusCode, before.json()]).toEqual([
      200,
      { ready: true, checks: { database: 'ok', migrations: 'ok', reference: 'ok', designations: 'empty' } },
    ]);
    await api.rows.designation('d1');
    expect((await api.get('/readyz')).json()).toMatchObject({ checks: { designations: 'ok' } });
  });
});

describe('without a gazetteer', () => {
  it('is alive, not ready, and says why', async () => {
    const api = await startApi();
    try {
      const answer = await api.get('/readyz');
      expect(answer.statusCode).toBe(503);
      expect(answer.json()).toMatchObject({ ready: false, checks: { database: 'ok', reference: 'missing' } });
    } finally {
      await api.close();
    }
  });
});

describe('without a database', () => {
  it('starts, lives, says what is missing, and answers 503 with a problem or a page', async () => {
    const app = await makeApp({
      databaseUrl: 'postgres://nobody:SECRET@127.0.0.1:1/none',
      version: '1',
      gazetteer: PORTS,
    });
    try {
      expect((await app.inject('/healthz')).statusCode).toBe(200);
      const ready = await app.inject('/readyz');
      expect([ready.statusCode, ready.json()]).toEqual([
        503,
        {
          ready: false,
          checks: {
            database: 'unreachable',
            migrations: 'unknown',
            reference: 'ok',
            designations: 'unknown',
          },
        },
      ]);
      for (const path of PATHS) mustBeAway(await app.inject(path), path);
      expect((await app.inject('/openapi.json')).statusCode).toBe(200);
      // What is wrong with the request is told without asking a database.
      expect((await app.inject('/v1/events?limit=0')).statusCode).toBe(400);
    } finally {
      await app.close();
    }
  });
});

describe('when the database goes away and comes back', () => {
  it('answers 503 meanwhile and then goes on by itself', async () => {
    const api = await startApi({ gazetteer: PORTS });
    try {
      expect((await api.get('/v1/alerts')).statusCode).toBe(200);
      const name = new URL(api.url).pathname.slice(1);
      const server = new URL(api.url);
      server.pathname = '/postgres';
      const admin = new pg.Client({ connectionString: server.href });
      await admin.connect();
      await admin.query(`alter database ${name} with allow_connections false`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      for (const path of PATHS) mustBeAway(await api.app.inject(path), path);
      expect((await api.get('/healthz')).statusCode).toBe(200);
      expect((await api.get('/readyz')).json()).toMatchObject({
        ready: false,
        checks: { database: 'unreachable' },
      });
      await admin.query(`alter database ${name} with allow_connections true`);
      await admin.end();
      expect((await api.get('/v1/alerts')).statusCode).toBe(200);
      expect((await api.get('/readyz')).statusCode).toBe(200);
    } finally {
      await api.close();
    }
  });
});

describe('with a database that has no tables', () => {
  it('says that the migrations are missing', async () => {
    const database = await testDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('drop schema public cascade; create schema public');
    await client.end();
    const app = await makeApp({ databaseUrl: database.url, version: '1', gazetteer: PORTS });
    try {
      const ready = await app.inject('/readyz');
      expect([ready.statusCode, ready.json<{ checks: object }>().checks]).toEqual([
        503,
        { database: 'ok', migrations: 'missing', reference: 'ok', designations: 'unknown' },
      ]);
      for (const path of PATHS) mustBeAway(await app.inject(path), path);
    } finally {
      await app.close();
      await database.close();
    }
  });
});

function mustBeAway(answer: { statusCode: number; body: string; headers: object }, path: string): void {
  const isPage = path === '/' || path === '/status';
  expect([path, answer.statusCode]).toEqual([path, 503]);
  expect(answer.headers).toMatchObject({
    'retry-after': '5',
    'cache-control': 'no-store',
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/problem+json',
  });
  expect(answer.body).toContain('The database does not answer');
  expect(answer.body).not.toMatch(/SECRET|127\.0\.0\.1|select|relation|ECONN|node_modules/);
}
