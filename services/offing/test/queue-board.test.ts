import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeApp } from '@offing/api';
import { openQueueBoard, type QueueBoard } from '@offing/notify';
import { createKey } from '@offing/store';
import { testDatabase, type TestDatabase } from '@offing/testkit';
import { Queue } from 'bullmq';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const hasRedis = (() => {
  try {
    execFileSync('redis-server', ['--version']);
    return true;
  } catch {
    process.stderr.write('redis-server is not installed: the board of the queue is not tested\n');
    return false;
  }
})();
const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const hasChromium = existsSync(executablePath);

let folder: string;
let socket: string;
let redis: ChildProcess;
let database: TestDatabase;
let pool: pg.Pool;
let board: QueueBoard;
let queue: Queue;
let app: FastifyInstance;
const keys: Record<string, string> = {};

beforeAll(async () => {
  if (!hasRedis) return;
  folder = await mkdtemp(join(tmpdir(), 'offing-board-'));
  socket = join(folder, 'redis.sock');
  redis = spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder]);
  await new Promise<void>((resolve) =>
    redis.stdout?.on('data', (text: Buffer) => {
      if (/Ready to accept|ready to accept/.test(text.toString())) resolve();
    }),
  );
  database = await testDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  for (const scope of ['watch', 'admin'] as const)
    keys[scope] = (await createKey(pool, { label: 'test', scopes: [scope] })).text;
  board = openQueueBoard(socket, () => undefined);
  app = await makeApp({ databaseUrl: database.url, version: 'test', queueBoard: board.plugin });
  queue = new Queue('offing-deliveries', { connection: { path: socket } });
  await queue.add('attempt', { deliveryId: 'msg_1', attempts: 0 }, { jobId: 'waits' });
}, 120_000);

afterAll(async () => {
  if (!hasRedis) return;
  await app.close();
  await board.close();
  await queue.close();
  await pool.end();
  await database.close();
  redis.kill();
  await rm(folder, { recursive: true, force: true });
});

const basic = (scope: string) => ({
  authorization: `Basic ${Buffer.from(`x:${keys[scope]}`).toString('base64')}`,
});

describe.skipIf(!hasRedis)(`the board of the queue${hasRedis ? '' : ' (left out: no redis-server)'}`, () => {
  it('is the operator’s: no route of it is open to others, and a browser is asked for a password', async () => {
    const routes = app.routeNeeds.filter(({ url }) => url.startsWith('/queues'));
    expect(routes.length).toBeGreaterThan(10);
    for (const { method, url, scope } of routes) {
      expect([url, scope]).toEqual([url, 'admin']);
      const ask = async (headers = {}) =>
        (
          await app.inject({
            method: method as 'GET',
            url: url.replace(/:\w+/g, 'x').replace('*', 'x'),
            headers,
          })
        ).statusCode;
      expect([method, url, await ask(), await ask(basic('watch'))]).toEqual([method, url, 401, 403]);
    }
    const page = await app.inject('/queues');
    expect(page.headers['www-authenticate']).toBe('Basic realm="Offing", charset="UTF-8"');
  });

  it('changes nothing for the page of another site', async () => {
    const url = '/queues/api/queues/offing-deliveries/pause';
    const ask = (headers: object) =>
      app.inject({ method: 'PUT', url, headers: { ...basic('admin'), host: 'offing.test', ...headers } });
    expect((await ask({ origin: 'https://evil.example' })).statusCode).toBe(403);
    expect(await queue.isPaused()).toBe(false);
    expect((await ask({ origin: 'https://offing.test' })).statusCode).toBe(200);
    expect(await queue.isPaused()).toBe(true);
    await queue.resume();
  });

  it('asks nobody elsewhere for anything', async () => {
    const { body } = await app.inject({ url: '/queues', headers: basic('admin') });
    expect(body).toContain('Offing: deliveries');
    expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it.skipIf(!hasChromium)(
    `shows what waits in a browser, without a complaint${!hasChromium ? ' (left out: no Chromium)' : ''}`,
    async () => {
      await app.listen({ host: '127.0.0.1', port: 0 });
      const { port } = app.server.address() as AddressInfo;
      const origin = `http://127.0.0.1:${port}`;
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
      try {
        const context = await browser.newContext({
          httpCredentials: { username: 'x', password: keys['admin'] },
          viewport: { width: 1200, height: 800 },
        });
        const page = await context.newPage();
        const complaints: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error') complaints.push(message.text());
        });
        page.on('pageerror', (error) => complaints.push(String(error)));
        page.on('request', (request) => {
          if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
            complaints.push(request.url());
        });
        await page.goto(`${origin}/queues/queue/offing-deliveries?status=waiting`);
        await page.getByText('attempt').first().waitFor();
        expect(complaints).toEqual([]);
      } finally {
        await browser.close();
      }
    },
    120_000,
  );
});
