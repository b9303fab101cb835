import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PORTS, startApi, type Method, type TestApi } from '../api.ts';

const STATEMENT_MS = 400;
/** They answer from memory, whatever the database does. */
const FROM_MEMORY =
  /^\/(healthz|assets\/|map\/|docs|openapi\.json|session\/|v1\/session|ogc(\/|\/api|\/conformance|\/collections(\/\w+)?)?$)/;

/** It tells of the process, too, and leaves out what the database would tell. */
const WITHOUT_DATABASE: readonly string[] = ['GET /metrics 200'];

let api: TestApi;
let key: string;
let blocker: pg.PoolClient;

beforeAll(async () => {
  api = await startApi({
    gazetteer: PORTS,
    statementTimeoutMs: STATEMENT_MS,
    requestsPerMinute: 1_000_000,
    // Here every route is to meet the database, all of them at once.
    costLimits: { mostAtOnce: 1_000, mostOfOne: 1_000 },
  });
  key = await api.key(['admin']);
  blocker = await api.pool.connect();
}, 120_000);

afterAll(async () => {
  blocker.release();
  await api.close();
});

/** Every statement on any table of ours, keys apart, waits for as long as this lasts. */
async function block(): Promise<void> {
  const { rows } = await blocker.query<{ tables: string }>(
    `select string_agg(quote_ident(tablename), ', ') as tables from pg_tables
     where schemaname = 'public' and tablename <> 'api_key'`,
  );
  await blocker.query('begin');
  await blocker.query(`lock table ${rows[0].tables} in access exclusive mode`);
}

function bodyOf(url: string): object {
  if (url.endsWith('/channels')) return { kind: 'webhook', target: 'https://example.org/' };
  return url.endsWith('/preview') ? {} : { name: 'x' };
}

const ask = (method: Method | 'HEAD', url: string) =>
  api.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${key}` },
    ...(method === 'POST' || method === 'PUT' ? { payload: bodyOf(url) } : {}),
  });

it(
  'ends every statement of every route in time, answers 503, and gives the connections back',
  { timeout: 120_000 },
  async () => {
    const routes = api.app.routeNeeds.filter(
      ({ method, url }) => method !== 'HEAD' && !FROM_MEMORY.test(url),
    );
    await block();
    const began = performance.now();
    const answers = await Promise.all(
      routes.map(async ({ method, url }) => {
        const path = url
          .replace(/(ports.*\/):id/, '$1CNLKU')
          .replace(':sha256', '0'.repeat(64))
          .replace(/:\w+/g, 'x'.repeat(20));
        const answer = await ask(method as Method, path);
        return { route: `${method} ${url}`, answer };
      }),
    );
    expect(performance.now() - began).toBeLessThan(60_000);
    const waiting = await api.pool.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(waiting.rows[0].n).toBe(0);
    const others = answers.flatMap(({ route, answer }) =>
      answer.statusCode === 503 ? [] : [`${route} ${answer.statusCode}`],
    );
    expect(others).toEqual(WITHOUT_DATABASE);
    let slow = 0;
    for (const { route, answer } of answers) {
      if (answer.statusCode !== 503 || route === 'GET /readyz') continue;
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      if (String(answer.headers['content-type']).startsWith('text/html')) continue;
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(['too-slow', 'database-unavailable']).toContain(answer.json<{ code: string }>().code);
      if (answer.json<{ code: string }>().code === 'too-slow') slow += 1;
    }
    expect(slow).toBeGreaterThan(20);
    await blocker.query('rollback');
    for (const path of ['/v1/alerts', '/v1/watchlists', '/readyz'])
      expect([path, (await ask('GET', path)).statusCode]).toEqual([path, 200]);
  },
);
