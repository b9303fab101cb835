import { testDatabase, type TestDatabase } from '@offing/testkit';
import { staticKey, type StaticReport } from '@offing/track';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { storedStatics } from '../../src/read/statics.ts';
import { removeStatics, writeStatics } from '../../src/write/statics.ts';

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

function row(at: number, report: StaticReport) {
  return { mmsi: 412_000_001, at, report, key: staticKey(report), messageType: 5, aisClass: 1, feed: 1 };
}

it('gives back what was written, with what was said as not available apart from what was not said', async () => {
  const reports: StaticReport[] = [
    { shipName: 'A "B" \\ C', callSign: null },
    { imoNumber: 9_074_729, lengthM: 199.5, draughtM: 0.1, destination: '龙口', eta: '06-03T12:00Z' },
    {},
  ];
  await writeStatics(
    client,
    reports.map((report, i) => row(1000 + i, report)),
  );
  const found = await storedStatics(client, -Infinity, Infinity);
  expect(found.map(({ report }) => report)).toEqual(reports);
});

it('says when the earliest new report was, and nothing of those that were there', async () => {
  expect(await writeStatics(client, [])).toBe(null);
  expect(await writeStatics(client, [row(2000, { shipName: 'A' }), row(1500, { shipName: 'B' })])).toBe(1500);
  expect(await writeStatics(client, [row(1500, { shipName: 'B' }), row(1700, { shipName: 'B' })])).toBe(1700);
  expect(await writeStatics(client, [row(1500, { shipName: 'B' })])).toBe(null);
});

it('removes the reports that are named and no other of their time', async () => {
  const [a, b] = [row(1000, { shipName: 'A' }), row(1000, { shipName: 'B' })];
  await writeStatics(client, [a, b]);
  await removeStatics(client, [a]);
  expect((await storedStatics(client, -Infinity, Infinity)).map(({ report }) => report)).toEqual([b.report]);
});

it('returns the reports later than an instant', async () => {
  await writeStatics(client, [row(1000, { shipName: 'A' }), row(1001, { shipName: 'B' })]);
  expect((await storedStatics(client, 1000, Infinity)).map(({ at }) => at)).toEqual([1001]);
  expect((await storedStatics(client, -Infinity, 1000)).map(({ at }) => at)).toEqual([1000]);
});
