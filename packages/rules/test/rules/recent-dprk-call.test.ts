import { readAnnouncements } from '@offing/gazetteer';
import { madeUpGazetteer, tellRule, track, type RuleTest, type TrackBuilder } from '@offing/testkit';
import { describe, expect, test } from 'vitest';

const MMSI = 413_000_777;
const IMO = 9_100_011;
const report = { imoNumber: IMO, shipName: 'MADE UP' };
const ANNOUNCED = readAnnouncements(
  [
    'id,port_id,country,barred,list,bars,from,until,utc_offset_h,window,announced_by,reported_by,denied_by,denied_on,note',
    'd,,KR,dprk-call,,any ship that called within 180 days,2016-03-08,2016-12-01,9,180 days,a government,the press,,,',
    'y,,KR,dprk-call,,any ship that called within one year,2016-12-02,,9,1 years,a government,the press,,,',
  ].join('\n'),
).records;

function told(tracks: readonly TrackBuilder[], more: Partial<RuleTest> = {}) {
  return tellRule('recent-dprk-call', { tracks, gazetteer: madeUpGazetteer(ANNOUNCED), ...more });
}

/** A ship that calls at Barehaven and sails south to open sea; out of the port 2.4 hours after the given instant. */
function called(at: string, mmsi = MMSI, more: object = { report }): TrackBuilder {
  return track({ mmsi, at, lon: 125, lat: 37.99, ...more })
    .lie(2, 0)
    .sail(5, 10, 180);
}

/** A ship heard in the open sea, then in the ROK's waters for ten hours, then out again for a day. */
function coming(at: string, mmsi = MMSI, more: object = { report }): TrackBuilder {
  return track({ mmsi, at, lon: 127, lat: 37.5, ...more })
    .sail(2.4, 10, 0)
    .lie(10, 0.1)
    .sail(3, 10, 180)
    .lie(24, 1);
}

describe('a ship that comes to the ROK after a DPRK call', () => {
  test('is told from its first position in the waters to its last', () => {
    const [visit, ...more] = told([
      called('2016-04-01T00:00:00Z'),
      coming('2016-05-01T00:00:00Z', 414_000_001),
    ]);
    expect(more).toEqual([]);
    expect(visit).toMatchObject({
      mmsi: 414_000_001,
      changes: ['opened', 'closed'],
      last: { nexus: true, severity: 'high', confidence: 0.85 },
      evidence: { country: 'KR', daysSinceCall: 30, countsUntil: '2016-09-28T15:00:00Z', inferredCalls: [] },
    });
    expect(visit.evidence['calls']).toHaveLength(1);
    expect(visit.sentence).toContain('30 days after it apparently visited Barehaven');
    const { openedAt, closedAt } = visit;
    // 12 miles off 38° N is 37.80° N: 1.8 hours after 37.5.
    expect(Math.abs(Date.parse(openedAt) - Date.parse('2016-05-01T01:50:00Z'))).toBeLessThan(1_200_000);
    expect(Math.abs(Date.parse(String(closedAt)) - Date.parse('2016-05-01T13:00:00Z'))).toBeLessThan(
      1_200_000,
    );
  });

  // The call ended on 1 April in Seoul: the 180th day after it is 28 September.
  test.each([
    ['on the last day of 180', '2016-09-28T10:00:00Z', 1],
    ['the day after', '2016-09-28T15:00:00Z', 0],
  ])('%s', (_, at, count) => {
    expect(told([called('2016-04-01T00:00:00Z'), coming(at, 414_000_001)])).toHaveLength(count);
  });

  test.each([
    ['within a year once the rule says so', '2016-12-02T00:00:00Z', '2017-11-30T00:00:00Z', 1],
    ['and not a day later', '2016-12-02T00:00:00Z', '2017-12-02T20:00:00Z', 0],
    ['a call before the rule, arrival after it', '2016-02-01T00:00:00Z', '2016-05-01T00:00:00Z', 1],
    ['arrival before the rule', '2016-02-01T00:00:00Z', '2016-03-05T00:00:00Z', 0],
  ])('%s', (_, callAt, at, count) => {
    expect(told([called(callAt), coming(at, 414_000_001)])).toHaveLength(count);
  });

  test('is revised when it calls at a port there', () => {
    const ship = track({ mmsi: 414_000_001, at: '2016-05-01T00:00:00Z', lon: 127, lat: 37.5, report });
    const tracks = [called('2016-04-01T00:00:00Z'), ship.sail(2.9, 10, 0).jump(127, 37.995).lie(10, 0)];
    expect(told(tracks)).toMatchObject([
      { changes: ['opened', 'revised'], port: 'Quietport', state: 'open' },
    ]);
  });

  test('is one event while it comes and goes at the edge of the waters', () => {
    const ship = track({ mmsi: 414_000_001, at: '2016-05-01T00:00:00Z', lon: 127, lat: 37.75, report });
    for (let i = 0; i < 4; i++) ship.sail(1, 6, 0).sail(1, 6, 180);
    expect(told([called('2016-04-01T00:00:00Z'), ship])).toHaveLength(1);
  });

  test('as the same hull under its own MMSI, without an IMO number', () => {
    const ship = called('2016-04-01T00:00:00Z', MMSI, {}).sail(12, 9, 90).sail(4.5, 10, 0);
    expect(told([ship])).toMatchObject([{ mmsi: MMSI, evidence: { country: 'KR' } }]);
  });
});

describe('must stay silent for', () => {
  test('a ship without a DPRK call, and one whose number is another', () => {
    expect(told([coming('2016-05-01T00:00:00Z')])).toEqual([]);
    const other = { report: { imoNumber: 9_100_023 } };
    expect(
      told([called('2016-04-01T00:00:00Z'), coming('2016-05-01T00:00:00Z', 414_000_001, other)]),
    ).toEqual([]);
  });

  test('other waters, and a gazetteer without such a rule', () => {
    const off = track({ mmsi: 414_000_001, at: '2016-05-01T00:00:00Z', lon: 120, lat: 37.5, report });
    expect(told([called('2016-04-01T00:00:00Z'), off.sail(3, 10, 0).lie(10)])).toEqual([]);
    const tracks = [called('2016-04-01T00:00:00Z'), coming('2016-05-01T00:00:00Z', 414_000_001)];
    expect(told(tracks, { gazetteer: madeUpGazetteer() })).toEqual([]);
  });

  test('passing a DPRK port without a stop', () => {
    const passed = track({ mmsi: MMSI, at: '2016-04-01T00:00:00Z', lon: 124.5, lat: 37.99, report }).sail(
      5,
      10,
      90,
    );
    expect(told([passed, coming('2016-05-01T00:00:00Z', 414_000_001)])).toEqual([]);
  });
});

test('any cut of the records with restarts tells the same', () => {
  const tracks = [called('2016-04-01T00:00:00Z'), coming('2016-05-01T00:00:00Z', 414_000_001)];
  const whole = told(tracks);
  expect(whole).toHaveLength(1);
  expect(told(tracks, { cuts: [10, 20, 45, 60, 61, 62, 90, 120, 150], restart: true })).toEqual(whole);
});
