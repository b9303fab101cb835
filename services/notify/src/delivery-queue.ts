import { createPostgresBackend, Queue, runMigrations, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

/** A try that is to be made: of which delivery, and the how-many-th. */
export type AttemptJob = { readonly deliveryId: string; readonly attempts: number };

/** Tries that wait for a worker, and the worker of this process. */
export type DeliveryQueue = {
  /** Adds a try under an id; while one with that id waits or runs, adding it again does nothing. */
  add(id: string, job: AttemptJob): Promise<void>;
  /** Lets running tries end and gives back every connection. */
  close(): Promise<void>;
};

/** Where the queue is kept, and what works on it. */
export type QueueOptions = {
  readonly databaseUrl: string;
  /** Redis instead of PostgreSQL. */
  readonly redisUrl?: string;
  readonly work: (job: AttemptJob) => Promise<void>;
  readonly onError: (error: unknown) => void;
  /** Tries at a time in this process; on PostgreSQL more than four deadlock now and then. */
  readonly concurrency?: number;
  /** After so long a try whose process was killed is made by another, ms. */
  readonly lockMs?: number;
};

/** The name of the queue. */
export const QUEUE_NAME = 'offing-deliveries';
const CONCURRENCY = 4;
const POOL_CONNECTIONS = 4;
/** A try whose process was killed is made by another when its lock has run out. */
const LOCK_MS = 60_000;

/** Opens the queue: BullMQ on PostgreSQL (its own schema `bullmq`), or on Redis where that is given. */
export async function openDeliveryQueue(options: QueueOptions): Promise<DeliveryQueue> {
  return options.redisUrl === undefined ? onPostgres(options) : onRedis(options, options.redisUrl);
}

async function onPostgres(options: QueueOptions): Promise<DeliveryQueue> {
  const client = new pg.Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
  const connection = { connectionString: options.databaseUrl, max: POOL_CONNECTIONS };
  const queue = new Queue(QUEUE_NAME, { connection, defaultJobOptions: JOB }, createPostgresBackend);
  const worker = new Worker(
    QUEUE_NAME,
    (job: Job) => options.work(job.data as AttemptJob),
    { connection, ...workerOptions(options) },
    createPostgresBackend,
  );
  return running(queue, worker, options.onError, () => undefined);
}

async function onRedis(options: QueueOptions, redisUrl: string): Promise<DeliveryQueue> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  connection.on('error', options.onError);
  const queue = new Queue(QUEUE_NAME, { connection, defaultJobOptions: JOB });
  const worker = new Worker(QUEUE_NAME, (job: Job) => options.work(job.data as AttemptJob), {
    connection,
    ...workerOptions(options),
  });
  return running(queue, worker, options.onError, () => connection.disconnect());
}

/** What is done is forgotten, so that its id is free again: what became of it stands in the table of deliveries. */
const JOB = { removeOnComplete: true, removeOnFail: true, attempts: 1 };

function workerOptions({ concurrency, lockMs = LOCK_MS }: QueueOptions) {
  return {
    concurrency: concurrency ?? CONCURRENCY,
    lockDuration: lockMs,
    stalledInterval: lockMs / 2,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  };
}

/** As much of BullMQ's queue and worker as is used, whatever they stand on. */
type AnyQueue = {
  add(name: string, data: AttemptJob, options: { jobId: string }): Promise<unknown>;
  close(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
};
type AnyWorker = Pick<AnyQueue, 'close' | 'on' | 'waitUntilReady'>;

async function running(
  queue: AnyQueue,
  worker: AnyWorker,
  onError: (error: unknown) => void,
  after: () => void,
): Promise<DeliveryQueue> {
  queue.on('error', onError);
  worker.on('error', onError);
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
  return {
    add: async (id, job) => void (await queue.add('attempt', job, { jobId: id })),
    async close() {
      await worker.close();
      await queue.close();
      after();
    },
  };
}
