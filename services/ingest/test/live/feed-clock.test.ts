import { describe, expect, it } from 'vitest';
import { makeFeedClock } from '../../src/live/feed-clock.ts';

const START = Date.UTC(2024, 2, 1, 12);

/** A clock after 600 messages: a true time each second, the source's clock off, the delay of each, and the second inside. */
function clockAfter(offMs: number, delayMs: (i: number) => number, hasSecond = true) {
  const clock = makeFeedClock();
  for (let i = 0; i < 600; i++) {
    const truth = START + i * 1000;
    const second = new Date(truth).getUTCSeconds();
    clock.note(truth + offMs, truth + delayMs(i), hasSecond ? second : NaN);
  }
  return clock;
}

describe('makeFeedClock', () => {
  it.each([
    ['right', 0, 0],
    ['ahead by half a minute', 28_000, -28_000],
    ['ahead by eight hours', 8 * 3_600_000, -8 * 3_600_000],
    ['behind by an hour', -3_600_000, 3_600_000],
    ['behind by twenty seconds', -20_000, 20_000],
  ])('finds a clock that is %s', (_what, offMs, correctionMs) => {
    const clock = clockAfter(offMs, (i) => 1000 + (i % 5) * 100);
    expect(Math.abs(clock.correctionMs - correctionMs)).toBeLessThan(2500);
    expect(Math.abs(clock.delayMs ?? NaN)).toBeLessThan(3500);
  });

  it('does not take a delay for a wrong clock', () => {
    expect(clockAfter(0, () => 7 * 60_000).correctionMs).toBe(0);
    expect(clockAfter(0, () => 20_000).correctionMs).toBe(0);
  });

  it('does not correct times that are scattered', () => {
    expect(clockAfter(40_000, (i) => (i % 60) * 1000).correctionMs).toBe(0);
  });

  it('does not correct a source that is behind and sends no seconds', () => {
    expect(clockAfter(-20_000, () => 500, false).correctionMs).toBe(0);
  });

  it('says nothing before there are messages enough', () => {
    const clock = makeFeedClock();
    for (let i = 0; i < 100; i++) clock.note(START + 3_600_000, START, NaN);
    expect([clock.correctionMs, clock.delayMs]).toEqual([0, null]);
  });
});
