import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundled } from '@offing/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver, type Receiver } from './receiver.ts';
import { startWatching, type Watching } from './watching.ts';

const hasRedis = (() => {
  try {
    execFileSync('redis-server', ['--version']);
    return true;
  } catch {
    process.stderr.write('redis-server is not installed: a killed notifier is not tested on Redis\n');
    return false;
  }
})();

const SCRIPT = fileURLToPath(new URL('notifier-process.ts', import.meta.url));
const KILLS = 4;
const ALERTS = 60;

let folder: string;
let redis: ChildProcess | undefined;
let redisUrl: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offing-redis-'));
  if (!hasRedis) return;
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  redis = spawn('redis-server', ['--port', String(port), '--save', '', '--dir', folder], { stdio: 'ignore' });
  redisUrl = `redis://127.0.0.1:${port}`;
});

afterAll(async () => {
  redis?.kill();
  await rm(folder, { recursive: true, force: true });
});

async function startProcess(options: object): Promise<ChildProcess> {
  const child = spawn(process.execPath, [await bundled(SCRIPT), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the notifier ended with ${code}`)));
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

type Told = { readonly data: { readonly alert: { readonly id: string } } };

/** Which alerts came to each address, and under which ids. */
function toldOf(receiver: Receiver): Map<string, Map<string, Set<string>>> {
  const told = new Map<string, Map<string, Set<string>>>();
  for (const { url, body, headers } of receiver.received) {
    const alerts = told.get(url) ?? new Map<string, Set<string>>();
    const { id } = (JSON.parse(body) as Told).data.alert;
    alerts.set(id, (alerts.get(id) ?? new Set()).add(String(headers['webhook-id'])));
    told.set(url, alerts);
  }
  return told;
}

describe.each(['PostgreSQL', ...(hasRedis ? ['Redis'] : [])])('with the queue on %s', (backend) => {
  it(
    'tells everyone at least once, under one id, and no one what is another’s, however often it is killed',
    { timeout: 180_000 },
    async () => {
      const watching: Watching = await startWatching();
      const receiver = await startReceiver();
      try {
        for (const port of ['Longkou', 'Dalian'])
          await watching.channel('webhook', `${receiver.url}/${port}`, { ports: [port] });
        const options = {
          databaseUrl: watching.url,
          publicUrl: 'https://offing.example.org',
          allowedTargets: [receiver.target],
          retryDelaysMs: Array<number>(50).fill(50),
          pollMs: 20,
          lockMs: 2_000,
          ...(backend === 'Redis' && redisUrl !== undefined ? { redisUrl } : {}),
        };
        // Answers late, so that a kill meets what is under way.
        let slow = 0;
        receiver.answer = () => (slow++ % 5 === 0 ? 'cut' : { status: 200 });
        for (let n = 0; n < ALERTS; n++) {
          const [id, name] = n % 2 === 0 ? ['CNLKU', 'Longkou'] : ['CNDLC', 'Dalian'];
          await watching.tell(`e_${n}`, 'opened', { port_id: id, port_name: name, port_country: 'CN' });
        }
        for (let round = 0; round < KILLS; round++) {
          const before = receiver.received.length;
          const child = await startProcess(options);
          await expect
            .poll(() => receiver.received.length, { timeout: 20_000, interval: 3 })
            .toBeGreaterThan(before + round);
          await kill(child);
        }
        const last = await startProcess(options);
        await expect
          .poll(
            async () => (await watching.deliveries()).filter(({ state }) => state !== 'delivered').length,
            {
              timeout: 90_000,
              interval: 100,
            },
          )
          .toBe(0);
        await kill(last);
        const told = toldOf(receiver);
        expect([...told.keys()].sort()).toEqual(['/hook/Dalian', '/hook/Longkou']);
        for (const [url, remainder] of [
          ['/hook/Longkou', 0],
          ['/hook/Dalian', 1],
        ] as const) {
          const alerts = told.get(url) ?? new Map<string, Set<string>>();
          const expected = Array.from({ length: ALERTS / 2 }, (_, n) => `a_${2 * n + remainder}`);
          expect([...alerts.keys()].sort()).toEqual(expected.sort());
          for (const [alert, ids] of alerts) expect([alert, ids.size]).toEqual([alert, 1]);
        }
      } finally {
        await watching.close();
        await receiver.close();
      }
    },
  );
});

it(
  'tells everything to a receiver that was down for a day, by the real schedule',
  { timeout: 120_000 },
  async () => {
    const watching = await startWatching();
    const receiver = await startReceiver();
    try {
      await watching.channel('webhook', receiver.url);
      receiver.answer = () => ({ status: 503 });
      for (let n = 0; n < 10; n++) await watching.tell(`e_${n}`);
      await watching.start({ allowedTargets: [receiver.target] });
      let passedMs = 0;
      for (let tries = 1; passedMs < 86_400_000; tries++) {
        await expect
          .poll(async () => Math.min(...(await watching.deliveries()).map(({ attempts }) => attempts)), {
            timeout: 20_000,
          })
          .toBe(tries);
        expect(receiver.received).toHaveLength(10 * tries);
        // The database's clock is the one that counts: it is put forward to where the last of them is due.
        const { rows } = await watching.pool.query<{ ms: number }>(
          `with ahead as (select max(next_at) - now() as wait from delivery)
         update delivery set next_at = next_at - ahead.wait from ahead
         returning (extract(epoch from ahead.wait) * 1000)::float8 as ms`,
        );
        passedMs += rows[0].ms;
        if (passedMs >= 86_400_000) receiver.answer = () => ({ status: 200 });
      }
      await watching.tell('e_new');
      await expect
        .poll(async () => (await watching.deliveries()).map(({ state }) => state), { timeout: 30_000 })
        .toEqual(Array<string>(11).fill('delivered'));
      const arrived = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
      expect(arrived.size).toBe(11);
    } finally {
      await watching.close();
      await receiver.close();
    }
  },
);
