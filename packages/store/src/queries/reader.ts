import { Kysely, PostgresDialect, type CompiledQuery } from 'kysely';
import pg from 'pg';
import type { Database } from '../schema.ts';
import { keepBudgets } from './budget.ts';

/** A connection pool for reading, with the typed face that queries use. Whoever opened it closes it. */
export type Reader = {
  readonly db: Kysely<Database>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
};

/** How a reader is opened. */
export type ReaderOptions = {
  readonly databaseUrl: string;
  /** A statement that runs longer is cancelled, ms; 0 lets it run. */
  readonly statementTimeoutMs?: number;
  /** Most connections at a time. */
  readonly connections?: number;
};

/**
 * Opens a pool whose sessions cannot write (`default_transaction_read_only`) and whose statements end in time.
 * Nothing is connected before the first query; a lost idle connection is replaced by the next query.
 */
export function openReader(options: ReaderOptions): Reader {
  const timeoutMs = Math.trunc(options.statementTimeoutMs ?? 10_000);
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.connections ?? 8,
    connectionTimeoutMillis: 5_000,
    options: `-c default_transaction_read_only=on -c statement_timeout=${timeoutMs} -c timezone=UTC`,
  });
  return readerOf(pool);
}

/** Returns a reader on a pool that someone else configured; `close` ends that pool. */
export function readerOf(pool: pg.Pool): Reader {
  // Without a listener, a server that goes away would end the process; the next query reports it.
  pool.on('error', () => undefined);
  // The same for a connection that is lent out: its query fails with the error, and nobody else listens.
  pool.on('connect', (client) => client.on('error', () => undefined));
  keepBudgets(pool);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    pool,
    async close() {
      await db.destroy();
      // Kysely ends no pool that it never asked, though others did.
      if (!pool.ending && !pool.ended) await pool.end();
    },
  };
}

/**
 * Yields the rows of a query in batches from one snapshot of the database, so that an export of any length is consistent
 * and never held in memory. The connection is given back when the reader of the rows stops early, too.
 */
export async function* readRows<Row>(
  reader: Reader,
  query: CompiledQuery<Row>,
  batchRows = 2_000,
): AsyncGenerator<Row, void, undefined> {
  const client = await reader.pool.connect();
  let fault: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query('set local statement_timeout = 0');
    await client.query(`declare offing_rows no scroll cursor for ${query.sql}`, [...query.parameters]);
    for (;;) {
      const { rows } = await client.query(`fetch ${batchRows} from offing_rows`);
      yield* rows as Row[];
      if (rows.length < batchRows) break;
    }
    await client.query('commit');
  } catch (error) {
    fault = error as Error;
    throw error;
  } finally {
    if (fault === undefined)
      await client.query('rollback').catch((error: unknown) => (fault = error as Error));
    client.release(fault);
  }
}
