import { describe, expect, test } from 'vitest';
import { tellRule, track, traffic, type RuleTest, type TrackStart } from '@offing/testkit';
import { AIS_CLASS } from '@offing/track';

const MMSI = 445_900_001;
/** 33 km off the made-up coast, south of Eastwick. */
const OFF = { lon: 120, lat: 37.7 };
const START = '2016-11-05T00:00:00Z';
const OTHERS = { at: START, hours: 72, ...OFF };

/** A ship that comes in from the south at 10 kn and is at OFF after six hours. */
function inbound(more: Partial<TrackStart> = {}) {
  return track({ mmsi: MMSI, at: START, lon: OFF.lon, lat: OFF.lat - 1, ...more }).sail(6, 10, 0);
}

type More = Partial<RuleTest>;

/** Every gap, those among them that go on when the recording ends. */
function allGaps(tracks: readonly ReturnType<typeof track>[], more: More = {}) {
  return tellRule('transponder-gap', { tracks, ...more });
}

/** The gaps that ended: each track here ends before the recording does. */
function gaps(tracks: readonly ReturnType<typeof track>[], more: More = {}) {
  return allGaps(tracks, more).filter((gap) => gap.state !== 'open');
}

describe('a ship that falls silent among others', () => {
  test('opens when event time passes the threshold, and closes with its next position', () => {
    const [gap, ...more] = gaps([...traffic(8, OTHERS), inbound().silent(20).sail(3, 1, 0)]);
    expect(more).toEqual([]);
    expect(gap).toMatchObject({
      mmsi: MMSI,
      state: 'closed',
      verdict: 'silent',
      port: 'Eastwick',
      openedAt: '2016-11-05T05:50:00.000Z',
      closedAt: '2016-11-06T02:00:00.000Z',
    });
    expect(gap.changes).toEqual(['opened', 'revised', 'closed']);
    expect(gap.firstKnownAt).toBe('2016-11-05T11:51:00.000Z');
    expect(gap.last.confidence).toBeGreaterThan(0.8);
    expect(gap.evidence['witnessList']).toHaveLength(8);
    expect(gap.evidence['doubts']).toEqual([]);
  });

  test('goes on with one id while the recording ends before the ship is back', () => {
    const tracks = [...traffic(8, OTHERS), inbound()];
    const [gap] = allGaps(tracks);
    expect(gap).toMatchObject({ state: 'open', closedAt: null, verdict: 'silent' });
    expect(Number(gap.evidence['silenceH'])).toBeGreaterThanOrEqual(48);
    expect(allGaps(tracks)[0].id).toBe(gap.id);
  });

  test.each([
    ['an exact threshold', 6 * 3_600_000, 0],
    ['a millisecond more', 6 * 3_600_000 + 1, 1],
    ['a minute less', 6 * 3_600_000 - 60_000, 0],
  ])('is told strictly above six hours: %s', (_, silenceMs, count) => {
    const ship = inbound();
    const last = ship.rows[ship.rows.length - 1];
    const rows = [{ ...last, at: last.at + silenceMs }];
    expect(gaps([...traffic(8, OTHERS), ship], { rows })).toHaveLength(count);
  });

  test('crosses midnight and the end of a year like any other hour', () => {
    const at = '2016-12-31T15:00:00Z';
    const [gap] = gaps([...traffic(8, { ...OTHERS, at }), inbound({ at }).silent(9).sail(2, 10, 0)]);
    expect(gap).toMatchObject({ openedAt: '2016-12-31T20:50:00.000Z', closedAt: '2017-01-01T06:00:00.000Z' });
  });

  test('is one gap across the antimeridian, with witnesses on both sides of it', () => {
    const off = { lon: 179.99, lat: 37.7 };
    const ship = inbound({ lon: off.lon }).silent(8, 2, 90).sail(2, 8, 90);
    const [gap, ...more] = gaps([...traffic(8, { ...OTHERS, ...off }), ship]);
    expect(more).toEqual([]);
    expect(gap).toMatchObject({ verdict: 'silent', port: 'Linewick' });
    expect(gap.evidence['witnesses']).toBe(8);
    const on = gap.evidence['on'] as { readonly lon: number };
    expect(on.lon).toBeLessThan(-179);
  });

  test('gives the evidence as received, null where the ship did not say', () => {
    const ship = inbound().sail(1, null, null).silent(9).sail(2, null, null);
    const [gap] = gaps([...traffic(8, { ...OTHERS, lat: 37.8 }), ship]);
    expect(gap.evidence['off']).toMatchObject({ sogKn: null, cogDeg: null, navStatus: 0 });
    expect(gap.verdict).toBe('silent');
  });

  test('is not told of hulls that were heard in turn under one MMSI in the day before', () => {
    const other = track({ mmsi: MMSI, at: '2016-11-05T00:05:00Z', lon: 122.75, lat: 36.7 })
      .sail(6, 10, 0)
      .silent(10)
      .sail(2, 9, 0);
    const ship = inbound().silent(10).sail(2, 9, 0);
    const far = traffic(8, { ...OTHERS, lon: 122.75, mmsi: 413_100_001 });
    const told = gaps([...traffic(8, OTHERS), ...far, ship, other]);
    expect(told).toEqual([]);
  });
});

describe('what others heard', () => {
  test.each([
    [3, 'silent'],
    [2, 'unobserved'],
    [0, 'unobserved'],
  ] as const)('%i witnesses make a silence %s', (count, verdict) => {
    const elsewhere = traffic(5, { ...OTHERS, lon: 124, mmsi: 413_200_001 });
    const [gap] = gaps([...traffic(count, OTHERS), ...elsewhere, inbound().silent(20).sail(3, 1, 0)]);
    expect(gap.verdict).toBe(verdict);
    expect(gap.evidence['witnesses']).toBe(count);
  });

  test.each([
    ['49 km away', 49, 'silent'],
    ['51 km away', 51, 'unobserved'],
  ] as const)('a witness counts within 50 km: %s', (_, km, verdict) => {
    const lon = OFF.lon + km / (111.195 * Math.cos((OFF.lat * Math.PI) / 180));
    const [gap] = gaps([
      ...traffic(4, { ...OTHERS, lon, apartDeg: 0.0001 }),
      inbound().silent(20).sail(3, 1, 0),
    ]);
    expect(gap.verdict).toBe(verdict);
  });

  test.each([
    ['another class', { aisClass: AIS_CLASS.B }],
    ['another feed', { feed: 1 }],
  ])('ships of %s are no witnesses', (_, more) => {
    const feeds = ['a', 'b'].map((name) => ({ name, synthetic: true }));
    const own = traffic(2, { ...OTHERS, mmsi: 413_300_001 });
    const [gap] = gaps([...own, ...traffic(8, { ...OTHERS, ...more }), inbound().silent(20).sail(3, 1, 0)], {
      feeds,
    });
    expect(gap).toMatchObject({ verdict: 'unobserved' });
    expect(gap.evidence['witnesses']).toBe(2);
  });

  test.each([
    ['half', 11, 'silent'],
    ['less than half', 8, 'unobserved'],
  ] as const)('witnesses in %s of the hours', (_, hours, verdict) => {
    // A ship far away keeps the feed going; the witnesses are heard from the sixth hour of the data on.
    const clock = traffic(5, { ...OTHERS, lon: 124, mmsi: 413_200_001 });
    const [gap] = gaps([
      ...traffic(8, { ...OTHERS, hours: 6 + hours }),
      ...clock,
      inbound().silent(20).sail(3, 1, 0),
    ]);
    expect(gap.verdict).toBe(verdict);
  });

  test('a ship that is seldom heard anyway is not silent', () => {
    const slowly = { everyMin: 180 };
    const ship = track({ mmsi: MMSI, at: START, ...OFF, lat: 36.2, ...slowly })
      .sail(18, 5, 0)
      .silent(5)
      .sail(9, 5, 0);
    const [gap] = gaps([...traffic(8, OTHERS), ship]);
    expect(gap).toMatchObject({ verdict: 'unobserved' });
    expect(gap.evidence['doubts']).toContain('own-interval');
  });

  test('removing a witness never raises the confidence', () => {
    const confidences = [8, 7, 6, 5, 4, 3, 2, 1, 0].map((count) => {
      const clock = traffic(5, { ...OTHERS, lon: 124, mmsi: 413_200_001 });
      return gaps([...traffic(count, OTHERS), ...clock, inbound().silent(20).sail(3, 1, 0)])[0].last
        .confidence;
    });
    expect([...confidences].sort((a, b) => b - a)).toEqual(confidences);
    expect(confidences[0]).toBeGreaterThan(confidences[8]);
  });
});

describe('outages', () => {
  test('of the whole feed make no gap, however long', () => {
    const tracks = [
      ...traffic(8, { ...OTHERS, hours: 6 }),
      ...traffic(8, { ...OTHERS, at: '2016-11-06T09:00:00Z', hours: 12 }),
    ];
    expect(gaps([...tracks, inbound().silent(27).sail(9, 3, 0)])).toEqual([]);
  });

  test.each([
    ['no more than the threshold remains', 5.5, 0],
    ['more than the threshold remains', 7, 1],
  ])('are subtracted: %s', (_, afterH, count) => {
    // Heard until 06:00, the feed is out from 06:00 to 16:00, the ship is back some hours later.
    const tracks = [
      ...traffic(8, { ...OTHERS, hours: 6 }),
      ...traffic(8, { ...OTHERS, at: '2016-11-05T16:00:00Z', hours: 24 }),
    ];
    const told = gaps([
      ...tracks,
      inbound()
        .silent(10 + afterH)
        .sail(2, 3, 0),
    ]).filter((gap) => gap.state !== 'retracted');
    expect(told).toHaveLength(count);
    for (const gap of told) expect(gap.verdict).toBe('unobserved');
  });

  test('retract a gap that they shorten below the threshold', () => {
    // 4 h of silence, then an outage of 1 h, then silence: at 6 h 30 min the gap is not told, for 5.5 h remain.
    const tracks = [
      ...traffic(8, { ...OTHERS, hours: 10 }),
      ...traffic(8, { ...OTHERS, at: '2016-11-05T11:00:00Z', hours: 24 }),
    ];
    expect(gaps([...tracks, inbound().silent(6.6).sail(2, 3, 0)])).toEqual([]);
    expect(gaps([...tracks, inbound().silent(9).sail(2, 3, 0)])).toMatchObject([
      { verdict: 'silent', state: 'closed' },
    ]);
  });

  test('of a region void the gaps of that region, while the rest of the feed goes on', () => {
    const elsewhere = traffic(8, { ...OTHERS, lon: 122.75, mmsi: 413_200_001 });
    const back = { ...OTHERS, at: '2016-11-06T09:00:00Z', hours: 12 };
    const region = [...traffic(6, { ...OTHERS, hours: 6 }), ...traffic(6, back)];
    const told = gaps([...elsewhere, ...region, inbound().silent(27.2).sail(9, 3, 0)]);
    expect(told.filter((gap) => gap.state !== 'retracted')).toEqual([]);
  });

  test('of a region never leave a ship at its edge silent', () => {
    // Everything west of 120.03° is out for 27 hours; east of it, 3 to 40 km away, others are heard all the time.
    const dark = [
      ...traffic(5, { ...OTHERS, lon: 119.9, hours: 6 }),
      ...traffic(5, { ...OTHERS, lon: 119.9, at: '2016-11-06T09:00:00Z', hours: 12 }),
    ];
    const lit = traffic(5, { ...OTHERS, lon: 120.2, mmsi: 413_200_001 });
    const told = gaps([...dark, ...lit, inbound().silent(27.2).sail(9, 3, 0)]);
    expect(told.filter((gap) => gap.verdict === 'silent')).toEqual([]);
    const [own] = told.filter((gap) => gap.mmsi === MMSI);
    expect(own.evidence['doubts']).toContain('fell-silent-together');
  });

  test('of a region void nothing of a ship that fell silent elsewhere', () => {
    const far = inbound({ lon: 122.75 }).silent(27.2).sail(9, 3, 0);
    const region = [
      ...traffic(6, { ...OTHERS, hours: 6 }),
      ...traffic(6, { ...OTHERS, at: '2016-11-06T09:00:00Z', hours: 12 }),
    ];
    const [gap] = gaps([...traffic(8, { ...OTHERS, lon: 122.75, mmsi: 413_200_001 }), ...region, far]);
    expect(gap).toMatchObject({ verdict: 'silent', mmsi: MMSI });
  });

  test('of a region with silence enough after it leave a gap that is not held against the ship', () => {
    const elsewhere = traffic(8, { ...OTHERS, lon: 122.75, mmsi: 413_200_001 });
    const region = [
      ...traffic(6, { ...OTHERS, hours: 6 }),
      ...traffic(6, { ...OTHERS, at: '2016-11-05T16:00:00Z', hours: 48 }),
    ];
    const told = gaps([...elsewhere, ...region, inbound().silent(30).sail(9, 3, 0)]).filter(
      (gap) => gap.state !== 'retracted',
    );
    expect(told).toMatchObject([{ verdict: 'unobserved', mmsi: MMSI, openedAt: '2016-11-05T05:50:00.000Z' }]);
    expect(told[0].evidence['doubts']).toContain('out-when-it-fell-silent');
    expect(told[0].evidence['silenceOutsideOutagesH']).toBeCloseTo(20, 0);
  });

  test('are not seen in the passes of a satellite: a silence over many passes is one of the ship', () => {
    // The feed hears 12 minutes in every 90; the ship is missing from twenty passes.
    const inPass = (at: number) => (at - Date.parse(START)) % (90 * 60_000) < 12 * 60_000;
    const all = [
      ...traffic(8, { ...OTHERS, everyMin: 2 }),
      inbound({ everyMin: 2 }).silent(30).sail(6, 3, 0),
    ];
    const rows = all.flatMap((ship) => ship.rows).filter((row) => inPass(row.at));
    const [gap] = gaps([], { rows });
    expect(Number(gap.evidence['silenceOutsideOutagesH'])).toBeGreaterThan(25);
    expect(gap.verdict).toBe('silent');
  });
});

describe('must stay silent for', () => {
  test('a recording that ends: the watermark stops with it', () => {
    expect(allGaps([...traffic(8, { ...OTHERS, hours: 6 }), inbound()])).toEqual([]);
  });

  test.each([
    ['out to sea at 10 kn', 10, 180, 0],
    ['along the coast, where others are heard', 10, 90, 1],
    ['in to the port', 10, 0, 1],
    ['at a crawl', 1, 180, 1],
  ])('a ship that leaves coverage: %s', (_, sogKn, cogDeg, count) => {
    // Receivers hear to 33 km off the coast and 50 km along it.
    const others = traffic(12, { ...OTHERS, lat: 37.85, apartDeg: 0.25 }).filter(
      (ship) => ship.rows[0].lat !== undefined && ship.rows[0].lat > 37.7,
    );
    const ship = track({ mmsi: MMSI, at: START, ...OFF })
      .sail(1, 1, cogDeg)
      .sail(0.5, sogKn, cogDeg)
      .silent(30, 1, cogDeg)
      .sail(2, 1, 0);
    const told = gaps([...others, ship]).filter((gap) => gap.verdict === 'silent');
    expect(told).toHaveLength(count);
    if (count === 0) expect(gaps([...others, ship])).toEqual([]);
  });

  test('a ship that leaves coverage outward, unless others are heard beyond', () => {
    const ship = () =>
      track({ mmsi: MMSI, at: START, ...OFF })
        .sail(1, 1, 180)
        .sail(0.5, 10, 180)
        .silent(30, 2, 180)
        .sail(3, 4, 0);
    const inshore = traffic(8, { ...OTHERS, lat: 37.85 });
    expect(gaps([...inshore, ship()])).toEqual([]);
    const beyond = traffic(3, { ...OTHERS, lat: 37.3, mmsi: 413_200_001 });
    expect(gaps([...inshore, ...beyond, ship()])).toMatchObject([{ verdict: 'silent' }]);
  });

  test.each([
    ['stopped at a berth', { lat: 37.994 }, 0, 0],
    ['stopped close to the shore with no berth on record', { lon: 121, lat: 37.993 }, 0, 0],
    ['stopped on the land of the coastline', { lon: 121, lat: 38.02 }, 0, 0],
    ['moored by its own word at an anchorage point', { lat: 37.9 }, 5, 0],
    ['stopped at a port without anchorage points', { lon: 125.01, lat: 37.98 }, 0, 0],
    ['at anchor on the roads', { lat: 37.9 }, 1, 1],
    ['at anchor 2 km off a berth', { lat: 37.977 }, 1, 1],
  ])('a silence that begins while %s', (_, place, navStatus, count) => {
    const ship = track({ mmsi: MMSI, at: START, ...OFF, ...place, navStatus })
      .lie(6)
      .silent(20)
      .lie(2);
    const others = traffic(8, { ...OTHERS, lon: ship.rows[0].lon ?? 0, lat: 37.9 });
    expect(gaps([...others, ship])).toHaveLength(count);
  });

  test('a moored ship that reports no speed', () => {
    const ship = track({ mmsi: MMSI, at: START, lon: 120, lat: 37.994 }).lie(6, null).silent(20).lie(2, null);
    expect(gaps([...traffic(8, { ...OTHERS, lat: 37.9 }), ship])).toEqual([]);
  });

  test.each([
    ['class B', { aisClass: AIS_CLASS.B }, 0],
    ['a pleasure craft of an unknown class', { aisClass: AIS_CLASS.unknown, report: { shipType: 37 } }, 0],
    ['class A', { aisClass: AIS_CLASS.A }, 1],
  ])('%s switched off in a marina away from berths', (_, more, count) => {
    const aisClass = more.aisClass;
    const ship = track({ mmsi: MMSI, at: START, lon: 121, lat: 37.9855, ...more })
      .lie(6)
      .silent(20)
      .lie(2);
    expect(gaps([...traffic(8, { ...OTHERS, lon: 121, aisClass }), ship])).toHaveLength(count);
  });

  test('a shared MMSI: the silent hull is not told while the other is heard, and taken back when it is heard later', () => {
    const far = traffic(8, { ...OTHERS, lon: 122.75, mmsi: 413_100_001 });
    const heardAllAlong = track({ mmsi: MMSI, at: START, lon: 122.75, lat: 37.5 }).lie(40);
    expect(gaps([...traffic(8, OTHERS), ...far, inbound().silent(20).sail(2, 3, 0), heardAllAlong])).toEqual(
      [],
    );
    const heardLater = track({ mmsi: MMSI, at: '2016-11-05T14:00:00Z', lon: 126, lat: 37.5 }).lie(20);
    const [gap] = gaps([...traffic(8, OTHERS), inbound(), heardLater]);
    expect(gap).toMatchObject({ state: 'retracted', changes: ['opened', 'retracted'] });
    expect(gap.last.reason).toContain('several hulls share it');
  });

  test('one bad fix under the MMSI of a silent ship takes nothing back', () => {
    const rows = [{ at: Date.parse('2016-11-05T14:00:00Z'), mmsi: MMSI, lon: 126, lat: 37.5, sogKn: 8 }];
    expect(gaps([...traffic(8, OTHERS), inbound().silent(20).sail(2, 3, 0)], { rows })).toMatchObject([
      { state: 'closed', verdict: 'silent' },
    ]);
  });

  test('a ship that lies still where the coast is not known is unobserved at most', () => {
    const off = { lon: 120, lat: 25 };
    const ship = track({ mmsi: MMSI, at: START, ...off })
      .lie(6)
      .silent(20)
      .lie(3);
    const [gap] = gaps([...traffic(8, { ...OTHERS, ...off }), ship]);
    expect(gap.verdict).toBe('unobserved');
    expect(gap.evidence['doubts']).toContain('maybe-moored');
  });
});
