import { spawn, type ChildProcess } from 'node:child_process';
import { get, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { bundled, makeRows, testDatabase, type TestDatabase } from '@offing/testkit';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('server-process.ts', import.meta.url));
const KILLS = 3;
const READERS = 8;

let database: TestDatabase;
let pool: pg.Pool;
let port: number;
let server: ChildProcess | undefined;

beforeAll(async () => {
  database = await testDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  const free = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => free.once('listening', resolve));
  ({ port } = free.address() as AddressInfo);
  await new Promise((resolve) => free.close(resolve));
}, 120_000);

afterAll(async () => {
  server?.kill('SIGKILL');
  await pool.end();
  await database.close();
});

async function startServer(): Promise<void> {
  const child = spawn(process.execPath, [await bundled(SCRIPT), database.url, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  server = child;
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

async function killServer(): Promise<void> {
  const ended = new Promise((resolve) => server?.once('exit', resolve));
  server?.kill('SIGKILL');
  await ended;
}

/** Follows as a browser does: when the connection ends it comes back with the last id. */
function follow(from: number): { readonly seen: number[]; stop(): void } {
  const seen: number[] = [];
  let isStopped = false;
  let stream: IncomingMessage | undefined;
  const again = () => {
    if (!isStopped) setTimeout(join, 50);
  };
  const join = () => {
    const headers = { 'last-event-id': String(seen.at(-1) ?? from) };
    get({ host: '127.0.0.1', port, path: '/v1/stream', headers, agent: false }, (answer) => {
      stream = answer;
      let rest = '';
      answer.setEncoding('utf8').on('data', (text: string) => {
        const blocks = (rest + text).split('\n\n');
        // What has no end yet is lost with the connection, and comes again.
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const id = /^id: (\d+)$/m.exec(block)?.[1];
          if (id !== undefined) seen.push(Number(id));
        }
      });
      answer.on('error', () => undefined).on('close', again);
    }).on('error', again);
  };
  join();
  return {
    seen,
    stop() {
      isStopped = true;
      stream?.destroy();
    },
  };
}

it('misses nothing and repeats nothing over kills of the server', { timeout: 120_000 }, async () => {
  const rows = makeRows(pool);
  let told = 0;
  const tell = async () => {
    told += 1;
    const changeSeq = await rows.event(`e_${told}`);
    const ids = { alert_id: `a_${told}`, event_id: `e_${told}` };
    await rows.insert('outbox', { change_seq: changeSeq, ...ids, version: 1, change: 'opened' });
    return changeSeq;
  };
  const first = await tell();
  await startServer();
  const readers = Array.from({ length: READERS }, () => follow(first));
  const expected: number[] = [];
  let isDone = false;
  const writing = (async () => {
    while (!isDone) {
      expected.push(await tell());
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  for (let kill = 0; kill < KILLS; kill++) {
    const before = readers.map(({ seen }) => seen.length);
    await expect
      .poll(() => readers.every(({ seen }, n) => seen.length > before[n] + 20), { timeout: 20_000 })
      .toBe(true);
    await killServer();
    await startServer();
  }
  isDone = true;
  await writing;
  for (const { seen } of readers)
    await expect.poll(() => seen.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(expected.length);
  for (const reader of readers) {
    reader.stop();
    expect(reader.seen).toEqual(expected);
  }
});
