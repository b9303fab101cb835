import { loadGazetteer } from '@offing/gazetteer';
import { destinationPoint } from '@offing/geo';
import { Fold } from '@offing/stages';
import {
  columnsOf,
  eventsOf,
  foldInBatches,
  readScenario,
  settingOf,
  track,
  type TrackRow,
} from '@offing/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const START = '2016-10-04T18:00:00Z';
const SEA = { lon: 179.999, lat: 36.5 };
const DPRK = 445_900_001;
const gazetteer = loadGazetteer();

/** Meetings across 180 degrees, a joined one, a loiterer, and a group off a port after three weeks. */
function sea(): readonly TrackRow[] {
  const spot = (cog: number, km: number) => destinationPoint(SEA.lon, SEA.lat, cog, km * 1000);
  const waits = track({ mmsi: 413_000_001, at: START, ...spot(270, 60), everyMin: 11 }).sail(3, 11, 90);
  const comes = track({ mmsi: DPRK, at: START, ...spot(90, 120), everyMin: 7 }).sail(6, 11, 270);
  const meets = track({ mmsi: 413_000_003, at: START, ...spot(0, 300), everyMin: 23 }).sail(16, 10, 180);
  const lies = track({ mmsi: 413_000_004, at: START, lon: 124, lat: 36.5, everyMin: 45 }).sail(2, 9, 0);
  const group = [0, 1, 2, 3, 4].map((i) =>
    track({ mmsi: DPRK + 10 + i, at: START, lon: 119.2, lat: 37.9 + i * 0.01, everyMin: 90 })
      .silent(20 * 24 + i)
      .jump(120.02 + i * 0.01, 37.9)
      .lie(60),
  );
  return [
    waits.jump(SEA.lon, SEA.lat).lie(30, 0.4).sail(6, 10, 270),
    comes
      .jump(spot(0, 0.2).lon, spot(0, 0.2).lat)
      .lie(3, 0.5)
      .sail(2, 8, 90)
      .sail(2, 8, 270)
      .lie(4, 0.5)
      .sail(6, 10, 0),
    meets.jump(spot(180, 0.3).lon, spot(180, 0.3).lat).lie(5, null).sail(6, 10, 180),
    lies
      .lie(20, 0.7)
      .sail(20 * 24, 3, 180)
      .sail(90, 3, 0),
    ...group,
  ].flatMap((ship) => ship.rows);
}

function told(rows: readonly TrackRow[], cuts: readonly number[], restart: boolean) {
  const { records, statics } = columnsOf(rows);
  return foldInBatches(settingOf({}), records, statics, cuts, restart);
}

const TYPES: ReadonlySet<string> = new Set(['encounter', 'loitering', 'irregular-grouping']);

function mine(rows: readonly TrackRow[], byMs = 0) {
  return eventsOf(told(rows, [], false))
    .filter((event) => TYPES.has(event.type))
    .map((event) => `${event.type} ${event.last.mmsi.join()} ${event.last.openedAt - byMs} ${event.state}`)
    .sort();
}

describe('the place stage', () => {
  const rows = sea();
  const whole = told(rows, [], false);

  test('finds meetings, a loiterer and a group in the small sea', () => {
    const events = eventsOf(whole).filter((event) => TYPES.has(event.type));
    expect(new Set(events.map((event) => event.type))).toEqual(TYPES);
    const pairs = events.filter((event) => event.type === 'encounter').map((event) => event.last.mmsi.join());
    expect(pairs).toEqual([`413000001,${DPRK}`, '413000001,413000003']);
  });

  test('tells the same however the records are cut into batches, restarted at each cut or not', () => {
    const cut = fc.array(fc.nat({ max: rows.length }), { maxLength: 8 });
    fc.assert(
      fc.property(cut, fc.boolean(), (cuts, restart) => {
        expect(told(rows, cuts, restart)).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });

  test('tells the same when restarted at every few records of a meeting', () => {
    const few = rows.filter((row) => row.at < Date.parse(START) + 30 * 3_600_000);
    const cuts = few.flatMap((_, row) => (row % 9 === 0 ? [row] : []));
    expect(told(few, cuts, true)).toEqual(told(few, [], false));
  });

  test('tells the same when every record comes twice, and whatever other ships are there', () => {
    expect(told([...rows, ...rows], [], false)).toEqual(whole);
    const others = [1, 2, 3].map((i) =>
      track({ mmsi: 300_000_000 + i, at: START, lon: 10 * i, lat: 0, everyMin: 60 }).lie(200),
    );
    expect(mine([...others.flatMap((ship) => ship.rows), ...rows])).toEqual(mine(rows));
  });

  test('tells the same, shifted, when all is shifted by whole hours', () => {
    const ms = 5 * 3_600_000;
    const moved = rows.map((row) => ({ ...row, at: row.at + ms }));
    const meetings = (list: readonly string[]) => list.filter((text) => !text.startsWith('irregular'));
    expect(meetings(mine(moved, ms))).toEqual(meetings(mine(rows)));
  });

  test('a feed that stops holds nothing back', () => {
    const other = track({ mmsi: 200_000_001, at: START, lon: 0, lat: 0, feed: 1 }).lie(2);
    const feeds = [
      { name: 'goes on', synthetic: true },
      { name: 'stops', synthetic: true },
    ];
    const { records, statics } = columnsOf([...rows, ...other.rows]);
    const events = eventsOf(foldInBatches(settingOf({ feeds }), records, statics, [], false));
    expect(events.filter((event) => event.type === 'encounter')).toHaveLength(2);
  });

  test('holds no more points than the newest 70 minutes of slow ships have, nor pairs that parted long ago', () => {
    const ships = Array.from({ length: 40 }, (_, i) =>
      track({
        mmsi: 413_200_000 + i,
        at: START,
        lon: 150 + (i % 2) * 0.002 + i,
        lat: 30.5,
        everyMin: 10,
      }).lie(60),
    );
    const { records, statics } = columnsOf(ships.flatMap((ship) => ship.rows));
    const fold = new Fold(settingOf({}));
    fold.process(records, statics, 0, records.length);
    const { points, meetings } = fold.dump().place;
    expect(points.length).toBeLessThanOrEqual(9);
    expect(points.every(([, { length }]) => length === 40)).toBe(true);
    expect(meetings.size).toBeLessThanOrEqual(20);
  });
});

describe('the labelled scenarios, with the gazetteer that is bundled', () => {
  function scenario(name: string) {
    const { records, statics } = readScenario(name);
    return eventsOf(foldInBatches(settingOf({ gazetteer }), records, statics, [], false));
  }

  test('the meeting off Rizhao is one encounter, near in time and with both ships', () => {
    const events = scenario('hover-encounter-return');
    const [event, ...more] = events.filter(({ type }) => type === 'encounter');
    expect(more).toEqual([]);
    expect(event.last.mmsi).toEqual([412_900_011, DPRK]);
    expect(Math.abs(Date.parse(event.openedAt) - Date.parse('2016-10-05T08:45:00Z'))).toBeLessThan(3_600_000);
    expect(Math.abs(Date.parse(event.closedAt ?? '') - Date.parse('2016-10-05T13:45:00Z'))).toBeLessThan(
      3_600_000,
    );
    expect(events.some(({ type }) => type === 'loitering' || type === 'irregular-grouping')).toBe(false);
  });

  test('the ordinary queue has no encounter and no grouping', () => {
    expect(scenario('ordinary-queue').filter(({ type }) => TYPES.has(type))).toEqual([]);
  });

  test('the ten off Longkou are one grouping, and nothing before them is; none of them meets another', () => {
    const events = scenario('irregular-grouping-longkou').filter(({ type }) => TYPES.has(type));
    expect(events).toMatchObject([{ type: 'irregular-grouping', port: 'Longkou', state: 'open' }]);
    const [event] = events;
    expect(Math.abs(Date.parse(event.openedAt) - Date.parse('2016-03-16T09:00:00Z'))).toBeLessThan(
      18 * 3_600_000,
    );
    expect(event.last.mmsi).toEqual(Array.from({ length: 10 }, (_, i) => 445_900_700 + i));
  });
});
