import { DAY_MS, HOUR_MS } from '@offing/units';
import { expect, it } from 'vitest';
import { portQueue } from '../../src/shapes/queue.ts';
import { visitWeeks } from '../../src/shapes/flag-weeks.ts';
import { weekName, weekStart, WEEK_MS } from '../../src/shapes/weeks.ts';

const LIMITS = { queueD: 14, queueFactor: 2, queueLeastD: 10, historyWaits: 3, historyD: 7 };
const MONDAY = Date.parse('2016-11-07T00:00:00Z');
const UNTIL = MONDAY + 2 * WEEK_MS;

function wait(vesselId: string, fromD: number, days: number | null, called = true) {
  const from = MONDAY + fromD * DAY_MS;
  const to = days === null ? null : from + days * DAY_MS;
  return { vesselId, from, to, calledAt: called ? to : null, seenComing: true, synthetic: false };
}
const heard = (weeks: number, hours = 100) =>
  Array.from({ length: weeks }, (_, i) => ({ week: weekName(MONDAY - i * WEEK_MS), hours }));

it('counts how many wait on average and at most in each week, across the ends of weeks', () => {
  const waits = [wait('a', 0, 7), wait('b', 3.5, 7), wait('c', 6, 0.5)];
  const { perWeek } = portQueue(waits, [], LIMITS, UNTIL);
  expect(
    perWeek.map(({ week, meanWaiting, mostWaiting, called }) => [week, meanWaiting, mostWaiting, called]),
  ).toEqual([
    ['2016-11-14', 0.5, 1, 2],
    ['2016-11-07', 1.57, 3, 1],
  ]);
});

it('counts a ship once that hovers and then calls, and one that still waits up to what was judged', () => {
  const twice = [wait('a', 0, 6, false), wait('a', 1, 6)];
  expect(portQueue(twice, [], LIMITS, UNTIL).perWeek).toMatchObject(
    [
      { week: '2016-11-14', meanWaiting: 0, called: 1 },
      { week: '2016-11-07', meanWaiting: 1, mostWaiting: 1, called: 0 },
    ].slice(1),
  );
  const still = portQueue([wait('a', 0, null, false)], [], LIMITS, MONDAY + 3 * DAY_MS);
  expect(still.perWeek).toMatchObject([{ meanWaiting: 1, mostWaiting: 1 }]);
});

it('takes weeks without a wait for empty only where they were heard, and tells what is usual from four of them on', () => {
  const waits = [wait('a', 0, 7), wait('b', 0, 7)];
  const known = portQueue(waits, heard(4), LIMITS, UNTIL);
  expect(known.perWeek.map(({ meanWaiting }) => meanWaiting)).toEqual([2, 0, 0, 0]);
  expect([known.usualWaiting, known.weeksHeard]).toEqual([0, 4]);
  expect(portQueue(waits, heard(3), LIMITS, UNTIL).usualWaiting).toBeNull();
  expect(portQueue(waits, heard(9, 33), LIMITS, UNTIL)).toMatchObject({ weeksHeard: 0, usualWaiting: null });
});

it('limits a wait by the history of the port as the rule does, and not by waits whose beginning was not seen', () => {
  const waits = [0, 4, 8, 12].map((day) => wait(`v${day}`, day - 14, 6));
  expect(portQueue(waits, [], LIMITS, UNTIL)).toMatchObject({
    basis: 'history',
    completedWaits: 4,
    percentile95H: 144,
    limitD: 12,
    medianWaitH: 144,
  });
  const unseen = waits.map((one) => ({ ...one, seenComing: false }));
  expect(portQueue(unseen, [], LIMITS, UNTIL)).toMatchObject({
    basis: 'fixed',
    limitD: 14,
    medianWaitH: null,
  });
});

it('adds up the first digits of one flag, most visits first', () => {
  const row = { week: '2016-11-07', visits: 1, vessels: 1, synthetic: 0 };
  const weeks = visitWeeks(
    [
      { ...row, mid: 445 },
      { ...row, mid: 412, visits: 2, synthetic: 1 },
      { ...row, mid: 413 },
      { ...row, mid: 0, week: '2016-10-31' },
    ],
    1,
  );
  expect(weeks).toEqual([
    {
      week: '2016-11-07',
      visits: 4,
      vessels: 3,
      synthetic: 1,
      flags: [
        { flag: 'CN', visits: 3, vessels: 2 },
        { flag: 'KP', visits: 1, vessels: 1 },
      ],
    },
  ]);
});

it('begins weeks on Monday in UTC', () => {
  expect([MONDAY - HOUR_MS, MONDAY, MONDAY + WEEK_MS - 1].map((at) => weekName(weekStart(at)))).toEqual([
    '2016-10-31',
    '2016-11-07',
    '2016-11-07',
  ]);
});
