import { ahead, type LonLat } from './ship.ts';
import { after, iso, made, scenario, type Scenario } from './scenario.ts';

/** Meetings at sea, and ships that are near each other for another reason. */
export const MEETINGS: readonly Scenario[] = [
  scenario('tankers-east-china-sea', ({ ship }) => {
    const at: LonLat = [125.2, 29.6];
    const buyer = ship(
      { ...made(445_901_101, 501, 'MADE UP BUYER'), type: 80 },
      { at: '2018-01-19T06:00:00Z', place: ahead(at, 160, 10) },
    );
    buyer.sail(9, at);
    buyer.drift(4, 0.5, 150);
    const began = iso(buyer.now);
    const seller = ship(
      { ...made(455_901_101, 502, 'MADE UP SELLER'), type: 80 },
      { at: after(began, -8), place: ahead(buyer.place, 8 * 15, 230) },
    );
    seller.sail(8.1, ahead(buyer.place, 0.07, 90)).drift(6.2, 0.5, 150);
    buyer.drift(6.4, 0.5, 150);
    const ended = iso(seller.now);
    seller.sail(10, ahead(seller.place, 150, 200));
    buyer.sail(9, ahead(buyer.place, 150, 350));
    return {
      about:
        'A tanker under a flag of convenience lies beside a DPRK tanker at night (UN panel, January 2018: off the roads of any port).',
      must: [
        {
          type: 'encounter',
          mmsi: 445_901_101,
          other_mmsi: 455_901_101,
          start_about: began,
          end_about: ended,
          tolerance_h: 1,
        },
      ],
      must_not: [{ type: 'transponder-gap' }, { type: 'hovering' }],
    };
  }),
  scenario('two-come-to-a-third', ({ ship }) => {
    const at: LonLat = [123.6, 36.9];
    const day = '2019-08-14T00:00:00Z';
    ship(made(445_901_110, 510, 'MADE UP THIRD'), { at: day, place: ahead(at, 60, 40) })
      .sail(9, at)
      .drift(14, 0.3, 90)
      .sail(9, ahead(at, 70, 40));
    const visitor = (mmsi: number, number: number, fromH: number, lengthH: number, side: number) => {
      const there = ahead(ahead(at, 0.3 * 1.852 * (fromH - 3.6), 90), 0.12, side);
      ship(made(mmsi, number, `MADE UP VISITOR ${side}`), {
        at: after(day, fromH - 4),
        place: ahead(there, 4 * 16.7, side),
      })
        .sail(9, there)
        .drift(lengthH, 0.3, 90)
        .sail(9, ahead(there, 60, side));
      return after(day, fromH);
    };
    const first = visitor(412_901_110, 511, 5, 4, 180);
    const second = visitor(412_901_111, 512, 11.5, 4, 270);
    return {
      about: 'Two ships come to a third one after the other: those pairs met, the two visitors did not.',
      must: [
        { type: 'encounter', mmsi: 445_901_110, other_mmsi: 412_901_110, start_about: first, tolerance_h: 1 },
        {
          type: 'encounter',
          mmsi: 445_901_110,
          other_mmsi: 412_901_111,
          start_about: second,
          tolerance_h: 1,
        },
      ],
      must_not: [{ type: 'encounter', mmsi: 412_901_110, other_mmsi: 412_901_111 }],
    };
  }),
  scenario('across-the-antimeridian', ({ ship }) => {
    const at: LonLat = [179.99, 46.5];
    const day = '2020-12-31T18:00:00Z';
    const one = ship(made(273_901_120, 520, 'MADE UP WEST'), { at: day, place: [178.9, 46.5] });
    one.sail(10, at);
    const began = iso(one.now + 1_800_000);
    one.drift(7, 0.7, 80);
    one.sail(10, [-178.9, 46.4]);
    const two = ship(made(367_901_120, 521, 'MADE UP EAST'), {
      at: after(began, -4.5),
      place: [-178.95, 46.6],
    });
    two
      .sail(9.9, ahead(at, 0.9, 75))
      .drift(5, 0.7, 80)
      .sail(9, [-178.9, 47]);
    return {
      about: 'Two ships meet on the 180th meridian over the turn of a year.',
      must: [
        { type: 'encounter', mmsi: 273_901_120, other_mmsi: 367_901_120, start_about: began, tolerance_h: 2 },
      ],
      must_not: [{ type: 'impossible-jump' }, { type: 'shared-mmsi' }],
    };
  }),
  scenario('twice-in-a-day', ({ ship }) => {
    const at: LonLat = [124.6, 33.6];
    const day = '2017-10-19T08:00:00Z';
    const one = ship(made(445_901_130, 530, 'MADE UP HOST'), { at: day, place: ahead(at, 50, 0) });
    const guest = ship(made(412_901_130, 531, 'MADE UP GUEST'), { at: day, place: ahead(at, 52, 180) });
    one.sail(9, at);
    guest.sail(9, ahead(at, 0.1, 90));
    const began = iso(guest.now);
    one.drift(16, 0.3, 120);
    guest.drift(3.2, 0.3, 120);
    const away = ahead(guest.place, 9, 200);
    guest
      .sail(6, away)
      .drift(3, 0.3, 120)
      .sail(6, ahead(ahead(at, 0.3 * 1.852 * 8.5, 120), 0.1, 90))
      .drift(3.5, 0.3, 120);
    const ended = iso(guest.now);
    guest.sail(9, ahead(guest.place, 60, 180));
    one.sail(9, ahead(one.place, 60, 0));
    return {
      about: 'Two ships that part for some hours and meet again have one encounter, with its parts.',
      must: [
        {
          type: 'encounter',
          mmsi: 445_901_130,
          other_mmsi: 412_901_130,
          start_about: began,
          end_about: ended,
          tolerance_h: 1,
        },
      ],
      must_not: [],
    };
  }),
  scenario('adrift-sea-of-japan', ({ ship }) => {
    const one = ship(made(457_901_140, 540, 'MADE UP DRIFTER'), {
      at: '2018-02-03T12:00:00Z',
      place: [132.2, 39.6],
    });
    one.sail(10, [133.5, 39.5]);
    const began = iso(one.now);
    one.drift(15, 0.7, 110);
    const ended = iso(one.now);
    one.sail(10, [134.8, 39.2]);
    return {
      about: 'A ship drifts for fifteen hours in the middle of the Sea of Japan.',
      must: [{ type: 'loitering', mmsi: 457_901_140, start_about: began, end_about: ended, tolerance_h: 2 }],
      must_not: [{ type: 'hovering' }, { type: 'transponder-gap' }],
    };
  }),
  scenario('pair-trawlers', ({ ship }) => {
    const pair = [0, 1].map((i) =>
      ship(
        { ...made(412_901_150 + i, 550 + i, `MADE UP TRAWLER ${i}`), type: 30 },
        { at: '2019-09-20T00:00:00Z', place: ahead([123.2, 36.2], 0.3 * i, 90) },
      ),
    );
    for (const boat of pair) {
      for (let haul = 0; haul < 4; haul++)
        boat.sail(3.1, ahead(boat.place, 17, haul % 2 === 0 ? 0 : 180)).drift(2.4, 1.2, 45, 7);
    }
    return {
      about: 'Two boats tow one net between them, and heave to beside each other to haul it.',
      must_not: [{ type: 'encounter' }, { type: 'loitering' }],
    };
  }),
  scenario('tug-and-tow', ({ ship }) => {
    const tug = ship(
      { ...made(412_901_160, 560, 'MADE UP TUG'), type: 52 },
      { at: '2019-03-02T00:00:00Z', place: [122.9, 34.6] },
    );
    const barge = ship(made(412_901_161, 561, 'MADE UP BARGE'), {
      at: '2019-03-02T00:03:00Z',
      place: [122.9, 34.597],
    });
    tug.sail(1.7, ahead(tug.place, 16, 20)).sail(5, ahead(tug.place, 90, 20));
    barge.sail(1.7, ahead(barge.place, 16, 20)).sail(5, ahead(barge.place, 90, 20));
    return {
      about: 'A tug waits for the tide with its tow and goes on with it.',
      must_not: [{ type: 'encounter' }, { type: 'hovering' }],
    };
  }),
  scenario('ship-and-lifeboat', ({ ship }) => {
    const route: readonly LonLat[] = [
      [126.9, 32.2],
      [127.5, 32.5],
    ];
    for (const i of [0, 1]) {
      const one = ship(
        {
          ...made(538_901_170 + i, 570 + i, i === 0 ? 'MADE UP MOTHER' : 'MADE UP MOTHER LB1'),
          ...(i === 1 ? { type: 90 } : {}),
        },
        { at: after('2020-06-10T00:00:00Z', i / 30), place: ahead(route[0], i * 0.05, 60) },
      );
      one
        .sail(10, ahead(route[1], i * 0.05, 60))
        .drift(4, 0.5, 30)
        .sail(10, ahead([128.2, 32.8], i * 0.05, 60));
    }
    return {
      about: 'A ship stops at sea to repair its engine; its lifeboat has a transponder of its own.',
      must_not: [{ type: 'encounter' }],
    };
  }),
  scenario('convoy-in-fog', ({ ship }) => {
    for (let i = 0; i < 5; i++) {
      const begin = ahead([121.9, 35.1], 0.45 * i, 210);
      ship(made(413_901_180 + i, 580 + i, `MADE UP CONVOY ${i}`), {
        at: after('2018-04-25T14:00:00Z', i / 20),
        place: begin,
      })
        .sail(8, ahead(begin, 40, 30))
        .sail(1.5, ahead(begin, 47, 30))
        .sail(8, ahead(begin, 100, 30));
    }
    return {
      about: 'Five ships in convoy slow down together in fog and go on together.',
      must_not: [{ type: 'encounter' }, { type: 'loitering' }, { type: 'shared-mmsi' }],
    };
  }),
];
