import { ahead, type LonLat } from './ship.ts';
import { after, iso, made, scenario, type Scenario } from './scenario.ts';

const DPRK_WATERS: LonLat = [124.85, 38.62];
const YELLOW_SEA: LonLat = [123.9, 38.3];
const PENGLAI_ROADS: LonLat = [120.704, 37.941];
const PENGLAI_BERTH: LonLat = [120.846, 37.822];
const BAYUQUAN_ROADS: LonLat = [121.939, 40.325];
const LANSHAN_ROADS: LonLat = [119.409, 35.141];
const TIANJIN_ROADS: LonLat = [118.121, 38.935];
const DANDONG_ROADS: LonLat = [124.1, 39.602];

/** Ships that wait off a port, as reported of the bans of 2016 and 2017, and waits that are nothing. */
export const WAITS: readonly Scenario[] = [
  scenario('wait-and-berth-penglai', ({ ship }) => {
    const one = ship(made(445_901_001, 401, 'MADE UP ONE'), {
      at: '2016-03-22T03:00:00Z',
      place: DPRK_WATERS,
    });
    one.sail(9, YELLOW_SEA, [121.5, 38.1], PENGLAI_ROADS);
    const began = iso(one.now);
    one.anchor(118);
    const left = iso(one.now);
    one.sail(6, [120.76, 37.9], PENGLAI_BERTH).moor(26).sail(8, [120.8, 37.93], [121.5, 38.1], YELLOW_SEA);
    return {
      about: 'Ships anchored outside Penglai awaiting permission (press, March 2016); this one is let in.',
      must: [
        {
          type: 'hovering',
          mmsi: 445_901_001,
          near_port: 'PENGLAI',
          start_about: began,
          end_about: left,
          tolerance_h: 3,
        },
        { type: 'port-visit', mmsi: 445_901_001, near_port: 'PENGLAI' },
        { type: 'embargo-breach', mmsi: 445_901_001, near_port: 'PENGLAI' },
      ],
      must_not: [{ type: 'round-trip-without-call' }, { type: 'transponder-gap' }, { type: 'encounter' }],
    };
  }),
  scenario('stranded-off-bayuquan', ({ ship }) => {
    const must = [445_901_002, 445_901_003].map((mmsi, i) => {
      const one = ship(made(mmsi, 402 + i, `MADE UP TWO ${i}`), {
        at: after('2016-03-16T05:00:00Z', 7 * i),
        place: DPRK_WATERS,
      });
      one.sail(8.5, [123.2, 38.3], [120.9, 38.55], [120.9, 39.6], ahead(BAYUQUAN_ROADS, 3 * i, 200));
      const began = iso(one.now);
      one.anchor(70 + 6 * i);
      const left = iso(one.now);
      one.sail(8.5, [120.9, 39.6], [120.9, 38.55], [123.2, 38.3], DPRK_WATERS).sail(6, [125.0, 38.66]);
      return [
        {
          type: 'hovering',
          mmsi,
          near_port: 'BAYUQUAN',
          start_about: began,
          end_about: left,
          tolerance_h: 3,
        },
        { type: 'round-trip-without-call', mmsi },
      ];
    });
    return {
      about:
        'Two ships stranded outside Yingkou, whose deep-water port is Bayuquan (press, 18 March 2016), go home.',
      must: must.flat(),
      must_not: [{ type: 'port-visit', where: 'China' }, { type: 'encounter' }, { type: 'transponder-gap' }],
    };
  }),
  scenario('six-gather-off-lanshan', ({ ship }) => {
    const from = '2016-03-01T00:00:00Z';
    const often = { everyMin: 30, lyingEveryMin: 60 };
    ship(made(445_901_010, 410, 'MADE UP BASE'), {
      at: from,
      place: ahead(LANSHAN_ROADS, 4, 90),
      ...often,
    }).anchor(480);
    for (let i = 0; i < 6; i++) {
      const place = ahead(LANSHAN_ROADS, 2 + i, 60 * i);
      ship(made(445_901_011 + i, 411 + i, `MADE UP GROUP ${i}`), {
        at: after(from, 17 * 24 + 1.5 * i),
        place: ahead(place, 60, 90),
        ...often,
      })
        .sail(8, place)
        .anchor(84);
    }
    return {
      about:
        'DPRK ships gather off Lanshan when Rizhao is closed to them (press, 23 March 2016: five were seen).',
      must: [
        {
          type: 'irregular-grouping',
          near_port: 'LANSHAN',
          start_about: after(from, 17 * 24 + 8),
          tolerance_h: 10,
        },
      ],
      must_not: [{ type: 'encounter' }, { type: 'port-visit' }],
    };
  }),
  scenario('always-there-dandong', ({ ship }) => {
    for (let i = 0; i < 6; i++) {
      ship(made(445_901_020 + i, 420 + i, `MADE UP USUAL ${i}`), {
        at: after('2016-05-01T00:00:00Z', i / 4),
        place: ahead(DANDONG_ROADS, 1.5 + i, 70 * i),
        lyingEveryMin: 75,
      }).anchor(22 * 24);
    }
    return {
      about: 'A port off which that many ships always lie: nothing irregular.',
      must_not: [{ type: 'irregular-grouping' }, { type: 'encounter' }],
    };
  }),
  scenario('past-the-queue-tianjin', ({ ship }) => {
    const mmsi = 373_901_001;
    const one = ship(made(mmsi, 430, 'MADE UP PATIENCE'), {
      at: '2017-06-02T00:00:00Z',
      place: [119.9, 38.6],
      lyingEveryMin: 45,
    });
    one.sail(11, [118.6, 38.75], TIANJIN_ROADS);
    const began = iso(one.now);
    one
      .anchor(17 * 24)
      .sail(7, [118.1, 38.9], [117.95, 38.93], [117.829, 38.96])
      .moor(20);
    return {
      about: 'A ship of another flag waits for longer than any queue that is known, and then berths.',
      must: [
        { type: 'hovering', mmsi, near_port: 'TIANJIN', start_about: began, tolerance_h: 3 },
        { type: 'port-visit', mmsi, near_port: 'TIANJIN' },
      ],
      must_not: [{ type: 'embargo-breach' }, { type: 'loitering' }],
    };
  }),
  scenario('outside-the-roads-weifang', ({ ship }) => {
    const mmsi = 538_901_001;
    const one = ship(made(mmsi, 431, 'MADE UP OUTSIDER'), {
      at: '2018-09-11T20:00:00Z',
      place: [120.3, 38.4],
    });
    one.sail(10, [119.4, 37.6]);
    const began = iso(one.now);
    one.anchor(44);
    const left = iso(one.now);
    one.sail(10, [120.3, 38.4]);
    return {
      about: 'A ship lies for two days far outside the usual anchorages, and goes away again.',
      must: [
        { type: 'hovering', mmsi, near_port: 'WEIFANG', start_about: began, end_about: left, tolerance_h: 2 },
      ],
      must_not: [{ type: 'port-visit' }, { type: 'loitering' }],
    };
  }),
  scenario('seldom-heard-off-dandong', ({ ship }) => {
    const mmsi = 445_901_030;
    const one = ship(
      { ...made(mmsi, 432, 'MADE UP SELDOM'), receiver: 'satellite' },
      { at: '2016-07-30T02:00:00Z', place: DPRK_WATERS, everyMin: 45, lyingEveryMin: 55 },
    ).withoutSpeed();
    one.sail(9, [124.3, 39.0], DANDONG_ROADS);
    const began = iso(one.now);
    one.anchor(61);
    const left = iso(one.now);
    one.sail(9, [124.3, 39.0], DPRK_WATERS);
    return {
      about: 'A DPRK ship waits off Dandong; satellites hear it each hour, without speed and course.',
      must: [
        { type: 'hovering', mmsi, near_port: 'DANDONG', start_about: began, end_about: left, tolerance_h: 3 },
      ],
      must_not: [{ type: 'port-visit', where: 'China' }, { type: 'transponder-gap' }],
    };
  }),
  scenario('queue-lianyungang', ({ ship }) => {
    for (let i = 0; i < 6; i++) {
      ship(made(413_901_200 + i, 440 + i, `MADE UP QUEUE ${i}`), {
        at: after('2019-11-03T00:00:00Z', 9 * i),
        place: [121.2, 34.9],
        everyMin: 12,
        lyingEveryMin: 30,
      })
        .sail(11, ahead([119.855, 34.907], 1 + i / 2, 60 * i))
        .anchor(40 + 9 * i)
        .sail(8, [119.6, 34.79], [119.444, 34.763])
        .moor(20)
        .sail(8, [119.6, 34.79], [120.4, 34.9]);
    }
    return {
      about: 'The ordinary queue of a coal port: six ships wait for two to four days, berth, and leave.',
      must: [{ type: 'port-visit', near_port: 'LIANYUNGANG', count: 6 }],
      must_not: [
        { type: 'hovering' },
        { type: 'encounter' },
        { type: 'loitering' },
        { type: 'irregular-grouping' },
        { type: 'transponder-gap' },
      ],
    };
  }),
  scenario('crowded-roads-shanghai', ({ ship }) => {
    for (let i = 0; i < 9; i++) {
      ship(made(413_901_220 + i, 450 + i, `MADE UP CROWD ${i}`), {
        at: after('2018-05-06T12:00:00Z', i / 3),
        place: ahead([122.664, 31.237], 0.35 * i, 40 * i),
        lyingEveryMin: 25,
      }).anchor(40);
    }
    return {
      about: 'Ships that lie close to each other in one anchorage have not met.',
      must_not: [
        { type: 'encounter' },
        { type: 'hovering' },
        { type: 'loitering' },
        { type: 'irregular-grouping' },
      ],
    };
  }),
  scenario('dredger-at-work-tianjin', ({ ship }) => {
    const one = ship(
      { ...made(413_901_230, 460, 'MADE UP DREDGER'), type: 33 },
      { at: '2017-04-10T00:00:00Z', place: [118.0, 38.8], everyMin: 20 },
    );
    for (let turn = 0; turn < 12; turn++) one.sail(1.4, [118.05, 38.82], [118.0, 38.8]);
    const pilot = ship(
      { ...made(413_901_231, 461, 'MADE UP PILOT'), type: 50 },
      { at: '2017-04-10T00:10:00Z', place: [118.15, 38.9], everyMin: 15 },
    );
    for (let turn = 0; turn < 10; turn++) pilot.drift(5, 0.4, 80).sail(9, [118.05, 38.93], [118.15, 38.9]);
    return {
      about: 'A dredger works to and fro off a port for days, and a pilot boat waits there for ships.',
      must_not: [{ type: 'hovering' }, { type: 'loitering' }, { type: 'encounter' }],
    };
  }),
];
