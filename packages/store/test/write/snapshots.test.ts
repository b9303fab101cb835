import { testDatabase, type TestDatabase } from '@offing/testkit';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dropSnapshotsFrom, readSnapshot, writeSnapshot } from '../../src/write/snapshots.ts';

let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.close();
});

const CHUNK = 8 * 1024 * 1024;

it.each([1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 12_345])(
  'gives a state of %i bytes back as it was, over as many chunks as it takes',
  async (length) => {
    const body = Buffer.alloc(length);
    for (let i = 0; i < length; i += 97) body[i] = i % 251;
    await writeSnapshot(client, 1000, 'f', body);
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from snapshot');
    expect(rows[0].n).toBe(Math.ceil(length / CHUNK));
    const found = await readSnapshot(client, 'f', Infinity);
    expect(found?.watermark).toBe(1000);
    expect(found?.body.equals(body)).toBe(true);
  },
);

it('replaces the state of a watermark with all its chunks', async () => {
  await writeSnapshot(client, 1000, 'f', Buffer.alloc(CHUNK * 2, 1));
  await writeSnapshot(client, 1000, 'f', Buffer.from('short'));
  expect((await readSnapshot(client, 'f', Infinity))?.body.toString()).toBe('short');
});

it('returns the newest state before an instant, of that format only', async () => {
  await writeSnapshot(client, 1000, 'f', Buffer.from('one'));
  await writeSnapshot(client, 2000, 'f', Buffer.from('two'));
  await writeSnapshot(client, 3000, 'other', Buffer.from('three'));
  const at = async (before: number) => (await readSnapshot(client, 'f', before))?.body.toString() ?? null;
  expect([await at(Infinity), await at(2001), await at(2000), await at(1000)]).toEqual([
    'two',
    'two',
    'one',
    null,
  ]);
});

it('keeps the newest six', async () => {
  for (let i = 1; i <= 9; i++) await writeSnapshot(client, i * 1000, 'f', Buffer.from(String(i)));
  expect((await client.query('select from snapshot')).rowCount).toBe(6);
  expect(await readSnapshot(client, 'f', 4000)).toBe(null);
});

it('drops the states from an instant on', async () => {
  for (let i = 1; i <= 4; i++) await writeSnapshot(client, i * 1000, 'f', Buffer.from(String(i)));
  await dropSnapshotsFrom(client, 3000);
  expect((await readSnapshot(client, 'f', Infinity))?.watermark).toBe(2000);
});
