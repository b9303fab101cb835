import { makeRegister } from '@offing/designations';
import { tellRule, track, traffic } from '@offing/testkit';
import { describe, expect, it } from 'vitest';
import { measuresOf } from '../../src/page/measures.ts';

const MMSI = 445_900_001;
const START = '2016-11-05T00:00:00Z';

/** Evidence as the rules themselves make it: what a rule renames must be found missing here. */
function evidenceOf(rule: 'transponder-gap' | 'hovering' | 'designated-vessel') {
  const off = { lon: 120, lat: 37.7 };
  const silent = track({ mmsi: MMSI, at: START, lon: 120, lat: 36.7 })
    .sail(6, 10, 0)
    .silent(20)
    .sail(3, 1, 0);
  const outside = track({ mmsi: MMSI, at: START, lon: 119.85, lat: 36.9 })
    .sail(4.5, 12, 0)
    .lie(30)
    .sail(6, 12, 180);
  const listed = track({ mmsi: MMSI, at: START, ...off, report: { imoNumber: 9_100_011 } }).sail(10, 9, 180);
  const tracks = {
    'transponder-gap': [...traffic(8, { at: START, hours: 72, ...off }), silent],
    hovering: [outside],
    'designated-vessel': [listed],
  };
  const events = tellRule(rule, { tracks: tracks[rule], register: makeRegister([LISTED]) });
  return events[0].evidence;
}

const LISTED = {
  designationId: 'd1',
  list: 'UN',
  entryId: null,
  imoNumber: 9_100_011,
  mmsi: null,
  callSign: null,
  shipName: 'MADE UP ONE',
  flag: null,
  program: null,
  designatedOn: '2016-03-02',
  delistedOn: null,
  knownSince: 0,
  delistingKnownSince: null,
  source: 'made up',
};

describe('the thresholds beside the observed values', () => {
  it('are all there for a gap', () => {
    const measures = measuresOf('transponder-gap', evidenceOf('transponder-gap'));
    expect(measures.map(({ observed, threshold }) => [observed, threshold])).toEqual([
      [expect.stringMatching(/^20(\.\d+)? h$/), 'more than 6 h'],
      ['8', 'at least 3'],
      [expect.stringMatching(/^\d+ of \d+$/), 'at least 50 %'],
    ]);
  });

  it('are all there for a stay', () => {
    const measures = measuresOf('hovering', evidenceOf('hovering'));
    expect(measures.map(({ observed, threshold }) => [observed, threshold])).toEqual([
      ['29.83 h', 'at least 24 h'],
      [expect.stringMatching(/ kn$/), 'less than 2 kn in each hour'],
      [expect.stringMatching(/ km$/), 'up to 50 km, or as near to its anchorages'],
      [expect.stringMatching(/ h$/), 'at least 24 h farther than 10 km from every anchorage point'],
    ]);
  });

  it('are all there for a listed ship', () => {
    const measures = measuresOf('designated-vessel', evidenceOf('designated-vessel'));
    expect(measures).toMatchObject([{ observed: 'confirmed, by IMO number 9100011' }]);
  });

  it('leave out what the evidence does not tell, and rules that are not known', () => {
    expect(measuresOf('transponder-gap', { silenceOutsideOutagesH: null, thresholdH: 6 })).toEqual([]);
    expect(measuresOf('zone-entry', { thresholdH: 6 })).toEqual([]);
    expect(measuresOf('__proto__', {})).toEqual([]);
  });
});
