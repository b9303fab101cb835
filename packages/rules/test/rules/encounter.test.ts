import { destinationPoint } from '@offing/geo';
import { tellRule, track, traffic, type RuleTest, type TrackBuilder, type TrackStart } from '@offing/testkit';
import { AIS_CLASS } from '@offing/track';
import { describe, expect, test } from 'vitest';

const START = '2016-10-04T18:00:00Z';
const HOUR_MS = 3_600_000;
const WAITS = 413_000_701;
const COMES = 413_000_702;
const DPRK = 445_900_001;
/** 111 km off the made-up coast, 150 km from any anchorage point. */
const SEA = { lon: 124, lat: 37 };
const EAST = 90;
const WEST = 270;

type Spot = { readonly lon: number; readonly lat: number };
type More = Partial<TrackStart>;

function encounters(tracks: readonly TrackBuilder[], more: Partial<RuleTest> = {}) {
  return tellRule('encounter', { tracks: [...tracks, clock()], ...more });
}

/** A ship far away that goes on reporting, so that the stream goes on. */
function clock() {
  return track({ mmsi: 413_900_000, at: START, lon: 119, lat: 33, everyMin: 30 }).sail(200, 5, EAST);
}

/** A ship that comes from the west at 10 kn within 3 hours and lies for so many hours. */
function waiting(hours: number, at: Spot = SEA, more: More = {}, sogKn: number | null = 0.3) {
  const from = destinationPoint(at.lon, at.lat, WEST, 3 * 10 * 1852);
  const ship = track({ mmsi: WAITS, at: START, ...from, ...more }).sail(3, 10, EAST);
  return ship.jump(at.lon, at.lat).lie(hours, sogKn);
}

/** A ship that comes from the east at 10 kn within so many hours and lies so many metres north of a place for so long. */
function coming(
  afterH: number,
  apartM: number,
  hours: number,
  at: Spot = SEA,
  more: More = {},
  sogKn: number | null = 0.3,
) {
  const from = destinationPoint(at.lon, at.lat, EAST, afterH * 10 * 1852);
  const beside = destinationPoint(at.lon, at.lat, 0, apartM);
  const ship = track({ mmsi: COMES, at: START, ...from, ...more }).sail(afterH, 10, WEST);
  return ship.jump(beside.lon, beside.lat).lie(hours, sogKn);
}

function off(ship: TrackBuilder, cog: number) {
  return ship.sail(5, 10, cog);
}

/** Two ships that meet at a place for so many hours. */
function meeting(apartM: number, hours: number, at: Spot = SEA, one: More = {}, other: More = {}) {
  return [off(waiting(16, at, one), WEST), off(coming(6, apartM, hours, at, other), EAST)];
}

/** A place so many km west of a roads point of Quietport, which nobody watches. */
function offQuietport(km: number): Spot {
  return destinationPoint(127, 37.9, WEST, km * 1000);
}

describe('two ships that meet at sea', () => {
  test.each([
    [10, 9],
    [17, 7],
    [20, 9],
    [22, 7],
  ])('are told though both go on almost the same way, heard each %i min, %i min apart', (everyMin, phase) => {
    const start = { everyMin, at: `2016-10-04T18:0${phase}:00Z` };
    const beside = destinationPoint(SEA.lon, SEA.lat, 0, 200);
    const from = destinationPoint(SEA.lon, SEA.lat, 0, 5 * 10 * 1852);
    const other = track({ mmsi: COMES, ...from, ...start })
      .sail(5, 10, 180)
      .jump(beside.lon, beside.lat);
    const pair = [waiting(8, SEA, { everyMin }).sail(5, 10, EAST), other.lie(6, 0.3).sail(5, 9, EAST - 10)];
    expect(encounters(pair)).toMatchObject([{ state: 'closed' }]);
  });

  test('are told after two hours and closed when they part, with where, how near and how long', () => {
    const [event, ...more] = encounters(meeting(200, 5));
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      state: 'closed',
      changes: ['opened', 'revised', 'closed'],
      openedAt: '2016-10-05T00:00:00.000Z',
      closedAt: '2016-10-05T04:50:00.000Z',
      port: null,
      verdict: null,
      last: { mmsi: [WAITS, COMES], nexus: false, severity: 'low', confidence: 0.89 },
    });
    expect(event.evidence).toMatchObject({
      lengthH: 4.83,
      closestM: 200,
      withinM: 500,
      seenApartBefore: true,
      anchorageKm: null,
      anchoragesKnown: true,
      sides: [
        { mmsi: WAITS, meanSogKn: 0.3, longestInterpolatedMin: 10, nexus: [] },
        { mmsi: COMES, meanSogKn: 0.3, nexus: [] },
      ],
    });
    expect(event.evidence['parts']).toMatchObject([{ instants: 30, meanM: 200, lon: 124 }]);
    expect(event.firstKnownAt).toBe('2016-10-05T03:20:00.000Z');
    expect(event.sentence).toContain('apparently lay side by side for 4 h 50 min since 2016-10-05 00:00 UTC');
  });

  test('are open while they lie there', () => {
    const tracks = [waiting(16), coming(6, 200, 13)];
    expect(tellRule('encounter', { tracks })).toMatchObject([{ state: 'open', closedAt: null }]);
  });

  // The last slow position comes 10 min before the ship gets under way.
  test.each([
    ['just below two hours', 2, 0],
    ['two hours', 2 + 1 / 6, 1],
  ])('for %s', (_, hours, count) => {
    expect(encounters(meeting(200, hours))).toHaveLength(count);
  });

  test.each([
    ['just within', 495, 1],
    ['just beyond', 505, 0],
  ])('%s 500 m', (_, apartM, count) => {
    expect(encounters(meeting(apartM, 5))).toHaveLength(count);
  });

  test.each([
    ['just below', 1.9, 1],
    ['at', 2, 0],
    ['without a speed, lying still', null, 1],
  ])('%s 2 kn', (_, sogKn, count) => {
    expect(encounters([off(waiting(16, SEA, {}, sogKn), WEST), off(coming(6, 200, 5), EAST)])).toHaveLength(
      count,
    );
  });

  test('one of them without a speed and under way is not slow', () => {
    const passing = track({ mmsi: COMES, at: START, ...destinationPoint(124, 37, EAST, 60_000) });
    for (let leg = 0; leg < 12; leg++) passing.sail(0.5, null, 0).jump(124, 37);
    expect(encounters([off(waiting(16), WEST), passing])).toEqual([]);
  });

  test.each([
    ['70 minutes apart', 70, 1],
    ['72 minutes apart', 72, 0],
  ])('with reports %s', (_, everyMin, count) => {
    expect(encounters(meeting(200, 6, SEA, {}, { everyMin }))).toHaveLength(count);
  });

  test.each([
    ['9.8 km from an anchorage point are ships in one anchorage', 9.8, 0],
    ['10.2 km from one have met', 10.2, 1],
  ])('%s', (_, km, count) => {
    expect(encounters(meeting(200, 5, offQuietport(km)))).toHaveLength(count);
  });

  test('are not parted by one fix that is wrong, and are by two', () => {
    const wrong = (fixes: number) => {
      const beside = destinationPoint(SEA.lon, SEA.lat, 0, 300);
      const away = destinationPoint(SEA.lon, SEA.lat, 0, 800);
      const other = coming(6, 300, 1.5)
        .jump(away.lon, away.lat)
        .lie(fixes / 6, 0.3);
      return [off(waiting(16), WEST), off(other.jump(beside.lon, beside.lat).lie(1.5, 0.3), EAST)];
    };
    expect(encounters(wrong(1))).toMatchObject([{ evidence: { lengthH: 3, parts: [{ instants: 18 }] } }]);
    expect(encounters(wrong(2))).toEqual([]);
  });

  test('are told whatever the phase of the clock, to ten minutes', () => {
    for (const minute of [3, 17, 48]) {
      const at = new Date(Date.parse(START) + minute * 60_000).toISOString();
      const [event, ...more] = encounters(meeting(200, 5, SEA, { at }, { at }));
      expect(more).toEqual([]);
      expect(Math.abs(Date.parse(event.openedAt) - Date.parse(at) - 6 * HOUR_MS)).toBeLessThan(600_000);
    }
  });

  test('are one encounter across midnight and across 180 degrees', () => {
    const facts = (at: Spot, start: string) => {
      const tracks = meeting(200, 5, at, { at: start }, { at: start });
      const [event, ...more] = encounters(tracks);
      expect(more).toEqual([]);
      const [part] = event.evidence['parts'] as readonly {
        readonly meanM: number;
        readonly instants: number;
      }[];
      return [
        Date.parse(event.openedAt) - Date.parse(start),
        event.evidence['lengthH'],
        part.meanM,
        part.instants,
      ];
    };
    const plain = facts({ lon: 170, lat: 36 }, START);
    for (const lon of [180, -180, 179.9999, -179.9999]) expect(facts({ lon, lat: 36 }, START)).toEqual(plain);
    expect(facts({ lon: 170, lat: 36 }, '2016-12-31T15:00:00Z')).toEqual(plain);
  });

  test('across 180 degrees have their middle there', () => {
    const [event] = encounters(meeting(200, 5, { lon: 179.9999, lat: 36 }));
    expect(Math.abs(Math.abs(event.last.lon) - 180)).toBeLessThan(0.001);
  });
});

describe('meetings of one pair', () => {
  function twice(apartH: number) {
    const other = coming(6, 200, 3)
      .sail(apartH / 2, 6, EAST)
      .sail(apartH / 2, 6, WEST);
    const beside = destinationPoint(SEA.lon, SEA.lat, 0, 100);
    return [off(waiting(70), WEST), off(other.jump(beside.lon, beside.lat).lie(4, 0.3), EAST)];
  }

  test('less than 24 hours apart are one encounter with its parts, open again meanwhile', () => {
    const [event, ...more] = encounters(twice(20));
    expect(more).toEqual([]);
    expect(event.changes).toEqual(['opened', 'closed', 'revised', 'closed']);
    expect(event.versions.map((version) => version.state)).toEqual(['open', 'closed', 'open', 'closed']);
    expect(event.evidence['parts']).toMatchObject([{ closestM: 200 }, { closestM: 100 }]);
    expect(event.openedAt).toBe('2016-10-05T00:00:00.000Z');
    expect(event.closedAt).toBe('2016-10-06T02:50:00.000Z');
    expect(event.sentence).toContain('in 2 meetings less than a day apart');
  });

  test('more than 24 hours apart are two', () => {
    expect(encounters(twice(30))).toMatchObject([
      { changes: ['opened', 'closed'] },
      { changes: ['opened', 'closed'] },
    ]);
  });
});

describe('three ships', () => {
  const THIRD = 413_000_703;

  test('one after the other give the pairs that met', () => {
    const third = coming(12, 150, 3, SEA, { mmsi: THIRD });
    const events = encounters([off(waiting(20), WEST), off(coming(6, 200, 3), EAST), off(third, EAST)]);
    expect(events.map((event) => event.last.mmsi)).toEqual([
      [WAITS, COMES],
      [WAITS, THIRD],
    ]);
  });

  test('in a row give the pairs that are near enough', () => {
    const third = coming(7, -400, 5, SEA, { mmsi: THIRD });
    const events = encounters([off(waiting(20), WEST), off(coming(6, 400, 5), EAST), off(third, EAST)]);
    expect(events.map((event) => event.last.mmsi)).toEqual([
      [WAITS, COMES],
      [WAITS, THIRD],
    ]);
  });
});

describe('a side with a link to the DPRK', () => {
  const NEAR = offQuietport(4);

  test('is told at once more severely', () => {
    expect(encounters(meeting(200, 5, SEA, { mmsi: DPRK }))).toMatchObject([
      { last: { nexus: true, severity: 'high', mmsi: [COMES, DPRK] } },
    ]);
  });

  test('is told near an anchorage too, with less confidence', () => {
    const [event, ...more] = encounters(meeting(300, 5, NEAR, { mmsi: DPRK }));
    expect(more).toEqual([]);
    expect(event.last).toMatchObject({ nexus: true, severity: 'medium', confidence: 0.46 });
    expect(event.evidence).toMatchObject({ anchorageKm: 4, anchorageLimitKm: 10 });
    expect(event.sentence).toContain('they may just have been waiting there');
  });

  test('links the other side, second hand, and goes no further', () => {
    const beside = destinationPoint(SEA.lon, SEA.lat, 0, 200);
    const middle = coming(6, 200, 3)
      .sail(13, 6, EAST)
      .sail(13, 6, WEST)
      .jump(beside.lon, beside.lat)
      .lie(40, 0.3);
    const first = off(waiting(12, SEA, { mmsi: DPRK }), WEST);
    const later = off(coming(40, 100, 5, SEA, { mmsi: 413_000_704 }), EAST);
    const last = off(coming(52, 100, 5, SEA, { mmsi: 413_000_705 }), EAST);
    const events = encounters([first, off(middle, EAST), later, last]);
    const sides = events.map(
      (event) =>
        event.evidence['sides'] as readonly {
          mmsi: number;
          nexus: { kind: string; secondHand?: boolean }[];
        }[],
    );
    const kinds = sides.map((pair) =>
      pair.map(({ mmsi, nexus }) => [mmsi, nexus.map(({ kind }) => kind).join()]),
    );
    expect(kinds).toEqual([
      [
        [COMES, ''],
        [DPRK, 'flag'],
      ],
      [
        [COMES, 'encounter'],
        [413_000_704, ''],
      ],
      [
        [COMES, 'encounter'],
        [413_000_705, ''],
      ],
    ]);
    expect(sides[1][0].nexus).toMatchObject([{ secondHand: true }]);
  });

  test.each([
    ['lie apart from each other at anchor by their own word', { navStatus: 1 }, 350, 0.5, 5],
    ['lie apart from each other, still', {}, 350, 0.1, 5],
    ['lie side by side for more than three days', {}, 100, 0.5, 80],
  ])('is not told near an anchorage where the two %s', (_, more, apartM, sogKn, hours) => {
    const one = waiting(6 + hours, NEAR, { mmsi: DPRK, ...more }, sogKn);
    const other = coming(6, apartM, hours, NEAR, more, sogKn);
    const events = encounters([off(one, WEST), off(other, EAST)]);
    expect(events.filter((event) => event.state !== 'retracted')).toEqual([]);
  });

  test('is not told near an anchorage in a crowd, nor where nobody was seen coming', () => {
    const crowd = traffic(4, { at: START, hours: 30, lon: NEAR.lon, lat: NEAR.lat, apartDeg: 0.008 });
    expect(encounters([...meeting(300, 5, NEAR, { mmsi: DPRK }), ...crowd])).toEqual([]);
    const lay = [DPRK, COMES].map((mmsi, i) =>
      off(
        track({ mmsi, at: START, lon: NEAR.lon, lat: NEAR.lat + i * 0.001 }).lie(9, 0.5),
        i === 0 ? EAST : WEST,
      ),
    );
    expect(encounters(lay)).toEqual([]);
  });

  test('is not told of ships with links that lie in the roads for weeks, as near as they may be', () => {
    const ships = Array.from({ length: 10 }, (_, i) => {
      const spot = destinationPoint(NEAR.lon, NEAR.lat, i * 36, 300);
      return track({
        mmsi: DPRK + i,
        at: START,
        ...destinationPoint(spot.lon, spot.lat, WEST, 20_000 + i * 4000),
        navStatus: 0,
        everyMin: 30,
      })
        .sail(2 + i / 5, 6, EAST)
        .jump(spot.lon, spot.lat)
        .status(1)
        .lie(15 * 24, 0.2);
    });
    expect(tellRule('encounter', { tracks: ships })).toEqual([]);
  });
});

describe('it stays silent for', () => {
  const report = (shipType: number) => ({ report: { shipType } });

  test.each([
    ['pair trawlers', report(30), report(30), 0],
    ['a fishing boat and a trader, which do meet', report(30), report(70), 1],
    ['two boats that report to be fishing', { navStatus: 7 }, { navStatus: 7 }, 0],
    ['a tug and another ship', report(52), report(70), 0],
    ['a ship and a patrol boat', report(70), report(55), 0],
    ['a ship and a pilot', report(70), report(50), 0],
    ['two class B craft', { aisClass: AIS_CLASS.B }, { aisClass: AIS_CLASS.B }, 0],
    [
      'two class B traders, which do meet',
      { aisClass: AIS_CLASS.B, ...report(70) },
      { aisClass: AIS_CLASS.B, ...report(79) },
      1,
    ],
    ['a class B craft and a ship, which do meet', { aisClass: AIS_CLASS.B }, report(80), 1],
    [
      'two transponders of one ship, by IMO number',
      { report: { imoNumber: 9_100_011 } },
      { report: { imoNumber: 9_100_011 } },
      0,
    ],
    [
      'two of one ship, by name and call sign',
      { report: { shipName: 'A', callSign: 'B' } },
      { report: { shipName: 'A', callSign: 'B' } },
      0,
    ],
    [
      'ships of one name alone, which do meet',
      { report: { shipName: 'A' } },
      { report: { shipName: 'A' } },
      1,
    ],
    ['a ship and a lifeboat', {}, { mmsi: 984_131_234 }, 0],
    ['a ship and a helicopter', {}, { mmsi: 111_413_001 }, 0],
    ['a ship and a beacon', {}, { mmsi: 972_123_456 }, 0],
  ] as const)('%s', (_, one, other, count) => {
    expect(encounters(meeting(100, 5, SEA, one, other))).toHaveLength(count);
  });

  test('ships that come side by side: a convoy, a tow, a ship and its boat', () => {
    const pair = [WAITS, COMES].map((mmsi, i) =>
      off(waiting(6, { lon: SEA.lon, lat: SEA.lat + i * 0.003 }, { mmsi }), i === 0 ? EAST : 0),
    );
    expect(encounters(pair)).toEqual([]);
  });

  test('ships that are heard side by side from the first and move on so: told at first, then taken back', () => {
    const pair = [WAITS, COMES].map((mmsi, i) =>
      track({ mmsi, at: START, lon: SEA.lon, lat: SEA.lat + i * 0.003 })
        .lie(6)
        .sail(5, 9, EAST),
    );
    const [event, ...more] = encounters(pair);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      state: 'retracted',
      changes: ['opened', 'revised', 'closed', 'retracted'],
    });
    expect(event.sentence).toContain(
      'Withdrawn because what was seen since looks like ships that move together',
    );
  });

  test('a slow tow at 1.8 kn all the way', () => {
    const pair = [WAITS, COMES].map((mmsi, i) =>
      track({
        mmsi,
        at: START,
        lon: SEA.lon,
        lat: SEA.lat + i * 0.003,
        report: { shipType: i === 0 ? 31 : 99 },
      }).sail(20, 1.8, EAST),
    );
    expect(encounters(pair)).toEqual([]);
  });

  test('a convoy under way and ships that pass', () => {
    const convoy = [WAITS, COMES].map((mmsi, i) =>
      track({ mmsi, at: START, lon: SEA.lon, lat: SEA.lat + i * 0.003 }).sail(12, 9, EAST),
    );
    expect(encounters(convoy)).toEqual([]);
    expect(
      encounters([
        off(waiting(12), WEST),
        track({ mmsi: COMES, at: START, lon: 125, lat: 37 }).sail(12, 8, WEST),
      ]),
    ).toEqual([]);
  });

  test('two hulls on one MMSI', () => {
    expect(encounters([off(waiting(16), WEST), off(coming(6, 200, 8, SEA, { mmsi: WAITS }), EAST)])).toEqual(
      [],
    );
  });

  test('ships at berths, whoever they are', () => {
    const berth = { lon: 127, lat: 37.9945 };
    const from = destinationPoint(berth.lon, berth.lat, 180, 30_000);
    const moored = [DPRK, COMES].map((mmsi, i) =>
      track({ mmsi, at: START, ...from })
        .sail(2 + i, 8, 0)
        .jump(berth.lon + i * 0.001, berth.lat)
        .status(5)
        .lie(30, 0)
        .sail(4, 8, 180),
    );
    expect(encounters(moored)).toEqual([]);
  });

  test('an anchorage that nobody has on record: ships around, at anchor by their own word', () => {
    const crowd = traffic(5, { at: START, hours: 40, lon: SEA.lon, lat: SEA.lat, apartDeg: 0.01 });
    const anchored = { navStatus: 1 };
    expect(encounters([...meeting(300, 5, SEA, anchored, anchored), ...crowd])).toEqual([]);
    expect(encounters([...meeting(300, 5), ...crowd])).toHaveLength(1);
  });

  test('a crowd where anchorages may be missing; two ships alone there are told with little confidence', () => {
    const unknown = { lon: 100, lat: 10 };
    const crowd = traffic(5, { at: START, hours: 40, lon: unknown.lon, lat: unknown.lat, apartDeg: 0.01 });
    expect(encounters([...meeting(300, 5, unknown), ...crowd])).toEqual([]);
    const [event, ...more] = encounters(meeting(300, 5, unknown));
    expect(more).toEqual([]);
    expect(event.last.confidence).toBeLessThan(0.5);
    expect(event.sentence).toContain('anchorages are not known there');
  });
});
