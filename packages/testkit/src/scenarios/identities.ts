import { ahead, type LonLat } from './ship.ts';
import { after, iso, made, scenario, type Scenario } from './scenario.ts';

const YELLOW_SEA: LonLat = [123.5, 36.5];

/** What ships say of themselves: changes, borrowed numbers, and slips of the hand. */
export const IDENTITIES: readonly Scenario[] = [
  scenario('placeholder-number', ({ ship }) => {
    const mmsi = 413_901_301;
    const one = ship({ mmsi, name: 'MADE UP NORTH' }, { at: '2017-08-01T00:00:00Z', place: YELLOW_SEA });
    const two = ship({ mmsi, name: 'MADE UP SOUTH' }, { at: '2017-08-01T02:04:00Z', place: [113.9, 20.5] });
    one.sail(9, ahead(YELLOW_SEA, 300, 170));
    two.sail(8, ahead([113.9, 20.5], 260, 70));
    return {
      about: 'Two ships far apart are heard in turn under one number that was never changed.',
      must: [{ type: 'shared-mmsi', mmsi, start_about: '2017-08-01T02:00:00Z', tolerance_h: 2 }],
      must_not: [{ type: 'impossible-jump' }, { type: 'transponder-gap' }],
    };
  }),
  scenario('jammed-and-back', ({ ship }) => {
    const mmsi = 374_901_302;
    const one = ship(made(mmsi, 702, 'MADE UP JAMMED'), { at: '2019-07-20T00:00:00Z', place: YELLOW_SEA });
    one.sail(10, ahead(YELLOW_SEA, 120, 150));
    const left = iso(one.now);
    const there = one.place;
    one.jump([130.9, 33.2]).sail(10, ahead([130.9, 33.2], 60, 90));
    one.jump(ahead(there, 60, 150)).sail(10, ahead(there, 500, 150));
    return {
      about: 'The positions of a ship jump to a place 800 km away for hours, and back.',
      must: [{ type: 'impossible-jump', mmsi, start_about: left, tolerance_h: 1 }],
      must_not: [{ type: 'shared-mmsi' }, { type: 'transponder-gap' }],
    };
  }),
  scenario('single-bad-fixes', ({ ship }) => {
    for (let i = 0; i < 3; i++) {
      const one = ship(made(413_901_303 + i, 703 + i, `MADE UP NOISY ${i}`), {
        at: after('2018-01-05T00:00:00Z', i / 10),
        place: ahead(YELLOW_SEA, 20 * i, 90),
      });
      one
        .sail(9, ahead(one.place, 60, 0))
        .badFix([10 + i, 50])
        .sail(9, ahead(one.place, 60, 0));
      one
        .badFix(ahead(one.place, 300, 90))
        .sail(9, ahead(one.place, 60, 20))
        .badFix([0.001, 0.001])
        .sail(9, ahead(one.place, 30, 20));
    }
    return {
      about: 'Ships are wrongly placed for single reports.',
      must_not: [
        { type: 'impossible-jump' },
        { type: 'shared-mmsi' },
        { type: 'transponder-gap' },
        { type: 'first-seen-near-coast' },
      ],
    };
  }),
  scenario('new-name-at-sea', ({ ship }) => {
    const mmsi = 667_901_310;
    const one = ship(made(mmsi, 710, 'MADE UP BEFORE'), { at: '2016-11-10T00:00:00Z', place: [130.6, 41.2] });
    one.sail(8, [131.6, 41.9]);
    const changed = iso(one.now);
    one.is({ name: 'CALLED OTHERWISE', callSign: 'ZZ711' }).sail(8, [132.6, 42.3]).sail(8, [133.4, 42.2]);
    return {
      about: 'A ship on its way to Nakhodka takes another name and call sign (as eight ships did by 2016).',
      must: [{ type: 'identity-change', mmsi, start_about: changed, tolerance_h: 1 }],
      must_not: [{ type: 'shared-mmsi' }],
    };
  }),
  scenario('reflagged-under-way', ({ ship }) => {
    const [before, now] = [511_901_311, 445_901_311];
    const one = ship(made(before, 712, 'MADE UP SOLD'), { at: '2017-05-02T00:00:00Z', place: [122.6, 33.9] });
    one.sail(9, [123.3, 34.9]);
    const next = ship(
      { ...made(now, 712, 'MADE UP BOUGHT') },
      { at: iso(one.now + 30 * 3_600_000), place: [123.6, 36.4] },
    );
    const began = iso(next.now);
    next.sail(9, [124.2, 38.0]);
    return {
      about:
        'A ship is heard under the number of another flag a day later, with the same IMO number (re-flagging, 2016 to 2018).',
      must: [{ type: 'identity-change', mmsi: now, other_mmsi: before, start_about: began, tolerance_h: 2 }],
      must_not: [{ type: 'impossible-jump' }],
    };
  }),
  scenario('one-number-two-hulls', ({ ship }) => {
    const both = [620_901_312, 341_901_312];
    const [a, b] = both.map((mmsi, i) =>
      ship(made(mmsi, 713, `MADE UP TWIN ${i}`), {
        at: after('2017-09-20T00:00:00Z', 5 * i),
        place: i === 0 ? [124.9, 35.1] : [118.9, 23.1],
      }),
    );
    a.sail(9, ahead(a.place, 480, 170));
    b.sail(9, ahead(b.place, 400, 40));
    return {
      about: 'Two ships 1,300 km apart send one IMO number at the same time.',
      must: [{ type: 'identity-change', mmsi: both[0], other_mmsi: both[1] }],
      must_not: [{ type: 'impossible-jump' }, { type: 'shared-mmsi' }],
    };
  }),
  scenario('slips-of-the-hand', ({ ship }) => {
    const one = ship(
      { ...made(413_901_313, 714, 'MADE-UP SLIP 7'), draughtM: 6.1 },
      { at: '2018-06-01T00:00:00Z', place: [123.1, 34.2] },
    );
    const says = [
      { name: 'MADE UP SLIP 7' },
      { name: 'MADE UP SLIP 7@@@', type: 79 },
      { name: 'MADE UP. SLIP.7', type: 70 },
      { draughtM: 8.4 },
      { draughtM: 6.1 },
      { name: 'MADE-UP SLIP 7' },
    ];
    for (const said of says) one.is(said).sail(10, ahead(one.place, 90, 160));
    return {
      about: 'Punctuation, padding, another ship type, and a draught that is put right after some hours.',
      must_not: [{ type: 'identity-change' }, { type: 'draught-change' }],
    };
  }),
];
