import { tellRule, tellRules, track, traffic, type RuleTest, type TrackStart } from '@offing/testkit';
import { AIS_CLASS } from '@offing/track';
import { describe, expect, test } from 'vitest';

const MMSI = 445_900_001;
const START = '2016-11-05T00:00:00Z';
/** 22 km off the made-up coast, south of Eastwick: 12 nm. */
const OFF_PORT = { lon: 120, lat: 37.8 };
const OTHERS = { at: START, hours: 96, lon: 120, lat: 37.75 };
const NM = 1 / 60;

/** A ship that begins so many nautical miles south of Eastwick and comes in at 10 kn to a place off it. */
function inbound(fromNm = 72, toNm = 12, more: Partial<TrackStart> = {}) {
  const start = { mmsi: MMSI, at: START, lon: 120, lat: 38 - fromNm * NM, ...more };
  return track(start).sail((fromNm - toNm) / 10, 10, 0);
}

function dark(tracks: readonly ReturnType<typeof track>[], more: Partial<RuleTest> = {}) {
  return tellRule('dark-near-port', { tracks, ...more });
}

describe('a ship that comes to a watched port and falls silent', () => {
  test('is told with its approach, its verdict and what the silence leaves time for', () => {
    const ship = inbound().silent(27).sail(5, 10, 180);
    const [event, ...more] = dark([...traffic(8, OTHERS), ship]);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      mmsi: MMSI,
      state: 'closed',
      verdict: 'silent',
      port: 'Eastwick',
      openedAt: '2016-11-05T05:50:00.000Z',
      closedAt: '2016-11-06T09:00:00.000Z',
      firstKnownAt: '2016-11-05T11:51:00.000Z',
    });
    expect(event.last.severity).toBe('critical');
    expect(event.last.port?.id).toBe('made-eastwick');
    expect(event.evidence['portKm']).toBeCloseTo(25.3, 0);
    expect(event.evidence['approach']).toMatchObject({ farAtLeastKm: 74.1 });
    const approach = event.evidence['approach'] as { readonly farKm: number };
    expect(approach.farKm).toBeGreaterThan(74.1);
    const [call] = event.evidence['inferredCalls'] as {
      readonly name: string;
      readonly hoursAlongsideAtMost: number;
    }[];
    expect(call.name).toBe('Eastwick');
    // 27 h 10 min, less some 7 nm to the outer roads and 5 nm back at 10 kn.
    expect(call.hoursAlongsideAtMost).toBeGreaterThan(25);
    expect(call.hoursAlongsideAtMost).toBeLessThan(27.17 - 0.6);
    expect(event.sentence).toContain('apparent call');
    expect(event.sentence).toContain('none was observed');
  });

  test('has the life of its gap under an id of its own', () => {
    const told = tellRules({ tracks: [...traffic(8, OTHERS), inbound().silent(27).sail(5, 10, 180)] });
    const own = told.filter((event) => event.mmsi === MMSI);
    const [gap] = own.filter((event) => event.type === 'transponder-gap');
    const [event] = own.filter((one) => one.type === 'dark-near-port');
    expect(event.id).not.toBe(gap.id);
    expect(event.changes).toEqual(gap.changes);
    expect(event.versions.map((version) => version.knownSince)).toEqual(
      gap.versions.map((version) => version.knownSince),
    );
  });

  test('is unobserved where too few others are heard, and then matters little', () => {
    const clock = traffic(5, { ...OTHERS, lon: 124, mmsi: 413_200_001 });
    const [event] = dark([...clock, inbound().silent(20).sail(3, 10, 180)]);
    expect(event).toMatchObject({ verdict: 'unobserved', last: { severity: 'info' } });
  });

  test('grows while it is open: so do the hours that it can have been alongside', () => {
    const [event] = dark([...traffic(8, OTHERS), inbound()]);
    expect(event.state).toBe('open');
    const hours = event.versions.map((version) => {
      const calls = version.evidence['inferredCalls'] as { readonly hoursAlongsideAtMost: number }[];
      return calls[0]?.hoursAlongsideAtMost ?? 0;
    });
    expect(hours.length).toBeGreaterThan(2);
    expect(hours).toEqual([...hours].sort((a, b) => a - b));
    expect(new Set(hours).size).toBe(hours.length);
  });

  test.each([
    ['19 nm off the port', 19, 1],
    ['21 nm off the port, 10 nm off the nearest roads', 21, 0],
  ])('lies within 20 nm: %s', (_, nm, count) => {
    expect(dark([...traffic(8, OTHERS), inbound(80, nm).lie(0.3).silent(20).sail(3, 10, 180)])).toHaveLength(
      count,
    );
  });

  test.each([
    ['within 10 km of an anchorage point far from the port', 9.9, 1],
    ['farther than 10 km from it', 10.3, 0],
  ])('or %s', (_, km, count) => {
    // Linewick's roads reach to 12 km off the coast; at 20 nm and more from its point only they count.
    const settings = { 'dark-near-port': { portNm: 1 } };
    const lat = 37.88 - km / 111.195;
    const ship = track({ mmsi: MMSI, at: START, lon: 180.03 - 360, lat: lat - 1.25 }).sail(7.5, 10, 0);
    const end = ship.lie(0.3).silent(20).sail(3, 10, 180);
    expect(dark([...traffic(8, { ...OTHERS, lon: 179.98 }), end], { settings })).toHaveLength(count);
  });

  test.each([
    ['41 nm', 41, 1],
    ['39 nm', 39, 0],
  ])('had come from more than 40 nm away: %s', (_, nm, count) => {
    expect(dark([...traffic(8, OTHERS), inbound(nm).silent(20).sail(3, 10, 180)])).toHaveLength(count);
  });

  test.each([
    ['a day', 24, 1],
    ['three days', 72, 0],
  ])('and had come lately: after %s on the roads', (_, hours, count) => {
    const ship = inbound().lie(hours).silent(20).sail(3, 10, 180);
    expect(dark([...traffic(8, { ...OTHERS, hours: 130 }), ship])).toHaveLength(count);
  });

  test('across the antimeridian and midnight', () => {
    const at = '2016-12-31T18:00:00Z';
    const ship = track({ mmsi: MMSI, at, lon: -178.4, lat: 37.8 })
      .sail(7.5, 10, 270)
      .silent(20)
      .sail(3, 10, 90);
    expect(dark([...traffic(8, { ...OTHERS, at, lon: 179.98 }), ship])).toMatchObject([
      { port: 'Linewick', verdict: 'silent', openedAt: '2017-01-01T01:20:00.000Z' },
    ]);
  });

  test('with sparse reports, no speed and no course', () => {
    const ship = inbound(90, 12, { everyMin: 60 });
    const bare = ship
      .lie(1.5)
      .silent(30)
      .sail(3, 10, 180)
      .rows.map((row) => ({ ...row, sogKn: null, cogDeg: null }));
    expect(dark(traffic(8, OTHERS), { rows: bare })).toMatchObject([{ mmsi: MMSI }]);
  });

  test('judges by the threshold of the gap rule unless it has its own', () => {
    const tracks = [...traffic(8, OTHERS), inbound().silent(9).sail(3, 10, 180)];
    expect(dark(tracks)).toHaveLength(1);
    expect(dark(tracks, { settings: { 'transponder-gap': { thresholdH: 12 } } })).toEqual([]);
  });
});

describe('must stay silent for', () => {
  test('ships that were lying there from the beginning', () => {
    const lying = track({ mmsi: MMSI, at: START, ...OFF_PORT, navStatus: 1 })
      .lie(30)
      .silent(20)
      .lie(3);
    expect(dark([...traffic(8, OTHERS), lying])).toEqual([]);
  });

  test('a ship that came, was at a berth, and falls silent when it has left', () => {
    const ship = track({ mmsi: MMSI, at: START, lon: 120, lat: 37 })
      .sail(5.97, 10, 0)
      .lie(9)
      .sail(1, 10, 180)
      .silent(20)
      .sail(3, 10, 180);
    expect(dark([...traffic(8, OTHERS), ship])).toEqual([]);
  });

  test('a ship that falls silent at a berth, or far from every watched port', () => {
    const berthed = track({ mmsi: MMSI, at: START, lon: 120, lat: 37 })
      .sail(5.97, 10, 0)
      .lie(1)
      .silent(20)
      .lie(3);
    expect(dark([...traffic(8, OTHERS), berthed])).toEqual([]);
    const off = { lon: 127, lat: 36.8 };
    const quiet = track({ mmsi: MMSI, at: START, ...off })
      .sail(6, 10, 0)
      .silent(20)
      .sail(3, 10, 180);
    expect(dark([...traffic(8, { ...OTHERS, lon: 127 }), quiet])).toEqual([]);
  });

  test('an outage of the feed', () => {
    const others = [
      ...traffic(8, { ...OTHERS, hours: 6 }),
      ...traffic(8, { ...OTHERS, at: '2016-11-06T09:00:00Z', hours: 20 }),
    ];
    expect(dark([...others, inbound().silent(27.1).sail(5, 10, 180)])).toEqual([]);
  });

  test('a shared MMSI', () => {
    const other = track({ mmsi: MMSI, at: '2016-11-05T02:00:00Z', lon: 126, lat: 36 }).lie(40);
    expect(dark([...traffic(8, OTHERS), inbound().silent(20).sail(5, 10, 180), other])).toEqual([]);
  });

  test('class B in a marina', () => {
    const ship = inbound(72, 0.5, { aisClass: AIS_CLASS.B, lon: 120.15 }).lie(1).silent(20).lie(3);
    expect(dark([...traffic(8, { ...OTHERS, aisClass: AIS_CLASS.B }), ship])).toEqual([]);
  });
});
