import { describe, expect, test } from 'vitest';
import { tellRule, track, type RuleTest, type TrackBuilder, type TrackStart } from '@offing/testkit';
import { AIS_CLASS } from '@offing/track';

const MMSI = 413_000_777;
const DPRK_MMSI = 445_900_001;
const START = '2016-10-04T00:00:00Z';
/** 25 km off the coast and 14 km from the nearest anchorage point of Eastwick. */
const OUTSIDE = { lon: 119.85, lat: 37.8 };
const ROADS = { lon: 120, lat: 37.9 };
const NORTH = 0;
const SOUTH = 180;

type More = Partial<RuleTest>;

function hovers(tracks: readonly TrackBuilder[], more: More = {}) {
  return tellRule('hovering', { tracks, ...more });
}

/** A ship that comes in from 100 km off at 12 kn and slows down at a place. */
function arriving(place: { readonly lon: number; readonly lat: number }, more: Partial<TrackStart> = {}) {
  return track({ mmsi: MMSI, at: START, lon: place.lon, lat: place.lat - 0.9, ...more }).sail(4.5, 12, NORTH);
}

describe('a ship that lies outside the usual anchorages', () => {
  test('is told after 24 hours and closed when it gets under way, with the first and last slow position', () => {
    const [stay, ...more] = hovers([arriving(OUTSIDE).lie(30).sail(6, 12, SOUTH)]);
    expect(more).toEqual([]);
    expect(stay).toMatchObject({
      mmsi: MMSI,
      state: 'closed',
      changes: ['opened', 'closed'],
      openedAt: '2016-10-04T04:30:00.000Z',
      closedAt: '2016-10-05T10:20:00.000Z',
      port: 'Eastwick',
      verdict: null,
    });
    expect(stay.evidence).toMatchObject({ reasons: ['outside-anchorages'], lengthH: 29.83, shifts: 0 });
    expect(stay.firstKnownAt).toBe('2016-10-05T05:00:00.000Z');
  });

  test('is open while the recording goes on', () => {
    expect(hovers([arriving(OUTSIDE).lie(30)])).toMatchObject([{ state: 'open', closedAt: null }]);
  });

  // The last slow position comes 10 min before the ship gets under way.
  test.each([
    ['just below', 24, 0],
    ['just above', 24.5, 1],
  ])('for %s 24 hours, whatever the phase of the clock', (_, hours, count) => {
    for (const minute of [0, 7, 23, 38, 52]) {
      const at = new Date(Date.parse(START) + minute * 60_000).toISOString();
      expect(hovers([arriving(OUTSIDE, { at }).lie(hours).sail(6, 12, SOUTH)])).toHaveLength(count);
    }
  });

  test.each([
    ['just below', 1.9, 1],
    ['just above', 2.1, 0],
  ])('at %s 2 kn', (_, sogKn, count) => {
    const to = { sail: (ship: TrackBuilder) => ship };
    const ship = to.sail(arriving(OUTSIDE));
    // To and fro, two hours each, so that it stays where it is.
    for (let leg = 0; leg < 15; leg++) ship.sail(2, sogKn, leg % 2 === 0 ? 90 : 270);
    expect(hovers([ship.sail(6, 12, SOUTH)])).toHaveLength(count);
  });

  test.each([
    ['9 km from the nearest point it is a wait, told when it leaves', 9, 'left-without-visit'],
    ['11 km from the nearest point it lies outside', 11, 'outside-anchorages'],
  ])('%s', (_, km, reason) => {
    const place = { lon: 120 - km / (111.195 * Math.cos((37.9 * Math.PI) / 180)), lat: 37.9 };
    expect(reasonsOf(hovers([arriving(place).lie(30).sail(8, 12, SOUTH)]))).toEqual([reason]);
  });

  test.each([
    ['48 km off', 48, 1],
    ['52 km off', 52, 0],
  ])('within 50 km of the port or its points: %s', (_, km, count) => {
    // West of the port nothing lies beyond its own point.
    const place = { lon: 120 - km / (111.195 * Math.cos((37.7 * Math.PI) / 180)), lat: 37.9 };
    expect(hovers([arriving(place).lie(30).sail(8, 12, SOUTH)])).toHaveLength(count);
  });

  test('that berths afterwards did wait: the event is closed, not taken back', () => {
    const ship = arriving(OUTSIDE).lie(30).sail(1.2, 10, 33).jump(120, 37.994).lie(20);
    const [stay] = hovers([ship]);
    expect(stay).toMatchObject({ state: 'closed' });
    expect(['under way', 'berth', 'moved']).toContain(stay.evidence['endedBy']);
  });

  test('only for its last hours of a longer wait is not told', () => {
    expect(hovers([arriving(ROADS).lie(20).jump(OUTSIDE.lon, OUTSIDE.lat).lie(10)])).toEqual([]);
  });
});

describe('one stay', () => {
  test('goes on through a shift of the anchorage of an hour at 4 kn, and is cut by three hours at 8 kn', () => {
    const shifted = arriving(OUTSIDE).lie(14).sail(1, 4, 90).lie(14).sail(6, 12, SOUTH);
    expect(hovers([shifted])).toMatchObject([{ evidence: { shifts: 1, lengthH: 28.83 } }]);
    const cut = arriving(OUTSIDE).lie(14).sail(3, 8, 90).lie(14).sail(6, 12, SOUTH);
    expect(hovers([cut])).toEqual([]);
  });

  test('goes on through a meeting with another ship alongside', () => {
    const other = track({ mmsi: 413_000_900, at: '2016-10-04T20:00:00Z', ...OUTSIDE })
      .lie(5, 0.2)
      .sail(8, 10, SOUTH);
    expect(hovers([arriving(OUTSIDE).lie(40).sail(6, 12, SOUTH), other])).toMatchObject([
      { mmsi: MMSI, evidence: { lengthH: 39.83 } },
    ]);
  });

  test('goes on through hours without a position, and through reports every three hours', () => {
    const holes = arriving(OUTSIDE).lie(10).silent(5).lie(15).sail(6, 12, SOUTH);
    expect(hovers([holes])).toMatchObject([{ evidence: { longestSilenceH: 5.17 } }]);
    const seldom = arriving(OUTSIDE, { everyMin: 180 }).lie(36).sail(12, 12, SOUTH);
    expect(hovers([seldom])).toMatchObject([{ state: 'closed' }]);
  });

  test('is not made of single slow reports of a ship that went far between them', () => {
    const ship = arriving(OUTSIDE, { everyMin: 180 });
    for (let i = 0; i < 12; i++) ship.lie(3).jump(OUTSIDE.lon + (i % 2) * 0.4, OUTSIDE.lat);
    expect(hovers([ship])).toEqual([]);
  });

  test('ends with a silence of more than six hours', () => {
    const ship = arriving(OUTSIDE).lie(20).silent(7).lie(20).sail(6, 12, SOUTH);
    expect(hovers([ship, clock()])).toEqual([]);
    const longer = arriving(OUTSIDE).lie(26).silent(7).lie(3);
    expect(hovers([longer, clock()])).toMatchObject([{ state: 'closed', evidence: { endedBy: 'silence' } }]);
  });

  test('goes on through an outage of the feed', () => {
    const all = [arriving(OUTSIDE).lie(60).sail(6, 12, SOUTH), ...[1, 2, 3].map((i) => clock(i))];
    const from = Date.parse(START) + 20 * 3_600_000;
    const rows = all
      .flatMap((ship) => ship.rows)
      .filter((row) => row.at < from || row.at > from + 9 * 3_600_000);
    expect(hovers([], { rows })).toMatchObject([{ state: 'closed', evidence: { lengthH: 59.83 } }]);
  });

  test('begins within two hours where a ship sends no speed and is heard once an hour', () => {
    const seldom = arriving(OUTSIDE, { everyMin: 55 }).lie(30, null).sail(6, null, null);
    const [stay] = hovers([seldom]);
    const late = Date.parse(stay.openedAt) - Date.parse(START) - 4.5 * 3_600_000;
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(2 * 3_600_000);
  });

  test('of a ship that reports no speed is told from what it made good, to the hour', () => {
    const [stay] = hovers([arriving(OUTSIDE).lie(30, null).sail(6, null, null)]);
    expect(Math.abs(Date.parse(stay.openedAt) - Date.parse('2016-10-04T04:30:00Z'))).toBeLessThanOrEqual(
      3_600_000,
    );
    const underWay = track({ mmsi: MMSI, at: START, lon: 120, lat: 32, everyMin: 70 }).sail(72, null, null);
    expect(hovers([underWay])).toEqual([]);
  });

  test('across the antimeridian has its mean place there', () => {
    const ship = arriving({ lon: 179.99, lat: 37.7 });
    for (let leg = 0; leg < 15; leg++) ship.sail(2, 1, leg % 2 === 0 ? 90 : 270);
    const [stay] = hovers([ship.sail(6, 12, SOUTH)]);
    expect(stay.port).toBe('Linewick');
    expect(Math.abs(stay.last.lon)).toBeGreaterThan(179.9);
  });

  test('is not swayed by reports that come more often while a ship moves', () => {
    // Each hour five minutes at 6 kn with thirty reports, and fifty-five at anchor with five.
    const rows = arriving(OUTSIDE).rows.slice();
    const from = Date.parse(START) + 5 * 3_600_000;
    for (let hour = 0; hour < 30; hour++) {
      const base = from + hour * 3_600_000;
      for (let i = 0; i < 30; i++)
        rows.push({ at: base + i * 10_000, mmsi: MMSI, ...OUTSIDE, sogKn: 6, cogDeg: 90 });
      for (let i = 1; i < 6; i++)
        rows.push({ at: base + i * 600_000, mmsi: MMSI, ...OUTSIDE, sogKn: 0.1, cogDeg: 0 });
    }
    expect(hovers([], { rows })).toHaveLength(1);
  });
});

describe('a ship with a link to the DPRK', () => {
  test('is told on the ordinary roads too', () => {
    expect(hovers([arriving(ROADS, { mmsi: DPRK_MMSI }).lie(30).sail(8, 12, SOUTH)])).toMatchObject([
      { evidence: { reasons: ['nexus'] }, last: { severity: 'high' } },
    ]);
  });
});

describe('a ship that leaves', () => {
  test('without having called is told when it leaves, after the wait', () => {
    const [stay] = hovers([arriving(ROADS).lie(40).sail(8, 12, SOUTH)]);
    expect(stay).toMatchObject({
      changes: ['opened', 'closed'],
      evidence: { reasons: ['left-without-visit'] },
    });
    expect(stay.openedAt).toBe('2016-10-04T04:30:00.000Z');
    expect(Date.parse(stay.firstKnownAt)).toBeGreaterThan(Date.parse('2016-10-05T20:30:00Z'));
  });

  test('and may have called unseen is not told', () => {
    expect(hovers([arriving(ROADS).lie(15).silent(5).lie(25).sail(8, 12, SOUTH)])).toEqual([]);
  });

  test('after its call, with a wait for orders behind it, is not told', () => {
    const ship = arriving(ROADS)
      .lie(10)
      .sail(1, 5.6, NORTH)
      .jump(120, 37.994)
      .lie(20)
      .sail(1, 6, SOUTH)
      .lie(30);
    expect(hovers([ship.sail(8, 12, SOUTH)])).toEqual([]);
  });

  test('but was first heard lying there is not told: it may have called before', () => {
    expect(
      hovers([
        track({ mmsi: MMSI, at: START, ...ROADS })
          .lie(40)
          .sail(8, 12, SOUTH),
      ]),
    ).toEqual([]);
  });
});

describe('a wait longer than the queue limit', () => {
  test.each([
    ['13.9 days', 13.9, 0],
    ['14.1 days', 14.1, 1],
  ])('%s', (_, days, count) => {
    const ship = arriving(ROADS, { everyMin: 30 }).lie(days * 24);
    expect(hovers([ship])).toHaveLength(count);
  });
});

describe('must stay silent for', () => {
  test('the ordinary queue: ships that wait for days on the roads and then berth', () => {
    const ships = [1, 2, 3, 4, 5, 6].map((day) =>
      arriving({ lon: 120 + day * 0.008, lat: 37.9 - day * 0.002 }, { mmsi: 413_000_100 + day, everyMin: 20 })
        .status(1)
        .lie(day * 24)
        .status(0)
        .sail(1, 5.6, NORTH)
        .jump(120.005, 37.994)
        .status(5)
        .lie(20)
        .status(0)
        .sail(10, 10, SOUTH),
    );
    expect(hovers(ships)).toEqual([]);
  });

  test.each([
    ['with the status of a moored ship', 5],
    ['with no status', null],
    ['with the status of a ship under way', 0],
  ])('a berthed ship, even one of the DPRK, %s', (_, navStatus) => {
    const ship = track({ mmsi: DPRK_MMSI, at: START, lon: 120.005, lat: 37.994, navStatus });
    expect(hovers([ship.lie(200)])).toEqual([]);
  });

  test.each([
    ['a fishing boat', 30],
    ['a tug', 52],
    ['a vessel towing', 31],
    ['a dredger', 33],
    ['a pilot vessel', 50],
    ['a patrol vessel', 55],
    ['a sailing boat', 36],
  ])('%s', (_, shipType) => {
    expect(hovers([arriving(OUTSIDE, { report: { shipType } }).lie(60).sail(6, 12, SOUTH)])).toEqual([]);
  });

  test.each([
    ['engaged in fishing', 7, 70, 0],
    ['restricted, of no known type', 3, null, 0],
    ['towing, of no known type', 11, null, 0],
    ['restricted, a cargo ship', 3, 70, 1],
  ])('whoever says to be at work: %s', (_, navStatus, shipType, count) => {
    const ship = arriving(OUTSIDE, { report: { shipType } }).status(navStatus).lie(60).status(0);
    expect(hovers([ship.sail(6, 12, SOUTH)])).toHaveLength(count);
  });

  test('a craft at work whose type is learnt later: what was told is taken back', () => {
    const ship = arriving(OUTSIDE).lie(30).report({ shipType: 33 }).lie(10);
    expect(hovers([ship])).toMatchObject([{ state: 'retracted', changes: ['opened', 'retracted'] }]);
  });

  test.each([
    ['class B of no known type', AIS_CLASS.B, null, 0],
    ['class B that says it is a cargo ship', AIS_CLASS.B, 70, 1],
    ['class A of no known type', AIS_CLASS.A, null, 1],
  ])('%s', (_, aisClass, shipType, count) => {
    const ship = arriving(OUTSIDE, { aisClass, report: { shipType } }).lie(30).sail(6, 12, SOUTH);
    expect(hovers([ship])).toHaveLength(count);
  });

  test('a ship that passes slowly, and one off a port that nobody watches', () => {
    expect(hovers([track({ mmsi: MMSI, at: START, lon: 118.5, lat: 37.8 }).sail(60, 5, 90)])).toEqual([]);
    expect(hovers([arriving({ lon: 127, lat: 37.8 }).lie(60).sail(6, 12, SOUTH)])).toEqual([]);
  });
});

function reasonsOf(told: ReturnType<typeof hovers>) {
  return told.flatMap((stay) => stay.evidence['reasons']);
}

/** A ship far away that keeps the feed's clock going. */
function clock(number = 0): TrackBuilder {
  return track({ mmsi: 413_900_001 + number, at: START, lon: 130 + number, lat: 33 }).lie(120);
}
