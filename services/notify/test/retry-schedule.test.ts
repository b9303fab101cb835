import { expect, it } from 'vitest';
import { nextDelayMs, retryAfterMs } from '../src/retry-schedule.ts';

const NOW = Date.UTC(2026, 0, 1);

it('waits 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, then gives up', () => {
  const waits = Array.from({ length: 10 }, (_, index) => nextDelayMs(index + 1, 0.5));
  const minutes = waits.map((wait) => (wait === null ? null : wait / 60_000));
  expect(minutes).toEqual([5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440, null]);
});

it('waits a tenth more or less', () => {
  expect([nextDelayMs(2, 0), nextDelayMs(2, 1)]).toEqual([270_000, 330_000]);
});

it('waits longer when it is asked to, a day at most, and never shorter', () => {
  expect(nextDelayMs(1, 0.5, 60_000)).toBe(60_000);
  expect(nextDelayMs(2, 0.5, 1_000)).toBe(300_000);
  expect(nextDelayMs(1, 0.5, 10 * 86_400_000)).toBe(86_400_000);
  expect(nextDelayMs(10, 0.5, 60_000)).toBeNull();
});

it.each([
  [undefined, null],
  ['120', 120_000],
  ['0', 0],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', null],
  ['-5x', null],
  ['99999999999999999999', null],
])('reads Retry-After: %s', (header, expected) => {
  expect(retryAfterMs(header, NOW)).toBe(expected);
});
