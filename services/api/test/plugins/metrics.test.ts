import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.rows.watermark('2016-11-09T00:00:00Z');
  await api.rows.event('e_1');
}, 120_000);

afterAll(() => api.close());

const metrics = async () => {
  const authorization = `Bearer ${await api.key(['admin'])}`;
  return api.app.inject({ url: '/metrics', headers: { authorization } });
};

it('counts and times answers by route, with no address and no key in any label', async () => {
  await api.get('/v1/events/e_1?as_of=2016-11-09');
  await api.get('/v1/events/e_none');
  await api.get('/v1/events?limit=0');
  await api.get('/nothing/SECRET');
  const { body, headers } = await metrics();
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(body).toContain('offing_http_answers_total{method="GET",route="/v1/events/:id",status="200"} 1');
  expect(body).toContain('offing_http_answers_total{method="GET",route="/v1/events/:id",status="404"} 1');
  expect(body).toContain('offing_http_answers_total{method="GET",route="/v1/events",status="400"} 1');
  expect(body).toContain('offing_http_answer_seconds_count{method="GET",route="/v1/events/:id"} 2');
  expect(body).toContain('offing_watermark_timestamp_seconds 1478649600');
  expect(body).toContain('offing_event_changes 1');
  expect(body).toContain('process_resident_memory_bytes');
  expect(body).not.toMatch(/SECRET|e_none|off_/);
});

it('is only for the admin', async () => {
  expect((await api.app.inject({ url: '/metrics' })).statusCode).toBe(401);
  const authorization = `Bearer ${await api.key(['watch'])}`;
  expect((await api.app.inject({ url: '/metrics', headers: { authorization } })).statusCode).toBe(403);
});

/** Feeds and messages, so that every metric has a value. */
async function busy(): Promise<string> {
  const status = { name: 'tcp', records: 12, shed: 1, lastRecordAt: Date.UTC(2016, 10, 9) };
  await api.pool.query(
    `insert into feed_status (name, status, updated_at) values ('tcp', $1, now()) on conflict do nothing`,
    [JSON.stringify(status)],
  );
  return (await metrics()).body;
}

it('tells of feeds and of messages that wait', async () => {
  const body = await busy();
  expect(body).toContain('offing_feed_last_record_timestamp_seconds{feed="tcp"} 1478649600');
  expect(body).toContain('offing_feed_records{feed="tcp"} 12');
  expect(body).toContain('offing_deliveries_pending 0');
});

it('has every metric that the dashboard shows', async () => {
  await api.get('/v1/events');
  const text = await readFile(new URL('../../../../docs/grafana/offing.json', import.meta.url), 'utf8');
  const { panels } = JSON.parse(text) as { panels: { targets: { expr: string }[] }[] };
  const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const named = new Set(
    expressions.flatMap((expr) => expr.match(/\b(offing|process|nodejs)_[a-z0-9_]+/g) ?? []),
  );
  const told = new Set([...(await busy()).matchAll(/^([a-z_0-9]+)[{ ]/gm)].map(([, name]) => name));
  expect(named.size).toBeGreaterThan(10);
  expect([...named].filter((name) => !told.has(name))).toEqual([]);
  for (const expr of expressions) expect(expr).toMatch(/(offing|process|nodejs)_/);
});
