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

const parts = (...texts: readonly string[]): Buffer[] => texts.map((text) => Buffer.from(text));
const read = async (before: number): Promise<string | undefined> =>
  (await readSnapshot(client, 'f', before))?.parts.map(String).join();

it('gives the parts of a state back as they were, in their order', async () => {
  const given = [1, 12, 8 * 1024 * 1024 + 1].map((length, n) => Buffer.alloc(length, n));
  await writeSnapshot(client, 1000, 'f', given);
  const found = await readSnapshot(client, 'f', Infinity);
  expect(found?.watermark).toBe(1000);
  expect(found?.parts.map((part, n) => part.equals(given[n]))).toEqual([true, true, true]);
});

it('replaces the state of a watermark with all its parts', async () => {
  await writeSnapshot(client, 1000, 'f', parts('a', 'b', 'c'));
  await writeSnapshot(client, 1000, 'f', parts('short'));
  expect(await read(Infinity)).toBe('short');
});

it('returns the newest state before an instant, of that format only', async () => {
  await writeSnapshot(client, 1000, 'f', parts('one'));
  await writeSnapshot(client, 2000, 'f', parts('two'));
  await writeSnapshot(client, 3000, 'other', parts('three'));
  expect([await read(Infinity), await read(2001), await read(2000), await read(1000)]).toEqual([
    'two',
    'two',
    'one',
    undefined,
  ]);
});

it('keeps the newest six', async () => {
  for (let i = 1; i <= 9; i++) await writeSnapshot(client, i * 1000, 'f', parts(String(i)));
  expect((await client.query('select from snapshot')).rowCount).toBe(6);
  expect(await readSnapshot(client, 'f', 4000)).toBe(null);
});

it('drops the states from an instant on', async () => {
  for (let i = 1; i <= 4; i++) await writeSnapshot(client, i * 1000, 'f', parts(String(i)));
  await dropSnapshotsFrom(client, 3000);
  expect((await readSnapshot(client, 'f', Infinity))?.watermark).toBe(2000);
});
