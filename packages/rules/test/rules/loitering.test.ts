import { tellRule, track, type RuleTest, type TrackBuilder, type TrackStart } from '@offing/testkit';
import { AIS_CLASS } from '@offing/track';
import { describe, expect, test } from 'vitest';

const START = '2016-10-04T20:00:00Z';
const MMSI = 413_000_801;
/** 89 km (48 nautical miles) off the made-up coast. */
const SEA = { lon: 124, lat: 37.2 };
const NORTH = 0;
const SOUTH = 180;
const METRES_PER_DEGREE = 111_195;

type More = Partial<TrackStart>;

function loiterings(tracks: readonly TrackBuilder[], more: Partial<RuleTest> = {}) {
  return tellRule('loitering', { tracks, ...more });
}

/** A ship that comes from the south at 10 kn within 4 hours. */
function arriving(more: More = {}) {
  const lat = (more.lat ?? SEA.lat) - (4 * 10 * 1852) / METRES_PER_DEGREE;
  const place = { lon: more.lon ?? SEA.lon, lat: more.lat ?? SEA.lat };
  return track({ mmsi: MMSI, at: START, ...SEA, ...more, lat })
    .sail(4, 10, NORTH)
    .jump(place.lon, place.lat);
}

function off(ship: TrackBuilder) {
  return ship.sail(6, 10, SOUTH);
}

describe('a ship that is slow far from shore', () => {
  test('is told after 8 hours, and closed when it gets under way, with the first and last slow position', () => {
    const [stay, ...more] = loiterings([off(arriving().lie(12, 0.8))]);
    expect(more).toEqual([]);
    expect(stay).toMatchObject({
      mmsi: MMSI,
      state: 'closed',
      changes: ['opened', 'closed'],
      openedAt: '2016-10-05T00:00:00.000Z',
      closedAt: '2016-10-05T11:50:00.000Z',
      port: null,
      last: { nexus: false, severity: 'info' },
    });
    expect(stay.evidence).toMatchObject({
      lengthH: 11.83,
      shoreNm: 48,
      shoreLimitNm: 20,
      endedBy: 'under way',
    });
    expect(stay.firstKnownAt).toBe('2016-10-05T09:00:00.000Z');
    expect(stay.sentence).toContain('48 nautical miles from shore');
  });

  test('is revised when its length doubles, and open while it goes on', () => {
    expect(loiterings([arriving().lie(34, 0.8)])).toMatchObject([
      { state: 'open', changes: ['opened', 'revised', 'revised'] },
    ]);
  });

  // The last slow position comes 10 min before the ship gets under way.
  test.each([
    ['just below', 8, 0],
    ['just above', 8.5, 1],
  ])('for %s 8 hours, whatever the phase of the clock', (_, hours, count) => {
    for (const minute of [0, 7, 23, 38, 52]) {
      const at = new Date(Date.parse(START) + minute * 60_000).toISOString();
      expect(loiterings([off(arriving({ at }).lie(hours, 0.8))])).toHaveLength(count);
    }
  });

  test.each([
    ['just below', 1.9, 1],
    ['just above', 2.1, 0],
  ])('at %s 2 kn', (_, sogKn, count) => {
    expect(loiterings([off(arriving().lie(12, sogKn))])).toHaveLength(count);
  });

  test.each([
    ['just farther than', 20.3, 1],
    ['just nearer than', 19.7, 0],
  ])('%s 20 nautical miles from shore', (_, nm, count) => {
    const lat = 38 - (nm * 1852) / METRES_PER_DEGREE;
    expect(loiterings([off(arriving({ lat }).lie(12, 0.8))])).toHaveLength(count);
  });

  test('without a speed, by what it made good', () => {
    expect(loiterings([off(arriving().lie(14, null))])).toMatchObject([{ state: 'closed' }]);
  });

  test('heard once an hour, or once in three', () => {
    for (const everyMin of [60, 180])
      expect(loiterings([off(arriving({ everyMin }).lie(18, 0.8))])).toMatchObject([{ state: 'closed' }]);
  });

  test('across midnight and across 180 degrees is one', () => {
    const facts = (lon: number, at: string) => {
      const ship = arriving({ lon, at }).lie(5, 0.8);
      const [stay, ...more] = loiterings([
        off(ship.jump(lon >= 179 ? -179.999 : lon + 0.002, SEA.lat).lie(6, 0.8)),
      ]);
      expect(more).toEqual([]);
      return [stay.evidence['lengthH'], Date.parse(stay.openedAt) - Date.parse(at)];
    };
    expect(facts(179.999, '2016-12-31T16:00:00Z')).toEqual(facts(150, START));
  });

  test('with a link to the DPRK matters more', () => {
    expect(loiterings([off(arriving({ mmsi: 445_900_001 }).lie(12, 0.8))])).toMatchObject([
      { last: { nexus: true, severity: 'medium' } },
    ]);
  });
});

describe('it ends', () => {
  test('with a fast hour: two slow stretches of five hours are none', () => {
    expect(loiterings([off(arriving().lie(5, 0.8).sail(2, 8, SOUTH).lie(5, 0.8))])).toEqual([]);
  });

  test('with a silence of more than six hours, not with one of four', () => {
    const cut = arriving().lie(9, 0.8).silent(7).lie(9, 0.8);
    expect(loiterings([off(cut)]).map((stay) => stay.changes)).toEqual([
      ['opened', 'closed'],
      ['opened', 'closed'],
    ]);
    expect(loiterings([off(arriving().lie(5, 0.8).silent(4).lie(5, 0.8))])).toHaveLength(1);
  });

  test('nearer to shore', () => {
    const drifting = arriving({ lat: 37.65 }).lie(9, 0.8).sail(12, 1.5, NORTH);
    expect(loiterings([drifting])).toMatchObject([
      { state: 'closed', evidence: { endedBy: 'nearer to shore' } },
    ]);
  });

  test('when it turns out to be a craft at work: taken back', () => {
    const boat = arriving().lie(10, 0.8).report({ shipType: 30 }).lie(4, 0.8);
    expect(loiterings([boat])).toMatchObject([{ state: 'retracted' }]);
  });
});

describe('it stays silent for', () => {
  test.each([
    ['a fishing boat', { report: { shipType: 30 } }],
    ['whoever reports to be fishing', { navStatus: 7 }],
    ['a dredger', { report: { shipType: 33 } }],
    ['a tug', { report: { shipType: 52 } }],
    ['a survey ship restricted in its ability to manoeuvre', { navStatus: 3 }],
    ['a class B craft without a link', { aisClass: AIS_CLASS.B }],
  ] as const)('%s', (_, more) => {
    expect(loiterings([off(arriving(more).lie(20, 0.8))])).toEqual([]);
  });

  test('a cargo ship that reports to be restricted is no craft at work', () => {
    expect(loiterings([off(arriving({ navStatus: 3, report: { shipType: 70 } }).lie(12, 0.8))])).toHaveLength(
      1,
    );
  });

  test('waters where no shore is known', () => {
    expect(loiterings([off(arriving({ lat: 25 }).lie(20, 0.8))])).toEqual([]);
  });

  test('ships under way, however slowly, at 3 kn', () => {
    expect(loiterings([arriving().sail(30, 3, SOUTH)])).toEqual([]);
  });

  test('one noisy fast fix does not make it: an hour counts by its mean', () => {
    expect(
      loiterings([
        off(
          arriving()
            .lie(5, 0.8)
            .lie(1 / 6, 6)
            .lie(5, 0.8),
        ),
      ]),
    ).toHaveLength(1);
  });
});
