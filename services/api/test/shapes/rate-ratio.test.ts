import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateRatio } from '../../src/shapes/rate-ratio.ts';

describe('the ratio of two rates', () => {
  // Ends of the intervals by the beta distribution of SciPy 1 (scipy.stats.beta.ppf).
  it.each([
    [21, 1980, 2, 1404, 0.0152673, 0.549466],
    [0, 2160, 5, 2160, 0.916356, null],
    [10, 2000, 0, 1000, 0, 0.892251],
    [300, 2160, 290, 2160, 0.81973, 1.139807],
  ])('of %i in %i h before and %i in %i h after has the exact interval', (b, bh, a, ah, low, high) => {
    const ratio = rateRatio({ count: b, hours: bh }, { count: a, hours: ah });
    expect(ratio.low).toBeCloseTo(low, 4);
    if (high === null) expect(ratio.high).toBeNull();
    else expect(ratio.high).toBeCloseTo(high, 4);
    if (b === 0) expect(ratio.value).toBeNull();
    else expect(ratio.value).toBeCloseTo(a / ah / (b / bh), 9);
  });

  it('is none without a count or without an hour heard', () => {
    const none = { value: null, low: null, high: null };
    expect(rateRatio({ count: 0, hours: 10 }, { count: 0, hours: 10 })).toEqual(none);
    expect(rateRatio({ count: 3, hours: 0 }, { count: 3, hours: 10 })).toEqual(none);
    expect(rateRatio({ count: 3, hours: 10 }, { count: 3, hours: 0 })).toEqual(none);
  });

  it('lies in its interval, which half the hours heard after move up by two', () => {
    const count = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(count, count, (before, after) => {
        const whole = rateRatio({ count: before, hours: 1000 }, { count: after, hours: 1000 });
        const half = rateRatio({ count: before, hours: 1000 }, { count: after, hours: 500 });
        expect(whole.low ?? Infinity).toBeLessThan(whole.value ?? -Infinity);
        expect(whole.high ?? -Infinity).toBeGreaterThan(whole.value ?? Infinity);
        for (const part of ['value', 'low', 'high'] as const)
          expect((half[part] ?? NaN) / (whole[part] ?? NaN)).toBeCloseTo(2, 9);
      }),
      { numRuns: 60 },
    );
  });
});
