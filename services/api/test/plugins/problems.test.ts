import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
}, 120_000);

afterAll(() => api.close());

it.each(['/v2/events', '/v1', '/v1/events/e_1/x', '/.env', '/assets/../package.json', '/v1/Events'])(
  'has nothing at %s',
  async (path) => {
    const answer = await api.get(path);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json()).toMatchObject({ code: 'not-found' });
  },
);

it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
  'answers %s with 405 where GET works, else 404',
  async (method) => {
    for (const url of [
      '/v1/events',
      '/v1/events/e_1',
      '/v1/alerts.csv',
      '/v1/vessels/v1/track',
      '/',
      '/healthz',
    ]) {
      const answer = await api.app.inject({ method, url, payload: { a: 1 } });
      expect([url, answer.statusCode, answer.headers.allow]).toEqual([url, 405, 'GET, HEAD']);
      expect(answer.json()).toMatchObject({ code: 'method-not-allowed' });
    }
    expect((await api.app.inject({ method, url: '/nothing' })).statusCode).toBe(404);
  },
);

it('answers faults of the address on a page with a page', async () => {
  const answer = await api.get('/?limit=0&nope=%3Cscript%3E');
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.body).toContain('limit=0');
  expect(answer.body).toContain('a whole number from 1 to 1000');
  expect(answer.body).toContain('&lt;script&gt;');
  expect(answer.body).not.toContain('<script');
});

it('tells a browser on a page that there is nothing, and a program in JSON', async () => {
  const accept = 'text/html,application/xhtml+xml;q=0.9';
  const page = await api.get('/nothing', { accept });
  expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  expect(page.body).toContain('There is nothing here');
  const data = await api.get('/v1/nothing', { accept });
  expect([data.statusCode, data.headers['content-type']]).toEqual([404, 'application/problem+json']);
});

it('puts the headers on every answer that keep a browser to showing it', async () => {
  for (const path of [
    '/',
    '/v1/events',
    '/v1/none',
    '/v1/events?x=1',
    '/v1/events/%FF',
    '/healthz',
    '/assets/page.css',
  ]) {
    const { headers } = await api.get(path);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'self'; object-src 'none'; base-uri 'none'/,
    );
    expect(headers['content-security-policy']).not.toContain('unsafe');
  }
});
