import type { FastifyReply } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeRateLimit } from '../../src/plugins/rate-limit.ts';
import { startApi, type TestApi } from '../api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ requestsPerMinute: 60 });
}, 120_000);

afterAll(() => api.close());

const ask = (remoteAddress: string, headers: Record<string, string> = {}) =>
  api.app.inject({ url: '/v1/feeds', remoteAddress, headers });

it('answers 429 with Retry-After when an address asks too much, and the others as before', async () => {
  let refused = await ask('192.0.2.1');
  let asked = 1;
  // One a second comes back while the test is asking.
  for (; asked < 120 && refused.statusCode === 200; asked++) refused = await ask('192.0.2.1');
  expect(asked).toBeGreaterThan(60);
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.json()).toMatchObject({ code: 'too-many-requests' });
  expect((await ask('192.0.2.2')).statusCode).toBe(200);
});

it('counts a site of IPv6 as one, and not the next', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 90; n++) statuses.push((await ask(`2001:db8:1:2::${n.toString(16)}`)).statusCode);
  expect(statuses).toContain(429);
  expect((await ask('2001:db8:1:3::1')).statusCode).toBe(200);
});

it('counts a key wherever it comes from, and leaves this machine alone', async () => {
  const authorization = `Bearer ${await api.key(['read'])}`;
  const statuses: number[] = [];
  for (let n = 0; n < 90; n++) statuses.push((await ask(`192.0.3.${n}`, { authorization })).statusCode);
  expect(statuses).toContain(429);
  for (let n = 0; n < 70; n++) expect((await ask('127.0.0.1')).statusCode).toBe(200);
});

it('ends guessing after a few wrong keys', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 5; n++) {
    const key = `off_000000000000000${n}_${'A'.repeat(43)}`;
    statuses.push((await ask('192.0.2.9', { authorization: `Bearer ${key}` })).statusCode);
  }
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
});

it('answers questions of health whatever was asked before', async () => {
  for (let n = 0; n < 70; n++) await ask('192.0.2.20');
  const answer = await api.app.inject({ url: '/healthz', remoteAddress: '192.0.2.20' });
  expect(answer.statusCode).toBe(200);
});

it('refills steadily', () => {
  let now = 0;
  const limit = makeRateLimit(60, () => now);
  const reply = { header: () => reply } as unknown as FastifyReply;
  const take = () => {
    try {
      limit.take('a', 1, reply);
      return true;
    } catch {
      return false;
    }
  };
  expect(Array.from({ length: 61 }, take).filter(Boolean)).toHaveLength(60);
  now = 999;
  expect(take()).toBe(false);
  now = 2_100;
  expect([take(), take(), take()]).toEqual([true, true, false]);
  now = 10 * 60_000;
  expect(Array.from({ length: 61 }, take).filter(Boolean)).toHaveLength(60);
});

it('remembers no more than it should, however many addresses ask', () => {
  const limit = makeRateLimit(60, () => 0);
  const reply = { header: () => reply } as unknown as FastifyReply;
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < 200_000; n++) limit.take(`address ${n}`, 1, reply);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(60_000_000);
});
