import type { LonLat } from './ship.ts';
import { after, iso, made, scenario, type Scenario } from './scenario.ts';

const DPRK_WATERS: LonLat = [124.85, 38.62];
const CHONGJIN: LonLat = [129.817, 41.767];
const OFF_CHONGJIN: LonLat = [130.0, 41.72];
const RIZHAO: LonLat = [119.553, 35.378];
const OFF_RIZHAO: LonLat = [119.75, 35.33];

/** Calls at ports, trips without any, and the rules of states on who may call. */
export const CALLS: readonly Scenario[] = [
  scenario('called-at-chongjin-then-pohang', ({ ship }) => {
    const mmsi = 457_901_401;
    const one = ship(made(mmsi, 801, 'MADE UP CALLER'), {
      at: '2016-09-01T00:00:00Z',
      place: [131, 41.2],
      lyingEveryMin: 40,
    });
    one.sail(9, OFF_CHONGJIN, CHONGJIN).moor(30).sail(9, OFF_CHONGJIN);
    for (let leg = 0; leg < 6; leg++) one.sail(9, [132.5, 40], [131.5, 38.6]);
    // West of Ulleung, whose waters are of the Republic of Korea, too.
    one.sail(9, [130.0, 37.9], [130.0, 36.6]);
    const entered = iso(one.now + 2.5 * 3_600_000);
    one.sail(9, [129.65, 36.05]).anchor(6).sail(9, [130.6, 36.2]);
    return {
      about:
        'A Mongolian ship calls at Chongjin and enters the waters of the Republic of Korea within 180 days.',
      must: [
        { type: 'port-visit', mmsi, near_port: 'CHONGJIN' },
        { type: 'recent-dprk-call', mmsi, start_about: entered, tolerance_h: 3 },
      ],
      must_not: [{ type: 'round-trip-without-call' }, { type: 'embargo-breach' }],
    };
  }),
  scenario('called-too-long-ago', ({ ship }) => {
    const mmsi = 457_901_402;
    const one = ship(made(mmsi, 802, 'MADE UP FORMER'), {
      at: '2016-03-20T00:00:00Z',
      place: [131, 41.2],
      everyMin: 230,
      lyingEveryMin: 120,
    });
    one.sail(9, OFF_CHONGJIN, CHONGJIN).moor(30).sail(9, OFF_CHONGJIN);
    while (one.now < Date.parse('2016-09-27T00:00:00Z')) one.sail(9, [134, 40], [131.5, 38.6]);
    one.sail(9, [130.3, 36.4], [129.65, 36.05]).anchor(12).sail(9, [130.6, 36.2]);
    return {
      about: 'The same, 186 days after the call: the window of 180 days is over.',
      must: [{ type: 'port-visit', mmsi, near_port: 'CHONGJIN' }],
      must_not: [{ type: 'recent-dprk-call' }],
    };
  }),
  scenario('barred-at-tianjin', ({ ship }) => {
    const mmsi = 445_901_403;
    const one = ship(made(mmsi, 803, 'MADE UP BARRED'), { at: '2016-05-09T00:00:00Z', place: DPRK_WATERS });
    one.sail(10, [123, 38.4], [119.5, 38.5], [118.2, 38.85], [117.95, 38.93], [117.829, 38.96]);
    const began = iso(one.now);
    one.moor(22).sail(9, [117.95, 38.93], [118.2, 38.85], [119.5, 38.5]);
    return {
      about: 'A DPRK ship berths at Tianjin seven weeks after the ban that the press reported.',
      must: [
        { type: 'port-visit', mmsi, near_port: 'TIANJIN', start_about: began, tolerance_h: 3 },
        { type: 'embargo-breach', mmsi, near_port: 'TIANJIN' },
      ],
      must_not: [{ type: 'hovering' }, { type: 'round-trip-without-call' }],
    };
  }),
  scenario('before-the-ban-rizhao', ({ ship }) => {
    const mmsi = 445_901_404;
    const one = ship(made(mmsi, 804, 'MADE UP EARLY BIRD'), {
      at: '2016-03-17T20:00:00Z',
      place: [121.9, 35.9],
    });
    one.sail(10, OFF_RIZHAO, RIZHAO).moor(30).sail(9, OFF_RIZHAO, [121.9, 35.9]);
    return {
      about: 'A DPRK ship calls at Rizhao in the days before the ban.',
      must: [{ type: 'port-visit', mmsi, near_port: 'RIZHAO' }],
      must_not: [{ type: 'embargo-breach' }, { type: 'hovering' }],
    };
  }),
  scenario('not-barred-rizhao', ({ ship }) => {
    [413_901_405, 636_901_405].forEach((mmsi, i) => {
      ship(made(mmsi, 805 + i, `MADE UP WELCOME ${i}`), {
        at: after('2016-04-02T00:00:00Z', 20 * i),
        place: [121.9, 35.9],
      })
        .sail(11, OFF_RIZHAO, RIZHAO)
        .moor(16)
        .sail(9, OFF_RIZHAO, [121.9, 35.9]);
    });
    return {
      about: 'Ships of other flags call at Rizhao while DPRK ships are barred.',
      must: [{ type: 'port-visit', near_port: 'RIZHAO', count: 2 }],
      must_not: [{ type: 'embargo-breach' }, { type: 'hovering' }],
    };
  }),
  scenario('there-and-back-nakhodka', ({ ship }) => {
    const mmsi = 445_901_407;
    const one = ship(made(mmsi, 807, 'MADE UP RETURNER'), {
      at: '2018-02-01T00:00:00Z',
      place: OFF_CHONGJIN,
    });
    one
      .sail(9, [131.2, 41.9], [132.9, 42.62])
      .anchor(40)
      .sail(9, [131.2, 41.9], OFF_CHONGJIN)
      .sail(6, [129.9, 41.74]);
    return {
      about: 'A ship leaves DPRK waters, lies off Nakhodka for two days, and is back without a call.',
      must: [{ type: 'round-trip-without-call', mmsi }],
      must_not: [{ type: 'port-visit', mmsi, near_port: 'NAKHODKA' }, { type: 'transponder-gap' }],
    };
  }),
  scenario('there-and-back-with-a-call', ({ ship }) => {
    const mmsi = 445_901_408;
    const one = ship(made(mmsi, 808, 'MADE UP TRADER'), { at: '2015-10-01T00:00:00Z', place: DPRK_WATERS });
    one
      .sail(9, [122.5, 38.1], [121.55, 37.75], [121.523, 37.653])
      .anchor(28)
      .sail(6, [121.42, 37.6], [121.39, 37.553])
      .moor(24);
    one.sail(8, [121.42, 37.6], [121.55, 37.75], [122.5, 38.1], DPRK_WATERS).sail(6, [125.0, 38.66]);
    return {
      about: 'A ship leaves DPRK waters, waits off Yantai, berths there, and goes home.',
      must: [{ type: 'port-visit', mmsi, near_port: 'YANTAI' }],
      must_not: [{ type: 'round-trip-without-call' }, { type: 'embargo-breach' }],
    };
  }),
  scenario('up-the-river-nantong', ({ ship }) => {
    const mmsi = 413_901_409;
    const one = ship(made(mmsi, 809, 'MADE UP RIVER'), { at: '2018-08-08T00:00:00Z', place: [122.6, 31.1] });
    const up: readonly LonLat[] = [
      [122.1, 31.15],
      [121.75, 31.38],
      [121.45, 31.6],
      [121.15, 31.78],
      [120.95, 31.87],
      [120.79, 32.017],
    ];
    one
      .sail(9, ...up)
      .moor(18)
      .sail(9, ...[...up].reverse().slice(1), [122.6, 31.1]);
    return {
      about: 'A ship goes up the Yangtze to Nantong: a call at that port, none at those that it passes.',
      must: [{ type: 'port-visit', mmsi, near_port: 'NANTONG' }],
      must_not: [{ type: 'port-visit', near_port: 'SHANGHAI' }, { type: 'hovering' }],
    };
  }),
  scenario('behind-the-nampo-barrage', ({ ship }) => {
    const mmsi = 445_901_410;
    const one = ship(made(mmsi, 810, 'MADE UP HOMECOMER'), {
      at: '2017-04-05T00:00:00Z',
      place: [124.3, 38.4],
    });
    one.sail(9, [124.95, 38.64], [125.15, 38.68]);
    one.sailUnheard(6, [125.4, 38.717]);
    ['a', 'b', 'c'].forEach(() => one.moor(0.2).silent(3.4));
    one.sailUnheard(6, [125.15, 38.68]).sail(9, [124.95, 38.64], [124.3, 38.4]);
    return {
      about:
        'A ship is heard three times at Nampo, behind the barrage, of which no public set of anchorages knows.',
      must: [{ type: 'port-visit', mmsi, near_port: 'NAMPO' }],
      must_not: [{ type: 'hovering' }, { type: 'embargo-breach' }],
    };
  }),
  scenario('passing-penglai', ({ ship }) => {
    for (let i = 0; i < 2; i++) {
      ship(made(413_901_411 + i, 811 + i, `MADE UP PASSING ${i}`), {
        at: after('2018-03-03T00:00:00Z', 3 * i),
        place: [120.1, 37.95],
      }).sail(9, [120.6, 37.87], [120.846, 37.836], [121.3, 37.9]);
    }
    return {
      about: 'Ships pass a berth two kilometres off without stopping.',
      must_not: [{ type: 'port-visit' }, { type: 'hovering' }, { type: 'zone-entry' }],
    };
  }),
  scenario('deeper-after-a-silence', ({ ship }) => {
    const mmsi = 445_901_413;
    const one = ship(
      { ...made(mmsi, 813, 'MADE UP LADEN'), draughtM: 3.9 },
      { at: '2017-09-01T00:00:00Z', place: [123.0, 37.0] },
    );
    one.sail(9, [124.2, 37.8]);
    const off = one.now;
    one.silent(40, 30, 10).is({ draughtM: 7.2 }).sail(9, [123.3, 37.1], [122.9, 35.5], [122.8, 34]);
    return {
      about: 'A ship sends twice the draught after a silence of two days.',
      must: [{ type: 'draught-change', mmsi, start_about: iso(off + 20 * 3_600_000), tolerance_h: 22 }],
      must_not: [{ type: 'identity-change' }],
    };
  }),
];
