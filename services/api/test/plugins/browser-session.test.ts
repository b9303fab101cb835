import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBrowserLinks } from '../../src/index.ts';
import { startApi, type TestApi } from '../api.ts';

const browserLinks = makeBrowserLinks();
let api: TestApi;

beforeAll(async () => {
  api = await startApi({ browserLinks });
}, 120_000);

afterAll(() => api.close());

const open = (path: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  api.app.inject({ url: path, headers: { host: 'localhost:8080', ...headers }, remoteAddress });

async function letIn(): Promise<{ cookie: string; csrf: string }> {
  const answer = await open(browserLinks.create());
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/']);
  const set = String(answer.headers['set-cookie']);
  expect(set).toMatch(/^offing=off_[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=2592000$/);
  const cookie = set.split(';')[0];
  const session = (await open('/v1/session', { cookie })).json<{ csrfToken: string }>();
  expect(session).toMatchObject({ owner: 'local', scopes: ['watch'] });
  return { cookie, csrf: session.csrfToken };
}

const make = (headers: Record<string, string>) =>
  api.app.inject({ method: 'POST', url: '/v1/watchlists', payload: { name: 'x' }, headers });

it('lets a browser in once, to watchlists that the next link opens, too', async () => {
  const first = await letIn();
  expect((await make({ cookie: first.cookie, 'x-offing-csrf': first.csrf })).statusCode).toBe(201);
  const second = await letIn();
  const lists = (await open('/v1/watchlists', { cookie: second.cookie })).json<{ items: unknown[] }>();
  expect(lists.items).toHaveLength(1);
});

it('changes nothing for a cookie without the token of our pages, or with that of another', async () => {
  const { cookie } = await letIn();
  const { csrf } = await letIn();
  for (const headers of [{ cookie }, { cookie, 'x-offing-csrf': csrf }, { cookie, 'x-offing-csrf': '' }]) {
    expect((await make(headers)).statusCode).toBe(403);
  }
  expect((await make({ 'x-offing-csrf': csrf })).statusCode).toBe(401);
});

it('refuses a link a second time, one that it did not make, and one that is too old', async () => {
  const link = browserLinks.create();
  expect((await open(link)).statusCode).toBe(303);
  expect((await open(link)).statusCode).toBe(404);
  expect((await open('/session/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).statusCode).toBe(404);
  let now = 0;
  const links = makeBrowserLinks(() => now);
  const token = links.create().slice('/session/'.length);
  now = 10 * 60_000 + 1;
  expect(links.use(token)).toBe(false);
});

it('refuses a link that comes from another machine, under a strange name, or from a browser that looks ahead', async () => {
  const link = browserLinks.create();
  expect((await open(link, {}, '192.0.2.7')).statusCode).toBe(404);
  expect((await open(link, { host: 'rebound.example:8080' })).statusCode).toBe(404);
  expect((await open(link, { host: 'localhost.evil.example' })).statusCode).toBe(404);
  expect((await open(link, { 'sec-purpose': 'prefetch' })).statusCode).toBe(404);
  expect((await open(link)).statusCode).toBe(303);
});

it('reads on where reading is open with a cookie whose key was revoked', async () => {
  const { cookie, csrf } = await letIn();
  await api.pool.query('update api_key set revoked_at = now()');
  expect((await open('/v1/alerts', { cookie })).statusCode).toBe(200);
  expect((await open('/v1/watchlists', { cookie })).statusCode).toBe(401);
  expect((await make({ cookie, 'x-offing-csrf': csrf })).statusCode).toBe(401);
});
