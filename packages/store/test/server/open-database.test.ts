import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { bundled } from '@offing/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/server/open-database.ts';

const SCRIPT = fileURLToPath(new URL('./support/open-child.ts', import.meta.url));
const SETTINGS = { shared_buffers: '16MB', max_connections: '20' };
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** A folder with a cluster that was used once: copying it is faster than making one for every test. */
let used: string;
let folder: string;
let children: ChildProcess[];

beforeAll(async () => {
  used = await mkdtemp(join(tmpdir(), 'offing-used-'));
  await (await open(used)).close();
});

afterAll(() => rm(used, { recursive: true, force: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offing-open-'));
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  // Whatever a test left running is joined and stopped here.
  if (existsSync(join(folder, 'postgres', 'postmaster.pid'))) await (await open()).close();
  await rm(folder, { recursive: true, force: true });
});

function open(dataDir = folder) {
  return openDatabase({ dataDir, settings: SETTINGS });
}

type Opened = {
  readonly child: ChildProcess;
  readonly said: { url: string; startedHere: boolean; code?: string; message?: string };
};

/** Opens the folder's database in a process of its own. */
async function openElsewhere(dataDir = folder, uid?: number): Promise<Opened> {
  const child = spawn(process.execPath, [await bundled(SCRIPT), dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid, env: { ...process.env, HOME: '/', TMPDIR: '/tmp' } }),
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await Promise.race([once(lines, 'line'), once(lines, 'close').then(() => ['{}'])])) as [
    string,
  ];
  return { child, said: JSON.parse(line) as Opened['said'] };
}

async function end(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  if (child.exitCode === null) await once(child, 'close');
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function pidIn(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

async function run(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<object>(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe('the server of a data folder', () => {
  beforeEach(() => cpSync(join(used, 'postgres'), join(folder, 'postgres'), { recursive: true }));

  it('is started by the first, joined by the second, and stopped by the last to leave', async () => {
    const first = await open();
    expect(first).toMatchObject({ startedHere: true, version: expect.stringMatching(/^18\./) as unknown });
    const second = await openElsewhere();
    expect(second.said).toEqual({ url: first.url, startedHere: false });
    await first.close();
    await first.close();
    expect(await answers(first.url)).toBe(true);
    await end(second.child);
    expect(await answers(first.url)).toBe(false);
  });

  it('is started once by four who come together', async () => {
    const all = await Promise.all([open(), openElsewhere(), openElsewhere(), open()]);
    const started = all.map((one) => ('said' in one ? one.said.startedHere : one.startedHere));
    expect(started.filter(Boolean)).toHaveLength(1);
    await Promise.all(all.map((one) => ('said' in one ? end(one.child) : one.close())));
  });

  it('keeps full durability, listens on no network, and knows UTC and UTF-8', async () => {
    const { url, close } = await open();
    const rows = await run(
      url,
      `select current_setting('fsync') || current_setting('synchronous_commit') as durable,
         current_setting('listen_addresses') as network, current_setting('timezone') as zone,
         current_setting('server_encoding') as encoding`,
    );
    expect(rows).toEqual([{ durable: 'onon', network: '', zone: 'UTC', encoding: 'UTF8' }]);
    await close();
  });

  it('is adopted when the process that started it was killed', async () => {
    const { child, said } = await openElsewhere();
    expect(said.startedHere).toBe(true);
    await run(said.url, 'create table kept as select 1 as one');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await answers(said.url)).toBe(true);
    const database = await open();
    expect(database.startedHere).toBe(false);
    expect(await run(database.url, 'select * from kept')).toEqual([{ one: 1 }]);
    await database.close();
    expect(await answers(said.url)).toBe(false);
  });

  it('is started again when it was killed itself, with what was committed, also while a session was busy', async () => {
    const first = await open();
    await run(first.url, 'create table kept as select 1 as one');
    const busy = run(first.url, 'select pg_sleep(1), count(*) from generate_series(1, 10000000)').catch(
      () => 'ended',
    );
    await new Promise((done) => setTimeout(done, 200));
    process.kill(pidIn(folder), 'SIGKILL');
    const again = await open();
    expect(again.startedHere).toBe(true);
    expect(await run(again.url, 'select * from kept')).toEqual([{ one: 1 }]);
    await busy;
    await again.close();
  });

  it('is started when its pid file names a process that is none of its', async () => {
    const path = join(folder, 'postgres', 'postmaster.pid');
    for (const pid of [process.pid, 4_194_000, 'nonsense']) {
      writeFileSync(
        path,
        `${pid}\n${join(folder, 'postgres')}\n1700000000\n5432\n${folder}\n\n  1 0\nready   \n`,
      );
      chmodSync(path, 0o600);
      const database = await open();
      expect(database.startedHere).toBe(true);
      expect(await answers(database.url)).toBe(true);
      await database.close();
    }
  });

  it('is one server whatever link leads to its folder', async () => {
    const first = await open();
    const path = `${folder}-link`;
    symlinkSync(folder, path);
    try {
      const second = await open(path);
      expect(second).toMatchObject({ startedHere: false, url: first.url });
      await second.close();
      expect(await answers(first.url)).toBe(true);
    } finally {
      await rm(path);
      await first.close();
    }
  });

  it('goes on when a process was killed while it held the lock of the folder', async () => {
    writeFileSync(join(folder, 'server.lock'), '4194000 12345');
    const database = await open();
    expect(database.startedHere).toBe(true);
    await database.close();
  });
});

describe('a data folder', () => {
  it.each([
    ['with spaces and quotes', `it's "mine", ours`],
    ['with a long path', 'd'.repeat(120)],
    ['with letters of many scripts', '龙口 Ł'],
  ])('%s is used as it is', async (_, name) => {
    const dataDir = join(folder, name);
    const database = await open(dataDir);
    expect(await answers(database.url)).toBe(true);
    const second = await openElsewhere(dataDir);
    expect(second.said).toEqual({ url: database.url, startedHere: false });
    await end(second.child);
    await database.close();
  });

  it('is refused with the reason when it is a file', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(open(join(folder, 'file'))).rejects.toMatchObject({ code: 'data-folder' });
    await expect(open(join(folder, 'file', 'below'))).rejects.toMatchObject({
      code: 'data-folder',
      message: expect.stringContaining('choose another with --data') as unknown,
    });
  });

  it('of another version of PostgreSQL is left alone, and both versions are named', async () => {
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '16\n');
    await expect(open()).rejects.toMatchObject({
      code: 'database-version',
      message: expect.stringMatching(/PostgreSQL 16, the bundled one is 18/) as unknown,
    });
    expect(readFileSync(join(folder, 'postgres', 'PG_VERSION'), 'utf8')).toBe('16\n');
  });

  it('with a cluster that does not start gives the end of the log', async () => {
    cpSync(join(used, 'postgres'), join(folder, 'postgres'), { recursive: true });
    writeFileSync(join(folder, 'postgres', 'postgresql.conf'), 'no_such_setting = 1\n');
    await expect(open()).rejects.toMatchObject({
      code: 'database-start',
      message: expect.stringContaining('no_such_setting') as unknown,
    });
  });

  it('in a folder that only its owner can enter works, also as root', async () => {
    const home = join(folder, 'home');
    mkdirSync(home, { mode: 0o700 });
    const database = await open(join(home, 'data'));
    expect(await answers(database.url)).toBe(true);
    await database.close();
  });

  it('works and is refused for a user who is not root', { timeout: 120_000 }, async () => {
    if (!isRoot) {
      process.stderr.write(
        'LEFT OUT: another user (only root can become one); this run is by an ordinary user\n',
      );
      return;
    }
    const own = join('/tmp', `offing-nobody-${process.pid}`);
    mkdirSync(own, { mode: 0o700 });
    chownSync(own, NOBODY, NOBODY);
    try {
      const { child, said } = await openElsewhere(own, NOBODY);
      if (said.url === undefined && said.code === undefined) {
        process.stderr.write(
          'LEFT OUT: another user (it cannot read the programs where this checkout lies)\n',
        );
        return;
      }
      expect(said).toMatchObject({ startedHere: true });
      await end(child);
      const locked = join(folder, 'locked');
      mkdirSync(locked, { mode: 0o700 });
      const refused = await openElsewhere(join(locked, 'data'), NOBODY);
      expect(refused.said).toMatchObject({ code: 'data-folder' });
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  });
});

describe('a database of the user’s own', () => {
  it('is opened by its address, and not stopped', async () => {
    const server = await open();
    const database = await openDatabase({ dataDir: folder, databaseUrl: server.url });
    expect(database).toMatchObject({ startedHere: false, url: server.url, version: server.version });
    await database.close();
    expect(await answers(server.url)).toBe(true);
    await server.close();
  });

  it('that does not answer is named without the password', async () => {
    const refused = openDatabase({ dataDir: folder, databaseUrl: 'postgresql://me:secret@127.0.0.1:1/mine' });
    const error = (await refused.catch((reason: unknown) => reason)) as Error;
    expect(error).toMatchObject({ code: 'database-refused' });
    expect(error.message).toContain('127.0.0.1:1/mine');
    expect(error.message).not.toContain('secret');
  });
});
