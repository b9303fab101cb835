import { OffingError } from '@offing/kit';

/** Takes what one peer sends: a socket, a client of a listener, or the senders of messages. */
export type Receiver = {
  /** Takes the next bytes of a stream, cut anywhere. */
  chunk(bytes: Uint8Array): void;
  /** Takes one whole message. */
  message(bytes: Uint8Array, topic?: string): void;
  /** Says that no more comes from this peer. */
  close(): void;
};

/** What a connection may do for its feed. */
export type ConnectionSink = {
  /** Says that the connection is there and returns what takes a peer's bytes. */
  open(): Receiver;
  /** Says that we wait for what others send of themselves: giving the connection up when nothing comes would bring nothing back. */
  listening(): void;
  /** Whether what comes now must be shed: its source cannot be made to wait, and the database is behind. */
  readonly full: boolean;
  /** Counts messages that were shed. */
  shed(messages: number): void;
  /** Resolves when there is room: a source that can wait reads on only then. */
  room(): Promise<void>;
  /** Says that the source asked for patience while the connection goes on, and until when. */
  throttled(message: string, forMs: number): void;
  /** Waits; throws when the connection is to end. */
  sleep(ms: number): Promise<void>;
};

/** How a connection ended without a fault: the peer closed it, or there is nothing more to come for good. */
export type Ending = 'closed' | 'finished';

/**
 * Makes one connection, brings what it sends to the sink, and resolves when it has ended. Ends at once when the signal is
 * aborted. Rejects with an OffingError of a code below, or with what the system gave.
 */
export type Connect = (sink: ConnectionSink, signal: AbortSignal) => Promise<Ending>;

/** Returns the error for a source that asks to come back later; `retryAfterMs` as it said, or null. */
export function throttledError(message: string, retryAfterMs: number | null = null): OffingError {
  return new OffingError('feed-throttled', message, { value: { retryAfterMs } });
}

/** Returns the error for a source that does not let us in: a wrong key or address, which time alone does not heal. */
export function refusedError(message: string): OffingError {
  return new OffingError('feed-refused', message);
}

/** Returns the error for a connection that broke. */
export function lostError(message: string, cause?: unknown): OffingError {
  return new OffingError('feed-lost', message, cause === undefined ? {} : { cause });
}

/** Returns how long a source asks to wait by its `Retry-After` header (seconds or a date), ms, or null. */
export function retryAfterMs(header: string | null | undefined, now: number): number | null {
  if (header == null || header === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** Returns the error that an HTTP answer other than success means. */
export function statusError(status: number, retryAfter: string | null | undefined, now: number): OffingError {
  if (status === 429 || status === 503)
    return throttledError(`the source answered ${status}`, retryAfterMs(retryAfter, now));
  if (status >= 400 && status < 500 && status !== 408)
    return refusedError(`the source answered ${status}: check its address and its key`);
  return lostError(`the source answered ${status}`);
}
