/** How often something happened, and for how long it would have been seen. */
export type Exposure = { readonly count: number; readonly hours: number };

/** A ratio of two rates with its interval; null where there is none: nothing to divide by, or no upper end. */
export type RateRatio = {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/** Each end of an interval is missed with this probability. */
const TAIL = 0.025;
const STEPS = 60;

/**
 * Returns the rate of `after` over that of `before` with its exact 95 % interval: given both counts together, that of
 * `after` is binomial (Clopper and Pearson 1934; Przyborowski and Wilenski 1940). Hours not seen count on neither side.
 */
export function rateRatio(before: Exposure, after: Exposure): RateRatio {
  const all = before.count + after.count;
  if (all === 0 || before.hours <= 0 || after.hours <= 0) return { value: null, low: null, high: null };
  const scale = before.hours / after.hours;
  const value = before.count === 0 ? null : (after.count / before.count) * scale;
  const { low, high } = shareInterval(after.count, all);
  const ratioAt = (share: number): number | null => (share >= 1 ? null : (share / (1 - share)) * scale);
  return { value, low: ratioAt(low), high: ratioAt(high) };
}

/** The exact interval of a share of which `count` of `all` were seen. */
function shareInterval(count: number, all: number): { readonly low: number; readonly high: number } {
  const low = count === 0 ? 0 : bisected((share) => 1 - atMost(count - 1, all, share) < TAIL);
  const high = count === all ? 1 : bisected((share) => atMost(count, all, share) > TAIL);
  return { low, high };
}

/** Where a condition that holds from 0 on ceases to hold before 1. */
function bisected(holds: (share: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The probability of at most `count` of `all` at a share between 0 and 1. */
function atMost(count: number, all: number, share: number): number {
  let logTerm = all * Math.log1p(-share);
  let sum = 0;
  for (let k = 0; k <= count; k++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(all - k) - Math.log(k + 1) + Math.log(share) - Math.log1p(-share);
  }
  return Math.min(1, sum);
}
