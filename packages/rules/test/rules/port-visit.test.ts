import { describe, expect, test } from 'vitest';
import {
  tellRule,
  tellRules,
  track,
  type RuleTest,
  type TrackBuilder,
  type TrackStart,
} from '@offing/testkit';
import { AIS_CLASS } from '@offing/track';
import { portVisit } from '@offing/rules';

const MMSI = 413_000_777;
const START = '2016-10-04T00:00:00Z';
const NORTH = 0;
const SOUTH = 180;
/** A berth of Eastwick. */
const BERTH = { lon: 120, lat: 37.995 };
const ROADS = { lon: 120, lat: 37.9 };
const KM_DEG = 1 / 111.195;

function visits(tracks: readonly TrackBuilder[], more: Partial<RuleTest> = {}) {
  return tellRule('port-visit', { tracks, ...more });
}

function at(hours: number): string {
  return new Date(Date.parse(START) + hours * 3_600_000).toISOString();
}

/** A ship that comes from 40 km off at 10 kn and is at a place after 2.16 hours. */
function coming(place: { readonly lon: number; readonly lat: number }, more: Partial<TrackStart> = {}) {
  const ship = track({ mmsi: MMSI, at: START, lon: place.lon, lat: place.lat - 40 * KM_DEG, ...more });
  return ship.sail(2.16, 10, NORTH).jump(place.lon, place.lat);
}

describe('a ship that comes in, berths and leaves', () => {
  test('is told when its stop is seen and closed when it is out, with grade 4', () => {
    const [visit, ...more] = visits([coming(BERTH).status(5).lie(20, 0).status(0).sail(3, 10, SOUTH)]);
    expect(more).toEqual([]);
    expect(visit).toMatchObject({
      mmsi: MMSI,
      port: 'Eastwick',
      changes: ['opened', 'closed'],
      state: 'closed',
      verdict: null,
      last: { confidence: 0.9, severity: 'info' },
      evidence: { grade: 4, entrySeen: true, exitSeen: true, inferred: false, waitingH: null },
    });
    // 3 km off after 37 km at 10 kn; 20 min of stop; out 13 min after it sails.
    expect(visit.openedAt).toBe(at(2));
    expect(Date.parse(visit.firstKnownAt)).toBeLessThan(Date.parse(at(2.9)));
    expect(visit.closedAt).toBe(new Date(Date.parse(at(22.16)) + 20 * 60_000).toISOString());
    expect(visit.sentence).toContain('called at Eastwick from 2016-10-04 02:00');
  });

  test('is open while the recording goes on', () => {
    expect(visits([coming(BERTH).lie(20, 0)])).toMatchObject([
      { state: 'open', closedAt: null, evidence: { grade: 3 } },
    ]);
  });

  test.each([
    ['class B', { aisClass: AIS_CLASS.B, navStatus: null }],
    ['a report every 30 min', { everyMin: 30 }],
    ['a report every 3 h', { everyMin: 180 }],
    ['a report every 5 s', { everyMin: 1 / 12 }],
  ])('%s', (_, more) => {
    const ship = coming(BERTH, more).lie(30, 0).sail(6, 10, SOUTH);
    expect(visits([ship])).toMatchObject([{ state: 'closed', port: 'Eastwick' }]);
  });

  test('without ever reporting a speed', () => {
    const start = { mmsi: MMSI, at: START, lon: 120, lat: BERTH.lat - 40 * KM_DEG };
    const ship = track(start)
      .sail(2.16, null, null)
      .jump(BERTH.lon, BERTH.lat)
      .lie(20, null)
      .jump(120, 37.7)
      .lie(1, null);
    expect(visits([ship])).toMatchObject([
      { state: 'closed', port: 'Eastwick', evidence: { stopSogKn: null } },
    ]);
  });

  test('across the antimeridian', () => {
    const ship = coming({ lon: 179.999, lat: 37.995 })
      .lie(10, 0)
      .jump(-179.999, 37.995)
      .lie(10, 0)
      .sail(3, 10, SOUTH);
    expect(visits([ship])).toMatchObject([{ port: 'Linewick', changes: ['opened', 'closed'] }]);
  });
});

describe('thresholds', () => {
  // The berth point nearest to a ship west of Eastwick is its western one.
  const west = (km: number) => ({
    lon: 120 - (km * KM_DEG) / Math.cos((37.995 * Math.PI) / 180),
    lat: 37.995,
  });

  test.each([
    ['2.9 km from a berth point', 2.9, 1],
    ['3.1 km from it', 3.1, 0],
  ])('a stop %s', (_, km, count) => {
    expect(visits([coming(west(km)).lie(10, 0).sail(3, 10, SOUTH)])).toHaveLength(count);
  });

  test.each([
    ['0.1 kn', 0.1, 1],
    ['0.3 kn', 0.3, 0],
  ])('at %s', (_, sogKn, count) => {
    expect(visits([coming(BERTH).lie(10, sogKn).sail(3, 10, SOUTH)])).toHaveLength(count);
  });

  test.each([
    ['10 minutes', 1 / 6, 0],
    ['half an hour', 0.5, 1],
  ])('for %s', (_, hours, count) => {
    expect(visits([coming(BERTH, { everyMin: 2 }).lie(hours, 0).sail(3, 10, SOUTH)])).toHaveLength(count);
  });

  test.each([
    ['3.8 km is still inside', 3.8, 1],
    ['4.3 km is out: coming back is another visit', 4.3, 2],
  ])('leaving: %s', (_, km, count) => {
    const out = west(km);
    const ship = coming(BERTH)
      .lie(10, 0)
      .sail(0.1, 6, SOUTH)
      .jump(out.lon, out.lat)
      .sail(0.3, 1, NORTH)
      .jump(120, 37.995);
    expect(visits([ship.lie(10, 0)])).toHaveLength(count);
  });

  test.each([
    ['0.4 km from a berth', 0.4, 1],
    ['0.6 km from it', 0.6, 0],
  ])('a ship that says to be at anchor %s', (_, km, count) => {
    expect(visits([coming(west(km)).status(1).lie(10, 0).status(0).sail(3, 10, SOUTH)])).toHaveLength(count);
  });
});

describe('one visit', () => {
  test('with a shift of berth inside the port', () => {
    const ship = coming(BERTH).lie(10, 0).sail(0.3, 2, 90).jump(120.01, 37.995).lie(10, 0).sail(3, 10, SOUTH);
    expect(visits([ship])).toMatchObject([{ changes: ['opened', 'closed'], evidence: { grade: 4 } }]);
  });

  test('that carries its waiting on the roads', () => {
    const ship = coming(ROADS).status(1).lie(30).status(0).sail(1, 5.6, NORTH).jump(120, 37.995);
    const [visit, ...more] = visits([ship.status(5).lie(20, 0).status(0).sail(3, 10, SOUTH)]);
    expect(more).toEqual([]);
    expect(visit.evidence).toMatchObject({ waitingSeenComing: true });
    expect(Number(visit.evidence['waitingH'])).toBeGreaterThan(28);
    expect(Number(visit.evidence['waitingH'])).toBeLessThan(31);
    expect(visit.sentence).toMatch(/after 29 h .* on the roads/);
  });

  test('anchored near the berth first, then at it', () => {
    const near = { lon: 120, lat: 37.995 - 2 * KM_DEG };
    const ship = coming(near)
      .status(1)
      .lie(20)
      .status(0)
      .sail(0.3, 3, NORTH)
      .jump(120, 37.995)
      .status(5)
      .lie(20, 0);
    const [visit, ...more] = visits([ship.status(0).sail(3, 10, SOUTH)]);
    expect(more).toEqual([]);
    expect(visit.evidence['stops']).toHaveLength(1);
    expect(Number(visit.evidence['waitingH'])).toBeGreaterThan(17);
  });

  test('with long silences at the berth', () => {
    const ship = coming(BERTH).lie(5, 0).silent(40).lie(5, 0).silent(30).lie(5, 0).sail(3, 10, SOUTH);
    expect(visits([ship])).toMatchObject([{ changes: ['opened', 'closed'], evidence: { grade: 4 } }]);
  });
});

describe('what was not seen lowers the grade', () => {
  test('a ship that was first heard at its berth', () => {
    const ship = track({ mmsi: MMSI, at: START, ...BERTH })
      .lie(20, 0)
      .sail(3, 10, SOUTH);
    expect(visits([ship])).toMatchObject([
      {
        openedAt: at(0),
        evidence: { grade: 3, entrySeen: false, exitSeen: true },
        last: { confidence: 0.75 },
      },
    ]);
  });

  test('a ship that was never heard but at its berth', () => {
    const ship = track({ mmsi: MMSI, at: START, ...BERTH }).lie(20, 0);
    expect(visits([ship])).toMatchObject([
      { state: 'open', evidence: { grade: 2 }, last: { confidence: 0.55 } },
    ]);
  });

  test('a ship that is heard far away after a long silence left no later than its last position inside', () => {
    const ship = coming(BERTH).lie(20, 0).silent(10, 10, SOUTH).sail(1, 10, SOUTH);
    const [visit] = visits([ship]);
    expect(visit).toMatchObject({ state: 'closed', evidence: { grade: 3, exitSeen: false } });
    expect(visit.closedAt).toBe(new Date(Date.parse(at(22.16)) - 10 * 60_000).toISOString());
    expect(visit.sentence).toContain('it was not seen leaving');
  });
});

describe('a silence inside', () => {
  test.each([
    ['of 5 hours counts as a possible stop, at lower confidence', 5, 1],
    ['of 3 hours does not', 3, 0],
  ])('%s', (_, hours, count) => {
    const ship = coming({ lon: 120, lat: 37.98 }).sail(0.01, 6, NORTH).silent(hours).sail(3, 6, SOUTH);
    const told = visits([ship]);
    expect(told).toHaveLength(count);
    if (count > 0) expect(told).toMatchObject([{ last: { confidence: 0.6 }, changes: ['opened', 'closed'] }]);
  });

  test('that began inside and ended elsewhere is no visit: such a call is only inferred', () => {
    const ship = coming({ lon: 120, lat: 37.98 }).sail(0.01, 6, NORTH).silent(27, 1, SOUTH).sail(3, 6, SOUTH);
    expect(visits([ship])).toEqual([]);
  });

  test('of the receivers, not of the ship, hides no stop', () => {
    const others = [1, 2, 3, 4].map((number) => {
      const other = { mmsi: 413_000_800 + number, at: START, lon: 120 + number / 20, lat: 37.8 };
      return track(other).lie(3).silent(5).lie(3);
    });
    const ship = () => coming({ lon: 120, lat: 37.98 }).sail(0.84, 0.6, NORTH).silent(5).sail(3, 6, SOUTH);
    expect(visits([ship(), ...others])).toEqual([]);
    expect(
      visits([ship(), others[0].lie(5), track({ mmsi: 413_000_900, at: START, lon: 122, lat: 37 }).lie(12)]),
    ).toHaveLength(1);
  });

  test('while at anchor off the berths is none', () => {
    const ship = coming({ lon: 120, lat: 37.98 })
      .status(1)
      .lie(2)
      .silent(9)
      .lie(2)
      .status(0)
      .sail(3, 6, SOUTH);
    expect(visits([ship])).toEqual([]);
  });
});

describe('DPRK ports, which have no public anchorage points', () => {
  const BAREHAVEN = { lon: 125, lat: 37.99 };

  test('count by their own point, with two positions', () => {
    const ship = coming(BAREHAVEN, { everyMin: 90 }).lie(3, 0).silent(30).jump(125, 37.5).sail(3, 10, SOUTH);
    expect(visits([ship])).toMatchObject([{ port: 'Barehaven', state: 'closed' }]);
  });

  test('a silence that began inside counts although the ship was heard again outside', () => {
    const ship = coming(BAREHAVEN).sail(0.2, 6, NORTH).silent(40).jump(125, 37.5).sail(3, 10, SOUTH);
    expect(visits([ship])).toMatchObject([{ port: 'Barehaven', last: { confidence: 0.45 } }]);
  });

  test('but not one that was just long enough to sail on', () => {
    const ship = coming(BAREHAVEN).sail(0.2, 6, NORTH).silent(5, 10, SOUTH).sail(3, 10, SOUTH);
    expect(visits([ship])).toEqual([]);
  });
});

describe('must stay silent for', () => {
  test.each([
    ['passing through the port at 10 kn', 10],
    ['passing through it at 3 kn', 3],
  ])('%s', (_, sogKn) => {
    const start = { mmsi: MMSI, at: START, lon: 119.5, lat: 37.99 };
    expect(visits([track(start).sail(90 / 1.852 / sogKn, sogKn, 90)])).toEqual([]);
  });

  test('one bad speed in passing', () => {
    const ship = track({ mmsi: MMSI, at: START, lon: 119.97, lat: 37.99, everyMin: 2 });
    expect(
      visits([
        ship
          .sail(0.3, 4, 90)
          .sail(1 / 60, 0, 90)
          .sail(2, 4, 90),
      ]),
    ).toEqual([]);
  });

  test('a wait on the roads without a call', () => {
    expect(visits([coming(ROADS).status(1).lie(50).status(0).sail(5, 10, SOUTH)])).toEqual([]);
  });

  test('a ship that anchors near the berths and says so a little later', () => {
    const near = { lon: 120, lat: 37.995 - 2 * KM_DEG };
    const ship = coming(near, { everyMin: 2 }).lie(0.2, 0).status(1).lie(20, 0).status(0).sail(3, 10, SOUTH);
    expect(visits([ship])).toEqual([]);
  });
});

describe('two ports', () => {
  test('one after the other are two visits', () => {
    const ship = coming(BERTH)
      .lie(10, 0)
      .sail(1, 10, SOUTH)
      .silent(12, 0)
      .jump(122.75, 37.9)
      .sail(0.55, 10, NORTH);
    const told = visits([ship.jump(122.75, 37.995).lie(10, 0).sail(3, 10, SOUTH)]);
    expect(told.map(({ port }) => port)).toEqual(['Eastwick', 'Farwick']);
  });

  test('two hulls on one MMSI have visits of their own', () => {
    const other = track({ mmsi: MMSI, at: at(0.05), lon: 122.75, lat: 37.995 }).lie(30, 0);
    const told = visits([coming(BERTH).lie(20, 0).sail(3, 10, SOUTH), other]);
    expect(told.map(({ port }) => port).sort()).toEqual(['Eastwick', 'Farwick']);
  });
});

describe('properties', () => {
  const tracks = [
    coming(ROADS)
      .status(1)
      .lie(30)
      .status(0)
      .sail(1, 5.6, NORTH)
      .jump(120, 37.995)
      .lie(20, 0)
      .sail(3, 10, SOUTH),
    coming({ lon: 125, lat: 37.99 }, { mmsi: 445_900_001 })
      .lie(3, 0)
      .silent(30)
      .jump(125, 37.5)
      .sail(3, 10, SOUTH),
    track({ mmsi: 413_000_778, at: START, ...BERTH }).lie(40, null),
  ];

  test('the size of a batch and a restart change nothing', () => {
    const whole = tellRules({ tracks });
    for (const cuts of [[50, 51, 52, 160, 161], Array.from({ length: 60 }, (_, i) => i * 7)])
      expect(tellRules({ tracks, cuts, restart: true })).toEqual(whole);
  });

  test('contradicting parameters are refused', () => {
    expect(() => portVisit({ enterKm: 5, leaveKm: 4 })).toThrow(RangeError);
    expect(() => portVisit({ stopKn: 1, movingKn: 0.5 })).toThrow(RangeError);
  });
});
