import { HOUR_MS, MINUTE_MS } from '@offing/units';

/** How long after each failure the next try follows (Standard Webhooks' schedule); the first try is at once. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5_000,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** A tenth more or less: receivers that failed together are not asked together again. */
const JITTER = 0.1;
/** Longer than a receiver may put us off; beyond that it is given up like any other. */
const LONGEST_WAIT_MS = 24 * HOUR_MS;

/**
 * Returns how long to wait after the so-many-th failure (1 for the first), or null when that was the last try. What the
 * receiver asked for in Retry-After counts when it is longer. `random` is from 0 to 1.
 */
export function nextDelayMs(
  failures: number,
  random: number,
  retryAfterMs: number | null = null,
  delays: readonly number[] = RETRY_DELAYS_MS,
): number | null {
  if (failures > delays.length) return null;
  const planned = delays[failures - 1] * (1 + JITTER * (2 * random - 1));
  return Math.round(Math.max(planned, Math.min(retryAfterMs ?? 0, LONGEST_WAIT_MS)));
}

/** Returns the wait that a Retry-After header asks for (seconds or an HTTP date), ms; null when it says nothing sound. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
