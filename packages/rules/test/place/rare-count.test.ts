import { chanceOfAtLeast, smallestRareCount } from '@offing/rules';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

describe('the chance of so many or more', () => {
  // Poisson upper tails by the sum of exp(-m) m^i / i!, worked out by hand for small counts.
  test.each([
    [0, 2, 1],
    [1, 2, 1 - Math.exp(-2)],
    [2, 2, 1 - 3 * Math.exp(-2)],
    [4, 1, 1 - (Math.exp(-1) * (1 + 1 + 1 / 2 + 1 / 6)) / 1],
    [3, 0.5, 1 - Math.exp(-0.5) * (1 + 0.5 + 0.125)],
  ])('is Poisson\u2019s: %i by a mean of %f', (n, mean, chance) => {
    expect(chanceOfAtLeast(n, { mean, variance: mean / 2 })).toBeCloseTo(chance, 12);
  });

  // With r = 1 the negative binomial is the geometric distribution: P(X >= n) = (m / (1 + m))^n.
  test.each([1, 2, 5, 9])(
    'is the geometric distribution\u2019s where the variance is m + m\u00b2: %i',
    (n) => {
      expect(chanceOfAtLeast(n, { mean: 3, variance: 12 })).toBeCloseTo((3 / 4) ** n, 12);
    },
  );

  test('is larger where the counts vary more, falls with the count, and stays between 0 and 1', () => {
    const mean = fc.double({ min: 0.01, max: 900, noNaN: true });
    fc.assert(
      fc.property(mean, fc.double({ min: 1, max: 20, noNaN: true }), fc.nat({ max: 60 }), (m, factor, n) => {
        const history = { mean: m, variance: m * factor };
        const here = chanceOfAtLeast(n, history);
        expect(here).toBeGreaterThanOrEqual(0);
        expect(here).toBeLessThanOrEqual(1);
        expect(chanceOfAtLeast(n + 1, history)).toBeLessThanOrEqual(here + 1e-9);
      }),
    );
    expect(chanceOfAtLeast(8, { mean: 2, variance: 6 })).toBeGreaterThan(
      chanceOfAtLeast(8, { mean: 2, variance: 2 }),
    );
  });

  test('of any at all is nil where none ever came', () => {
    expect(chanceOfAtLeast(1, { mean: 0, variance: 0 })).toBe(0);
  });
});

test('the smallest rare count is the first below the chance, never below the least, or none', () => {
  const history = { mean: 2, variance: 2 };
  expect(smallestRareCount(history, 0.01, 4, 50)).toBe(7);
  expect(smallestRareCount(history, 0.01, 9, 50)).toBe(9);
  expect(smallestRareCount(history, 0.01, 4, 6)).toBeNull();
});
