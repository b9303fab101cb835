import { ahead, type LonLat } from './ship.ts';
import { after, iso, made, scenario, type Scenario } from './scenario.ts';

const OFF_LIANYUNGANG: LonLat = [119.95, 34.9];
const EAST_CHINA_SEA: LonLat = [126.3, 31.5];

/** Silences of ships, of feeds and of regions, and first hearings. */
export const SILENCES: readonly Scenario[] = [
  scenario('dark-off-lianyungang', ({ ship, passers }) => {
    const mmsi = 445_901_201;
    const from = '2017-12-04T00:00:00Z';
    passers({ ships: 8, around: OFF_LIANYUNGANG, withinKm: 30, from, hours: 62 });
    const one = ship(made(mmsi, 601, 'MADE UP DARK'), { at: from, place: [122.8, 36.3] });
    one.sail(10, [121.3, 35.3], OFF_LIANYUNGANG);
    const off = iso(one.now);
    one.silent(25, 2, 80).sail(10, [121.3, 35.3], [122.3, 36]);
    return {
      about:
        'A DPRK ship comes from afar, is not heard off Lianyungang for a day among ships that are, and leaves.',
      must: [
        {
          type: 'transponder-gap',
          mmsi,
          verdict: 'silent',
          start_about: off,
          duration_h: 25,
          tolerance_h: 1,
        },
        { type: 'dark-near-port', mmsi, near_port: 'LIANYUNGANG', start_about: off, tolerance_h: 1 },
      ],
      must_not: [
        { type: 'port-visit', mmsi },
        { type: 'feed-outage' },
        { type: 'transponder-gap', mmsi: 413_901_100 },
      ],
    };
  }),
  scenario('region-out-off-lianyungang', ({ ship, passers }) => {
    const from = '2017-12-04T00:00:00Z';
    const there = { ships: 8, around: OFF_LIANYUNGANG, withinKm: 15, kn: 4 };
    passers({ ...there, from, hours: 26 });
    passers({ ...there, from: after(from, 47), hours: 14 });
    passers({ ships: 8, around: [123.5, 37.2], withinKm: 30, from, hours: 61, first: 150 });
    const one = ship(made(445_901_202, 602, 'MADE UP UNHEARD'), { at: from, place: [122.8, 36.3] });
    one
      .sail(10, [121.3, 35.3], OFF_LIANYUNGANG)
      .anchor(Math.max(0, 26 - (one.now - Date.parse(from)) / 3_600_000));
    one.silent(21, 2, 80).sail(10, [121.3, 35.3], [122.3, 36]);
    return {
      about: 'The same ship, and all others there fall silent with it: the receivers are out, not the ship.',
      must: [{ type: 'feed-outage', start_about: after(from, 26), duration_h: 21, tolerance_h: 2 }],
      must_not: [{ type: 'dark-near-port' }, { type: 'transponder-gap', verdict: 'silent' }],
    };
  }),
  scenario('tanker-dark-five-days', ({ ship, passers }) => {
    const mmsi = 626_901_203;
    const from = '2019-08-10T00:00:00Z';
    passers({ ships: 7, around: EAST_CHINA_SEA, withinKm: 35, from, hours: 150, everyMin: 35 });
    const one = ship(
      { ...made(mmsi, 603, 'MADE UP COURAGE'), type: 80 },
      { at: from, place: ahead(EAST_CHINA_SEA, 100, 190) },
    );
    one.sail(9, EAST_CHINA_SEA);
    const off = iso(one.now);
    one.silent(120, 15, 40).sail(9, ahead(EAST_CHINA_SEA, 120, 20));
    return {
      about:
        'A tanker stops transmitting at sea for days (M/T Courageous, 2019) where others are heard all the while.',
      must: [
        {
          type: 'transponder-gap',
          mmsi,
          verdict: 'silent',
          start_about: off,
          duration_h: 120,
          tolerance_h: 1,
        },
      ],
      must_not: [{ type: 'dark-near-port' }, { type: 'feed-outage' }],
    };
  }),
  scenario('nobody-else-heard', ({ ship, passers }) => {
    const mmsi = 445_901_204;
    const from = '2018-03-10T00:00:00Z';
    passers({ ships: 6, around: ahead(EAST_CHINA_SEA, 350, 300), withinKm: 30, from, hours: 40 });
    const one = ship(made(mmsi, 604, 'MADE UP LONELY'), { at: from, place: ahead(EAST_CHINA_SEA, 100, 180) });
    one.sail(9, EAST_CHINA_SEA);
    const off = iso(one.now);
    one.silent(15, 90, 45).sail(9, ahead(EAST_CHINA_SEA, 200, 45));
    return {
      about: 'A ship is not heard for fifteen hours where nobody else is heard: nothing can be said.',
      must: [
        {
          type: 'transponder-gap',
          mmsi,
          verdict: 'unobserved',
          start_about: off,
          duration_h: 15,
          tolerance_h: 1,
        },
      ],
      must_not: [{ type: 'transponder-gap', verdict: 'silent' }, { type: 'dark-near-port' }],
    };
  }),
  scenario('feed-out-korea-strait', ({ passers }) => {
    const from = '2021-07-01T00:00:00Z';
    passers({ ships: 9, around: [129.3, 34.6], withinKm: 40, from, hours: 20 });
    passers({ ships: 9, around: [129.3, 34.6], withinKm: 40, from: after(from, 30), hours: 14 });
    return {
      about: 'The whole feed is out for ten hours.',
      must: [{ type: 'feed-outage', start_about: after(from, 20), duration_h: 10, tolerance_h: 2 }],
      must_not: [{ type: 'transponder-gap' }, { type: 'dark-near-port' }],
    };
  }),
  scenario('leaving-coverage-pacific', ({ ship, passers }) => {
    const from = '2018-11-01T00:00:00Z';
    passers({ ships: 8, around: [141.1, 35.6], withinKm: 30, from, hours: 110, everyMin: 40 });
    ship(made(431_901_206, 606, 'MADE UP OUTBOUND'), { at: from, place: [140.95, 35.3] })
      .sail(13, [142.3, 35.5])
      .silent(90, 60, 90)
      .sail(13, [140.95, 35.3]);
    return {
      about: 'A ship sails out of the reach of shore receivers into the Pacific, and comes back days later.',
      must_not: [
        { type: 'transponder-gap', verdict: 'silent' },
        { type: 'dark-near-port' },
        { type: 'feed-outage' },
      ],
    };
  }),
  scenario('moored-and-switched-off', ({ ship, passers }) => {
    const from = '2019-02-01T00:00:00Z';
    passers({ ships: 7, around: [119.75, 34.85], withinKm: 15, from, hours: 70, everyMin: 25 });
    ship(made(413_901_207, 607, 'MADE UP MOORED'), { at: from, place: [120.7, 35.0] })
      .sail(10, [119.7, 34.82], [119.444, 34.763])
      .moor(8)
      .silent(40)
      .moor(2)
      .sail(9, [119.7, 34.82], [120.7, 35.0]);
    return {
      about: 'A ship that is switched off at its berth has not gone dark.',
      must: [{ type: 'port-visit', mmsi: 413_901_207, near_port: 'LIANYUNGANG' }],
      must_not: [{ type: 'transponder-gap', verdict: 'silent' }, { type: 'dark-near-port' }],
    };
  }),
  scenario('yachts-in-a-marina', ({ ship, passers }) => {
    const from = '2020-08-01T00:00:00Z';
    passers({
      ships: 6,
      around: [129.25, 35.0],
      withinKm: 20,
      from,
      hours: 60,
      type: 37,
      aisClass: 'B',
      everyMin: 20,
    });
    for (let i = 0; i < 2; i++) {
      ship(
        { mmsi: 440_901_208 + i, name: `MADE UP YACHT ${i}`, type: 36, aisClass: 'B' },
        { at: from, place: [129.25, 35.05] },
      )
        .sail(5, [129.16, 35.1], [129.148, 35.158])
        .anchor(1, 5)
        .silent(30)
        .anchor(0.5, 5)
        .sail(5, [129.16, 35.1], [129.25, 35.05]);
    }
    return {
      about: 'Yachts of class B are switched off in a marina.',
      must_not: [
        { type: 'transponder-gap', mmsi: 440_901_208 },
        { type: 'transponder-gap', mmsi: 440_901_209 },
      ],
    };
  }),
  scenario('passes-of-a-satellite', ({ ship }) => {
    for (let i = 0; i < 6; i++) {
      const one = ship(
        { ...made(538_901_210 + i, 620 + i, `MADE UP OCEAN ${i}`), receiver: 'satellite' },
        { at: after('2018-07-01T00:00:00Z', i / 30), place: ahead([150, 20], 40 * i, 60 * i), everyMin: 4 },
      );
      for (let pass = 0; pass < 16; pass++)
        one.sail(11, ahead(one.place, 4, 250)).sailUnheard(11, ahead(one.place, 130, 250));
    }
    return {
      about: 'Ships on the ocean are heard in the passes of one satellite, seven hours apart.',
      must_not: [{ type: 'transponder-gap', verdict: 'silent' }, { type: 'loitering' }],
    };
  }),
  scenario('appears-off-lanshan', ({ ship, passers }) => {
    const mmsi = 457_901_220;
    const from = '2018-10-05T00:00:00Z';
    passers({ ships: 9, around: [120.3, 35.05], withinKm: 45, from, hours: 44, everyMin: 15 });
    const one = ship(made(mmsi, 630, 'MADE UP SUDDEN'), { at: after(from, 36.3), place: [119.66, 35.0] });
    const first = iso(one.now);
    one.sail(9, [119.45, 35.08]).anchor(5);
    return {
      about:
        'A ship is heard for the first time close to Lanshan, on a course from the sea where others were heard.',
      must: [
        { type: 'first-seen-near-coast', mmsi, near_port: 'LANSHAN', start_about: first, tolerance_h: 1 },
      ],
      must_not: [{ type: 'transponder-gap' }, { type: 'first-seen-near-coast', mmsi: 413_901_100 }],
    };
  }),
  scenario('start-of-the-data', ({ ship, passers }) => {
    const from = '2018-10-05T00:00:00Z';
    passers({ ships: 6, around: [122.2, 38.6], withinKm: 40, from, hours: 12 });
    ship(made(457_901_221, 631, 'MADE UP EARLY'), { at: after(from, 2), place: [121.95, 38.75] })
      .sail(9, [121.8, 38.85])
      .anchor(6);
    return {
      about: 'Whoever is heard first in the first hours of a recording has not appeared.',
      must_not: [{ type: 'first-seen-near-coast' }],
    };
  }),
];
