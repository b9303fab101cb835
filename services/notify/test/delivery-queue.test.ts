import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '@offing/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDeliveryQueue, type DeliveryQueue } from '../src/delivery-queue.ts';

const hasRedis = (() => {
  try {
    execFileSync('redis-server', ['--version']);
    return true;
  } catch {
    process.stderr.write('redis-server is not installed: the queue is not tested on Redis\n');
    return false;
  }
})();

let database: TestDatabase;
let redis: ChildProcess | undefined;
let redisUrl: string | undefined;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'offing-redis-'));
  if (!hasRedis) return;
  const port = await freePort();
  redis = spawn('redis-server', ['--port', String(port), '--save', '', '--dir', folder], { stdio: 'ignore' });
  redisUrl = `redis://127.0.0.1:${port}`;
}, 120_000);

afterAll(async () => {
  redis?.kill();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const backends = ['PostgreSQL', ...(hasRedis ? ['Redis'] : [])];

describe.each(backends)('on %s', (backend) => {
  const open = (work: (id: string) => Promise<void>): Promise<DeliveryQueue> =>
    openDeliveryQueue({
      databaseUrl: database.url,
      ...(backend === 'Redis' && redisUrl !== undefined ? { redisUrl } : {}),
      work: (job) => work(job.deliveryId),
      onError: () => undefined,
    });

  it('does each job once, though it is added again while it waits or runs', async () => {
    const done: string[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const queue = await open(async (id) => {
      await gate;
      done.push(id);
    });
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 20; n++) await queue.add(`job${n}-0`, { deliveryId: `job${n}`, attempts: 0 });
    }
    release();
    await expect.poll(() => done.length, { timeout: 20_000 }).toBe(20);
    expect(new Set(done).size).toBe(20);
    await queue.add('job0-0', { deliveryId: 'job0', attempts: 0 });
    await expect.poll(() => done.length, { timeout: 20_000 }).toBe(21);
    await queue.close();
  });

  it('goes on with the next when one fails, and keeps what waits for another process', async () => {
    const seen: string[] = [];
    const first = await open(async (id) => {
      seen.push(id);
      throw new Error('broken');
    });
    await first.add('bad-0', { deliveryId: 'bad', attempts: 0 });
    await first.add('worse-0', { deliveryId: 'worse', attempts: 0 });
    await expect.poll(() => [...seen].sort(), { timeout: 20_000 }).toEqual(['bad', 'worse']);
    await first.close();
    const second = await open(async (id) => void seen.push(`second ${id}`));
    await second.add('bad-0', { deliveryId: 'bad', attempts: 0 });
    await expect.poll(() => seen, { timeout: 20_000 }).toContain('second bad');
    await second.close();
  });
});
