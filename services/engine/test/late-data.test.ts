import { testDatabase, track, type TestDatabase, type TrackRow } from '@offing/testkit';
import type { StaticReport } from '@offing/track';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAll, sessionOf } from './support/sessions.ts';
import { dumpFinalState, dumpTables } from './support/table-dump.ts';
import { makeTraffic, splitLate } from './support/traffic.ts';

const FEEDS = [{ name: 'shore', synthetic: false }];
const START = '2019-06-03T00:00:00Z';
const SHIP = 412_000_900;

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

describe('sessions behind the watermark', () => {
  it.each([11, 12, 13])('end in the state that one session with all has (traffic %i)', async (seed) => {
    const traffic = makeTraffic({ seed, everyMin: 20, days: 4 });
    const { inTime, late } = splitLate(traffic);
    const whole = await testDatabase();
    try {
      await runAll(whole.url, [sessionOf('all', traffic)]);
      await runAll(database.url, [sessionOf('in time', inTime), sessionOf('late', late)], 500);
      expect(await dumpFinalState(database.url)).toEqual(await dumpFinalState(whole.url));
    } finally {
      await whole.close();
    }
  });

  it('end in the same tables whatever the size of their batches', async () => {
    const { inTime, late } = splitLate(makeTraffic({ seed: 14, everyMin: 30, days: 4 }));
    const other = await testDatabase();
    try {
      await runAll(database.url, [sessionOf('in time', inTime), sessionOf('late', late)], 200);
      await runAll(other.url, [sessionOf('in time', inTime), sessionOf('late', late)], 1_000_000);
      expect(await dumpTables(database.url)).toEqual(await dumpTables(other.url));
    } finally {
      await other.close();
    }
  });

  it('correct again when more comes late, and say nothing when it comes again', async () => {
    const traffic = makeTraffic({ seed: 15, everyMin: 30, days: 4 });
    const { inTime, late } = splitLate(traffic);
    const [first, second] = [
      late.filter((row) => row.mmsi % 2 === 0),
      late.filter((row) => row.mmsi % 2 === 1),
    ];
    const whole = await testDatabase();
    try {
      await runAll(whole.url, [sessionOf('all', traffic)]);
      const sessions = [sessionOf('in time', inTime), sessionOf('first', first), sessionOf('second', second)];
      await runAll(database.url, sessions, 500);
      expect(await dumpFinalState(database.url)).toEqual(await dumpFinalState(whole.url));
      const { session: _before, ...tables } = await dumpTables(database.url);
      await runAll(database.url, [sessionOf('all again', traffic)], 300);
      const { session: _after, ...after } = await dumpTables(database.url);
      expect(after).toEqual(tables);
    } finally {
      await whole.close();
    }
  });
});

describe('a gap of 9 h 16 min', () => {
  it('is retracted with the reason when late positions leave 5 h 6 min of it, and both versions can be read', async () => {
    const ship = gapOf(9 + 16 / 60);
    const late = ship.filter((row) => row.mmsi === SHIP).slice(-1)[0];
    const silentFrom = silenceStart(ship);
    const heard = heardAt(late, silentFrom + 250 * 60_000);
    await runAll(database.url, [sessionOf('in time', ship, { feeds: FEEDS })]);
    expect(await versions()).toMatchObject([
      { state: 'open' },
      { state: 'closed', silence: 9.27, reason: null },
    ]);
    const [, outcome] = await runAll(database.url, [
      sessionOf('in time', ship, { feeds: FEEDS }),
      sessionOf('late', [heard], { feeds: FEEDS }),
    ]);
    expect(outcome).toMatchObject({ positions: 1, late: 1 });
    const told = await versions();
    expect(told).toMatchObject([
      { version: 1, state: 'open' },
      { version: 2, state: 'closed', silence: 9.27 },
      { version: 3, state: 'retracted', silence: 9.27 },
    ]);
    expect(told[2].reason).toContain('arrived later');
    expect(told[2].sentence).toContain('RETRACTED');
    const watermark = Math.max(...ship.map((row) => row.at));
    expect(told[2].known_since.getTime()).toBe(watermark);
    const { rows } = await client.query('select change from outbox where event_id = $1 order by change_seq', [
      told[0].event_id,
    ]);
    expect(rows.map((row: { change: string }) => row.change)).toEqual(['opened', 'closed', 'retracted']);
  });

  it('is revised and keeps its id when late positions leave more than the threshold of it', async () => {
    const ship = gapOf(9 + 16 / 60);
    const late = ship.filter((row) => row.mmsi === SHIP).slice(-1)[0];
    await runAll(database.url, [sessionOf('in time', ship, { feeds: FEEDS })]);
    const before = await versions();
    await runAll(database.url, [
      sessionOf('late', [heardAt(late, silenceStart(ship) + 60 * 60_000)], { feeds: FEEDS }),
    ]);
    const after = await versions();
    expect(new Set(after.map((version) => version.event_id))).toEqual(new Set([before[0].event_id]));
    expect(after.slice(0, 2)).toEqual(before);
    expect(after[2]).toMatchObject({ version: 3, state: 'closed', silence: 8.27 });
    expect(after[2].opened_at.getTime()).toBeGreaterThan(before[1].opened_at.getTime());
    const { rows } = await client.query('select event_id from event_alias');
    expect(rows).toEqual([{ event_id: before[0].event_id }]);
  });

  it('is split in two when late positions leave more than the threshold on either side of them', async () => {
    const ship = gapOf(20);
    const late = ship.filter((row) => row.mmsi === SHIP).slice(-1)[0];
    await runAll(database.url, [sessionOf('in time', ship, { feeds: FEEDS })]);
    const [before] = await versions();
    const from = silenceStart(ship);
    const heard = [600, 610, 620].map((minutes) => heardAt(late, from + minutes * 60_000));
    await runAll(database.url, [sessionOf('late', heard, { feeds: FEEDS })]);
    const told = await versions();
    const newest = [...new Map(told.map((version) => [version.event_id, version])).values()];
    expect(newest).toMatchObject([
      { event_id: before.event_id, state: 'closed', silence: 10 },
      { state: 'closed', silence: 9.67, opened_at: new Date(from + 620 * 60_000) },
    ]);
    expect(newest[0].opened_at).toEqual(before.opened_at);
    expect(newest[0].reason).toContain('arrived later');
  });

  it('stays as it was told when what comes late is of another ship and changes nothing of it', async () => {
    const ship = gapOf(9 + 16 / 60);
    await runAll(database.url, [sessionOf('in time', ship, { feeds: FEEDS })]);
    const before = await versions();
    const far = track({ mmsi: 538_000_001, at: '2019-06-03T02:00:00Z', lon: 2, lat: 51 }).sail(3, 8, 0).rows;
    await runAll(database.url, [sessionOf('late', far, { feeds: FEEDS })]);
    expect(await versions()).toEqual(before);
  });
});

describe('identity and ids', () => {
  it('keep the id of a ship whose first position moves, also after a restart without snapshots', async () => {
    const rows = track({ mmsi: SHIP, at: START, lon: 120, lat: 38.3 }).sail(30, 6, 90).rows;
    await runAll(database.url, [sessionOf('later', rows.slice(60), { feeds: FEEDS })]);
    const ids = async () =>
      (await client.query<{ vessel_id: string; first_at: Date }>('select vessel_id, first_at from vessel'))
        .rows;
    const [before] = await ids();
    await runAll(database.url, [sessionOf('earlier', rows.slice(0, 60), { feeds: FEEDS })]);
    const [after] = await ids();
    expect(after.vessel_id).toBe(before.vessel_id);
    expect(after.first_at).toEqual(new Date(START));
    await client.query('delete from snapshot');
    const next = track({ mmsi: SHIP, at: '2019-06-04T12:00:00Z', lon: 120.9, lat: 38.3 }).sail(2, 3, 90).rows;
    await runAll(database.url, [sessionOf('next', next, { feeds: FEEDS })]);
    expect((await ids()).map((row) => row.vessel_id)).toEqual([before.vessel_id]);
  });

  it('keep no static report that says nothing new, however it came', async () => {
    const report = { shipName: 'ONE', callSign: 'BAAA' };
    const ship = track({ mmsi: SHIP, at: START, lon: 120, lat: 38.3, report }).sail(10, 6, 90);
    const repeats = track({ mmsi: SHIP, at: '2019-06-03T03:00:00Z', lon: 120, lat: 38.3 });
    for (let i = 0; i < 5; i++) repeats.report(report).silent(0.5);
    await runAll(database.url, [
      sessionOf('in time', ship.rows, { feeds: FEEDS }),
      sessionOf('late', repeats.rows, { feeds: FEEDS }),
    ]);
    const { rows } = await client.query<{ at: Date }>('select at from static_report');
    expect(rows).toEqual([{ at: new Date(START) }]);
  });

  const said = (at: string, report: StaticReport) =>
    track({ mmsi: SHIP, at: `2019-06-03T${at}:00Z`, lon: 120, lat: 38.3 }).report(report).rows;
  const named = (at: string, shipName: string) => said(at, { shipName, imoNumber: 9074729 });
  const voyage = () => track({ mmsi: SHIP, at: START, lon: 120, lat: 38.3 }).sail(10, 6, 90).rows;
  const state = async () => {
    const { rows } = await client.query<{ line: string }>(
      `select to_char(at at time zone 'UTC', 'HH24:MI') || ' ' || coalesce(ship_name, '-') || ' ' || coalesce(call_sign, '-') as line
       from static_report order by at, content_key`,
    );
    const { rows: vessels } = await client.query<{ ship_name: string; call_sign: string | null }>(
      'select ship_name, call_sign from vessel',
    );
    return { told: rows.map(({ line }) => line), vessels };
  };

  it.each([
    ['is gone back from where the ship had said again what it said before', ['08:00'], 'ONE'],
    ['stands where the ship said nothing after it', ['02:00'], 'TWO'],
  ])('a name that comes late %s', async (_, repeats, shipName) => {
    const inTime = [...voyage(), ...named('01:00', 'ONE'), ...repeats.flatMap((at) => named(at, 'ONE'))];
    await runAll(database.url, [
      sessionOf('in time', inTime, { feeds: FEEDS }),
      // The folds are run again over what is stored, which no repeat is.
      sessionOf(
        'late place',
        track({ mmsi: SHIP, at: '2019-06-03T00:05:00Z', lon: 120.01, lat: 38.3 }).lie(0.01).rows,
        {
          feeds: FEEDS,
        },
      ),
      sessionOf('late', named('05:00', 'TWO'), { feeds: FEEDS }),
    ]);
    const back = shipName === 'ONE' ? ['08:00 ONE -'] : [];
    expect(await state()).toEqual({
      told: ['01:00 ONE -', '05:00 TWO -', ...back],
      vessels: [{ ship_name: shipName, call_sign: null }],
    });
    // A second one, when the folds were run again and begun anew since.
    await runAll(database.url, [sessionOf('later', named('06:00', 'THREE'), { feeds: FEEDS })]);
    const last = shipName === 'ONE' ? 'ONE' : 'THREE';
    expect((await state()).vessels).toEqual([{ ship_name: last, call_sign: null }]);
  });

  it('a late part of a message in two goes back only where that part was said again', async () => {
    const part = (at: string, report: StaticReport) => said(at, report);
    const inTime = [
      ...voyage(),
      ...part('01:00', { shipName: 'ONE' }),
      ...part('01:01', { callSign: 'BAAA' }),
      ...part('07:00', { shipName: 'ONE' }),
      ...part('08:00', { callSign: 'BAAA' }),
    ];
    const late = (name: string, at: string) =>
      sessionOf(name, part(at, { shipName: 'TWO' }), { feeds: FEEDS });
    await runAll(database.url, [sessionOf('in time', inTime, { feeds: FEEDS }), late('between', '05:00')]);
    expect((await state()).vessels).toEqual([{ ship_name: 'ONE', call_sign: 'BAAA' }]);
    await runAll(database.url, [late('after', '07:30')]);
    expect((await state()).vessels).toEqual([{ ship_name: 'TWO', call_sign: 'BAAA' }]);
  });

  it('a late report that agrees with what was said since leaves nothing', async () => {
    const inTime = [...voyage(), ...named('01:00', 'ONE'), ...named('08:00', 'ONE')];
    await runAll(database.url, [
      sessionOf('in time', inTime, { feeds: FEEDS }),
      sessionOf('late', named('05:00', 'ONE'), { feeds: FEEDS }),
    ]);
    expect((await state()).told).toEqual(['01:00 ONE -']);
  });

  it('remove the row of a hull that turned out to be a faulty fix', async () => {
    const wrong = track({ mmsi: SHIP, at: START, lon: 10, lat: 50 }).lie(0.01).rows;
    const ship = track({ mmsi: SHIP, at: '2019-06-03T01:00:00Z', lon: 120, lat: 38.3 }).sail(10, 6, 90).rows;
    await runAll(database.url, [sessionOf('wrong', wrong, { feeds: FEEDS })]);
    expect((await client.query('select from vessel')).rowCount).toBe(1);
    await runAll(database.url, [sessionOf('right', ship, { feeds: FEEDS })]);
    const { rows } = await client.query<{ positions: string }>('select positions from vessel');
    expect(rows).toEqual([{ positions: String(ship.length) }]);
  });
});

type Version = {
  readonly event_id: string;
  readonly version: number;
  readonly state: string;
  readonly silence: number;
  readonly reason: string | null;
  readonly sentence: string;
  readonly opened_at: Date;
  readonly known_since: Date;
};

async function versions(): Promise<readonly Version[]> {
  const { rows } = await client.query<Version>(
    `select event_id, version, state, (evidence->>'silenceH')::float8 as silence, reason, sentence, opened_at, known_since
     from event_version where $1 = any(mmsi) and type = 'transponder-gap' order by change_seq`,
    [SHIP],
  );
  return rows;
}

/** A ship that is silent for so many hours in waters where others are heard all the while. */
function gapOf(hours: number): readonly TrackRow[] {
  const others = Array.from({ length: 5 }, (_, i) =>
    track({ mmsi: SHIP + 1 + i, at: START, lon: 120 + i / 20, lat: 38.3 }).sail(40, 0.5, 90),
  );
  const minutes = Math.round(hours * 60);
  const ship = track({ mmsi: SHIP, at: START, lon: 120.1, lat: 38.35 }).sail(10, 1, 90);
  const back = track({
    mmsi: SHIP,
    at: new Date(ship.rows[ship.rows.length - 1].at + minutes * 60_000).toISOString(),
    lon: 120.4,
    lat: 38.35,
  }).sail(30, 1, 90);
  return [...others, ship, back].flatMap((builder) => builder.rows);
}

function silenceStart(rows: readonly TrackRow[]): number {
  const own = rows.filter((row) => row.mmsi === SHIP).map((row) => row.at);
  const after = own.findIndex((at, i) => own[i + 1] - at > 3_600_000);
  return own[after];
}

function heardAt(like: TrackRow, at: number): TrackRow {
  return { ...like, at, lon: 120.35, lat: 38.35 };
}
