import { cellOf } from '@offing/geo';
import { testDatabase, track, type TestDatabase, type TrackRow } from '@offing/testkit';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runAll, sessionOf } from './support/sessions.ts';

const FEEDS = [{ name: 'shore', synthetic: false }];
const START = '2019-06-03T00:00:00Z';

let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
}, 120_000);

afterEach(async () => {
  await client.end();
  await database.close();
});

/** Ships that lie at one place and report every ten minutes, beginning with the hour. */
function lying(ships: number, hours: number, at = START, first = 412_000_001): readonly TrackRow[] {
  return Array.from({ length: ships }, (_, i) =>
    track({ mmsi: first + i, at, lon: 120.05, lat: 38.3 }).lie(hours - 0.01, 10),
  ).flatMap((builder) => builder.rows);
}

async function coverage(): Promise<readonly string[]> {
  const { rows } = await client.query<{ line: string }>(
    `select to_char(hour at time zone 'UTC', 'HH24') || ' ' || vessels || ' ' || messages as line from coverage
     order by hour, cell, feed_id, ais_class, receiver_kind`,
  );
  return rows.map((row) => row.line);
}

it('is kept hour by hour with the ships and their positions, the last hour when the recording ends', async () => {
  await runAll(database.url, [sessionOf('all', lying(3, 2.5), { feeds: FEEDS })], 10);
  expect(await coverage()).toEqual(['00 3 18', '01 3 18', '02 3 9']);
  const { rows } = await client.query<{ cell: number; lat_e7: number }>(
    'select distinct cell, lat_e7 from coverage',
  );
  expect(rows).toEqual([{ cell: cellOf(120.05, 38.3), lat_e7: 383_000_000 }]);
});

it('goes on with the hour that was not over when the recording before ended', async () => {
  const whole = lying(3, 2.5);
  const cut = Date.parse(START) + 5_500_000;
  await runAll(database.url, [
    sessionOf(
      'one',
      whole.filter(({ at }) => at <= cut),
      { feeds: FEEDS },
    ),
    sessionOf(
      'two',
      whole.filter(({ at }) => at > cut),
      { feeds: FEEDS },
    ),
  ]);
  expect(await coverage()).toEqual(['00 3 18', '01 3 18', '02 3 9']);
});

it('takes in what comes late, and counts nothing twice that comes again', async () => {
  const whole = lying(3, 2.5);
  await runAll(database.url, [
    sessionOf(
      'in time',
      whole.filter(({ mmsi }) => mmsi !== 412_000_002),
      { feeds: FEEDS },
    ),
    sessionOf(
      'late',
      whole.filter(({ mmsi }) => mmsi === 412_000_002),
      { feeds: FEEDS },
    ),
    sessionOf('again', whole, { feeds: FEEDS }),
  ]);
  expect(await coverage()).toEqual(['00 3 18', '01 3 18', '02 3 9']);
});

it('tells kinds of receivers apart within one feed and ten minutes', async () => {
  const rows = lying(1, 1).map((row, i) => ({ ...row, receiverKind: i % 2 === 0 ? 1 : 2 }));
  await runAll(database.url, [sessionOf('all', rows, { feeds: FEEDS })]);
  const { rows: found } = await client.query(
    'select receiver_kind, vessels, messages from coverage order by 1',
  );
  expect(found).toEqual([
    { receiver_kind: 1, vessels: 1, messages: 3 },
    { receiver_kind: 2, vessels: 1, messages: 3 },
  ]);
});

it('has nothing of hours in which nobody was heard', async () => {
  const rows = [...lying(2, 1), ...lying(2, 1, '2019-06-03T05:00:00Z')];
  await runAll(database.url, [sessionOf('all', rows, { feeds: FEEDS })]);
  expect(await coverage()).toEqual(['00 2 12', '05 2 12']);
});
