import { makeRegister, type Designation } from '@offing/designations';
import {
  tellRule,
  tellRules,
  track,
  type RuleTest,
  type TrackBuilder,
  type TrackStart,
} from '@offing/testkit';
import type { StaticReport } from '@offing/track';
import { describe, expect, test } from 'vitest';

/** Made-up ships; the numbers have valid check digits. */
const IMO = 9_100_011;
const OTHER_IMO = 9_100_023;
const START = '2016-04-01T00:00:00Z';
const REPORT: StaticReport = {
  imoNumber: IMO,
  shipName: 'MADE UP ONE',
  callSign: 'HMAA1',
  lengthM: 100,
  beamM: 16,
};

function ship(more: Partial<TrackStart> = {}): TrackBuilder {
  return track({ mmsi: 445_900_001, at: START, lon: 120, lat: 37.5, everyMin: 10, report: REPORT, ...more });
}

function told(tracks: readonly TrackBuilder[], more: Partial<RuleTest> = {}) {
  return tellRule('identity-change', { tracks, ...more });
}

function changesOf(event: ReturnType<typeof told>[number]) {
  return event.evidence['changes'];
}

describe('a hull that says something else of itself', () => {
  test('is told with the first report that said so, once that has held', () => {
    const [event, ...more] = told([ship().lie(12).report({ shipName: 'FAN KE' }).lie(12)]);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      changes: ['opened', 'closed'],
      openedAt: '2016-04-01T12:00:00.000Z',
      evidence: { kind: 'said', changes: [{ field: 'shipName', from: 'MADE UP ONE', to: 'FAN KE' }] },
    });
    expect(Date.parse(event.firstKnownAt)).toBeGreaterThanOrEqual(Date.parse('2016-04-01T15:00:00Z'));
    expect(event.sentence).toContain('changed what it says of itself: name from MADE UP ONE to FAN KE');
  });

  test.each([
    ['IMO number', { imoNumber: OTHER_IMO }, 'imoNumber'],
    ['call sign', { callSign: '9LYC' }, 'callSign'],
    ['length', { lengthM: 140 }, 'lengthM'],
    ['breadth', { beamM: 24 }, 'beamM'],
  ])('%s', (_, report, field) => {
    const events = told([ship().lie(12).report(report).lie(12)]);
    expect(events).toHaveLength(1);
    expect(changesOf(events[0])).toMatchObject([{ field }]);
  });

  test('several fields that change together are one event', () => {
    const turned = ship()
      .lie(12)
      .report({ shipName: 'FAN KE' })
      .lie(0.2)
      .report({ callSign: '9LYC' })
      .lie(12);
    const events = told([turned]);
    expect(events).toHaveLength(1);
    expect(changesOf(events[0])).toMatchObject([{ field: 'callSign' }, { field: 'shipName' }]);
  });

  test('a listed IMO number that is dropped for another is marked, and severe', () => {
    const listed: Designation = {
      designationId: 'd',
      list: 'UN',
      entryId: null,
      imoNumber: IMO,
      mmsi: null,
      callSign: null,
      shipName: 'MADE UP ONE',
      flag: null,
      program: null,
      designatedOn: '2016-03-02',
      delistedOn: null,
      knownSince: Date.parse('2016-03-02'),
      delistingKnownSince: null,
      source: 'made up',
    };
    const events = told([ship().lie(12).report({ imoNumber: OTHER_IMO }).lie(12)], {
      register: makeRegister([listed]),
    });
    expect(events).toMatchObject([
      { last: { severity: 'high' }, evidence: { droppedListedNumber: [{ list: 'UN' }] } },
    ]);
  });

  test.each([
    ['just below the time for which it must hold', 2.9, 0],
    ['just above it', 3.3, 1],
  ])('%s', (_, hours, count) => {
    expect(told([ship().lie(12).report({ shipName: 'FAN KE' }).lie(hours)])).toHaveLength(count);
  });

  test('is told when it is heard again after a silence, not while it is silent', () => {
    const clock = track({ mmsi: 413_000_001, at: START, lon: 125, lat: 33, everyMin: 60 }).lie(96);
    const quiet = ship().lie(12).report({ shipName: 'FAN KE' }).lie(0.5).silent(40).lie(0.2);
    expect(told([quiet, clock])).toHaveLength(1);
    expect(told([ship().lie(12).report({ shipName: 'FAN KE' }).lie(0.5), clock])).toEqual([]);
  });

  test('a name that comes back within days takes the change back', () => {
    const [event, ...more] = told([
      ship().lie(12).report({ shipName: 'FAN KE' }).lie(12).report({ shipName: 'MADE UP ONE' }).lie(12),
    ]);
    expect(more).toEqual([]);
    expect(event).toMatchObject({ changes: ['opened', 'closed', 'retracted'], state: 'retracted' });
  });

  test('an IMO number that comes back is a second change', () => {
    const events = told([
      ship().lie(12).report({ imoNumber: OTHER_IMO }).lie(12).report({ imoNumber: IMO }).lie(12),
    ]);
    expect(events.map(({ state }) => state)).toEqual(['closed', 'closed']);
  });
});

describe('must stay silent for', () => {
  test.each<[string, readonly StaticReport[]]>([
    ['padding, punctuation and @ noise', [{ shipName: 'MADE-UP ONE' }, { shipName: '  made up one' }]],
    ['a spelling', [{ shipName: 'MADE UP ONNE' }]],
    ['ship type toggles', [{ shipType: 70 }, { shipType: 79 }, { shipType: 70 }]],
    [
      'destinations and draughts',
      [
        { destination: 'A', draughtM: 5 },
        { destination: 'B', draughtM: 8 },
      ],
    ],
    ['antenna distances typed again', [{ lengthM: 96, beamM: 15 }]],
    ['an invalid IMO number', [{ imoNumber: IMO + 1 }]],
    ['a field taken back', [{ imoNumber: 0, shipName: null, callSign: null }]],
  ])('%s', (_, reports) => {
    const busy = ship().lie(12);
    for (const report of reports) busy.report(report).lie(12);
    expect(told([busy])).toEqual([]);
  });

  test('a value that flips back before it has held', () => {
    const flipping = ship().lie(12).report({ shipName: 'FAN KE' }).lie(1).report({ shipName: 'MADE UP ONE' });
    expect(told([flipping.lie(24)])).toEqual([]);
  });

  test('noise that stood first and was put right at once', () => {
    const noisy = ship({ report: { ...REPORT, shipName: 'Q#XW' } })
      .lie(0.3)
      .report({ shipName: 'MADE UP ONE' });
    expect(told([noisy.lie(24)])).toEqual([]);
  });

  test('fields that were empty before', () => {
    expect(
      told([
        ship({ report: { shipName: 'MADE UP ONE' } })
          .lie(12)
          .report(REPORT)
          .lie(12),
      ]),
    ).toEqual([]);
  });

  test('two hulls on one MMSI that send their own reports in turn', () => {
    const there = ship({
      lon: 130,
      lat: 33,
      report: { ...REPORT, shipName: 'FAN KE', imoNumber: OTHER_IMO },
    });
    const here = ship();
    for (let i = 0; i < 12; i++) {
      here.lie(1).report(REPORT);
      there.lie(1).report({ ...REPORT, shipName: 'FAN KE', imoNumber: OTHER_IMO });
    }
    expect(told([here, there])).toEqual([]);
  });
});

describe('a number under another MMSI', () => {
  const after = (more: Partial<TrackStart> = {}) =>
    ship({ mmsi: 667_900_001, at: '2016-04-02T00:00:00Z', ...more });

  test('continues the same ship: MMSI, flag and name are told, with the facts on the flag', () => {
    const [event, ...more] = told([
      ship().lie(23),
      after({ report: { ...REPORT, shipName: 'FAN KE' } }).lie(24),
    ]);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      changes: ['opened', 'closed'],
      openedAt: '2016-04-02T00:00:00.000Z',
      last: { mmsi: [667_900_001, 445_900_001] },
      evidence: { kind: 'mmsi', link: { isSameShip: true } },
    });
    expect(changesOf(event)).toEqual([
      { field: 'mmsi', from: 445_900_001, to: 667_900_001 },
      { field: 'flag', from: 'KP', to: 'SL' },
      { field: 'shipName', from: 'MADE UP ONE', to: 'FAN KE' },
    ]);
    expect(event.evidence['flags']).toContainEqual(expect.objectContaining({ mid: 667, date: '2018-03' }));
  });

  test('of the same country is no change of flag', () => {
    const panama = ship({ mmsi: 351_900_001 }).lie(23);
    const [event] = told([panama, after({ mmsi: 370_900_001 }).lie(24)]);
    expect(changesOf(event)).toMatchObject([{ field: 'mmsi' }]);
  });

  test('after a long break is the same number, and no link is claimed', () => {
    const clock = track({ mmsi: 413_000_001, at: START, lon: 125, lat: 33, everyMin: 60 }).lie(60 * 24);
    const late = after({ at: '2016-05-20T00:00:00Z' }).lie(24);
    const [event] = told([ship().lie(23), late, clock]);
    expect(event).toMatchObject({ evidence: { kind: 'mmsi', link: { isSameShip: false } } });
  });

  test('is taken back when the old MMSI is heard again elsewhere, and a clone is told', () => {
    const old = ship().lie(23).silent(24).lie(72);
    const events = told([old, after().sail(72, 10, 90)]);
    expect(events.map(({ evidence, state }) => [evidence['kind'], state])).toEqual([
      ['mmsi', 'retracted'],
      ['clone', 'open'],
    ]);
  });

  test('with the same name alone is another hull', () => {
    const { imoNumber: _, ...nameless } = REPORT;
    expect(told([ship({ report: nameless }).lie(23), after({ report: nameless }).lie(24)])).toEqual([]);
  });

  test('that was there all the while is another ship, whatever number it comes to send', () => {
    const { imoNumber: _, ...nameless } = REPORT;
    const neighbour = ship({ mmsi: 667_900_001, lon: 120.01, report: nameless })
      .lie(30)
      .report({ imoNumber: IMO });
    expect(told([ship().lie(24), neighbour.lie(24)])).toEqual([]);
  });
});

describe('a number on two hulls at once', () => {
  const clone = (more: Partial<TrackStart> = {}) => ship({ mmsi: 667_900_001, lon: 130, lat: 33, ...more });

  test('is a clone, open while both are heard', () => {
    const [event, ...more] = told([ship().lie(48), clone({ at: '2016-04-01T06:00:00Z' }).lie(42)]);
    expect(more).toEqual([]);
    expect(event).toMatchObject({ state: 'open', evidence: { kind: 'clone', isAtOnce: true } });
    expect(event.last.severity).toBe('high');
    expect(event.sentence).toContain('at the same time');
  });

  test('ends when one of the two was not heard for a week', () => {
    const events = told([ship().lie(12 * 24), clone({ at: '2016-04-01T06:00:00Z' }).lie(30)]);
    expect(events).toMatchObject([{ evidence: { kind: 'clone' } }]);
    const clocked = told([ship().lie(30), clone({ at: '2016-04-01T06:00:00Z', everyMin: 30 }).lie(12 * 24)]);
    expect(clocked).toMatchObject([{ changes: ['opened', 'closed'], closedAt: '2016-04-02T05:50:00.000Z' }]);
  });

  test('across the antimeridian two transponders of one ship are near each other', () => {
    const east = ship({ lon: 179.99, lat: 30 }).lie(48);
    const west = clone({ lon: -179.99, lat: 30, at: '2016-04-01T06:00:00Z' }).lie(42);
    expect(told([east, west])).toEqual([]);
  });

  test.each([
    ['two transponders of one ship', { lon: 120.001, lat: 37.5 }],
    ['a craft of the ship, with a number of its own kind', { mmsi: 984_450_001 }],
  ])('stays silent for %s', (_, more) => {
    expect(told([ship().lie(48), clone({ at: '2016-04-01T06:00:00Z', ...more }).lie(42)])).toEqual([]);
  });

  test.each([
    ['the number that is typed where none is known', 1_234_567, 2],
    ['a number sent under many MMSIs', IMO, 6],
  ])('stays silent for %s', (_, imoNumber, hulls) => {
    const many = Array.from({ length: hulls }, (__, i) =>
      clone({ mmsi: 413_000_001 + i, lon: 100 + 5 * i, report: { imoNumber }, at: START }).lie(24),
    );
    expect(told(many)).toEqual([]);
  });
});

describe('an MMSI with another number', () => {
  test('is told when another hull comes to use it', () => {
    const next = ship({
      at: '2016-04-05T00:00:00Z',
      lon: 150,
      lat: 20,
      report: { ...REPORT, imoNumber: OTHER_IMO },
    });
    const events = told([ship().lie(90), next.lie(24)]);
    expect(events).toMatchObject([{ evidence: { kind: 'reused-mmsi' } }]);
  });
});

test('cuts and restarts change nothing', () => {
  const tracks = () => [
    ship().lie(23).silent(24).lie(72),
    ship({ mmsi: 667_900_001, at: '2016-04-02T00:00:00Z' })
      .sail(20, 10, 90)
      .report({ shipName: 'FAN KE' })
      .sail(40, 10, 90),
  ];
  const whole = tellRules({ tracks: tracks() });
  for (const cuts of [[50], [100, 200, 300], [150, 151, 152, 400]])
    expect(tellRules({ tracks: tracks(), cuts, restart: true })).toEqual(whole);
});
