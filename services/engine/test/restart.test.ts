import { testDatabase, type TrackRow } from '@offing/testkit';
import { HOUR_MS, MINUTE_MS } from '@offing/units';
import pg from 'pg';
import { expect, it } from 'vitest';
import { runSession, type Session } from '../src/index.ts';
import { openEngine, runAll, sessionOf } from './support/sessions.ts';
import { dumpTables } from './support/table-dump.ts';
import { makeTraffic, randomNumbers, TRAFFIC_START } from './support/traffic.ts';

const START = Date.parse(TRAFFIC_START);
const DAYS = 4;
/** Where the sessions are cut, hours from the beginning. */
const CUTS_H = [0, 17, 40.2, 64, 70, DAYS * 24];

async function tablesOf(work: (url: string) => Promise<unknown>): Promise<Readonly<Record<string, string>>> {
  const database = await testDatabase();
  try {
    await work(database.url);
    return await dumpTables(database.url);
  } finally {
    await database.close();
  }
}

async function onOneEngine(url: string, sessions: readonly Session[]): Promise<void> {
  await runAll(url, sessions);
}

/** Each session on an engine of its own; `between` is done to the database before each. */
async function onManyEngines(url: string, sessions: readonly Session[], between = 'select 1'): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const session of sessions) {
    await client.query(between);
    const engine = await openEngine(url);
    await runSession(engine, session);
    await engine.close();
  }
  await client.end();
}

it.each([41, 42])(
  'an engine that is opened anew goes on as one that never closed (traffic %i)',
  async (seed) => {
    const rows = [...makeTraffic({ seed, everyMin: 30, days: DAYS }), ...faultyFixes(seed), ...newcomers()];
    const sessions = (): Session[] =>
      CUTS_H.slice(1).map((to, i) => sessionOf(`part ${i}`, between(rows, CUTS_H[i], to)));
    const expected = await tablesOf((url) => onOneEngine(url, sessions()));
    expect(await tablesOf((url) => onManyEngines(url, sessions()))).toEqual(expected);
    // Also when all must be read again because no state was kept.
    expect(await tablesOf((url) => onManyEngines(url, sessions(), 'delete from snapshot'))).toEqual(expected);
  },
);

it('a session is one whether it is cut into parts or not', async () => {
  const rows = [...makeTraffic({ seed: 43, everyMin: 30, days: DAYS }), ...faultyFixes(43)];
  const parts = CUTS_H.slice(1).map((to, i) => sessionOf(`part ${i}`, between(rows, CUTS_H[i], to)));
  const whole = await tablesOf((url) => onOneEngine(url, [sessionOf('all', between(rows, 0, DAYS * 24))]));
  const cut = await tablesOf((url) => onOneEngine(url, parts));
  expect({ ...cut, session: '' }).toEqual({ ...whole, session: '' });
});

function between(rows: readonly TrackRow[], fromH: number, toH: number): readonly TrackRow[] {
  return rows.filter((row) => row.at >= START + fromH * HOUR_MS && row.at < START + toH * HOUR_MS);
}

/** Single faulty fixes under the numbers of the fleet: hulls that are never believed, and forgotten after a day. */
function faultyFixes(seed: number): readonly TrackRow[] {
  const random = randomNumbers(seed);
  return Array.from({ length: 300 }, () => ({
    at: START + Math.floor(random() * DAYS * 1440) * MINUTE_MS,
    mmsi: 412_000_001 + Math.floor(random() * 30),
    lon: -170 + Math.floor(random() * 60),
    lat: -50 + Math.floor(random() * 40),
    sogKn: 5,
    cogDeg: 7,
    feed: 0,
  }));
}

/** Ships that are heard for an hour and never again, three at a time. */
function newcomers(): readonly TrackRow[] {
  return Array.from({ length: DAYS * 8 * 3 * 8 }, (_, i) => {
    const [report, ship, when] = [i % 8, Math.floor(i / 8) % 3, Math.floor(i / 24)];
    return {
      at: START + when * 3 * HOUR_MS + report * 10 * MINUTE_MS,
      mmsi: 431_000_000 + when * 10 + ship,
      lon: 120 + ship / 50,
      lat: 38.2 + report / 500,
      sogKn: 1,
      cogDeg: 0,
      feed: 0,
    };
  });
}

it('gives new ships the same places after a restart, whichever were freed first', async () => {
  const fix = (mmsi: number, hours: number, lon: number): TrackRow => ({
    at: START + hours * HOUR_MS,
    mmsi,
    lon,
    lat: -40,
    sogKn: 5,
    cogDeg: 7,
    feed: 0,
  });
  const wrong = [1, 2].flatMap((ship) =>
    [0, 0.1, 0.2].map((later, i) => fix(412_000_000 + ship, ship + later, -170 + i * 20)),
  );
  // The ship whose hulls have the higher places forgets them first.
  const again = [fix(412_000_002, 28, -100), fix(412_000_001, 29, -100)];
  const fresh = newcomers()
    .map((row) => ({ ...row, mmsi: (row.mmsi % 10) + 431_000_000 }))
    .filter((row) => row.at >= START + 30 * HOUR_MS && row.at < START + 33 * HOUR_MS);
  const rows = [...makeTraffic({ seed: 40, everyMin: 30, days: 3 }), ...wrong, ...again, ...fresh];
  const sessions = (): Session[] => [
    sessionOf('a', between(rows, 0, 29.5)),
    sessionOf('b', between(rows, 29.5, 72)),
  ];
  const expected = await tablesOf((url) => onOneEngine(url, sessions()));
  expect(await tablesOf((url) => onManyEngines(url, sessions()))).toEqual(expected);
});
