import type { AlertRecord } from '@offing/store';
import { DAY_MS, HOUR_MS } from '@offing/units';

/** Longer than this between two positions of a track, and what lies between is not drawn as if it were known, ms (ours). */
export const KNOWN_STEP_MS = 3 * HOUR_MS;

/** Returns which part of its ships' tracks an alert is shown with, ms: from a day before until a day after, as far as its version can have known it. */
export function trackSpanOf({
  openedAt,
  closedAt,
  knownSince,
}: Pick<AlertRecord, 'openedAt' | 'closedAt' | 'knownSince'>): {
  readonly from: number;
  readonly to: number;
} {
  return { from: openedAt - DAY_MS, to: Math.min(knownSince, (closedAt ?? knownSince) + DAY_MS) };
}
