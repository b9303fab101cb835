import { MINUTE_MS } from '@offing/units';

/** Messages that are looked at, and how many there must be before anything is said (ours). */
const SAMPLES = 512;
const ENOUGH = 128;
/** How far the middle four fifths of the delays may lie apart for the clock to count as wrong by a constant (ours). */
const SPREAD_MS = 20_000;
/** Smaller differences are delays of the net, not faults of a clock (ours). */
const LEAST_MS = 10_000;
/** A source that is behind by a whole number of half hours, within this, has its zone wrong, not a delay (ours). */
const ZONE_STEP_MS = 30 * MINUTE_MS;
const ZONE_WITHIN_MS = 2 * MINUTE_MS;

/** What a feed's clock is found to be wrong by. */
export type FeedClock = {
  /** Takes note of a message: what its source says, when we received it, and the UTC second inside it (NaN for none). */
  note(at: number, receivedAt: number, utcSecond: number): void;
  /** What is to be added to the source's times, ms; 0 while nothing is found. */
  readonly correctionMs: number;
  /** Median of receipt minus source time after correction, ms; null before enough messages came. */
  readonly delayMs: number | null;
};

/**
 * Returns an estimate of a constant fault of a source's clock. A source ahead of our clock is wrong by that much. A
 * source behind may be delayed: it is wrong only where the UTC seconds inside the messages disagree with it, or where it
 * is behind by whole half hours (a zone). A correction changes only by more than LEAST_MS, so that times do not jitter.
 *
 * Cannot see: a source whose clock is a whole number of minutes, but not half hours, behind.
 */
export function makeFeedClock(): FeedClock {
  const delays: number[] = [];
  const bySecond: number[] = [];
  let noted = 0;
  let correctionMs = 0;

  function settle(): void {
    const found = correctionOf(delays, bySecond);
    if (found === null || Math.abs(found - correctionMs) < LEAST_MS) return;
    correctionMs = found;
  }

  return {
    note(at, receivedAt, utcSecond) {
      const place = noted++ % SAMPLES;
      delays[place] = receivedAt - at;
      bySecond[place] = secondError(at, utcSecond);
      if (noted >= ENOUGH && noted % 64 === 0) settle();
    },
    get correctionMs() {
      return correctionMs;
    },
    get delayMs() {
      return delays.length < ENOUGH ? null : quantile(delays, 0.5) - correctionMs;
    },
  };
}

/** Returns how far the second inside a message is from that of its source time, -30,000 to 30,000 ms, or NaN. */
function secondError(at: number, utcSecond: number): number {
  if (Number.isNaN(utcSecond)) return NaN;
  const ahead = (utcSecond * 1000 - (at % MINUTE_MS) + 90_000) % MINUTE_MS;
  return ahead - 30_000;
}

function correctionOf(delays: readonly number[], bySecond: readonly number[]): number | null {
  if (quantile(delays, 0.9) - quantile(delays, 0.1) > SPREAD_MS) return null;
  const delay = quantile(delays, 0.5);
  if (delay < -LEAST_MS) return delay;
  const zone = Math.round(delay / ZONE_STEP_MS) * ZONE_STEP_MS;
  if (zone >= ZONE_STEP_MS && Math.abs(delay - zone) <= ZONE_WITHIN_MS) return zone;
  const seconds = bySecond.filter((error) => !Number.isNaN(error));
  if (seconds.length < ENOUGH || quantile(seconds, 0.9) - quantile(seconds, 0.1) > SPREAD_MS) return 0;
  const error = quantile(seconds, 0.5);
  // The message was sent before we had it: a correction that says otherwise is none.
  return Math.abs(error) >= LEAST_MS && error <= delay + LEAST_MS ? error : 0;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
