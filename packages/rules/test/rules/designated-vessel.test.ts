import { makeRegister, type Designation } from '@offing/designations';
import { tellRule, track, type RuleTest, type TrackStart } from '@offing/testkit';
import { describe, expect, test } from 'vitest';

/** Made-up ships; the numbers have valid check digits. */
const LISTED = 9_100_011;
const OTHER = 9_100_023;
const MMSI = 445_900_001;
const DAY_MS = 86_400_000;

function entry(list: string, from: string, to: string | null, more: Partial<Designation> = {}): Designation {
  return {
    designationId: `${list} ${from}`,
    list,
    entryId: null,
    imoNumber: LISTED,
    mmsi: null,
    callSign: null,
    shipName: 'MADE UP ONE',
    flag: null,
    program: null,
    designatedOn: from,
    delistedOn: to,
    knownSince: Date.parse(from),
    delistingKnownSince: to === null ? null : Date.parse(to),
    source: 'made up',
    ...more,
  };
}

/** On one list until the day of removal, on another for good. */
const UN_THEN_US = makeRegister([entry('UN', '2016-03-02', '2016-03-21'), entry('US', '2016-03-16', null)]);

function ship(at: string, more: Partial<TrackStart> = {}) {
  return track({ mmsi: MMSI, at, lon: 120, lat: 37.5, everyMin: 60, report: { imoNumber: LISTED }, ...more });
}

function designated(
  tracks: readonly ReturnType<typeof track>[],
  register = UN_THEN_US,
  more: Partial<RuleTest> = {},
) {
  return tellRule('designated-vessel', { tracks, register, ...more });
}

function lists(event: ReturnType<typeof designated>[number], version = event.versions.length - 1) {
  const entries = event.versions[version].evidence['designations'] as readonly { readonly list: string }[];
  return entries.map((listed) => listed.list);
}

describe('a ship that is on a list', () => {
  test('is told with its first position, with the listings and their days', () => {
    const [event, ...more] = designated([ship('2016-03-17T06:00:00Z').sail(10, 9, 90)]);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      changes: ['opened'],
      state: 'open',
      openedAt: '2016-03-17T06:00:00.000Z',
      firstKnownAt: '2016-03-17T06:00:00.000Z',
    });
    expect(lists(event)).toEqual(['UN', 'US']);
    expect(event.last).toMatchObject({
      confidence: 0.95,
      severity: 'high',
      imoNumber: [LISTED],
      nexus: true,
    });
  });

  test('is told when its number arrives before its first position', () => {
    const rows = [{ at: Date.parse('2016-03-17T05:00:00Z'), mmsi: MMSI, report: { imoNumber: LISTED } }];
    const [event] = designated([ship('2016-03-17T06:00:00Z', { report: undefined }).lie(3)], UN_THEN_US, {
      rows,
    });
    expect(event).toMatchObject({
      openedAt: '2016-03-17T06:00:00.000Z',
      firstKnownAt: '2016-03-17T06:00:00.000Z',
    });
  });

  test('is told when its number arrives after its positions, from the newest of them on', () => {
    const late = ship('2016-03-17T06:00:00Z', { report: undefined })
      .lie(3)
      .report({ imoNumber: LISTED })
      .lie(3);
    expect(designated([late])).toMatchObject([
      { openedAt: '2016-03-17T09:00:00.000Z', firstKnownAt: '2016-03-17T09:00:00.000Z' },
    ]);
  });

  test('stays matched when it stops sending the number, and when it sends another', () => {
    const tracks = [
      ship('2016-03-22T06:00:00Z')
        .lie(5)
        .report({ imoNumber: 0 })
        .lie(5)
        .report({ imoNumber: OTHER })
        .lie(40),
    ];
    expect(designated(tracks)).toMatchObject([{ state: 'open', evidence: { sentImoNumbers: [LISTED] } }]);
  });

  test('is one event while other fields of its reports change, and across midnight', () => {
    const busy = ship('2016-04-01T20:00:00Z').lie(5);
    for (const destination of ['A', 'B', 'C', 'D']) busy.report({ destination }).lie(9);
    expect(designated([busy])).toMatchObject([{ changes: ['opened'] }]);
  });
});

describe('lists change while a ship is watched', () => {
  test('the day of removal is the last listed day, and the other list still applies', () => {
    const [event] = designated([ship('2016-03-20T12:00:00Z').lie(72)]);
    expect(event.changes).toEqual(['opened', 'revised']);
    expect(lists(event, 0)).toEqual(['UN', 'US']);
    expect(lists(event)).toEqual(['US']);
    expect(new Date(event.last.knownSince).toISOString()).toBe('2016-03-22T00:00:00.000Z');
  });

  test('removal from the only list closes the event with the last position', () => {
    const register = makeRegister([entry('UN', '2016-03-02', '2016-03-21')]);
    const [event] = designated([ship('2016-03-20T12:00:00Z').lie(72)], register);
    expect(event).toMatchObject({
      state: 'closed',
      changes: ['opened', 'closed'],
      closedAt: '2016-03-21T23:00:00.000Z',
    });
    expect(event.last.reason).toBe('no list holds the ship any longer');
  });

  test('a listing opens the event with the first position of that day, not before', () => {
    const register = makeRegister([entry('UN', '2016-03-02', null)]);
    expect(designated([ship('2016-03-01T12:30:00Z').lie(48)], register)).toMatchObject([
      { openedAt: '2016-03-02T00:30:00.000Z', changes: ['opened'] },
    ]);
  });

  test('a ship that is listed again gets another event', () => {
    const register = makeRegister([
      entry('UN', '2016-03-02', '2016-03-21'),
      entry('UN', '2016-04-05', null, { shipName: 'MADE UP TWO' }),
    ]);
    const events = designated([ship('2016-03-20T00:00:00Z').lie(30 * 24)], register);
    expect(events.map((event) => event.state)).toEqual(['closed', 'open']);
    expect(events[1].openedAt).toBe('2016-04-05T00:00:00.000Z');
    expect(new Set(events.map((event) => event.id)).size).toBe(2);
  });
});

describe('a ship that is not heard', () => {
  test.each([
    ['30 days less an hour', 30 * 24 - 1, 1],
    ['30 days and two hours', 30 * 24 + 2, 2],
  ])('for %s', (_, silentH, count) => {
    const clock = track({
      mmsi: 413_000_001,
      at: '2016-04-01T00:30:00Z',
      lon: 125,
      lat: 33,
      everyMin: 60,
    }).lie(60 * 24);
    const events = designated([ship('2016-04-01T00:00:00Z').lie(24).silent(silentH).lie(24), clock]);
    expect(events).toHaveLength(count);
    if (count === 1) return;
    expect(events[0]).toMatchObject({ state: 'closed', closedAt: '2016-04-01T23:00:00.000Z' });
    expect(events[0].last.reason).toBe('not heard for 30 days');
    expect(events[1].openedAt).toBe(
      new Date(Date.parse('2016-04-02T00:00:00Z') + silentH * 3_600_000).toISOString(),
    );
  });

  test('stays open while its feed is out: the days are those of the feed', () => {
    expect(designated([ship('2016-04-01T00:00:00Z').lie(24)])).toMatchObject([{ state: 'open' }]);
  });
});

describe('a list that is learnt later than the sighting', () => {
  const IMPORTED = Date.parse('2016-06-01');
  const seen = () => [ship('2016-03-17T06:00:00Z').lie(24), clock('2016-07-01T00:00:00Z')];
  const clock = (until: string) =>
    track({ mmsi: 413_000_001, at: '2016-03-01T00:30:00Z', lon: 125, lat: 33, everyMin: 60 }).lie(
      (Date.parse(until) - Date.parse('2016-03-01T00:30:00Z')) / 3_600_000,
    );
  const told = (event: ReturnType<typeof designated>[number]) =>
    event.versions.map(({ change, knownSince }) => [change, new Date(knownSince).toISOString().slice(0, 10)]);

  test('is told of the past, dated then and known since the list is', () => {
    const register = makeRegister([entry('UN', '2016-03-02', null, { knownSince: IMPORTED })]);
    const [event, ...more] = designated([ship('2016-03-17T06:00:00Z').lie(24)], register);
    expect(more).toEqual([]);
    expect(event.openedAt).toBe('2016-03-17T06:00:00.000Z');
    expect(told(event)).toEqual([['opened', '2016-06-01']]);
  });

  test('comes as a version of its own behind the lists that were known', () => {
    const register = makeRegister([
      entry('UN', '2016-03-02', null),
      entry('EU', '2016-03-05', null, { knownSince: IMPORTED }),
    ]);
    const [event] = designated(seen(), register);
    expect(told(event).slice(0, 2)).toEqual([
      ['opened', '2016-03-17'],
      ['revised', '2016-06-01'],
    ]);
    expect(lists(event, 0)).toEqual(['UN']);
    expect(lists(event, 1)).toEqual(['UN', 'EU']);
  });

  test('a removal before the sighting withdraws what was told, known since the removal is', () => {
    const register = makeRegister([
      entry('UN', '2016-03-02', '2016-03-10', { delistingKnownSince: IMPORTED }),
    ]);
    const [event, ...more] = designated([ship('2016-03-17T06:00:00Z').lie(24)], register);
    expect(more).toEqual([]);
    expect(told(event)).toEqual([
      ['opened', '2016-03-17'],
      ['retracted', '2016-06-01'],
    ]);
    expect(event.last.reason).toBe('it was learnt that the list had removed the ship before');
  });

  test('a removal while the ship is watched closes the event, known since the removal is', () => {
    const register = makeRegister([
      entry('UN', '2016-03-02', '2016-03-17', { delistingKnownSince: IMPORTED }),
    ]);
    const [event, ...more] = designated([ship('2016-03-17T06:00:00Z').lie(48)], register);
    expect(more).toEqual([]);
    expect(told(event)).toEqual([
      ['opened', '2016-03-17'],
      ['closed', '2016-06-01'],
    ]);
    expect(event.closedAt).toBe('2016-03-17T23:00:00.000Z');
  });
});

describe('a listed MMSI', () => {
  const register = makeRegister([entry('UN', '2016-03-02', '2016-04-10', { mmsi: MMSI })]);

  test('of a ship that sends no number is a probable match, and ends with the listing', () => {
    const events = designated(
      [ship('2016-04-09T00:00:00Z', { report: { shipName: 'A' } }).lie(72)],
      register,
    );
    expect(events).toMatchObject([{ changes: ['opened', 'closed'], evidence: { level: 'probable' } }]);
  });

  test('that another ship was given, with a number of its own, tells nothing', () => {
    expect(
      designated([ship('2016-04-01T00:00:00Z', { report: { imoNumber: OTHER } }).lie(24)], register),
    ).toEqual([]);
  });

  test('is withdrawn when the ship turns out to be another', () => {
    const late = ship('2016-04-01T00:00:00Z', { report: { shipName: 'A' } })
      .lie(4)
      .report({ imoNumber: OTHER })
      .lie(4);
    const [event, ...more] = designated([late], register);
    expect(more).toEqual([]);
    expect(event.changes).toEqual(['opened', 'retracted']);
  });

  test('that is listed while the ship is watched opens the event with the first position of that day', () => {
    const later = makeRegister([entry('UN', '2016-04-02', null, { mmsi: MMSI, imoNumber: null })]);
    const events = designated([ship('2016-04-01T12:30:00Z', { report: undefined }).lie(48)], later);
    expect(events).toMatchObject([{ openedAt: '2016-04-02T00:30:00.000Z' }]);
  });
});

describe('how sure a match is', () => {
  test('the number times 100 is a probable match, and ends with the listing', () => {
    const register = makeRegister([entry('UN', '2016-03-02', '2016-03-21')]);
    const [event] = designated(
      [ship('2016-03-20T12:00:00Z', { report: { imoNumber: LISTED * 100 } }).lie(72)],
      register,
    );
    expect(event).toMatchObject({ changes: ['opened', 'closed'], evidence: { level: 'probable' } });
    expect(event.last).toMatchObject({ confidence: 0.6, severity: 'medium' });
  });

  test('a listed MMSI, and a call sign with the name, are probable matches', () => {
    const register = makeRegister([
      entry('UN', '2016-03-02', null, { imoNumber: null, mmsi: MMSI, callSign: 'HMAA1' }),
    ]);
    const named = { report: { callSign: 'HMAA1', shipName: 'MADE UP ONE' }, mmsi: 667_000_001 };
    const events = designated(
      [
        ship('2016-04-01T00:00:00Z', { report: undefined }).lie(3),
        ship('2016-04-01T00:00:00Z', named).lie(3),
      ],
      register,
    );
    expect(events.map((event) => event.evidence['level'])).toEqual(['probable', 'probable']);
  });
});

describe('must stay silent for', () => {
  test.each([
    ['a ship that was delisted before', { at: '2016-03-25T00:00:00Z', report: { imoNumber: LISTED } }],
    ['a ship that is listed later', { at: '2016-02-20T00:00:00Z', report: { imoNumber: LISTED } }],
    [
      'a number that fails its check digit',
      { at: '2016-03-10T00:00:00Z', report: { imoNumber: LISTED + 1 } },
    ],
    ['a name alone', { at: '2016-03-10T00:00:00Z', report: { shipName: 'MADE UP ONE' } }],
    ['a call sign alone', { at: '2016-03-10T00:00:00Z', report: { callSign: 'HMAA1' } }],
    [
      "a company's number that passes the check of a ship's",
      { at: '2016-03-10T00:00:00Z', report: { imoNumber: OTHER } },
    ],
    ['a ship that says nothing of itself', { at: '2016-03-10T00:00:00Z', report: undefined }],
  ])('%s', (_, { at, report }) => {
    const register = makeRegister([entry('UN', '2016-03-02', '2016-03-21', { callSign: 'HMAA1' })]);
    expect(designated([ship(at, { report }).lie(5)], register)).toEqual([]);
  });

  test('another hull that sends the same MMSI from elsewhere without the number', () => {
    const other = track({ mmsi: MMSI, at: '2016-04-01T00:10:00Z', lon: 130, lat: 33, everyMin: 60 }).lie(48);
    const events = designated([ship('2016-04-01T00:00:00Z').lie(48), other]);
    expect(events).toHaveLength(1);
    expect(events[0].last.lon).toBe(120);
  });

  test('the day: at the last instant of the day of removal the list applies, at the next it does not', () => {
    const register = makeRegister([entry('UN', '2016-03-02', '2016-03-21')]);
    const midnight = Date.parse('2016-03-22T00:00:00Z');
    const at = (ms: number) => [{ at: ms, mmsi: MMSI, lon: 120, lat: 37.5, report: { imoNumber: LISTED } }];
    expect(designated([], register, { rows: at(midnight - 1) })).toHaveLength(1);
    expect(designated([], register, { rows: at(midnight) })).toEqual([]);
    expect(designated([], register, { rows: at(midnight - 20 * DAY_MS) })).toHaveLength(1);
    expect(designated([], register, { rows: at(midnight - 20 * DAY_MS - 1) })).toEqual([]);
  });
});
