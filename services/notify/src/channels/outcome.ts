import type { OutgoingDelivery } from '@offing/store';
import { retryAfterMs } from '../retry-schedule.ts';
import type { PostResult } from '../guard/guarded-post.ts';

/** What came of one try to send. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly status: number | null }
  | {
      readonly kind: 'failed';
      readonly status: number | null;
      readonly error: string;
      readonly retryAfterMs: number | null;
      /** Trying again would end the same way. */
      readonly isFinal: boolean;
    }
  /** The receiver wants nothing more: the channel ends. */
  | { readonly kind: 'gone'; readonly status: number; readonly error: string };

/** Sends messages of one channel: one, or those of a digest together. */
export type Channel = (deliveries: readonly OutgoingDelivery[], now: number) => Promise<Outcome>;

/** Statuses that mean "never again" to a channel. */
export type GoneStatuses = ReadonlySet<number>;

/** Returns what an answer means: 2xx arrived, 410 wants no more, anything else, redirects too, is a failure. */
export function outcomeOf(result: PostResult, now: number, gone: GoneStatuses): Outcome {
  if ('error' in result) {
    const { error, isFinal } = result;
    return { kind: 'failed', status: null, error, retryAfterMs: null, isFinal };
  }
  const { status } = result;
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  if (gone.has(status)) return { kind: 'gone', status, error: `the receiver answered ${status}` };
  return {
    kind: 'failed',
    status,
    error:
      status >= 300 && status < 400
        ? `a redirect (${status}) is not followed`
        : `the receiver answered ${status}`,
    retryAfterMs: retryAfterMs(result.retryAfter, now),
    isFinal: false,
  };
}
