import { makeRegister } from '@offing/designations';
import { loadGazetteer, readZones, withZones } from '@offing/gazetteer';
import { ruleBook } from '@offing/rules';
import { SCENARIOS, scenarioRows, tellRule, tellRules, track, traffic } from '@offing/testkit';
import { describe, expect, it } from 'vitest';
import { MEASURES } from '../../src/page/measure-rows.ts';
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
      [expect.stringMatching(/^\d+(\.\d+)? h$/), 'at least 0.5 h'],
    ]);
  });

  it('are all there for a stay', () => {
    const measures = measuresOf('hovering', evidenceOf('hovering'));
    expect(measures.map(({ observed, threshold }) => [observed, threshold])).toEqual([
      ['29.83 h', 'at least 24 h'],
      [expect.stringMatching(/ kn$/), 'less than 2 kn in each hour'],
      [expect.stringMatching(/ km$/), 'up to 50 km, or as near to its anchorages'],
      [expect.stringMatching(/ h$/), 'at least 24 h farther than 10 km from every anchorage point'],
      ['1.2 days', expect.stringMatching(/^more than 14 days \(fixed: /)],
    ]);
  });

  it('are all there for a listed ship', () => {
    const measures = measuresOf('designated-vessel', evidenceOf('designated-vessel'));
    expect(measures).toMatchObject([{ observed: 'confirmed, by IMO number 9100011' }]);
  });

  it('leave out what the evidence does not tell, and rules that are not known', () => {
    expect(measuresOf('transponder-gap', { silenceOutsideOutagesH: null, thresholdH: 6 })).toEqual([]);
    expect(measuresOf('zone-entry', { thresholdH: 6 })).toEqual([]);
    expect(measuresOf('hovering', { lengthH: 30, leastH: [], queue: null })).toEqual([]);
    expect(measuresOf('__proto__', {})).toEqual([]);
  });
});

describe('each rule', () => {
  const square = [
    [119, 34],
    [121, 34],
    [121, 36],
    [119, 36],
    [119, 34],
  ];
  const { zones } = readZones(
    JSON.stringify({ type: 'Feature', id: 'z', geometry: { type: 'Polygon', coordinates: [square] } }),
  );
  const gazetteer = withZones(loadGazetteer(), zones);
  const wanted = [
    'dark-off-lianyungang',
    'region-out-off-lianyungang',
    'twice-in-a-day',
    'wait-and-berth-penglai',
    'there-and-back-nakhodka',
    'six-gather-off-lanshan',
    'appears-off-lanshan',
    'adrift-sea-of-japan',
    'called-at-chongjin-then-pohang',
    'reflagged-under-way',
    'placeholder-number',
    'jammed-and-back',
    'deeper-after-a-silence',
  ];
  const scenarios = SCENARIOS.filter(({ file }) => wanted.includes(file));
  const told = scenarios.flatMap((scenario) =>
    tellRules({ tracks: [], rows: scenarioRows(scenario), gazetteer, register: makeRegister([]) }),
  );

  it.each(
    ruleBook()
      .map(({ id }) => id)
      .filter((id) => id !== 'designated-vessel'),
  )('%s has its thresholds beside what was observed, all of them in some event', (id) => {
    const shown = told.filter(({ type }) => type === id).map(({ evidence }) => measuresOf(id, evidence));
    const whats = new Set(shown.flatMap((measures) => measures.map(({ what }) => what)));
    const rows = MEASURES[id] ?? [];
    expect(rows.length).toBeGreaterThan(0);
    // A meeting far from every anchorage has no distance to one.
    const unseen = id === 'encounter' ? ['Distance to the nearest anchorage point'] : [];
    expect(rows.map(({ what }) => what).filter((what) => !whats.has(what))).toEqual(unseen);
    for (const { observed, threshold } of shown.flat())
      for (const words of [observed, threshold]) expect(words).not.toMatch(/undefined|NaN|null|^ | {2}/);
  });
});
