import { setTimeout as sleep } from 'node:timers/promises';
import type { FormatId } from '@offing/feeds';
import { OffingError } from '@offing/kit';
import { makeBackOff, type BackOff } from './back-off.ts';
import { lostError, type Connect, type ConnectionSink, type Receiver } from './connection.ts';
import { makeFeedClock } from './feed-clock.ts';
import { FeedHealth, type FeedStatus } from './feed-health.ts';
import type { LiveInbox } from './inbox.ts';
import { makeReceiver, type FeedContext } from './receiver.ts';

/** What a live feed is made of. */
export type LiveFeedOptions = {
  readonly name: string;
  /** The feed's place in the list of feeds. */
  readonly feed: number;
  readonly format: FormatId;
  readonly connect: Connect;
  readonly inbox: LiveInbox;
  readonly staleDays: number;
  /** A connection that brings nothing for this long is given up. */
  readonly silentMs: number;
  readonly now?: () => number;
  readonly random?: () => number;
  /** All waits between connections times this; tests wait less. */
  readonly waitScale?: number;
};

/** Whether the connection at hand is one to which others send of themselves. */
type Mode = { listens: boolean };

/**
 * Keeps one feed connected: makes a connection, gives it up when it is open and silent, waits, and makes it again, until it is
 * stopped or its source has ended for good.
 */
export class LiveFeed {
  readonly name: string;
  readonly health: FeedHealth;
  /** Resolves when the feed has ended and all that it brought is in the inbox. */
  readonly done: Promise<void>;
  readonly #options: LiveFeedOptions;
  readonly #context: FeedContext;
  readonly #backOff: BackOff;
  readonly #stop = new AbortController();
  readonly #receivers = new Set<Receiver>();
  readonly #now: () => number;

  constructor(options: LiveFeedOptions) {
    this.name = options.name;
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.health = new FeedHealth(options.name, this.#now());
    this.#backOff = makeBackOff(options.random ?? Math.random, options.waitScale);
    const { feed, format, staleDays, inbox } = options;
    const { health } = this;
    this.#context = { feed, format, staleDays, inbox, health, clock: makeFeedClock(), now: this.#now };
    this.done = this.#run();
  }

  /** Ends the feed; resolves when all that it brought is in the inbox. */
  stop(): Promise<void> {
    this.#stop.abort(new OffingError('feed-stopped', 'the feed was stopped'));
    return this.done;
  }

  /** Returns how the feed is doing. */
  status(): FeedStatus {
    return this.health.status(this.#now(), this.#context.clock);
  }

  async #run(): Promise<void> {
    const stop = this.#stop.signal;
    while (!stop.aborted) {
      this.health.connecting(this.#now());
      const began = this.#now();
      const fault = await this.#connectOnce();
      if (fault === 'finished' || stop.aborted) break;
      const goodForMs = Math.max(0, (this.health.lastMessageAt ?? began) - began);
      const waitMs = this.#backOff.next(fault, goodForMs);
      const { code, message } = told(fault);
      this.health.waiting(this.#now(), code, message, waitMs);
      await sleep(waitMs, undefined, { signal: stop }).catch(() => undefined);
    }
    this.health.stopped(this.#now());
  }

  /** Makes one connection; returns why it ended, `finished` when the source has ended for good. */
  async #connectOnce(): Promise<unknown> {
    const attempt = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, attempt.signal]);
    const mode = { listens: false };
    const watchdog = this.#watch(attempt, mode);
    try {
      const ending = await this.#options.connect(this.#sink(signal, mode), signal);
      return ending === 'finished' ? ending : lostError('the source closed the connection');
    } catch (error) {
      // What a socket says when it is given up on purpose is not the reason.
      return signal.aborted ? signal.reason : error;
    } finally {
      clearInterval(watchdog);
      attempt.abort();
      for (const receiver of this.#receivers) receiver.close();
      this.#receivers.clear();
    }
  }

  /** Gives a connection up that brings nothing for too long, whether it says that it is open or not; of a listener it says so only. */
  #watch(attempt: AbortController, mode: Mode): NodeJS.Timeout {
    const { silentMs, inbox } = this.#options;
    let quietSince = this.#now();
    return setInterval(
      () => {
        // While we ourselves hold the source back, its silence says nothing.
        if (inbox.full) quietSince = this.#now();
        quietSince = Math.max(quietSince, this.health.lastMessageAt ?? 0);
        if (this.#now() - quietSince < silentMs) return;
        const seconds = Math.round(silentMs / 1000);
        if (mode.listens) {
          this.health.silent(this.#now(), `nothing came for ${seconds} s`);
          quietSince = this.#now();
        } else
          attempt.abort(new OffingError('feed-silent', `the connection brought nothing for ${seconds} s`));
      },
      Math.max(10, silentMs / 8),
    );
  }

  #sink(signal: AbortSignal, mode: Mode): ConnectionSink {
    const { inbox } = this.#options;
    const { health } = this;
    return {
      open: () => {
        health.opened(this.#now());
        const receiver = makeReceiver(this.#context);
        this.#receivers.add(receiver);
        return {
          chunk: (bytes) => {
            receiver.chunk(bytes);
          },
          message: (bytes, topic) => {
            receiver.message(bytes, topic);
          },
          close: () => {
            if (this.#receivers.delete(receiver)) receiver.close();
          },
        };
      },
      listening: () => {
        mode.listens = true;
        health.opened(this.#now());
      },
      get full() {
        return inbox.full;
      },
      shed: (messages) => {
        health.heard(this.#now());
        health.lost(messages);
      },
      room: () => inbox.room(signal),
      throttled: (message, forMs) => {
        health.waiting(this.#now(), 'feed-throttled', message, forMs);
      },
      sleep: (ms) => sleep(ms, undefined, { signal }),
    };
  }
}

function told(fault: unknown): { readonly code: string; readonly message: string } {
  if (fault instanceof OffingError) return { code: fault.code, message: fault.message };
  const { code, message } = fault as NodeJS.ErrnoException;
  return { code: 'feed-lost', message: code === undefined ? message : `${message} (${code})` };
}
