import { makeRegister, type Designation } from '@offing/designations';
import { nexusOf, type NexusEntry, type VesselView } from '@offing/rules';
import { tellRule, track } from '@offing/testkit';
import { UNKNOWN_IDENTITY } from '@offing/track';
import { describe, expect, test } from 'vitest';

const IMO = 9_100_011;
const DAY = 86_400_000;
const AT = Date.parse('2016-10-01T00:00:00Z');

function ship(more: Partial<VesselView> = {}, imoNumbers: readonly number[] = []): VesselView {
  return {
    vesselId: 'v_1',
    mmsi: 413_000_777,
    identity: { ...UNKNOWN_IDENTITY, imoNumber: imoNumbers.at(-1) ?? null, imoNumbers },
    aisClass: 1,
    feed: 0,
    feeds: ['made-up'],
    synthetic: true,
    cadenceMs: 600_000,
    positions: 10,
    nexus: [],
    ...more,
  };
}

function entry(more: Partial<NexusEntry> = {}): NexusEntry {
  return {
    kind: 'dprk-visit',
    key: '1',
    from: AT,
    until: AT + 180 * DAY,
    how: 'visited Barehaven',
    source: 'made up',
    secondHand: false,
    note: null,
    ...more,
  };
}

function listing(more: Partial<Designation>): Designation {
  return {
    designationId: 'd_1',
    list: 'MADE-UP',
    entryId: null,
    imoNumber: IMO,
    mmsi: null,
    callSign: null,
    shipName: 'MADE UP',
    flag: null,
    program: null,
    designatedOn: '2016-03-02',
    delistedOn: null,
    knownSince: 0,
    delistingKnownSince: null,
    source: 'made up',
    ...more,
  };
}

const NO_LIST = makeRegister([]);
const kinds = (view: VesselView, at: number, register = NO_LIST) =>
  nexusOf(view, at, register).map(({ kind }) => kind);

describe('the links of a ship to the DPRK', () => {
  test('none of a ship of which nothing is known', () => {
    expect(kinds(ship(), AT)).toEqual([]);
  });

  test('its flag by MMSI', () => {
    expect(kinds(ship({ mmsi: 445_900_001 }), AT)).toEqual(['flag']);
  });

  test.each([
    ['before it was known', -1, 0],
    ['from the day of the visit', 0, 1],
    ['on the last day', 180 * DAY - 1, 1],
    ['no longer after 180 days', 180 * DAY, 0],
  ])('a DPRK visit %s', (_, after, count) => {
    expect(nexusOf(ship({ nexus: [entry()] }), AT + after, NO_LIST)).toHaveLength(count);
  });

  test('one found out through another ship is marked so, with its source and end', () => {
    const met = entry({ kind: 'encounter', secondHand: true, how: 'met a ship with a link' });
    expect(nexusOf(ship({ nexus: [met] }), AT, NO_LIST)).toMatchObject([
      { kind: 'encounter', secondHand: true, source: 'made up', until: '2017-03-30T00:00:00Z' },
    ]);
  });

  test('a list that names it, only while it does', () => {
    const register = makeRegister([listing({ delistedOn: '2016-12-01' })]);
    expect(kinds(ship({}, [IMO]), AT, register)).toEqual(['designated']);
    expect(kinds(ship({}, [IMO]), AT + 90 * DAY, register)).toEqual([]);
  });

  test('the flag that a list prints, for two years after the listing', () => {
    const flag = "Democratic People's Republic of Korea";
    const register = makeRegister([listing({ flag, delistedOn: '2016-03-20' })]);
    expect(kinds(ship({}, [IMO]), AT, register)).toEqual(['flag']);
    expect(kinds(ship({}, [IMO]), Date.parse('2018-03-21'), register)).toEqual([]);
    expect(
      kinds(ship({}, [IMO]), AT, makeRegister([listing({ flag: 'Panama', delistedOn: '2016-03-20' })])),
    ).toEqual([]);
  });
});

describe('what the fold remembers', () => {
  const ROADS = { lon: 120, lat: 37.9 };
  const BAREHAVEN = { lon: 125, lat: 37.99 };
  const report = { imoNumber: IMO, shipName: 'MADE UP' };
  /** From Barehaven to the roads of Eastwick in 25 hours. */
  const sailing = (mmsi: number, at: string) =>
    track({ mmsi, at, ...BAREHAVEN, report })
      .lie(20, 0)
      .sail(23.6, 10, 270)
      .jump(ROADS.lon, ROADS.lat)
      .lie(30);

  test('a DPRK port visit links the ship, whatever its flag', () => {
    const [hover] = tellRule('hovering', { tracks: [sailing(413_000_777, '2016-10-01T00:00:00Z')] });
    expect(hover).toMatchObject({ evidence: { reasons: ['nexus'] }, last: { nexus: true } });
    expect(hover.evidence['nexus']).toMatchObject([
      {
        kind: 'dprk-visit',
        secondHand: false,
        note: null,
        source: expect.stringContaining('port-visit') as string,
      },
    ]);
  });

  test('a ship under another MMSI and flag is still the one it was, by its IMO number', () => {
    const before = track({ mmsi: 445_900_001, at: '2016-09-01T00:00:00Z', lon: 121, lat: 37.5, report }).lie(
      5,
    );
    const after = track({ mmsi: 511_000_001, at: '2016-10-01T00:00:00Z', ...ROADS, report }).lie(30);
    const [hover, ...more] = tellRule('hovering', { tracks: [before, after] });
    expect(more).toEqual([]);
    expect(hover.evidence['nexus']).toMatchObject([{ kind: 'flag', from: '2016-09-01T00:00:00Z' }]);
  });

  test('another ship without that number is not linked', () => {
    const before = track({ mmsi: 445_900_001, at: '2016-09-01T00:00:00Z', lon: 121, lat: 37.5, report }).lie(
      5,
    );
    const other = track({ mmsi: 511_000_001, at: '2016-10-01T00:00:00Z', ...ROADS }).lie(30);
    expect(tellRule('hovering', { tracks: [before, other] })).toEqual([]);
  });

  test('a restart forgets nothing', () => {
    const tracks = [sailing(413_000_777, '2016-10-01T00:00:00Z')];
    const cuts = Array.from({ length: 40 }, (_, i) => i * 12);
    expect(tellRule('hovering', { tracks, cuts, restart: true })).toEqual(tellRule('hovering', { tracks }));
  });
});
