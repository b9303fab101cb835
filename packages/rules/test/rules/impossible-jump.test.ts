import { tellRules, track, traffic, type RuleTest, type ToldEvent, type TrackRow } from '@offing/testkit';
import { describe, expect, test } from 'vitest';

const MMSI = 413_900_001;
const START = '2016-11-05T18:00:00Z';
const HOUR = 3_600_000;
const HERE = { lon: 120, lat: 37 };
const CLOCK = traffic(6, { at: START, hours: 120, lon: 121, lat: 37 });

/** A gap that goes on when the recording ends: the tracks here end before the clock does. */
function isGoing(event: ToldEvent): boolean {
  return event.type === 'transponder-gap' && event.state === 'open';
}

/** Events of the ship's MMSI. */
function told(
  tracks: readonly ReturnType<typeof track>[],
  more: Partial<RuleTest> = {},
): readonly ToldEvent[] {
  return tellRules({ tracks: [...CLOCK, ...tracks], ...more }).filter(
    (event) => event.mmsi === MMSI && !isGoing(event),
  );
}

function jumps(tracks: readonly ReturnType<typeof track>[], rows: readonly TrackRow[] = []) {
  return told(tracks, { rows }).filter((event) => event.type === 'impossible-jump');
}

function ship() {
  return track({ mmsi: MMSI, at: START, ...HERE });
}

/** So many fixes, a minute apart, at a false place. */
function fixes(count: number, afterH: number, place = { lon: 100, lat: 10 }): TrackRow[] {
  return Array.from({ length: count }, (_, i) => ({
    at: Date.parse(START) + afterH * HOUR + i * 60_000,
    mmsi: MMSI,
    sogKn: 0,
    ...place,
  }));
}

describe('a jump', () => {
  test('is told once it is seen on both sides, and closed after a day without another', () => {
    const events = told([ship().sail(5, 8, 90).jump(126, 34).sail(60, 8, 90)]);
    expect(events.map((event) => event.type)).toEqual(['impossible-jump']);
    const [jump] = events;
    expect(jump).toMatchObject({
      state: 'closed',
      changes: ['opened', 'closed'],
      openedAt: '2016-11-05T22:50:00.000Z',
      firstKnownAt: '2016-11-05T23:20:00.000Z',
    });
    expect(jump.evidence).toMatchObject({ impliedAboveKn: 50, jumps: 1, returned: false });
    expect(Number(jump.evidence['impliedKn'])).toBeGreaterThan(1000);
    expect(jump.sentence).toContain('as if at');
  });

  test.each([
    ['60 kn', 60, 1],
    ['45 kn', 45, 0],
  ])('implies more than 50 kn: %s', (_, speedKn, count) => {
    const hours = 4;
    const lon = 120 + (speedKn * hours) / 60 / Math.cos((30 * Math.PI) / 180);
    const start = track({ mmsi: MMSI, at: START, lon: 120, lat: 30 });
    const tracks = [
      start
        .lie(3)
        .silent(hours - 1 / 6)
        .jump(lon, 30)
        .lie(50),
    ];
    expect(jumps(tracks)).toHaveLength(count);
  });

  test('to a false place and back is one event that says so', () => {
    const events = told([ship().sail(20, 8, 90)], { rows: fixes(5, 5.02) });
    expect(events.map((event) => event.type)).toEqual(['impossible-jump']);
    expect(events[0].evidence).toMatchObject({ returned: true, jumps: 1 });
    expect(events[0].last.confidence).toBeGreaterThan(0.7);
  });

  test('again and again to other false places is one event', () => {
    const rows = [1, 2, 3, 4, 5].flatMap((i) => fixes(4, 5.02 + i / 10, { lon: 60 + 10 * i, lat: 10 }));
    const events = told([ship().sail(20, 8, 90)], { rows });
    expect(events.filter((event) => event.state !== 'retracted')).toHaveLength(1);
  });

  test('again and again to one false place is a shared MMSI, and no jump', () => {
    const rows = [5, 6, 7, 8].flatMap((hour) => fixes(4, hour + 0.02));
    const events = told([ship().sail(20, 8, 90)], { rows });
    const standing = events.filter((event) => event.state !== 'retracted');
    expect(standing.map((event) => event.type)).toEqual(['shared-mmsi']);
    const [jump] = events.filter((event) => event.type === 'impossible-jump');
    expect(jump).toMatchObject({ changes: ['opened', 'retracted'] });
    expect(jump.last.reason).toContain('several ships share it');
  });
});

describe('is not told of', () => {
  test.each([1, 2])('%i noisy fixes', (count) => {
    expect(told([ship().sail(20, 8, 90)], { rows: fixes(count, 5.02) })).toEqual([]);
  });

  test('a first position that was wrong', () => {
    expect(told([ship().sail(20, 8, 90)], { rows: fixes(1, -0.5) })).toEqual([]);
  });

  test('a fast craft that says how fast it is', () => {
    expect(told([ship().sail(5, 45, 90)])).toEqual([]);
  });

  test('a passage across the antimeridian or over a pole', () => {
    expect(told([track({ mmsi: MMSI, at: START, lon: 179.8, lat: 20 }).sail(10, 15, 90)])).toEqual([]);
    expect(told([track({ mmsi: MMSI, at: START, lon: 30, lat: 89.5 }).sail(6, 10, 0)])).toEqual([]);
  });
});
