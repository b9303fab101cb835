import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabase, type TestDatabase } from '@offing/testkit';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFeedsConfig, type FeedsConfig } from '../src/feeds-config.ts';
import { LiveService } from '../src/live-service.ts';
import { loadReference } from '../src/reference.ts';
import { runCommandLine } from '../src/command-line.ts';

const HOST = '127.0.0.1';
const reference = loadReference();

let database: TestDatabase;
let client: pg.Client;
const closers: (() => Promise<void> | void)[] = [];

beforeEach(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await client.end();
  await database.close();
});

/** A station that sends AIS-catcher's JSON lines over TCP as gpsd does. */
async function station(): Promise<{
  port: number;
  readonly send: (mmsi: number, lat: number, at?: number, station?: string) => void;
  clients: Set<Socket>;
  server: Server;
}> {
  const clients = new Set<Socket>();
  const server = createServer((socket) => {
    clients.add(socket);
    socket.on('error', () => undefined).on('close', () => clients.delete(socket));
    socket.resume();
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  closers.push(() => {
    for (const socket of clients) socket.destroy();
    server.close();
  });
  const send = (mmsi: number, lat: number, at = Date.now(), station?: string): void => {
    const line = {
      class: 'AIS',
      type: 1,
      mmsi,
      scaled: true,
      lon: 121,
      lat,
      speed: 10,
      timestamp: new Date(at).toISOString(),
      station,
    };
    for (const socket of clients) socket.write(`${JSON.stringify(line)}\n`);
  };
  return { port: (server.address() as AddressInfo).port, send, clients, server };
}

function config(...feeds: readonly (readonly [name: string, port: number])[]): FeedsConfig {
  const read = readFeedsConfig(
    JSON.stringify({
      feeds: feeds.map(([name, port]) => ({ name, kind: 'gpsd', host: HOST, port })),
      allowedLatenessSeconds: 0,
    }),
    () => undefined,
  );
  if (read.config === null) throw new Error('the configuration is wrong');
  return read.config;
}

async function until(isTrue: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waited = 0; !(await isTrue()); waited += 20) {
    if (waited > 20_000) throw new Error(`never came true: ${what}`);
    await sleep(20);
  }
}

async function count(table: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return rows[0].n;
}

function start(more: Partial<ConstructorParameters<typeof LiveService>[0]> = {}): LiveService {
  const service = new LiveService({ databaseUrl: database.url, reference, say: () => undefined, ...more });
  closers.push(() => service.stop());
  return service;
}

describe('LiveService', () => {
  it('journals what comes, and stores all of it when it stops', async () => {
    const { port, send, clients } = await station();
    const service = start();
    await service.apply(config(['coast', port]));
    await until(() => clients.size === 1, 'a connection');
    for (let i = 0; i < 50; i++) send(413_900_100 + i, 38 + i / 1000);
    await until(async () => (await count('live_journal')) > 0, 'the journal');
    await service.stop();
    expect(await count('position')).toBe(50);
    expect(await count('live_journal')).toBe(0);
    const { rows } = await client.query<{ kind: string; state: string }>(
      'select distinct kind, state from session',
    );
    expect(rows).toEqual([{ kind: 'live', state: 'done' }]);
    const { rows: health } = await client.query<{ status: { records: number; state: string } }>(
      'select status from feed_status',
    );
    expect(health[0].status).toMatchObject({ name: 'coast', records: 50, state: 'stopped', rejected: {} });
  });

  it('adds a feed and takes one away while the others go on with their connections', async () => {
    const [one, two] = [await station(), await station()];
    const service = start();
    await service.apply(config(['one', one.port]));
    await until(() => one.clients.size === 1, 'the first connection');
    const [socket] = one.clients;
    one.send(413_900_100, 38);
    await service.apply(config(['one', one.port], ['two', two.port]));
    await until(() => two.clients.size === 1, 'the second connection');
    two.send(413_900_200, 39);
    one.send(413_900_101, 38);
    await until(() => service.feeds.statuses().every(({ records }) => records > 0), 'records of both');
    await service.apply(config(['two', two.port]));
    await until(() => one.clients.size === 0, 'the end of the first');
    expect(socket.destroyed).toBe(true);
    two.send(413_900_201, 39);
    await until(() => service.feeds.statuses()[0].records === 2, 'two records of the second');
    expect(service.feeds.statuses().map(({ name, connections }) => [name, connections])).toEqual([
      ['two', 1],
    ]);
    await service.stop();
    const { rows } = await client.query<{ name: string; n: number }>(
      'select name, count(*)::int as n from position join feed using (feed_id) group by name order by name',
    );
    expect(rows).toEqual([
      { name: 'one', n: 2 },
      { name: 'two', n: 2 },
    ]);
  });

  it('keeps what comes while the database throws it out, and stores it afterwards', async () => {
    const { port, send, clients } = await station();
    const service = start();
    await service.apply(config(['coast', port]));
    await until(() => clients.size === 1, 'a connection');
    send(413_900_100, 38);
    await until(async () => (await count('live_journal')) > 0, 'the journal');
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'offing engine'
      and datname = current_database()`);
    for (let i = 1; i < 20; i++) send(413_900_100 + i, 38);
    await until(() => service.feeds.statuses()[0].records === 20, 'all records');
    await sleep(3500);
    await service.stop();
    expect(await count('position')).toBe(20);
  });

  it('keeps what an event rests on as it came, with its hash', async () => {
    const { port, send, clients } = await station();
    const service = start({ rawEveryMs: 200 });
    await service.apply(config(['coast', port]));
    await until(() => clients.size === 1, 'a connection');
    const begin = Math.floor(Date.now() / 60_000) * 60_000 - 20 * 3_600_000;
    const minutes = Array.from({ length: 36 }, (_, i) => (i < 18 ? i * 10 : 600 + i * 10));
    for (const minute of minutes) send(413_900_100, 33 + minute / 600, begin + minute * 60_000);
    await until(async () => (await count('raw_copy')) > 1, 'raw records of the gap');
    await until(async () => (await count('raw_wanted')) === 0, 'all that was wanted');
    const { rows } = await client.query<{ raw: Buffer; sha256: Buffer; name: string; at: Date }>(
      `select raw, sha256, feed.name, at from raw_copy join raw_record using (sha256) join feed using (feed_id)
       order by at`,
    );
    const gapFrom = begin + 170 * 60_000;
    expect(rows.map(({ at }) => at.getTime())).toContain(gapFrom);
    for (const { raw, sha256, name, at } of rows) {
      expect([name, createHash('sha256').update(raw).digest('hex')]).toEqual([
        'coast',
        sha256.toString('hex'),
      ]);
      expect(JSON.parse(raw.toString())).toMatchObject({ mmsi: 413_900_100, timestamp: at.toISOString() });
    }
    // Another station's copy of the last report before the gap, hours late.
    const before = await count('raw_copy');
    send(413_900_100, 33 + 170 / 600, gapFrom, 'Ieodo');
    await until(async () => (await count('raw_copy')) > before, 'the copy that came late');
    const late = await client.query<{ station: string | null }>(
      'select station from raw_copy where at = $1 order by station nulls first',
      [new Date(gapFrom).toISOString()],
    );
    expect(late.rows.map(({ station }) => station)).toEqual([null, 'Ieodo']);
    await service.stop();
    expect(await count('raw_segment')).toBeGreaterThan(0);
  });

  it('still shows the last report before a silence that lasts longer than raw records are kept', async () => {
    const { port, send, clients } = await station();
    const service = start({ rawEveryMs: 200 });
    await service.apply(config(['coast', port]));
    await until(() => clients.size === 1, 'a connection');
    const begin = Math.floor(Date.now() / 60_000) * 60_000 - 20 * 3_600_000;
    const report = (minute: number): void => send(413_900_100, 33 + minute / 600, begin + minute * 60_000);
    for (let minute = 0; minute < 180; minute += 10) report(minute);
    // Another ship lets go what is held back for the order's sake.
    for (const minute of [240, 250]) send(413_900_200, 36 + minute / 600, begin + minute * 60_000);
    await until(async () => (await count('position')) === 18, 'the reports before the silence');
    await client.query(`update raw_segment set recorded_at = recorded_at - interval '31 days'`);
    await until(async () => (await count('raw_segment')) === 0, 'the end of what is kept');
    // All but what may still be named is forgotten.
    expect(await count('raw_copy')).toBeLessThan(5);
    for (let minute = 780; minute < 960; minute += 10) report(minute);
    await until(async () => (await count('event')) > 0, 'the gap');
    await until(async () => (await count('raw_wanted')) === 0, 'all that was wanted');
    const { rows } = await client.query<{ at: Date; sha256: Buffer | null; raw: Buffer | null }>(
      `select distinct named.at, sha256, raw from event_position as named
       left join raw_copy using (mmsi, at, lon_e7, lat_e7) left join raw_record using (sha256) order by at`,
    );
    expect(rows[0].at.getTime()).toBe(begin + 170 * 60_000);
    for (const { at, sha256, raw } of rows) {
      expect(JSON.parse(String(raw))).toMatchObject({ timestamp: at.toISOString() });
      expect(
        createHash('sha256')
          .update(raw ?? '')
          .digest('hex'),
      ).toBe(sha256?.toString('hex'));
    }
    await service.stop();
  });

  it('keeps nothing as it came where the configuration says so', async () => {
    const { port, send, clients } = await station();
    const service = start();
    await service.apply({ ...config(['coast', port]), rawKeepDays: 0 });
    await until(() => clients.size === 1, 'a connection');
    send(413_900_100, 38);
    await until(async () => (await count('live_journal')) > 0, 'the journal');
    await service.stop();
    expect([await count('position'), await count('raw_segment')]).toEqual([1, 0]);
  });

  it('raises an alarm for a feed that never brought anything, and not for one that did', async () => {
    const [mute, coast] = [await station(), await station()];
    const said: string[] = [];
    const service = start({ unheardMs: 0, say: (text) => said.push(text) });
    const { feeds, ...rest } = config(['mute', mute.port], ['coast', coast.port]);
    await service.apply({ ...rest, feeds: feeds.map((feed) => ({ ...feed, silentS: 5 })) });
    await until(() => mute.clients.size === 1 && coast.clients.size === 1, 'the connections');
    coast.send(413_900_100, 38);
    await until(() => said.some((text) => text.includes('feed-unheard')), 'the alarm');
    await until(() => mute.clients.size === 1, 'the connection');
    mute.send(413_900_200, 38);
    await until(() => said.some((text) => text.includes('over')), 'its end');
    expect(said.map((text) => text.replace(/ since .*/, ''))).toEqual([
      'ALARM: feed mute has brought nothing',
      'ALARM is over: feed mute brings something',
    ]);
  });

  it('writes what a feed was refused, with samples', async () => {
    const { port, clients } = await station();
    const service = start();
    await service.apply(config(['coast', port]));
    await until(() => clients.size === 1, 'a connection');
    for (const socket of clients)
      socket.write('rubbish\n{"class":"AIS","type":1,"mmsi":413900100,"lat":95,"lon":1}\n');
    await until(() => Object.keys(service.feeds.statuses()[0].rejected).length === 2, 'two rejects');
    await service.stop();
    const { rows } = await client.query<{ file: string; code: string; n: string }>(
      'select file, code, n from reject_count order by code',
    );
    expect(rows).toEqual([
      { file: 'live:coast', code: 'malformed', n: '1' },
      { file: 'live:coast', code: 'position-range', n: '1' },
    ]);
  });
});

describe('offing feeds', () => {
  async function run(
    folder: string,
    ...words: string[]
  ): Promise<{ code: number; out: string; err: string }> {
    const written = { out: '', err: '' };
    const stdout = process.stdout.write.bind(process.stdout);
    const stderr = process.stderr.write.bind(process.stderr);
    process.stdout.write = (text: unknown) => ((written.out += String(text)), true);
    process.stderr.write = (text: unknown) => ((written.err += String(text)), true);
    try {
      const config = join(folder, 'offing.config.json');
      const code = await runCommandLine(['node', 'offing', 'feeds', ...words, '--config', config]);
      return { code, ...written };
    } finally {
      process.stdout.write = stdout;
      process.stderr.write = stderr;
    }
  }

  it('adds, tests and removes a feed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'offing-feeds-'));
    closers.push(() => rmSync(folder, { recursive: true }));
    const { port, send, clients } = await station();
    expect(
      await run(folder, 'add', 'coast', '--kind', 'gpsd', '--set', `host=${HOST}`, '--set', `port=${port}`),
    ).toMatchObject({ code: 0 });
    const timer = setInterval(() => clients.size > 0 && send(413_900_100, 38), 20);
    const tested = await run(folder, 'test', 'coast', '--seconds', '1');
    clearInterval(timer);
    expect(tested.code).toBe(0);
    const shown = tested.out.trim().split('\n');
    expect(shown).toHaveLength(10);
    expect(JSON.parse(shown[0])).toMatchObject({ mmsi: 413_900_100, lat: 38, sogKn: 10 });
    expect(tested.err).toMatch(/^\d+ records in 1\.\d s: \d+\.\d a second/);
    expect(await run(folder, 'remove', 'coast')).toMatchObject({ code: 0 });
    expect(await run(folder, 'test', 'coast')).toMatchObject({ code: 2 });
  });

  it('lists how the configured feeds of a running service are doing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'offing-feeds-'));
    closers.push(() => rmSync(folder, { recursive: true }));
    const { port, clients } = await station();
    const entry = { kind: 'gpsd', host: HOST, port };
    const feeds = ['coast', 'other'].map((name) => ({ name, ...entry }));
    writeFileSync(join(folder, 'offing.config.json'), JSON.stringify({ feeds }));
    const service = start();
    await service.apply(config(['coast', port]));
    await until(() => clients.size === 1, 'a connection');
    await until(async () => (await count('feed_status')) === 1, 'its health');
    const before = process.env['DATABASE_URL'];
    process.env['DATABASE_URL'] = database.url;
    try {
      const { code, out } = await run(folder, 'list', '--data', folder);
      expect(code).toBe(0);
      expect(out).toMatch(/^configured: coast \(gpsd\), open/m);
      expect(out).toContain('configured: other (gpsd), not running\n');
    } finally {
      if (before === undefined) delete process.env['DATABASE_URL'];
      else process.env['DATABASE_URL'] = before;
    }
  });

  it('refuses a wrong feed with all its faults and leaves the file as it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'offing-feeds-'));
    closers.push(() => rmSync(folder, { recursive: true }));
    const { code, err } = await run(folder, 'add', 'Big', '--kind', 'nmea-tcp', '--set', 'port=0');
    expect(code).toBe(2);
    for (const field of ['name', 'host', 'port']) expect(err).toContain(`feeds[0].${field}`);
    writeFileSync(join(folder, 'offing.config.json'), '{"feeds": 5}');
    expect(await run(folder, 'add', 'a', '--kind', 'nmea-stdin')).toMatchObject({ code: 1 });
  });

  it('says that nothing came', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'offing-feeds-'));
    closers.push(() => rmSync(folder, { recursive: true }));
    const { port, server } = await station();
    server.close();
    await run(folder, 'add', 'coast', '--kind', 'gpsd', '--set', `host=${HOST}`, '--set', `port=${port}`);
    const { code, out, err } = await run(folder, 'test', 'coast', '--seconds', '1');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('ECONNREFUSED');
  });
});
