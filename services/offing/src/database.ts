import { resolve } from 'node:path';
import {
  migrate,
  openDatabase,
  openReader,
  openWriter,
  type Reader,
  type ReaderOptions,
  type Writer,
} from '@offing/store';
import { readCommandConfig } from './config.ts';

/** How what reads a whole table asks: for as long as it takes. */
export const AT_LENGTH = { statementTimeoutMs: 0, connections: 2 } as const;

/** An open database and the folder beside it. */
export type OpenedDatabase = { readonly url: string; readonly dataDir: string; readonly version: string };

/** Exit codes of a process ended by a signal (POSIX shells: 128 + its number). */
const EXIT_BY_SIGNAL = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Opens the database of a data folder (or of DATABASE_URL), brings its schema up to date, does the work, and gives it free: a server that others use
 * goes on. A signal gives it free at once and ends the process; what was committed stays, and the same command goes on
 * from there.
 */
export async function withDatabase<T>(
  data: string,
  work: (database: OpenedDatabase) => Promise<T>,
): Promise<T> {
  const dataDir = resolve(data);
  const { databaseUrl } = readCommandConfig();
  const database = await openDatabase({ dataDir, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
  const leave = (signal: NodeJS.Signals): void => {
    process.stderr.write(`\noffing: ended by ${signal}; the same command goes on from here\n`);
    void database.close().finally(() => process.exit(EXIT_BY_SIGNAL[signal as 'SIGINT']));
  };
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    await migrate(database.url);
    return await work({ url: database.url, dataDir, version: database.version });
  } finally {
    process.removeListener('SIGINT', leave).removeListener('SIGTERM', leave);
    await database.close();
  }
}

/** Does work with a reader of the database of a data folder, under the terms of `withDatabase`; without `options` on one connection. */
export async function withReader<T>(
  data: string,
  work: (reader: Reader, database: OpenedDatabase) => Promise<T>,
  options: Omit<ReaderOptions, 'databaseUrl'> = { connections: 1 },
): Promise<T> {
  return withDatabase(data, async (database) => {
    const reader = openReader({ databaseUrl: database.url, ...options });
    try {
      return await work(reader, database);
    } finally {
      await reader.close();
    }
  });
}

/** Does work with a writer to the database of a data folder, under the terms of `withDatabase`. */
export async function withWriter<T>(data: string, work: (writer: Writer) => Promise<T>): Promise<T> {
  return withDatabase(data, async ({ url }) => {
    const writer = openWriter({ databaseUrl: url, connections: 1 });
    try {
      return await work(writer);
    } finally {
      await writer.close();
    }
  });
}
