import { queueEvidence, Queues, type CompletedWait, type HistoryLimits } from '@offing/rules';
import { describe, expect, test } from 'vitest';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LIMITS: HistoryLimits = {
  queueD: 14,
  queueFactor: 1.5,
  queueLeastD: 10,
  historyWaits: 30,
  historyD: 30,
};
const PLACE = { lon: 120, lat: 37.9 };

function wait(day: number, waitedD: number, lengthM: number | null = null): CompletedWait {
  return { at: day * DAY, waitedMs: waitedD * DAY, lengthM, ...PLACE };
}

/** Waits a day apart; the last two of forty are the longest. */
function history(count: number, waitedD: (i: number) => number, lengthM: number | null = null): Queues {
  const queues = new Queues();
  for (let i = 0; i < count; i++) queues.completed('p', wait(i, waitedD(i), lengthM));
  return queues;
}

describe('the limit of a queue', () => {
  test('is the fixed one without a history, and says so', () => {
    const limit = new Queues().limit('p', null, LIMITS);
    expect(limit).toMatchObject({ limitMs: 14 * DAY, basis: 'fixed', waits: 0, percentileMs: null });
    expect(queueEvidence(limit, LIMITS)).toMatchObject({
      limitD: 14,
      basis: 'fixed: this port has no history of its own yet',
      completedWaitsAtLeast: 30,
      percentile95H: null,
    });
  });

  test.each([
    ['29 waits', 29, 1.1, 'fixed'],
    ['30 waits over 29 days', 30, 1, 'fixed'],
    ['31 waits over 30 days', 31, 1, 'history'],
  ])('with %s', (_, count, apartD, basis) => {
    const queues = new Queues();
    for (let i = 0; i < count; i++) queues.completed('p', wait(i * apartD, 2));
    expect(queues.limit('p', null, LIMITS).basis).toBe(basis);
  });

  test('is 1.5 times the 95th percentile, and never less than 10 days', () => {
    // 38 of 40 are at most 8 d: the 95th percentile by nearest rank.
    expect(history(40, (i) => (i < 38 ? 8 : 30)).limit('p', null, LIMITS)).toMatchObject({
      limitMs: 12 * DAY,
      percentileMs: 8 * DAY,
    });
    expect(history(40, () => 2).limit('p', null, LIMITS).limitMs).toBe(10 * DAY);
  });

  test('is that of ships of the same size where these have a history', () => {
    const queues = history(40, () => 2, 90);
    for (let i = 0; i < 40; i++) queues.completed('p', wait(i, 10, 220));
    expect(queues.limit('p', 200, LIMITS)).toMatchObject({ limitMs: 15 * DAY, of: 'size', waits: 40 });
    expect(queues.limit('p', 95, LIMITS)).toMatchObject({ limitMs: 10 * DAY, of: 'size' });
    expect(queues.limit('p', 290, LIMITS)).toMatchObject({ of: 'all', waits: 80 });
    expect(queues.limit('p', null, LIMITS)).toMatchObject({ of: 'all' });
  });

  test('of one port says nothing of another', () => {
    expect(history(40, () => 2).limit('q', null, LIMITS).basis).toBe('fixed');
  });

  test('forgets waits of more than a year ago', () => {
    const queues = history(40, () => 2);
    queues.completed('p', wait(500, 2));
    expect(queues.limit('p', null, LIMITS)).toMatchObject({ basis: 'fixed', waits: 1 });
  });

  test('is the same in any order of learning, and after a restart', () => {
    const waits = Array.from({ length: 40 }, (_, i) => wait(i, 1 + ((i * 7) % 13)));
    const there = new Queues();
    const back = new Queues();
    for (const one of waits) there.completed('p', one);
    for (const one of [...waits].reverse()) back.completed('p', one);
    expect(back.dump()).toEqual(there.dump());
    expect(new Queues(structuredClone(there.dump())).limit('p', null, LIMITS)).toEqual(
      there.limit('p', null, LIMITS),
    );
  });

  test('counts the ships that left without a visit', () => {
    const queues = history(31, () => 2);
    queues.left('p', 10 * DAY);
    queues.left('p', 3 * DAY);
    expect(queues.limit('p', null, LIMITS).left).toBe(2);
  });
});

describe('a usual place', () => {
  test('is one where ships lay that berthed afterwards', () => {
    const queues = history(40, () => 2);
    expect(queues.isUsual('p', 120.05, 37.9, 10, LIMITS)).toBe(true);
    expect(queues.isUsual('p', 120.3, 37.9, 10, LIMITS)).toBe(false);
    expect(history(20, () => 2).isUsual('p', 120, 37.9, 10, LIMITS)).toBe(false);
  });

  test('is not one where two of a hundred lay', () => {
    const queues = history(100, () => 2);
    for (let i = 0; i < 2; i++) queues.completed('p', { ...wait(i, 2), lon: 121 });
    expect(queues.isUsual('p', 121, 37.9, 10, LIMITS)).toBe(false);
  });
});
