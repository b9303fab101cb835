import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '@offing/testkit';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { runSession, type Session } from '../src/index.ts';
import { openEngine, runAll, sessionOf } from './support/sessions.ts';
import { dumpTables } from './support/table-dump.ts';
import { makeTraffic, middleOf } from './support/traffic.ts';

const traffic = makeTraffic({ seed: 31, everyMin: 30, days: 3 });
const BATCH_ROWS = 100;

let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.close();
});

async function expectedTables(): Promise<Readonly<Record<string, string>>> {
  const other = await testDatabase();
  try {
    await runAll(other.url, [session()]);
    return await dumpTables(other.url);
  } finally {
    await other.close();
  }
}

function session(): Session {
  return sessionOf('all', traffic, { handOver: 50 });
}

/** The session, with something that happens once so many of its batches were taken. */
function disturbed(after: number, disturb: () => Promise<unknown>): Session {
  const whole = session();
  return {
    ...whole,
    async *batches() {
      let taken = 0;
      for await (const batch of whole.batches()) {
        yield batch;
        if (++taken === after) await disturb();
      }
    },
  };
}

describe('an engine goes on where it was committed', () => {
  it('when reading fails in the middle, with the same engine', async () => {
    const engine = await openEngine(database.url, BATCH_ROWS);
    try {
      const fault = new Error('the file disappeared');
      const broken = disturbed(40, () => Promise.reject(fault));
      await expect(runSession(engine, broken)).rejects.toBe(fault);
      expect((await client.query(`select state from session`)).rows).toEqual([{ state: 'reading' }]);
      await runSession(engine, session());
      expect(await dumpTables(database.url)).toEqual(await expectedTables());
    } finally {
      await engine.close();
    }
  });

  it('when the end of a session fails: nothing of the end is written', async () => {
    const engine = await openEngine(database.url, BATCH_ROWS);
    try {
      const fault = new Error('no end');
      await expect(
        runSession(engine, {
          ...session(),
          writeEnd: async (inside) => {
            await inside.query(`insert into reject_count values ('all', 'a file', 'a-code', 1)`);
            throw fault;
          },
        }),
      ).rejects.toBe(fault);
      expect((await client.query('select from reject_count')).rowCount).toBe(0);
      await runSession(engine, session());
      expect(await dumpTables(database.url)).toEqual(await expectedTables());
    } finally {
      await engine.close();
    }
  });

  it('when a statement of a transaction fails: none of the transaction is written', async () => {
    await client.query(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
       create trigger refuse before insert on outbox for each row when (new.change_seq = 30) execute function refuse()`,
    );
    const engine = await openEngine(database.url, BATCH_ROWS);
    try {
      await expect(runSession(engine, session())).rejects.toThrow('refused');
      const { rows } = await client.query<{ seq: string; last: string; heads: string; at: boolean }>(
        `select change_seq as seq, (select max(change_seq) from event_version) as last,
           (select count(*) from event e join event_version v using (event_id) where v.version > e.version) as heads,
           (select watermark from session) = watermark and (select max(at) from position) <= watermark as at
         from engine_state`,
      );
      expect(rows).toEqual([{ seq: rows[0].last, last: rows[0].last, heads: '0', at: true }]);
      await client.query('drop trigger refuse on outbox');
      await runSession(engine, session());
      expect(await dumpTables(database.url)).toEqual(await expectedTables());
    } finally {
      await engine.close();
    }
  });

  it('when its connection is ended, with another engine; the old one says that it is gone', async () => {
    const engine = await openEngine(database.url, BATCH_ROWS);
    const end = disturbed(60, () =>
      client.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'offing engine' and datname = current_database()`),
    );
    await expect(runSession(engine, end)).rejects.toMatchObject({ code: 'database-lost' });
    await expect(runSession(engine, session())).rejects.toMatchObject({ code: 'database-lost' });
    await engine.close();
    await runAll(database.url, [session()], BATCH_ROWS);
    expect(await dumpTables(database.url)).toEqual(await expectedTables());
  });

  it('refuses records that go back in time, and takes in none of that batch', async () => {
    const at = middleOf(traffic);
    const whole = session();
    const back: Session = {
      ...whole,
      async *batches() {
        for await (const batch of whole.batches()) {
          if (batch.at[0] > at) batch.at[20] = at - 3_600_000;
          yield batch;
        }
      },
    };
    const engine = await openEngine(database.url, BATCH_ROWS);
    try {
      await expect(runSession(engine, back)).rejects.toMatchObject({ code: 'records-out-of-order' });
      await runSession(engine, session());
      expect(await dumpTables(database.url)).toEqual(await expectedTables());
    } finally {
      await engine.close();
    }
  });
});

describe('a disk that is full', () => {
  it('is named, leaves what was committed, and is gone on from when there is room', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'offing-full-'));
    const server = new pg.Client({ connectionString: inject('testServerUrl') });
    await server.connect();
    const name = `full_${Date.now()}`;
    try {
      if (!mountTiny(folder)) {
        process.stderr.write('LEFT OUT: a full disk (mounting a tmpfs needs root and its capabilities)\n');
        return;
      }
      await server.query(`create tablespace ${name} location '${folder}'`);
      await server.query(`create database ${name} template offing_template`);
      const url = new URL(inject('testServerUrl'));
      url.pathname = `/${name}`;
      const small = new pg.Client({ connectionString: url.href });
      small.on('error', () => undefined);
      await small.connect();
      await small.query(`alter table position set tablespace ${name}`);
      await expect(runAll(url.href, [session()], BATCH_ROWS)).rejects.toMatchObject({
        code: 'database-full',
      });
      const { rows } = await small.query<{ n: number }>('select count(*)::int as n from position');
      expect(rows[0].n).toBeGreaterThan(0);
      expect(rows[0].n).toBeLessThan(traffic.length - 500);
      await small.query('alter table position set tablespace pg_default');
      await small.end();
      await runAll(url.href, [session()], BATCH_ROWS);
      expect(await dumpTables(url.href)).toEqual(await expectedTables());
    } finally {
      await server.query(`drop database if exists ${name} with (force)`);
      await server.query(`drop tablespace if exists ${name}`);
      await server.end();
      unmount(folder);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a database that refuses', () => {
  const changed = (change: (url: URL) => void): string => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };

  it.each([
    ['nobody listens', (url: URL) => url.searchParams.set('host', '/nonexistent'), 'database-refused'],
    ['the port is closed', (url: URL) => url.searchParams.set('host', '127.0.0.1'), 'database-refused'],
    ['there is no such database', (url: URL) => (url.pathname = '/no_such'), 'database-refused'],
    ['there is no such user', (url: URL) => (url.username = 'no_such'), 'database-refused'],
  ])('says so when %s', async (_, change, code) => {
    await expect(openEngine(changed(change))).rejects.toMatchObject({ name: 'OffingError', code });
  });

  it('says so when the user may not write', async () => {
    const role = `reader_${Date.now()}`;
    await client.query(`create role ${role} login; grant select on all tables in schema public to ${role}`);
    try {
      const refused = runAll(
        changed((url) => (url.username = role)),
        [session()],
      );
      await expect(refused).rejects.toMatchObject({ code: 'database-permission' });
    } finally {
      await client.query(`drop owned by ${role}; drop role ${role}`);
    }
  });

  it('says so when the database is read-only', async () => {
    await client.query(
      `do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$`,
    );
    await expect(runAll(database.url, [session()])).rejects.toMatchObject({ code: 'database-permission' });
  });
});

function mountTiny(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160k,mode=0777', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function unmount(folder: string): void {
  try {
    execFileSync('umount', [folder], { stdio: 'ignore' });
  } catch {
    // It was not mounted.
  }
}
