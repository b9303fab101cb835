import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onShutdown } from '@offing/kit';
import { testDatabase, type TestDatabase } from '@offing/testkit';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importDesignations } from '../src/commands/import-designations.ts';
import { loadReference } from '../src/reference.ts';
import { serveFeeds } from '../src/serve-feeds.ts';

/** Made-up ships; the numbers have valid check digits. */
const NUMBERS = [9_100_011, 9_100_023, 9_100_035, 9_100_047];
const HEAD = 'list,imo,name,flag,designated_on,delisted_on,program,source\n';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let folder: string;
let database: TestDatabase;
let client: pg.Client;
let printed: string;
let host: string;
let asked: IncomingMessage[];
let answer: Answer;
const closers: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offing-lists-'));
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  asked = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('OFFING_ALLOW_TARGETS', host);
  printed = '';
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const close of closers.splice(0).reverse()) await close();
  await client.end();
  await database.close();
  await rm(folder, { recursive: true });
});

/** A list of the first ships, under a tag of its own. */
function list(ships: number, tag = `"${ships}"`): Answer {
  const rows = NUMBERS.slice(0, ships).map((imo) => `MINE,${imo},SHIP ${imo},KP,2016-03-02,,P,S\n`);
  return (request, response) => {
    if (request.headers['if-none-match'] === tag) response.writeHead(304).end();
    else response.writeHead(200, { etag: tag, 'content-type': 'text/csv' }).end(HEAD + rows.join(''));
  };
}

async function bring(path = '/list.csv', acceptShrunk = false): Promise<number> {
  printed = '';
  return importDesignations([`http://${host}${path}`], { acceptShrunk, data: folder });
}

async function listed(): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from designation where list = 'MINE' and delisted_on is null`,
  );
  return rows[0].n;
}

async function source() {
  const { rows } = await client.query<{ outcome: string; code: string | null; etag: string | null }>(
    'select outcome, code, etag from list_source',
  );
  return rows[0];
}

async function until(isTrue: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waited = 0; !(await isTrue()); waited += 50) {
    if (waited > 20_000) throw new Error(`never came true: ${what}\n${printed}`);
    await sleep(50);
  }
}

describe('designations import URL', () => {
  it('takes in a list, and asks only for what has changed since', async () => {
    answer = list(3);
    expect(await bring('/list.csv?token=secret')).toBe(0);
    expect(printed).toContain('3 records read (plain-csv)');
    expect(printed).toContain('3 added, 0 changed, 0 removed');
    expect(printed).not.toContain('secret');
    expect(await listed()).toBe(3);
    const { rows } = await client.query<{ source: string }>('select distinct source from designation');
    expect(JSON.stringify(rows)).not.toContain('secret');
    expect(await bring('/list.csv?token=secret')).toBe(0);
    expect(printed).toContain('as it was');
    expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"3"']);
    answer = list(2);
    expect(await bring('/list.csv?token=secret')).toBe(0);
    expect(printed).toContain('1 removed');
  });

  it('changes nothing, alarms and keeps why, where what comes must not be believed', async () => {
    answer = list(4);
    expect(await bring()).toBe(0);
    const cases: readonly (readonly [string, Answer])[] = [
      ['list-empty', (_, response) => response.end('')],
      ['list-unknown', (_, response) => response.end('<!doctype html><title>We are sorry</title>')],
      ['list-shrunk', list(1)],
      ['list-fetch', (_, response) => response.writeHead(503).end()],
      [
        'list-fetch',
        (_, response) => {
          response.writeHead(200, { 'content-length': '5000' }).write(HEAD);
          setImmediate(() => response.destroy());
        },
      ],
    ];
    for (const [code, given] of cases) {
      answer = given;
      expect(await bring(), code).toBe(1);
      expect(printed).toContain('ALARM');
      expect(printed).toContain(`[${code}]`);
      expect(await source()).toMatchObject({ code, etag: '"4"' });
      expect(await listed()).toBe(4);
    }
    const { rows } = await client.query<{ code: string }>('select code from list_refusal order by code');
    expect(rows.map(({ code }) => code)).toEqual(['list-empty', 'list-fetch', 'list-shrunk', 'list-unknown']);
    answer = list(1);
    expect(await bring('/list.csv', true)).toBe(0);
    expect(await source()).toMatchObject({ outcome: 'taken', code: null, etag: '"1"' });
    expect(await listed()).toBe(1);
  });

  it('reaches nothing that is not public unless it is allowed', async () => {
    vi.stubEnv('OFFING_ALLOW_TARGETS', '');
    answer = list(3);
    expect(await bring()).toBe(1);
    expect(printed).toContain('refused');
    expect(asked).toEqual([]);
    expect(await listed()).toBe(0);
  });
});

describe('lists of the configuration', () => {
  it('are fetched when the service starts, beside feeds that hold the database, and not again at the next start', async () => {
    answer = list(3);
    const path = join(folder, 'offing.config.json');
    const feeds = [{ name: 'here', kind: 'nmea-udp', host: '127.0.0.1', port: 45_817 }];
    await writeFile(path, JSON.stringify({ feeds, designations: [{ urls: [`http://${host}/list.csv`] }] }));
    for (const run of [1, 2]) {
      const shutdown = onShutdown((_name, error) => {
        throw error;
      });
      const options = {
        databaseUrl: database.url,
        reference: loadReference(),
        allowed: new Set([host]),
        say: (text: string) => (printed += `${text}\n`),
      };
      await serveFeeds(path, options, shutdown);
      closers.push(() => shutdown.run());
      await until(async () => (await source())?.outcome === 'taken', `the list is in (${run})`);
      expect(await listed()).toBe(3);
      await until(async () => (await heldBy()) === 1, `the engine has the database again (${run})`);
      await shutdown.run();
    }
    expect(printed).toContain('3 added');
    expect(asked.length).toBe(1);
  });
});

/** How many processes hold the lock of the engine. */
async function heldBy(): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from pg_locks join pg_database d on d.oid = database
     where locktype = 'advisory' and granted and datname = current_database()`,
  );
  return rows[0].n;
}
