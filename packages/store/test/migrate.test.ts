import { testDatabase } from '@offing/testkit';
import { readdirSync } from 'node:fs';
import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { migrate } from '../src/migrate.ts';

/** The project's migrations in their order. */
const ALL = readdirSync(new URL('../../../migrations/', import.meta.url))
  .filter((name) => name.endsWith('.sql'))
  .map((name) => name.replace('.sql', ''))
  .sort();

async function withEmpty(work: (url: string, client: pg.Client) => Promise<void>): Promise<void> {
  const server = new pg.Client({ connectionString: inject('testServerUrl') });
  await server.connect();
  const name = `empty_${process.pid}_${Date.now()}`;
  await server.query(`create database ${name}`);
  const url = new URL(inject('testServerUrl'));
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await work(url.href, client);
  } finally {
    await client.end();
    await server.query(`drop database ${name} with (force)`);
    await server.end();
  }
}

it('is run once by four who start together', async () => {
  await withEmpty(async (url, client) => {
    const done = await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)]);
    expect(done.flat()).toEqual(ALL);
    expect((await client.query('select change_seq from engine_state')).rows).toEqual([{ change_seq: '0' }]);
  });
});

it('does nothing the second time', async () => {
  await withEmpty(async (url) => {
    expect(await migrate(url)).toEqual(ALL);
    expect(await migrate(url)).toEqual([]);
  });
});

it('leaves nothing behind when a migration fails, and runs it all when the cause is gone', async () => {
  await withEmpty(async (url, client) => {
    await client.query('create table outbox (mine text)');
    await expect(migrate(url)).rejects.toThrow('outbox');
    expect((await client.query(`select to_regclass('position') as there`)).rows).toEqual([{ there: null }]);
    await client.query('drop table outbox');
    expect(await migrate(url)).toEqual(ALL);
  });
});

it('refuses a database that a newer version made, naming the migration', async () => {
  const database = await testDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(`insert into kysely_migration values ('0999_future', 'now')`);
    await expect(migrate(database.url)).rejects.toMatchObject({
      name: 'OffingError',
      code: 'database-newer',
      message: expect.stringContaining('0999_future') as unknown,
    });
  } finally {
    await client.end();
    await database.close();
  }
});
