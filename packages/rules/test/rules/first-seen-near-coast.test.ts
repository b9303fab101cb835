import { tellRule, tellRules, track, traffic, type RuleTest, type TrackStart } from '@offing/testkit';
import { AIS_CLASS } from '@offing/track';
import { describe, expect, test } from 'vitest';

const MMSI = 613_900_001;
const START = '2016-11-05T00:00:00Z';
const HOUR = 3_600_000;
const CARGO = { shipType: 70 };

function later(hours: number): string {
  return new Date(Date.parse(START) + hours * HOUR).toISOString();
}

/** Ships inshore, and ships 40 km farther out, heard for three days. */
const INSHORE = traffic(6, { at: START, hours: 72, lon: 120, lat: 37.75 });
const OFFSHORE = traffic(6, { at: START, hours: 72, lon: 120, lat: 37.3, mmsi: 413_200_001 });

/** A ship that appears 33 km south of Eastwick after so many hours, on its way in. */
function appears(afterH = 30, more: Partial<TrackStart> = {}) {
  return track({ mmsi: MMSI, at: later(afterH), lon: 120, lat: 37.65, report: CARGO, ...more }).sail(3, 8, 0);
}

function seen(tracks: readonly ReturnType<typeof track>[], more: Partial<RuleTest> = {}) {
  return tellRule('first-seen-near-coast', { tracks, ...more });
}

describe('a ship that appears where it should have been heard coming', () => {
  test('is told an hour later, with those who were heard where it came from', () => {
    const [event, ...more] = seen([...INSHORE, ...OFFSHORE, appears()]);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      mmsi: MMSI,
      state: 'closed',
      changes: ['opened', 'closed'],
      port: 'Eastwick',
      openedAt: later(30).replace('Z', '').concat('Z'),
    });
    expect(Date.parse(event.firstKnownAt) - Date.parse(event.openedAt)).toBeLessThan(1.2 * HOUR);
    expect(event.evidence).toMatchObject({
      witnesses: 6,
      witnessesAtLeast: 3,
      hoursWithWitness: 6,
      shipType: 70,
    });
    expect(event.last.confidence).toBeGreaterThan(0.7);
    expect(event.sentence).toContain('first heard');
  });

  test('is told with less confidence when it never says what it is', () => {
    const [event] = seen([...INSHORE, ...OFFSHORE, appears(30, { report: undefined })]);
    expect(event.last.confidence).toBeLessThan(0.7);
    expect(event.evidence['shipType']).toBeNull();
  });

  test('is told once, however long it stays', () => {
    expect(seen([...INSHORE, ...OFFSHORE, appears().lie(20)])).toHaveLength(1);
  });
});

describe('must stay silent for', () => {
  test.each([
    ['the start of the data', 0],
    ['the first day of the feed', 23],
  ])('%s', (_, afterH) => {
    expect(seen([...INSHORE, ...OFFSHORE, appears(afterH)])).toEqual([]);
  });

  test('the day after an outage of the feed', () => {
    const feed = (from: number, hours: number) => [
      ...traffic(6, { at: later(from), hours, lon: 120, lat: 37.75 }),
      ...traffic(6, { at: later(from), hours, lon: 120, lat: 37.3, mmsi: 413_200_001 }),
    ];
    expect(seen([...feed(0, 26), ...feed(28, 60), appears(36)])).toEqual([]);
    expect(seen([...feed(0, 26), ...feed(28, 60), appears(54)])).toHaveLength(1);
  });

  test('the day after an outage of a region', () => {
    const sea = (from: number, hours: number) =>
      traffic(6, { at: later(from), hours, lon: 120, lat: 37.3, mmsi: 413_200_001 });
    const far = traffic(12, { at: START, hours: 90, lon: 124, lat: 37.5, mmsi: 413_300_001 });
    expect(seen([...far, ...sea(0, 26), ...sea(30, 60), appears(40)])).toEqual([]);
    expect(seen([...far, ...sea(0, 90), appears(40)])).toHaveLength(1);
  });

  test.each([
    ['nobody heard farther out', INSHORE],
    ['two ships heard farther out', [...INSHORE, ...OFFSHORE.slice(0, 2)]],
    [
      'ships of another class heard farther out',
      [
        ...INSHORE,
        ...traffic(6, {
          at: START,
          hours: 72,
          lon: 120,
          lat: 37.3,
          mmsi: 413_200_001,
          aisClass: AIS_CLASS.B,
        }),
      ],
    ],
  ])('%s', (_, tracks) => {
    expect(seen([...tracks, appears()])).toEqual([]);
  });

  test.each([30, 31, 33, 36, 37, 50, 52])('ship type %i', (shipType) => {
    expect(seen([...INSHORE, ...OFFSHORE, appears(30, { report: { shipType } })])).toEqual([]);
  });

  test('a type that is told only minutes later', () => {
    const ship = appears(30, { report: undefined });
    const rows = [{ at: Date.parse(later(30.3)), mmsi: MMSI, report: { shipType: 30 } }];
    expect(seen([...INSHORE, ...OFFSHORE, ship], { rows })).toEqual([]);
  });

  test.each([
    ['class B', { aisClass: AIS_CLASS.B }],
    ['a ship 60 km from every watched port', { lon: 121.3 }],
    ['a ship at a port', { lat: 37.99 }],
    ['a ship on the roads', { lat: 37.9 }],
  ])('%s', (_, more) => {
    expect(seen([...INSHORE, ...OFFSHORE, appears(30, more)])).toEqual([]);
  });

  test('a ship that comes out of the port, or along the coast', () => {
    for (const course of [180, 90]) {
      const ship = track({ mmsi: MMSI, at: later(30), lon: 120, lat: 37.65, report: CARGO }).sail(
        3,
        8,
        course,
      );
      expect(seen([...INSHORE, ...OFFSHORE, ship])).toEqual([]);
    }
  });

  test('one bad fix, and another hull of a known MMSI', () => {
    const first = { at: Date.parse(later(30)), mmsi: MMSI, lon: 120, lat: 37.65, sogKn: 8, cogDeg: 0 };
    expect(seen([...INSHORE, ...OFFSHORE], { rows: [first] })).toEqual([]);
    const known = track({ mmsi: MMSI, at: START, lon: 130, lat: 30 }).sail(29, 8, 180);
    const told = tellRules({ tracks: [...INSHORE, ...OFFSHORE, known, appears()] });
    expect(told.filter((event) => event.type === 'first-seen-near-coast')).toEqual([]);
  });

  test('a ship that had been heard before', () => {
    const ship = track({ mmsi: MMSI, at: later(26), lon: 120, lat: 36.7, report: CARGO }).sail(9, 8, 0);
    expect(seen([...INSHORE, ...OFFSHORE, ship])).toEqual([]);
  });
});
