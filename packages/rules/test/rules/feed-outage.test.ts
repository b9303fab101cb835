import { tellRule, tellRules, track, traffic, type RuleTest, type TrackRow } from '@offing/testkit';
import { describe, expect, test } from 'vitest';

const START = '2016-11-05T00:00:00Z';
const HOUR = 3_600_000;
const SEA = { lon: 120, lat: 37.7 };
const OUT_AT = '2016-11-05T06:00:00.000Z';
/** Ships 240 km away that are heard all the time and keep the feed going. */
const ELSEWHERE = { at: START, hours: 60, lon: 122.75, lat: 37.7, mmsi: 413_200_001 };

function later(hours: number): string {
  return new Date(Date.parse(START) + hours * HOUR).toISOString();
}

/** Ships that are heard for six hours, and again from `backH` to the end. */
function region(count: number, backH = 33, more: Partial<Parameters<typeof traffic>[1]> = {}) {
  const here = { ...SEA, mmsi: 413_100_001, ...more };
  return [
    ...traffic(count, { ...here, at: START, hours: 6 }),
    ...traffic(count, { ...here, at: later(backH), hours: 60 - backH }),
  ];
}

function outages(tracks: readonly ReturnType<typeof track>[], more: Partial<RuleTest> = {}) {
  return tellRule('feed-outage', { tracks, ...more });
}

describe('a whole feed that goes quiet', () => {
  test('is told with its next message, closed at once, with the hulls that it had heard', () => {
    const [outage, ...more] = outages(region(8));
    expect(more).toEqual([]);
    expect(outage).toMatchObject({
      state: 'closed',
      changes: ['opened', 'closed'],
      openedAt: '2016-11-05T05:57:00.000Z',
      closedAt: '2016-11-06T09:00:00.000Z',
      firstKnownAt: '2016-11-06T09:00:00.000Z',
      port: 'Eastwick',
    });
    expect(outage.last).toMatchObject({
      mmsi: [],
      vesselId: [],
      nexus: false,
      verdict: null,
      severity: 'info',
    });
    expect(outage.evidence).toMatchObject({ extent: 'feed', feed: 'made-up', hullsFellSilent: 8 });
    expect(outage.evidence['hulls']).toHaveLength(8);
    expect(outage.sentence).toContain('8 of 8 ships');
    expect(outage.last.lon).toBeCloseTo(120, 1);
  });

  test('is told while it is out when another feed goes on', () => {
    const feeds = ['one', 'two'].map((name) => ({ name, synthetic: true }));
    const [outage, ...more] = outages([...region(5), ...traffic(5, { ...ELSEWHERE, feed: 1 })], { feeds });
    expect(more).toEqual([]);
    expect(outage).toMatchObject({ state: 'closed', openedAt: '2016-11-05T05:54:00.000Z' });
    expect(outage.last.feeds).toEqual(['one']);
    expect(Date.parse(outage.firstKnownAt) - Date.parse(OUT_AT)).toBeLessThan(0.75 * HOUR);
    const open = outages([...region(5).slice(0, 5), ...traffic(5, { ...ELSEWHERE, feed: 1 })], { feeds });
    expect(open).toMatchObject([{ state: 'open', closedAt: null }]);
  });

  test('is not told of a recording that ended long before another feed begins', () => {
    const feeds = ['one', 'two'].map((name) => ({ name, synthetic: true }));
    const years = traffic(5, { ...ELSEWHERE, at: '2019-01-01T00:00:00Z', feed: 1 });
    expect(outages([...traffic(5, { ...SEA, at: START, hours: 6 }), ...years], { feeds })).toEqual([]);
  });

  test.each([
    ['two hulls', region(2)],
    ['a recording that ends', traffic(8, { ...SEA, at: START, hours: 6 })],
    ['one message of each of many ships', traffic(20, { ...SEA, at: START, hours: 0.1 })],
  ])('is not told of %s', (_, tracks) => {
    expect(outages(tracks)).toEqual([]);
  });

  test('is one outage though some of its ships never come back', () => {
    const all = region(8, 20);
    const gone = all.filter((ship) => ship.rows[0].mmsi < 413_100_006 || ship.now < Date.parse(later(10)));
    expect(outages(gone)).toHaveLength(1);
  });
});

describe('a region of a feed that goes quiet', () => {
  test('is told by event time while it is out, and closed when its ships are heard again', () => {
    const [outage, ...more] = outages([...region(6), ...traffic(12, ELSEWHERE)]);
    expect(more).toEqual([]);
    expect(outage).toMatchObject({ state: 'closed', changes: ['opened', 'closed'], port: 'Eastwick' });
    expect(Math.abs(outage.last.openedAt - Date.parse(OUT_AT))).toBeLessThan(HOUR / 2);
    expect(Math.abs(Date.parse(outage.closedAt ?? '') - Date.parse(later(33)))).toBeLessThan(HOUR / 2);
    expect(Date.parse(outage.firstKnownAt) - Date.parse(OUT_AT)).toBeLessThan(2 * HOUR);
    expect(outage.evidence).toMatchObject({ extent: 'region', hullsFellSilent: 6, heardInHourBefore: 6 });
    expect(Number(outage.evidence['cells'])).toBeGreaterThan(4);
    expect(outage.sentence).toContain('from Eastwick');
  });

  test('voids the gaps of its ships: nothing is said of them, and nothing of a ship that came to the port', () => {
    const dark = track({ mmsi: 445_900_001, at: START, lon: 120, lat: 36.7 })
      .sail(6, 10, 0)
      .silent(27.1)
      .lie(27);
    const told = tellRules({ tracks: [...region(6), ...traffic(12, ELSEWHERE), dark] });
    const standing = told.filter((event) => event.state !== 'retracted').map((event) => event.type);
    expect(standing.filter((type) => type === 'transponder-gap' || type === 'dark-near-port')).toEqual([]);
    expect(standing.filter((type) => type === 'feed-outage')).toHaveLength(1);
  });

  test.each<readonly [string, number, number, number]>([
    ['two of two', 2, 0, 0],
    ['three of three', 3, 0, 1],
    ['three of four', 3, 1, 0],
    ['four of five', 4, 1, 1],
  ])('needs three hulls and four fifths: %s', (_, fell, heard, count) => {
    const others = traffic(heard, { ...SEA, at: START, hours: 60, mmsi: 413_300_001 });
    expect(outages([...region(fell), ...others, ...traffic(12, ELSEWHERE)])).toHaveLength(count);
  });

  test('is not told of a slow decline: ships that fall silent one after the other', () => {
    const decline = Array.from({ length: 6 }, (_, i) =>
      traffic(1, { ...SEA, lon: 120 + i * 0.03, at: START, hours: 5 + i * 0.8, mmsi: 413_100_001 + i }),
    ).flat();
    expect(outages([...decline, ...traffic(12, ELSEWHERE)])).toEqual([]);
  });

  test('is not told of ships that leave together, unless they come back together', () => {
    const convoy = (back: boolean) =>
      Array.from({ length: 5 }, (_, i) => {
        const ship = track({ mmsi: 413_100_001 + i, at: START, lon: 120 + i * 0.02, lat: 37.9 }).sail(
          3,
          10,
          180,
        );
        return back ? ship.silent(20, 0.5, 180).sail(6, 10, 0) : ship;
      });
    expect(outages([...convoy(false), ...traffic(12, ELSEWHERE)])).toEqual([]);
    expect(outages([...convoy(true), ...traffic(12, ELSEWHERE)])).toMatchObject([
      { state: 'closed', changes: ['opened', 'closed'], evidence: { leftOnOneCourse: true } },
    ]);
  });

  test('is told of ships under way on many courses', () => {
    const ships = Array.from({ length: 6 }, (_, i) =>
      track({ mmsi: 413_100_001 + i, at: START, ...SEA })
        .sail(2, 3, i * 60)
        .silent(20)
        .sail(38, 1, i * 60),
    );
    expect(outages([...ships, ...traffic(12, ELSEWHERE)])).toHaveLength(1);
  });

  test('is not told in the first hour of a feed, of which nobody knows the rhythm', () => {
    const brief = traffic(6, { ...SEA, at: START, hours: 0.5 });
    const long = traffic(6, { ...SEA, at: START, hours: 1.5 });
    expect(outages([...brief, ...traffic(12, ELSEWHERE)])).toEqual([]);
    expect(outages([...long, ...traffic(12, ELSEWHERE)])).toHaveLength(1);
  });

  test('is not told between the passes of a satellite that hears the region seldom', () => {
    const inPass = (row: TrackRow) => (row.at - Date.parse(START)) % (180 * 60_000) < 12 * 60_000;
    const rows = traffic(8, { ...SEA, at: START, hours: 60, everyMin: 2 })
      .flatMap((ship) => ship.rows)
      .filter(inPass);
    expect(outages(traffic(12, ELSEWHERE), { rows })).toEqual([]);
  });

  test('has an extent on both sides of the antimeridian', () => {
    const [outage] = outages([...region(6, 33, { lon: 179.99 }), ...traffic(12, { ...ELSEWHERE, lon: 176 })]);
    const [west, , east] = outage.evidence['bbox'] as number[];
    expect(west).toBeGreaterThan(179);
    expect(east).toBeLessThan(-179);
    expect(Math.abs(Math.abs(outage.last.lon) - 180)).toBeLessThan(0.2);
    expect(outage.port).toBe('Linewick');
  });

  test('near a pole and across midnight is the same outage', () => {
    const at = '2016-12-31T17:00:00Z';
    const pole = { lon: 100, lat: 89.5, apartDeg: 0.02 };
    const ships = [
      ...traffic(5, { ...pole, at, hours: 6 }),
      ...traffic(5, { ...pole, at: '2017-01-01T09:00:00Z', hours: 44 }),
    ];
    const [outage, ...more] = outages([...ships, ...traffic(12, { ...ELSEWHERE, at })]);
    expect(more).toEqual([]);
    expect(outage).toMatchObject({ state: 'closed', evidence: { extent: 'region' } });
  });

  test('of most of a feed, wherever its ships are, is one event with the feed as its extent', () => {
    const far = region(6, 33, { lon: 125, mmsi: 413_400_001 });
    const [outage, ...more] = outages([...region(6), ...far, ...traffic(2, ELSEWHERE)]);
    expect(more).toEqual([]);
    expect(outage.evidence).toMatchObject({ extent: 'feed', hullsFellSilent: 12, heardInHourBefore: 14 });
  });

  test('does not come about where late positions show that a ship was heard there', () => {
    const rows = traffic(2, { ...SEA, at: START, hours: 40, mmsi: 413_300_001 }).flatMap((ship) => ship.rows);
    expect(outages([...region(4), ...traffic(12, ELSEWHERE)], { rows })).toEqual([]);
  });

  test('takes the limits that a deployment sets', () => {
    const settings = { 'feed-outage': { hullsAtLeast: 7 } };
    expect(outages([...region(6), ...traffic(12, ELSEWHERE)], { settings })).toEqual([]);
    expect(outages(region(6), { settings })).toEqual([]);
  });
});
