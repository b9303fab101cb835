import { ahead, type LonLat } from './ship.ts';
import { after, imoNumberOf, iso, made, scenario, type Scenario } from './scenario.ts';

const SEA: LonLat = [123.3, 35.2];

/** Ships on lists, and polygons of a user: what the scenario has beside the bundled data. */
export const LISTS_AND_ZONES: readonly Scenario[] = [
  scenario('listed-under-another-name', ({ ship }) => {
    const [now, before, typo, later] = [620_901_501, 620_901_502, 620_901_503, 620_901_504];
    const day = '2018-04-02T00:00:00Z';
    ship(made(now, 901, 'MADE UP RENAMED'), { at: day, place: SEA }).sail(9, ahead(SEA, 200, 160));
    ship(made(before, 902, 'MADE UP RELEASED'), { at: after(day, 1), place: ahead(SEA, 40, 90) }).sail(
      9,
      ahead(SEA, 200, 140),
    );
    ship(
      { ...made(typo, 903, 'MADE UP TYPO'), imo: imoNumberOf(910_901) + 1 },
      { at: after(day, 2), place: ahead(SEA, 40, 270) },
    ).sail(9, ahead(SEA, 200, 200));
    ship(made(later, 904, 'MADE UP SOON'), { at: after(day, 2), place: ahead(SEA, 60, 0) }).sail(
      9,
      ahead(SEA, 200, 20),
    );
    const on = (number: number, name: string, designated_on: string, delisted_on: string | null = null) => ({
      list: 'MADE-UP',
      imo: imoNumberOf(910_000 + number),
      name,
      designated_on,
      delisted_on,
    });
    return {
      about:
        'A ship that was delisted under one name is listed again under another (as IMO 8914934 was in 2018); others are no longer, not yet, or by a slip.',
      listed: [
        on(901, 'MADE UP FORMER NAME', '2016-03-02', '2016-12-31'),
        on(901, 'MADE UP LISTED NAME', '2018-03-30'),
        on(902, 'MADE UP RELEASED', '2016-03-02', '2018-03-20'),
        on(904, 'MADE UP SOON', '2019-01-01'),
      ],
      must: [{ type: 'designated-vessel', mmsi: now, start_about: day, tolerance_h: 1 }],
      must_not: [before, typo, later].map((mmsi) => ({ type: 'designated-vessel', mmsi })),
    };
  }),
  scenario('in-and-out-of-a-zone', ({ ship }) => {
    const mmsi = 538_901_510;
    const one = ship(made(mmsi, 910, 'MADE UP VISITOR'), {
      at: '2019-05-05T18:00:00Z',
      place: [122.6, 35.25],
      everyMin: 6,
    });
    one.sail(10, [123.0, 35.25]);
    const entered = iso(one.now);
    one.sail(10, [123.6, 35.25]);
    const left = iso(one.now);
    one.sail(10, [124, 35.25]);
    ship(made(538_901_511, 911, 'MADE UP NEIGHBOUR'), {
      at: '2019-05-05T18:00:00Z',
      place: [122.6, 35.52],
      everyMin: 6,
    }).sail(10, [124, 35.52]);
    return {
      about:
        'A ship crosses a polygon that a user drew, over midnight; another passes two kilometres outside.',
      zones: [
        {
          id: 'drawn',
          corners: [
            [123, 35],
            [123.6, 35],
            [123.6, 35.5],
            [123, 35.5],
          ],
        },
      ],
      must: [{ type: 'zone-entry', mmsi, start_about: entered, end_about: left, tolerance_h: 1 }],
      must_not: [{ type: 'zone-entry', mmsi: 538_901_511 }],
    };
  }),
];
