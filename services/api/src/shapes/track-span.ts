import type { AlertRecord } from '@offing/store';
import { DAY_MS } from '@offing/units';

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
