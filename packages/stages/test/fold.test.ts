import fc from 'fast-check';
import { makeRegister } from '@offing/designations';
import { Fold } from '@offing/stages';
import {
  columnsOf,
  eventsOf,
  foldInBatches,
  settingOf,
  track,
  traffic,
  type RuleTest,
  type TrackRow,
} from '@offing/testkit';
import { AIS_CLASS } from '@offing/track';
import { describe, expect, test } from 'vitest';

const START = '2016-12-30T18:00:00Z';
const SEA = { lon: 120, lat: 37.7 };

/** A small sea with some of everything: gaps, an outage of a region and of the feed, a stay, a listed ship, a shared MMSI. */
function sea(): readonly TrackRow[] {
  const others = traffic(6, { at: START, hours: 60, everyMin: 20, ...SEA });
  const region = [10, 40].flatMap((from, i) =>
    traffic(5, {
      at: new Date(Date.parse(START) + (i === 0 ? 0 : from) * 3_600_000).toISOString(),
      hours: i === 0 ? 10 : 20,
      everyMin: 20,
      lon: 122.75,
      lat: 37.6,
      mmsi: 413_100_001,
    }),
  );
  const dark = track({ mmsi: 445_900_001, at: START, lon: 120, lat: 36.9, everyMin: 15 })
    .sail(5, 10, 0)
    .silent(20);
  const stay = track({ mmsi: 445_900_002, at: START, lon: 119.85, lat: 37.1, everyMin: 15 })
    .sail(4, 10, 0)
    .lie(30);
  const listed = track({
    mmsi: 667_000_001,
    at: START,
    lon: 124,
    lat: 37,
    everyMin: 30,
    report: { imoNumber: 9_100_011 },
  });
  const shared = track({ mmsi: 445_900_001, at: '2016-12-31T06:00:00Z', lon: 126, lat: 36, everyMin: 60 });
  const small = track({ mmsi: 413_500_001, at: START, lon: 179.95, lat: 37.7, aisClass: AIS_CLASS.B }).sail(
    30,
    4,
    90,
  );
  return [
    ...others,
    ...region,
    dark.sail(6, 9, 180),
    stay.sail(8, 12, 180),
    listed.lie(30).report({ imoNumber: 0, shipName: 'MADE UP' }).silent(9).lie(12),
    shared.lie(4),
    small,
  ].flatMap((ship) => ship.rows);
}

const SETTING: Omit<RuleTest, 'tracks'> = {
  register: makeRegister([
    {
      designationId: 'made up',
      list: 'UN',
      entryId: null,
      imoNumber: 9_100_011,
      mmsi: null,
      callSign: null,
      shipName: 'MADE UP',
      flag: null,
      program: null,
      designatedOn: '2016-12-31',
      delistedOn: null,
      knownSince: Date.parse('2016-12-31'),
      delistingKnownSince: null,
      source: 'made up',
    },
  ]),
};

function told(rows: readonly TrackRow[], cuts: readonly number[], restart: boolean) {
  const { records, statics } = columnsOf(rows);
  return foldInBatches(settingOf(SETTING), records, statics, cuts, restart);
}

describe('the fold', () => {
  const rows = sea();
  const whole = told(rows, [], false);

  test('tells something of every rule in the small sea', () => {
    const events = eventsOf(whole);
    const types = events.map((event) => event.type);
    const some = ['transponder-gap', 'hovering', 'designated-vessel', 'feed-outage', 'dark-near-port'];
    for (const type of some) expect(types).toContain(type);
    expect(events.length).toBeGreaterThan(4);
  });

  test('tells the same however the records are cut into batches, restarted at each cut or not', () => {
    const cut = fc.array(fc.nat({ max: rows.length }), { maxLength: 12 });
    fc.assert(
      fc.property(cut, fc.boolean(), (cuts, restart) => {
        expect(told(rows, cuts, restart)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  test('tells the same one record at a time', () => {
    const few = rows.filter((row) => row.at < Date.parse(START) + 30 * 3_600_000);
    const each = few.map((_, row) => row);
    expect(told(few, each, false)).toEqual(told(few, [], false));
  });

  test('tells the same when every record comes twice, by another station of the feed too', () => {
    expect(told([...rows, ...rows], [], false)).toEqual(whole);
    const timed = rows.map((row) => ({ ...row, utcSecond: Math.floor(row.at / 1000) % 60 }));
    const again = timed.filter((row) => row.lon !== undefined).map((row) => ({ ...row, at: row.at + 3000 }));
    expect(told([...timed, ...again], [], false)).toEqual(told(timed, [], false));
  });

  test('shifted in time by any number of minutes tells the same events, shifted: no clock hour or midnight counts', () => {
    const plain = eventsOf(told(rows, [], false)).filter((event) => event.type === 'transponder-gap');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1439 }), (minutes) => {
        const ms = minutes * 60_000;
        const moved = eventsOf(
          told(
            rows.map((row) => ({ ...row, at: row.at + ms })),
            [],
            false,
          ),
        );
        const gaps = moved.filter((event) => event.type === 'transponder-gap');
        const facts = (list: typeof gaps, by: number) =>
          list.map((gap) => `${gap.mmsi} ${gap.last.openedAt - by} ${gap.state} ${gap.verdict}`).sort();
        expect(facts(gaps, ms)).toEqual(facts(plain, 0));
        expect(staysOf(moved, ms)).toEqual(staysOf(eventsOf(whole), 0));
      }),
      { numRuns: 12 },
    );
  });

  test('shifted by any longitude tells the same stays and gaps: 180° is no border', () => {
    const ships = rows.filter((row) => row.mmsi === 445_900_001 || Math.floor(row.mmsi / 10) === 41_300_000);
    const moved = (by: number) =>
      eventsOf(
        told(
          ships.map((row) => (row.lon === undefined ? row : { ...row, lon: wrapped(row.lon + by) })),
          [],
          false,
        ),
      )
        .filter((event) => event.type === 'transponder-gap')
        .map((gap) => [gap.mmsi, gap.openedAt, gap.closedAt, gap.verdict, gap.evidence['witnesses']]);
    expect(moved(59.98)).toEqual(moved(0));
    expect(moved(60.02)).toEqual(moved(0));
  });

  test('says of each row whether it is kept, and which hull it joined', () => {
    const ship = track({ mmsi: 413_000_001, at: START, ...SEA }).sail(1, 9, 0);
    const jumped = ship.rows[3];
    const far = [0, 1, 2].map((i) => ({ ...jumped, at: jumped.at + 1000 + i * 60_000, lon: 150 }));
    const { records, statics } = columnsOf([...ship.rows, ...ship.rows, ...far]);
    const result = new Fold(settingOf({})).process(records, statics, 0, records.length);
    expect(result.positions).toBe(ship.rows.length + 3);
    expect(result.duplicates).toBe(ship.rows.length);
    expect([...result.keep].reduce((sum, kept) => sum + kept, 0)).toBe(result.positions);
    expect(new Set(result.hull.filter((_, row) => result.keep[row] === 1))).toEqual(new Set([0, 1]));
  });
});

function staysOf(events: ReturnType<typeof eventsOf>, shiftMs: number) {
  const stays = events.filter((event) => event.type === 'hovering');
  return stays.map((stay) => `${stay.mmsi} ${stay.last.openedAt - shiftMs} ${stay.state}`).sort();
}

function wrapped(lon: number): number {
  return lon >= 180 ? lon - 360 : lon;
}
