import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

const hasRedis = (() => {
  try {
    execFileSync('redis-server', ['--version']);
    return true;
  } catch {
    process.stderr.write('redis-server is not installed: limits that processes share are not tested\n');
    return false;
  }
})();

const PER_MINUTE = 60;

let folder: string;
let port: number;
let redis: ChildProcess | undefined;
const running: TestApi[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offing-redis-'));
  port = await freePort();
  if (hasRedis) await startRedis();
}, 120_000);

afterAll(async () => {
  for (const api of running) await api.close();
  redis?.kill();
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

async function startRedis(): Promise<void> {
  redis = spawn('redis-server', ['--port', String(port), '--save', '', '--dir', folder], { stdio: 'pipe' });
  await new Promise<void>((resolve) =>
    redis?.stdout?.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept')) resolve();
    }),
  );
}

async function start(): Promise<TestApi> {
  const api = await startApi({ requestsPerMinute: PER_MINUTE, redisUrl: `redis://127.0.0.1:${port}` });
  running.push(api);
  return api;
}

const ask = async (api: TestApi, remoteAddress: string) =>
  (await api.app.inject({ url: '/v1/feeds', remoteAddress })).statusCode;

/** Asks until it is refused, and returns how often it was not. */
async function allowed(apis: readonly TestApi[], remoteAddress: string): Promise<number> {
  for (let n = 0; n < 1_000; n++) {
    const status = await ask(apis[n % apis.length], remoteAddress);
    if (status === 429) return n;
    expect(status).toBe(200);
  }
  throw new Error('never refused');
}

describe.runIf(hasRedis)('on Redis', () => {
  it('counts one asker once over all processes, and the next for itself', async () => {
    const [one, other] = [await start(), await start()];
    // Connected when Redis knows the first asker.
    await expect
      .poll(
        async () => {
          await ask(one, '192.0.2.100');
          await ask(other, '192.0.2.101');
          return execFileSync('redis-cli', ['-p', String(port), 'keys', 'offing:rate:*'], {
            encoding: 'utf8',
          });
        },
        { timeout: 20_000 },
      )
      .toMatch(/192\.0\.2\.100[^]*192\.0\.2\.101|192\.0\.2\.101[^]*192\.0\.2\.100/);
    const began = performance.now();
    const count = await allowed([one, other], '192.0.2.1');
    const refilled = ((performance.now() - began) / 60_000) * PER_MINUTE + 1;
    expect(count).toBeGreaterThanOrEqual(PER_MINUTE);
    expect(count).toBeLessThanOrEqual(PER_MINUTE + refilled);
    expect(await ask(one, '192.0.2.1')).toBe(429);
    expect(await ask(other, '192.0.2.2')).toBe(200);
  });

  it('still limits while Redis is away, each process for itself, and shares again when it is back', async () => {
    const api = await start();
    redis?.kill('SIGKILL');
    await new Promise((resolve) => redis?.once('exit', resolve));
    expect(await allowed([api], '192.0.2.3')).toBeGreaterThanOrEqual(PER_MINUTE);
    await startRedis();
    const keys = () =>
      execFileSync('redis-cli', ['-p', String(port), 'keys', 'offing:rate:*'], { encoding: 'utf8' });
    await expect
      .poll(
        async () => {
          await ask(api, '192.0.2.4');
          return keys();
        },
        { timeout: 20_000, interval: 200 },
      )
      .toContain('192.0.2.4');
  });
});

it('limits and lets through though there is no Redis at all', async () => {
  const api = await startApi({ requestsPerMinute: PER_MINUTE, redisUrl: 'redis://127.0.0.1:1' });
  running.push(api);
  expect(await allowed([api], '192.0.2.5')).toBeGreaterThanOrEqual(PER_MINUTE);
});
