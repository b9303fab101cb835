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
