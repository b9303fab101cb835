import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTS, startApi, type TestApi } from '../api.ts';

const PATHS = [
  '/v1/alerts',
  '/v1/alerts.geojson?severity=low',
  '/v1/alerts/a_1',
  '/v1/alerts/a_1/positions',
  '/v1/events.csv',
  '/v1/events/e_1',
  '/v1/vessels',
  '/v1/vessels/v1',
  '/v1/vessels/v1/track.kml',
  '/v1/ports',
  '/v1/designations',
  '/v1/designations/sources',
  '/v1/feeds',
  '/v1/coverage',
  '/',
  '/alerts/a_1',
  '/status',
];

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ gazetteer: PORTS, statementTimeoutMs: 500 });
  await api.rows.feed(1, 'demo');
  await api.rows.event('e_1');
  await api.rows.vessel('v1', 445000001);
}, 120_000);

afterAll(() => api.close());

describe.each(PATHS)('%s', (path) => {
  it('has a weak ETag and answers 304 to it, without a body, until something changes', async () => {
    const first = await api.get(path);
    const tag = String(first.headers.etag);
    expect(tag).toMatch(/^W\/"[A-Za-z0-9_-]{24}"$/);
    expect(first.headers['cache-control']).toBe('no-cache');
    for (const given of [tag, tag.slice(2), `"x", ${tag}`, '*']) {
      const again = await api.get(path, { 'if-none-match': given });
      expect([given, again.statusCode, again.body, again.headers.etag]).toEqual([given, 304, '', tag]);
    }
    expect((await api.get(path, { 'if-none-match': '"x"' })).statusCode).toBe(200);
    await api.rows.event(`e_${PATHS.indexOf(path) + 2}`);
    const later = await api.get(path, { 'if-none-match': tag });
    expect(later.statusCode).toBe(200);
    expect(later.headers.etag).not.toBe(tag);
  });
});

it('gives another question another tag', async () => {
  const tags = await Promise.all(
    [
      ['/v1/events'],
      ['/v1/events?limit=1'],
      ['/v1/alerts'],
      ['/v1/events.csv'],
      ['/v1/events', 'text/csv'],
    ].map(async ([path, accept]) => (await api.get(path, accept ? { accept } : {})).headers.etag),
  );
  expect(new Set(tags).size).toBe(tags.length);
});

it.each([
  ['positions', () => api.rows.watermark('2016-11-09T00:00:00Z')],
  [
    'a reading that began',
    () => api.rows.insert('session', { session_id: 's', kind: 'live', state: 'reading' }),
  ],
  ['a reading that ended', () => api.pool.query("update session set state = 'done'")],
  ['late records', () => api.pool.query("update engine_state set refold_from = '2016-11-01'")],
])('has another tag after %s', async (_what, change) => {
  const before = (await api.get('/v1/vessels')).headers.etag;
  await change();
  expect((await api.get('/v1/vessels')).headers.etag).not.toBe(before);
});

it('answers 304 before it asks for any event: with the tables locked it still answers', async () => {
  const tag = String((await api.get('/v1/alerts')).headers.etag);
  const client = await api.pool.connect();
  try {
    await client.query('begin');
    await client.query('lock table event, event_version, alert in access exclusive mode');
    expect((await api.get('/v1/alerts', { 'if-none-match': tag })).statusCode).toBe(304);
    const slow = await api.get('/v1/alerts');
    expect(slow.statusCode).toBe(503);
    expect(slow.headers['retry-after']).toBe('5');
    expect(slow.json()).toMatchObject({
      code: 'too-slow',
      instance: expect.stringMatching(/^urn:offing:request:/) as string,
    });
  } finally {
    await client.query('rollback');
    client.release();
  }
  expect((await api.get('/v1/alerts')).statusCode).toBe(200);
});

it('puts no tag on what says how the service is', async () => {
  for (const path of ['/healthz', '/readyz']) {
    const { headers } = await api.get(path);
    expect([headers.etag, headers['cache-control']]).toEqual([undefined, 'no-store']);
  }
});
