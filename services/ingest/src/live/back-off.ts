import { OffingError } from '@offing/kit';

/** First wait after a connection broke, and the longest; ms (ours). */
const LOST = { firstMs: 1000, mostMs: 60_000 };
/** The same after a source asked for patience (ours; aisstream.io cuts off those who come back at once). */
const THROTTLED = { firstMs: 30_000, mostMs: 900_000 };
/** The same after a source refused us: a wrong key does not heal by itself (ours). */
const REFUSED = { firstMs: 60_000, mostMs: 900_000 };
/** A connection that brought data for this long was a good one: the next wait is the first again, ms (ours). With a minute, one that breaks every half minute would be waited for most of the time. */
const GOOD_MS = 20_000;

/** Waits between the connections of one feed. */
export type BackOff = {
  /** Returns how long to wait after a connection that ended so and had brought data for `goodForMs`. */
  next(fault: unknown, goodForMs: number): number;
};

/**
 * Returns waits that double up to a cap, each spread from half of it to all of it by `random` (0 to 1), so that many clients of a
 * server that comes back do not come back at once. What a source asks for in `Retry-After` is the least.
 */
export function makeBackOff(random: () => number, scale = 1): BackOff {
  let failures = 0;
  return {
    next(fault, goodForMs) {
      if (goodForMs >= GOOD_MS * scale) failures = 0;
      const { firstMs, mostMs } = boundsOf(fault);
      const whole = Math.min(mostMs, firstMs * 2 ** Math.min(failures, 20)) * scale;
      failures++;
      return Math.max(askedFor(fault), whole * (0.5 + 0.5 * random()));
    },
  };
}

function boundsOf(fault: unknown): { readonly firstMs: number; readonly mostMs: number } {
  if (!(fault instanceof OffingError)) return LOST;
  if (fault.code === 'feed-throttled') return THROTTLED;
  return fault.code === 'feed-refused' ? REFUSED : LOST;
}

function askedFor(fault: unknown): number {
  if (!(fault instanceof OffingError) || fault.code !== 'feed-throttled') return 0;
  const { retryAfterMs } = fault.value as { readonly retryAfterMs: number | null };
  // A day at most: a wrong header must not switch a feed off for good.
  return Math.min(86_400_000, retryAfterMs ?? 0);
}
