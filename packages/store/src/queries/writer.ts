import pg from 'pg';
import { keepBudgets } from './budget.ts';

/** A connection pool for the small writes of people: keys, watchlists, deliveries. Whoever opened it closes it. */
export type Writer = {
  readonly pool: pg.Pool;
  /** Does the work in one transaction: all of it is kept, or, when it throws, nothing. */
  transaction<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** How a writer is opened. */
export type WriterOptions = {
  readonly databaseUrl: string;
  /** A statement that runs longer is cancelled, ms. */
  readonly statementTimeoutMs?: number;
  readonly connections?: number;
};

/** Opens a pool that can write; nothing is connected before the first use. */
export function openWriter(options: WriterOptions): Writer {
  const timeoutMs = Math.trunc(options.statementTimeoutMs ?? 10_000);
  return writerOf(
    new pg.Pool({
      connectionString: options.databaseUrl,
      max: options.connections ?? 4,
      connectionTimeoutMillis: 5_000,
      options: `-c statement_timeout=${timeoutMs} -c timezone=UTC`,
    }),
  );
}

/** Returns a writer on a pool that someone else configured; `close` ends that pool. */
export function writerOf(pool: pg.Pool): Writer {
  // Without listeners, a server that goes away would end the process; the next query reports it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  keepBudgets(pool);
  return {
    pool,
    transaction: (work) => transact(pool, work),
    // A pool that a reader shares may have been ended already.
    close: async () => {
      if (!pool.ended && !pool.ending) await pool.end();
    },
  };
}

async function transact<T>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let fault: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((lost: unknown) => (fault = lost as Error));
    throw error;
  } finally {
    client.release(fault);
  }
}
