import { testDatabase, track, type TestDatabase, type TrackRow } from '@offing/testkit';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAll, sessionOf } from './support/sessions.ts';

const FEEDS = ['north', 'south', 'west'].map((name) => ({ name, synthetic: false }));
const [NORTH, SOUTH, WEST] = [0, 1, 2];
const DAY = '2019-06-03';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
}, 120_000);

afterAll(async () => {
  await client.end();
  await database.close();
});

/** Ships that one feed hears from an hour of the day for so many hours, every five minutes. */
function heard(feed: number, fromH: number, hours: number): readonly TrackRow[] {
  return Array.from({ length: 5 }, (_, i) =>
    track({
      mmsi: 412_000_100 + feed * 10 + i,
      at: new Date(Date.parse(`${DAY}T00:00:00Z`) + (fromH * 60 + i / 2) * 60_000).toISOString(),
      lon: 120 + feed * 4,
      lat: 30 + feed * 3 + i / 10,
      everyMin: 5,
      feed,
    }).lie(hours),
  ).flatMap((builder) => builder.rows);
}

type Told = {
  readonly event_id: string;
  readonly version: number;
  readonly state: string;
  readonly feeds: readonly string[];
  readonly opened: string;
};

async function outages(): Promise<readonly Told[]> {
  const { rows } = await client.query<Told>(
    `select event_id, version, state, feeds, to_char(opened_at at time zone 'UTC', 'HH24:MI') as opened
     from event_version where type = 'feed-outage' order by feeds, event_id, version`,
  );
  return rows;
}

it('corrects outages of feeds that were out at one time, each under its own id, and leaves alone what late data do not touch', async () => {
  const always = heard(WEST, 0, 24);
  const north = [...heard(NORTH, 0, 10), ...heard(NORTH, 14, 10)];
  const south = [...heard(SOUTH, 0, 11), ...heard(SOUTH, 15, 9)];
  await runAll(database.url, [sessionOf('in time', [...always, ...north, ...south], { feeds: FEEDS })]);
  const before = await outages();
  const newest = (told: readonly Told[]) =>
    [...new Map(told.map((version) => [version.event_id, version])).values()].map(
      ({ feeds, state, opened }) => [feeds.join(), state, opened],
    );
  expect(newest(before)).toEqual([
    ['north', 'closed', '09:57'],
    ['south', 'closed', '10:57'],
  ]);
  const late = heard(SOUTH, 11, 0.6);
  await runAll(database.url, [sessionOf('late', late, { feeds: FEEDS })]);
  const after = await outages();
  expect(new Set(after.map((told) => told.event_id))).toEqual(new Set(before.map((told) => told.event_id)));
  expect(newest(after)).toEqual([
    ['north', 'closed', '09:57'],
    ['south', 'closed', '11:37'],
  ]);
  const north1 = (told: readonly Told[]) => told.filter(({ feeds }) => feeds.join() === 'north');
  expect(north1(after)).toEqual(north1(before));
  const more = [...heard(SOUTH, 11.6, 0.5), ...heard(NORTH, 10, 0.5)];
  await runAll(database.url, [sessionOf('later still', more, { feeds: FEEDS })]);
  const last = await outages();
  const idsByFeed = (told: readonly Told[]) =>
    new Set(told.map(({ feeds, event_id: id }) => `${feeds.join()} ${id}`));
  expect(idsByFeed(last)).toEqual(idsByFeed(before));
  expect(newest(last)).toEqual([
    ['north', 'closed', '10:27'],
    ['south', 'closed', '12:03'],
  ]);
});

it('does not call a recording out that was read to its end, but one that has a hole, and a live feed', async () => {
  const other = await testDatabase();
  const reader = new pg.Client({ connectionString: other.url });
  await reader.connect();
  const opened = async (): Promise<readonly string[]> => {
    const { rows } = await reader.query<{ told: string }>(
      `select distinct feeds[1] || ' ' || to_char(opened_at at time zone 'UTC', 'DD HH24') as told
       from event_version where type = 'feed-outage' order by told`,
    );
    return rows.map(({ told }) => told);
  };
  const lastOf = (rows: readonly TrackRow[]): number => Math.max(...rows.map(({ at }) => at));
  try {
    // In north's recording nothing stands between 5 and 8; it ends at 10. South is live, and stops at 11.
    const north = [...heard(NORTH, 0, 5), ...heard(NORTH, 8, 2)];
    const south = heard(SOUTH, 0, 11);
    const ends = [lastOf(north), null, null];
    const feeds = FEEDS.map((feed, i) => ({ ...feed, endsAt: ends[i] }));
    await runAll(other.url, [sessionOf('one', [...north, ...south, ...heard(WEST, 0, 24)], { feeds })]);
    expect(await opened()).toEqual(['north 03 04', 'south 03 10']);
  } finally {
    await reader.end();
    await other.close();
  }
});
