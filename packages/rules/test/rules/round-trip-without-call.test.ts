import { describe, expect, test } from 'vitest';
import {
  tellRule,
  tellRules,
  track,
  type RuleTest,
  type TrackBuilder,
  type TrackStart,
} from '@offing/testkit';

const MMSI = 445_900_001;
const START = '2016-12-30T18:00:00Z';
const WEST = 270;
const EAST = 90;
const SOUTH = 180;
const NORTH = 0;
/** In DPRK waters, 17 km off their western end at 124° E and 11 km off the coast. */
const HOME = { lon: 124.2, lat: 37.9 };
/** On the roads of Eastwick, 11 km off the coast. */
const ROADS = { lon: 120.05, lat: 37.88 };
const HOUR = 3_600_000;

function trips(tracks: readonly TrackBuilder[], more: Partial<RuleTest> = {}) {
  return tellRule('round-trip-without-call', { tracks, ...more });
}

/** A ship that lies at home for two hours and sails west for 20 hours at 10 kn. */
function out(more: Partial<TrackStart> = {}) {
  return track({ mmsi: MMSI, at: START, ...HOME, ...more })
    .lie(2, 0)
    .sail(19.5, 10, WEST)
    .jump(ROADS.lon, ROADS.lat);
}

/** The same way back, and two hours at home. */
function back(ship: TrackBuilder): TrackBuilder {
  return ship.sail(19.5, 10, EAST).jump(HOME.lon, HOME.lat).lie(2, 0);
}

describe('a ship that leaves DPRK waters, lies slow and comes back', () => {
  test('is told when it is back, from its last position there to its first', () => {
    const [trip, ...more] = trips([back(out().lie(30, 0.8))]);
    expect(more).toEqual([]);
    expect(trip).toMatchObject({
      mmsi: MMSI,
      port: 'Eastwick',
      state: 'closed',
      changes: ['opened', 'closed'],
      verdict: null,
      last: { severity: 'high', nexus: true },
    });
    // 17 km west of home is 124° E, an hour at 10 kn.
    expect(Math.abs(Date.parse(trip.openedAt) - Date.parse('2016-12-30T20:50:00Z'))).toBeLessThan(HOUR / 3);
    const leftBack = Date.parse(START) + (2 + 19.5 + 30 + 19.5) * HOUR;
    expect(Math.abs(Date.parse(String(trip.closedAt)) - (leftBack - HOUR))).toBeLessThan(HOUR);
    expect(trip.firstKnownAt).toBe(trip.closedAt);
    expect(Number(trip.evidence['slowH'])).toBeGreaterThan(29);
    expect(Number(trip.evidence['slowH'])).toBeLessThan(30.2);
    expect(trip.sentence).toContain('no port visit was observed between');
  });

  test('whatever its flag', () => {
    expect(trips([back(out({ mmsi: 413_000_777 }).lie(30))])).toMatchObject([
      { last: { severity: 'medium' } },
    ]);
  });

  test('in several stays that are long enough together', () => {
    const ship = out().lie(14).sail(3, 8, WEST).lie(14).sail(3, 8, EAST);
    expect(trips([back(ship)])).toMatchObject([{ evidence: { observedCalls: 0 } }]);
    expect(trips([back(ship)])[0].evidence['stays']).toHaveLength(2);
  });

  test.each([
    ['23 hours', 23, 0],
    ['25 hours', 25, 1],
  ])('for %s', (_, hours, count) => {
    expect(trips([back(out().lie(hours))])).toHaveLength(count);
  });

  test.each([
    ['1.8 kn', 1.8, 1],
    ['2.2 kn', 2.2, 0],
  ])('at %s', (_, sogKn, count) => {
    const ship = out();
    for (let leg = 0; leg < 15; leg++) ship.sail(2, sogKn, leg % 2 === 0 ? WEST : EAST);
    expect(trips([back(ship)])).toHaveLength(count);
  });

  test.each([
    ['80 km off the nearest port and anchorage point', 80, 1],
    ['100 km off them', 100, 0],
  ])('%s', (_, km, count) => {
    const ship = out()
      .sail(km / 18.52, 10, SOUTH)
      .lie(30)
      .sail(km / 18.52, 10, NORTH);
    expect(trips([back(ship)])).toHaveLength(count);
  });

  test.each([
    ['a report every 30 min', { everyMin: 30 }],
    ['a report every 3 h', { everyMin: 180 }],
    ['class B', { aisClass: 2, navStatus: null }],
  ])('with %s', (_, more) => {
    expect(trips([back(out(more).lie(36))])).toHaveLength(1);
  });

  test('without ever reporting a speed', () => {
    const ship = track({ mmsi: MMSI, at: START, ...HOME, everyMin: 20 }).lie(2, null);
    for (let hour = 0; hour < 20; hour++) ship.jump(HOME.lon - 0.2 * hour, 37.88).lie(1, null);
    ship.jump(ROADS.lon, ROADS.lat).lie(30, null);
    for (let hour = 20; hour > 0; hour--) ship.jump(HOME.lon - 0.2 * hour, 37.88).lie(1, null);
    expect(trips([ship.jump(HOME.lon, HOME.lat).lie(2, null)])).toHaveLength(1);
  });
});

describe('must stay silent for', () => {
  test('a voyage that is not over', () => {
    expect(trips([out().lie(100)])).toEqual([]);
  });

  test('a trip with an observed visit', () => {
    const ship = out()
      .lie(30)
      .sail(1, 6.5, NORTH)
      .jump(120, 37.995)
      .lie(10, 0)
      .sail(1, 6.5, SOUTH)
      .jump(ROADS.lon, ROADS.lat);
    const told = tellRules({ tracks: [back(ship)] });
    expect(told.some(({ type, port }) => type === 'port-visit' && port === 'Eastwick')).toBe(true);
    expect(told.filter(({ type }) => type === 'round-trip-without-call')).toEqual([]);
  });

  test.each([
    ['a silence long enough for a call: that is a possible call', 9, 0],
    ['but not one that is too short for it', 3.5, 1],
  ])('%s', (_, hours, count) => {
    expect(trips([back(out().lie(15).silent(hours).lie(15))])).toHaveLength(count);
  });

  test('but not a long silence far out at sea, where no berth was in reach', () => {
    // 220 km south of every berth: 12 hours there and as many back at 10 kn.
    const ship = out().lie(30).sail(11.2, 10, SOUTH).lie(0.5).silent(15).lie(0.5).sail(11.2, 10, NORTH);
    expect(trips([back(ship)])).toHaveLength(1);
  });

  test('a silence on the way out in which it may have called', () => {
    const ship = track({ mmsi: MMSI, at: START, ...HOME })
      .lie(2, 0)
      .silent(60)
      .jump(ROADS.lon, ROADS.lat)
      .lie(30);
    expect(trips([back(ship)])).toEqual([]);
  });

  test('a ship that came from elsewhere', () => {
    const ship = track({ mmsi: MMSI, at: START, ...ROADS }).lie(30);
    expect(trips([back(ship)])).toEqual([]);
  });

  test('a ship that lies off the DPRK coast, within 12 miles and beyond', () => {
    const near = track({ mmsi: MMSI, at: START, ...HOME })
      .lie(2)
      .jump(125, 37.7)
      .lie(50)
      .jump(HOME.lon, HOME.lat)
      .lie(2);
    expect(trips([near])).toEqual([]);
  });

  test('an ordinary voyage past another coast', () => {
    const ship = track({ mmsi: MMSI, at: START, ...HOME })
      .lie(2, 0)
      .sail(30, 10, WEST);
    expect(trips([ship.sail(30, 10, EAST)])).toEqual([]);
  });

  test.each([
    ['a fishing boat', 30, 0],
    ['a tug', 52, 0],
    ['a cargo ship', 70, 1],
  ])('%s', (_, shipType, count) => {
    expect(trips([back(out({ report: { shipType } }).lie(30))])).toHaveLength(count);
  });
});

describe('properties', () => {
  test('the second voyage of a ship is a second event', () => {
    const ship = back(out().lie(30)).sail(19.5, 10, WEST).jump(ROADS.lon, ROADS.lat).lie(30);
    const told = trips([back(ship)]);
    expect(told).toHaveLength(2);
    expect(new Set(told.map(({ id }) => id)).size).toBe(2);
  });

  test('the size of a batch and a restart change nothing', () => {
    const tracks = [back(out().lie(30))];
    const whole = trips(tracks);
    expect(whole).toHaveLength(1);
    for (const cuts of [[60, 61, 300], Array.from({ length: 40 }, (_, i) => i * 11)])
      expect(trips(tracks, { cuts, restart: true })).toEqual(whole);
  });
});
