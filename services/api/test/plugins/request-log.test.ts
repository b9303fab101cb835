import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

type Line = { level: number; msg: string; reqId?: string; [field: string]: unknown };

const lines: Line[] = [];
let api: TestApi;

beforeAll(async () => {
  const logger = pino(
    { level: 'debug' },
    { write: (text: string) => void lines.push(JSON.parse(text) as Line) },
  );
  api = await startApi({ logger, statementTimeoutMs: 300 });
}, 120_000);

afterAll(() => api.close());

/** Answers first, logs then: waits until the line is there. */
const lineOf = async (requestId: unknown) => {
  await expect
    .poll(() => lines.some((line) => line.reqId === requestId && line.msg === 'request answered'))
    .toBe(true);
  return lines.filter((line) => line.reqId === requestId);
};

it('logs one line for each request, without query, headers or address', async () => {
  const key = await api.key(['read']);
  const inPath = await api.get(`/v1/events?api_key=${key}`);
  expect(inPath.statusCode).toBe(200);
  await lineOf(inPath.headers['x-request-id']);
  await lineOf((await api.get('/feeds/SECRETSECRETSECRETSECRET/alerts.atom')).headers['x-request-id']);
  await lineOf((await api.get('/unsubscribe/SECRETSECRETSECRET')).headers['x-request-id']);
  await lineOf((await api.get('/session/SECRETSECRETSECRET')).headers['x-request-id']);
  const answer = await api.get('/v1/events?name=SECRET&port=Longkou', {
    authorization: `Bearer ${key}`,
    'x-request-id': 'SECRET',
    cookie: 'SECRET',
  });
  const written = await lineOf(answer.headers['x-request-id']);
  expect(written).toHaveLength(1);
  const { level, time, pid, hostname, reqId, ...rest } = written[0];
  expect([level, typeof time, typeof pid, typeof hostname, typeof reqId]).toEqual([
    30,
    'number',
    'number',
    'string',
    'string',
  ]);
  expect(rest).toEqual({
    msg: 'request answered',
    method: 'GET',
    path: '/v1/events',
    status: 200,
    ms: expect.any(Number) as number,
  });
  expect(JSON.stringify(lines)).not.toContain('SECRET');
  expect(JSON.stringify(lines)).not.toContain(key.slice(21));
});

it('logs refusals and what is not there, too, and no error for them', async () => {
  for (const [path, status] of [
    ['/v1/events?limit=0', 400],
    ['/nothing', 404],
    ['/v1/events/%FF', 400],
  ] as const) {
    const written = await lineOf((await api.get(path)).headers['x-request-id']);
    expect(written.map((line) => [line.level, line.status])).toEqual([[30, status]]);
  }
});

it('keeps questions of health out of the usual log', async () => {
  const written = await lineOf((await api.get('/healthz')).headers['x-request-id']);
  expect(written.map((line) => line.level)).toEqual([20]);
});

it('logs what is our fault with the id that the answer names, and tells the asker nothing of it', async () => {
  const client = await api.pool.connect();
  await client.query('begin; lock table event in access exclusive mode');
  const answer = await api.get('/v1/events?name=SECRET');
  await client.query('rollback');
  client.release();
  const { instance } = answer.json<{ instance: string }>();
  const written = await lineOf(answer.headers['x-request-id']);
  expect(instance).toBe(`urn:offing:request:${String(answer.headers['x-request-id'])}`);
  expect(written.map(({ level, msg, code, status }) => [level, msg, code ?? status])).toEqual([
    [50, 'request failed', 'too-slow'],
    [30, 'request answered', 503],
  ]);
  expect(written[0].err).toMatchObject({ message: expect.stringContaining('statement timeout') as string });
  expect(answer.body).not.toMatch(/statement|select|node_modules|\.ts/);
  expect(JSON.stringify(written)).not.toContain('SECRET');
});
