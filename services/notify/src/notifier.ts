import {
  disableChannel,
  dueDeliveries,
  fanOut,
  openWriter,
  outgoing,
  recordAttempt,
  type OutgoingDelivery,
  type Writer,
} from '@offing/store';
import { emailChannel, type EmailChannel, type MailConfig } from './channels/email.ts';
import type { Channel, Outcome } from './channels/outcome.ts';
import { slackChannel } from './channels/slack.ts';
import { webhookChannel } from './channels/webhook.ts';
import { openDeliveryQueue, type AttemptJob, type DeliveryQueue } from './delivery-queue.ts';
import type { Resolve } from './guard/resolve.ts';
import type { Addresses } from './message.ts';
import { nextDelayMs, RETRY_DELAYS_MS } from './retry-schedule.ts';

/** What a notifier is made of. */
export type NotifierOptions = {
  readonly databaseUrl: string;
  readonly redisUrl?: string;
  /** Under which people reach the server, for links; no slash at its end. */
  readonly publicUrl: string;
  /** Whether anyone may fetch the pictures of alerts there; default no: Slack refuses a message whose picture it cannot fetch. */
  readonly hasPictures?: boolean;
  readonly mail?: MailConfig;
  /** `host:port` pairs that may be reached although they are not public. */
  readonly allowedTargets?: readonly string[];
  readonly log: NotifierLog;
  readonly pollMs?: number;
  readonly timeoutMs?: number;
  /** For tests: other waits between tries, and other names. */
  readonly retryDelaysMs?: readonly number[];
  readonly resolve?: Resolve;
  /** After so long a try whose process was killed is made by another, ms. */
  readonly lockMs?: number;
};

/** As much of a logger as is used. */
export type NotifierLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};

/** The part of the service that tells people. */
export type Notifier = {
  /** Lets what is under way end, and stops. */
  close(): Promise<void>;
};

const POLL_MS = 1_000;
const TIMEOUT_MS = 15_000;
const MOST_DUE = 200;
const MOST_IN_DIGEST = 200;

/**
 * Starts telling: hands out the outbox to the watchlists, and sends what is due. Everything that matters stands in the
 * database: after a kill at any moment another start goes on, and sends at worst once more under the same id.
 */
export async function startNotifier(options: NotifierOptions): Promise<Notifier> {
  const writer = openWriter({ databaseUrl: options.databaseUrl, connections: 6 });
  const email = options.mail === undefined ? null : emailChannel(addressesOf(options), options.mail);
  const senders = sendersOf(options, email);
  const onError = (error: unknown) => options.log.warn({ err: error }, 'delivery queue failed');
  const { databaseUrl, redisUrl, lockMs } = options;
  const queue = await openDeliveryQueue({
    databaseUrl,
    ...(redisUrl === undefined ? {} : { redisUrl }),
    ...(lockMs === undefined ? {} : { lockMs }),
    work: (job) => attempt(writer, senders, options, job),
    onError,
  });
  const pump = startPump(writer, queue, options);
  return {
    async close() {
      await pump.close();
      await queue.close();
      email?.close();
      await writer.close();
    },
  };
}

type Senders = Readonly<Record<'webhook' | 'slack' | 'email', Channel>>;

function sendersOf(options: NotifierOptions, email: EmailChannel | null): Senders {
  const { publicUrl, resolve } = options;
  const post = {
    allowed: new Set(options.allowedTargets ?? []),
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    ...(resolve === undefined ? {} : { resolve }),
  };
  return {
    webhook: webhookChannel(publicUrl, post),
    slack: slackChannel(addressesOf(options), post),
    email: email?.send ?? noMail,
  };
}

function addressesOf({ publicUrl, hasPictures = false }: NotifierOptions): Addresses {
  return { publicUrl, hasPictures };
}

const noMail: Channel = () =>
  Promise.resolve({
    kind: 'failed',
    status: null,
    error: 'no mail server is configured',
    retryAfterMs: null,
    isFinal: false,
  });

/** Looks again and again for what is new and what is due; a failure of the database ends nothing. */
function startPump(
  writer: Writer,
  queue: DeliveryQueue,
  options: NotifierOptions,
): { close(): Promise<void> } {
  let isClosing = false;
  let wake: () => void = () => undefined;
  const run = async () => {
    while (!isClosing) {
      try {
        await pumpOnce(writer, queue);
      } catch (error) {
        options.log.warn({ err: error }, 'telling watchlists failed; trying again');
      }
      if (isClosing) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, options.pollMs ?? POLL_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const done = run();
  return {
    async close() {
      isClosing = true;
      wake();
      await done;
    },
  };
}

async function pumpOnce(writer: Writer, queue: DeliveryQueue): Promise<void> {
  for (let more = true; more;) ({ more } = await writer.transaction((client) => fanOut(client)));
  for (const { deliveryId, attempts, digestOf } of await dueDeliveries(writer.pool, MOST_DUE)) {
    const id = digestOf === null ? `${deliveryId}-${attempts}` : `digest-${digestOf}`;
    await queue.add(id, { deliveryId, attempts });
  }
}

/** Makes one try, unless it was made: a job may come twice. */
async function attempt(
  writer: Writer,
  senders: Senders,
  options: NotifierOptions,
  job: AttemptJob,
): Promise<void> {
  const deliveries = await outgoing(writer.pool, job.deliveryId, job.attempts, MOST_IN_DIGEST);
  if (deliveries.length === 0) return;
  const startedAt = performance.now();
  const { channel } = deliveries[0];
  const outcome = await senders[channel.kind](deliveries, Date.now());
  const ms = performance.now() - startedAt;
  await record(writer, deliveries, outcome, ms, options.retryDelaysMs ?? RETRY_DELAYS_MS);
  const fields = {
    deliveryId: job.deliveryId,
    channelId: channel.channelId,
    kind: channel.kind,
    ms: Math.round(ms),
  };
  if (outcome.kind === 'delivered') options.log.info(fields, 'message delivered');
  else
    options.log.info({ ...fields, status: outcome.status, outcome: outcome.kind }, 'message not delivered');
}

async function record(
  writer: Writer,
  deliveries: readonly OutgoingDelivery[],
  outcome: Outcome,
  ms: number,
  delays: readonly number[],
): Promise<void> {
  const ids = deliveries.map(({ deliveryId }) => deliveryId);
  const { channel, attempts } = deliveries[0];
  const { status } = outcome;
  await writer.transaction(async (client) => {
    if (outcome.kind === 'delivered') {
      await recordAttempt(client, ids, { ms, status, error: null, retryInMs: null });
      return;
    }
    const { error } = outcome;
    const isLast = outcome.kind === 'gone' || outcome.isFinal;
    const wait = isLast ? null : nextDelayMs(attempts + 1, Math.random(), outcome.retryAfterMs, delays);
    await recordAttempt(client, ids, { ms, status, error, retryInMs: wait });
    if (outcome.kind === 'gone') await disableChannel(client, channel.channelId, error);
  });
}
