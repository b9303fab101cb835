import { describe, expect, it } from 'vitest';
import { makeBackOff } from '../../src/live/back-off.ts';
import { lostError, refusedError, retryAfterMs, throttledError } from '../../src/live/connection.ts';

const times = (count: number, next: () => number) => Array.from({ length: count }, next);

describe('makeBackOff', () => {
  it('doubles up to a minute', () => {
    const backOff = makeBackOff(() => 1);
    const waits = times(9, () => backOff.next(lostError('gone'), 0));
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('spreads each wait from half of it to all of it', () => {
    expect(makeBackOff(() => 0).next(lostError('gone'), 0)).toBe(500);
    expect(makeBackOff(() => 0.5).next(new Error('gone'), 0)).toBe(750);
  });

  it('begins anew after a connection that was good for twenty seconds, and only then', () => {
    const backOff = makeBackOff(() => 1);
    times(5, () => backOff.next(lostError('gone'), 0));
    expect(backOff.next(lostError('gone'), 19_999)).toBe(32_000);
    expect(backOff.next(lostError('gone'), 20_000)).toBe(1000);
  });

  it('waits longer where it is asked to or refused', () => {
    const backOff = makeBackOff(() => 1);
    expect(times(7, () => backOff.next(throttledError('slow'), 0))).toEqual([
      30_000, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000,
    ]);
    expect(makeBackOff(() => 1).next(refusedError('no'), 0)).toBe(60_000);
  });

  it('waits at least as long as the source asks, and never more than a day', () => {
    expect(makeBackOff(() => 0).next(throttledError('slow', 120_000), 0)).toBe(120_000);
    expect(makeBackOff(() => 0).next(throttledError('slow', 1e15), 0)).toBe(86_400_000);
  });
});

describe('retryAfterMs', () => {
  const now = Date.UTC(2024, 2, 1, 12);
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Fri, 01 Mar 2024 12:00:30 GMT', 30_000],
    ['Fri, 01 Mar 2024 11:00:00 GMT', 0],
    ['-5', null],
    ['soon', null],
    ['', null],
    [undefined, null],
  ])('reads %j', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});
