import { tellRule, track, type RuleTest, type TrackBuilder } from '@offing/testkit';
import { describe, expect, test } from 'vitest';

const MMSI = 413_000_777;
const BERTH = { lon: 120, lat: 37.995 };

function told(tracks: readonly TrackBuilder[], more: Partial<RuleTest> = {}) {
  return tellRule('draught-change', { tracks, ...more });
}

/** A ship that leaves Eastwick with a draught and is a day out. */
function leaving(draughtM: number): TrackBuilder {
  const start = { mmsi: MMSI, at: '2016-10-04T00:00:00Z', ...BERTH, report: { draughtM: 5 } };
  return track(start).lie(10, 0).report({ draughtM }).sail(14, 10, 180);
}

/** The same ship back at the other berth. */
function arriving(ship: TrackBuilder): TrackBuilder {
  return ship.sail(14, 10, 0).jump(120.01, 37.995).lie(10, 0);
}

describe('a draught that changed between two visits', () => {
  test.each([
    ['deeper by a third', 6, 8, 1],
    ['higher by a third', 8, 6, 1],
    ['by just 10 % of the greater', 9, 10, 1],
    ['by just below 10 %', 9.1, 10, 0],
    ['by 10 % and less than 0.3 m', 2.1, 1.9, 0],
    ['by just 0.3 m', 2.1, 1.8, 1],
  ])('%s', (_, from, to, count) => {
    const changes = told([arriving(leaving(from).lie(1).report({ draughtM: to }))]);
    expect(changes).toHaveLength(count);
    if (count > 0)
      expect(changes).toMatchObject([
        {
          changes: ['opened', 'closed'],
          last: { confidence: 0.3, severity: 'info' },
          evidence: { across: 'voyage' },
        },
      ]);
  });

  test('is told from leaving one port to coming into the next, in cautious words', () => {
    const [change] = told([arriving(leaving(6).lie(1).report({ draughtM: 8 }))]);
    expect(change.evidence).toMatchObject({
      from: { draughtM: 6, port: 'Eastwick' },
      to: { draughtM: 8 },
      changeM: 2,
    });
    expect(change.sentence).toContain('this alone says little');
  });
});

describe('a draught that changed across a silence', () => {
  test('is told once the new one is sent', () => {
    const ship = leaving(6).silent(20).lie(1).report({ draughtM: 8 }).lie(3);
    expect(told([ship])).toMatchObject([{ evidence: { across: 'silence', changeM: 2 } }]);
  });

  test.each([
    ['within 12 hours after it', 10, 1],
    ['later', 14, 0],
  ])('where it is sent %s', (_, hours, count) => {
    expect(told([leaving(6).silent(20).lie(hours).report({ draughtM: 8 }).lie(1)])).toHaveLength(count);
  });

  test('of less than the gap threshold is none', () => {
    expect(told([leaving(6).silent(5).lie(1).report({ draughtM: 8 }).lie(3)])).toEqual([]);
  });

  test('is retracted when the old one is sent again within two days', () => {
    const ship = leaving(6).silent(20).lie(1).report({ draughtM: 8 }).lie(20).report({ draughtM: 6 }).lie(1);
    expect(told([ship])).toMatchObject([{ state: 'retracted', changes: ['opened', 'closed', 'retracted'] }]);
    const late = leaving(6).silent(20).lie(1).report({ draughtM: 8 }).lie(50).report({ draughtM: 6 }).lie(1);
    expect(told([late])).toMatchObject([{ state: 'closed' }]);
  });
});

describe('must stay silent for', () => {
  test('loading at the berth, and a value typed some hours after leaving', () => {
    expect(told([arriving(leaving(8))])).toEqual([]);
    const late = track({ mmsi: MMSI, at: '2016-10-04T00:00:00Z', ...BERTH, report: { draughtM: 5 } });
    expect(
      told([arriving(late.lie(10, 0).sail(8, 10, 180).report({ draughtM: 8 }).sail(6, 10, 180))]),
    ).toEqual([]);
  });

  test('a value that flips and is back before the next port', () => {
    const ship = leaving(6).lie(2).report({ draughtM: 8 }).lie(2).report({ draughtM: 6 });
    expect(told([arriving(ship)])).toEqual([]);
  });

  test('a silence at the berth', () => {
    const ship = track({ mmsi: MMSI, at: '2016-10-04T00:00:00Z', ...BERTH, report: { draughtM: 5 } });
    expect(told([ship.lie(10, 0).silent(20).lie(1, 0).report({ draughtM: 8 }).lie(5, 0)])).toEqual([]);
  });

  test('a draught that was never sent before, or never at all', () => {
    const none = track({ mmsi: MMSI, at: '2016-10-04T00:00:00Z', ...BERTH })
      .lie(10, 0)
      .sail(14, 10, 180);
    expect(told([arriving(none)])).toEqual([]);
    const unsent = track({ mmsi: MMSI, at: '2016-10-04T00:00:00Z', lon: 120, lat: 37 }).sail(2, 5, 180);
    expect(told([unsent.silent(20).lie(1).report({ draughtM: 8 }).lie(1)])).toEqual([]);
  });
});

test('any cut of the records with restarts tells the same', () => {
  const tracks = [arriving(leaving(6).silent(20).lie(1).report({ draughtM: 8 }).lie(3))];
  const whole = told(tracks);
  expect(whole.length).toBeGreaterThan(0);
  expect(told(tracks, { cuts: [30, 60, 61, 100, 140, 160, 170, 200], restart: true })).toEqual(whole);
});
