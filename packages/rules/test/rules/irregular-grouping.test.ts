import { destinationPoint } from '@offing/geo';
import { tellRule, track, type RuleTest, type TrackBuilder, type TrackStart } from '@offing/testkit';
import { describe, expect, test } from 'vitest';

const START = '2016-01-01T02:00:00Z';
const DAY_MS = 86_400_000;
const DPRK = 445_900_100;
/** On the roads of Eastwick, 11 km off. */
const ROADS = { lon: 120.02, lat: 37.9 };
/** Off Farwick, 240 km east. */
const FAR_ROADS = { lon: 122.76, lat: 37.9 };

type Spot = { readonly lon: number; readonly lat: number };

function groupings(tracks: readonly TrackBuilder[], more: Partial<RuleTest> = {}) {
  return tellRule('irregular-grouping', { tracks: [...tracks, clock()], ...more });
}

/** A ship far away that goes on reporting for 70 days, so that the stream goes on. */
function clock() {
  return track({ mmsi: 413_900_000, at: START, lon: 119, lat: 33, everyMin: 120 }).sail(70 * 24, 1, 90);
}

function day(n: number): string {
  return new Date(Date.parse(START) + n * DAY_MS).toISOString();
}

/** So many ships that come a few kilometres from each other on a day, an hour after each other, and lie for so many days. */
function group(
  ships: number,
  onDay: number,
  days: number,
  at: Spot = ROADS,
  more: Partial<TrackStart> = {},
  spreadKm = 3,
) {
  return Array.from({ length: ships }, (_, i) => {
    const spot = destinationPoint(at.lon, at.lat, (i * 360) / ships, spreadKm * 1000);
    const start = new Date(Date.parse(day(onDay)) + i * 3_600_000).toISOString();
    const mmsi = (more.mmsi ?? DPRK) + i;
    return track({ at: start, ...spot, navStatus: 1, everyMin: 60, ...more, mmsi }).lie(days * 24);
  });
}

/** A port at which so many ships lie, one after the other takes the place of one before. */
function usual(ships: number, fromDay: number, days: number, at: Spot = ROADS) {
  return Array.from({ length: ships }, (_, i) => {
    const spot = destinationPoint(at.lon, at.lat, i * 70, 2500);
    const ship = track({ mmsi: DPRK + 50 + i, at: day(fromDay), ...spot, navStatus: 1, everyMin: 90 });
    return ship.lie(days * 24);
  });
}

describe('ships with nexus that gather off a port', () => {
  test('are told, dated to the ship with which there were too many, and closed when they have left for a day', () => {
    const [event, ...more] = groupings(group(6, 30, 5));
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      state: 'closed',
      port: 'Eastwick',
      openedAt: '2016-01-31T05:00:00.000Z',
      last: { mmsi: [0, 1, 2, 3, 4, 5].map((i) => DPRK + i), nexus: true, severity: 'high', verdict: null },
    });
    expect(event.changes[0]).toBe('opened');
    expect(event.changes.at(-1)).toBe('closed');
    expect(event.evidence).toMatchObject({ limit: 4, least: 4, most: 6, withinKm: 15, chanceLimit: 0.01 });
    expect(event.evidence['history']).toMatchObject({ mostShips: 0, meanShips: 0 });
    expect(event.closedAt).toMatch(/^2016-02-05T/);
    expect(event.sentence).toContain('6 ships that dated records link to the DPRK had apparently gathered');
  });

  test.each([
    ['three', 3, 0],
    ['four', 4, 1],
  ])('%s of them where none ever lay', (_, ships, count) => {
    expect(groupings(group(ships, 30, 5))).toHaveLength(count);
  });

  test.each([
    ['within 15 km of each other', 7.2, 1],
    ['farther apart than 15 km', 12, 0],
  ])('%s', (_, spreadKm, count) => {
    const at = { lon: 120.02, lat: 37.8 };
    expect(groupings(group(4, 30, 5, at, {}, spreadKm))).toHaveLength(count);
  });

  test('keep their event when members come and go, with all members of the newest count', () => {
    const late = track({ mmsi: DPRK + 30, at: day(32), ...ROADS, navStatus: 1, everyMin: 60 }).lie(48);
    const [event, ...more] = groupings([...group(5, 30, 6), late]);
    expect(more).toEqual([]);
    expect(event.versions.some((version) => version.mmsi.includes(DPRK + 30))).toBe(true);
    expect(event.last.mmsi).toHaveLength(5);
    expect(event.evidence['most']).toBe(6);
  });

  test('again weeks later, and more of them, are another event', () => {
    const second = group(12, 55, 3, ROADS, { mmsi: DPRK + 20 });
    expect(groupings([...group(4, 30, 1.5), ...second])).toHaveLength(2);
  });

  test('are told at the port that they lie off', () => {
    expect(groupings([...usual(2, 0, 60), ...group(5, 30, 5, FAR_ROADS)])).toMatchObject([
      { port: 'Farwick' },
    ]);
  });

  test('are told whatever the hour of the day, and across 180 degrees', () => {
    const plain = groupings(group(5, 30, 5));
    for (const hours of [1, 5, 11, 17]) {
      const [event, ...more] = groupings(group(5, 30 + hours / 24, 5));
      expect(more).toEqual([]);
      expect(Date.parse(event.openedAt) - Date.parse(plain[0].openedAt)).toBe(hours * 3_600_000);
    }
    const line = groupings(group(5, 30, 5, { lon: 180, lat: 37.9 }));
    expect(line).toMatchObject([{ port: 'Linewick', evidence: { widestKm: plain[0].evidence['widestKm'] } }]);
    expect(Math.abs(Math.abs(line[0].last.lon) - 180)).toBeLessThan(0.01);
  });

  test('heard once in five hours count all the same', () => {
    expect(groupings(group(6, 30, 5, ROADS, { everyMin: 300 }))).toHaveLength(1);
  });
});

describe('it stays silent for', () => {
  test('a port that always has that many', () => {
    expect(groupings(usual(6, 0, 60))).toEqual([]);
    expect(groupings([...usual(5, 0, 60), ...group(2, 40, 5)])).toEqual([]);
  });

  test('a port that often has that many, and none between', () => {
    const waves = [5, 12, 19, 26, 33, 40].flatMap((n, i) => group(6, n, 3, ROADS, { mmsi: DPRK + 10 * i }));
    const told = groupings(waves).map((event) => event.openedAt);
    expect(told.every((at) => Date.parse(at) < Date.parse(day(27)))).toBe(true);
  });

  test('a port without two weeks of history', () => {
    expect(groupings(group(8, 8, 4))).toEqual([]);
    expect(groupings(usual(8, 0, 60))).toEqual([]);
  });

  test('ships without a link', () => {
    expect(groupings(group(12, 30, 5, ROADS, { mmsi: 413_000_100 }))).toEqual([]);
  });

  test('ships at berths, and ships that pass through', () => {
    expect(groupings(group(6, 30, 5, { lon: 120.005, lat: 37.994 }, { navStatus: 5 }, 0.2))).toEqual([]);
    const passing = Array.from({ length: 6 }, (_, i) =>
      track({ mmsi: DPRK + i, at: day(30), lon: 119.9, lat: 37.8 + i * 0.01, everyMin: 30 }).sail(10, 6, 90),
    );
    expect(groupings(passing)).toEqual([]);
  });

  test('ships off a port that nobody watches', () => {
    expect(groupings(group(8, 30, 5, { lon: 127.02, lat: 37.9 }))).toEqual([]);
  });

  test('ships that have not been heard for six hours', () => {
    // They come one by one, a day apart, and are heard for an hour each: never four within six hours.
    const ships = Array.from({ length: 8 }, (_, i) =>
      track({ mmsi: DPRK + i, at: day(30 + i), ...ROADS, navStatus: 1, everyMin: 20 }).lie(1),
    );
    expect(groupings(ships)).toEqual([]);
  });
});
