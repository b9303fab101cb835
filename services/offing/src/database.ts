import { resolve } from 'node:path';
import { openDatabase } from '@offing/store';
import { readCommandConfig } from './config.ts';

/** An open database and the folder beside it. */
export type OpenedDatabase = { readonly url: string; readonly dataDir: string; readonly version: string };

/** Opens the database of a data folder (or of DATABASE_URL), does the work, and gives it free: a server that others use goes on. */
export async function withDatabase<T>(
  data: string,
  work: (database: OpenedDatabase) => Promise<T>,
): Promise<T> {
  const dataDir = resolve(data);
  const { databaseUrl } = readCommandConfig();
  const database = await openDatabase({ dataDir, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
  try {
    return await work({ url: database.url, dataDir, version: database.version });
  } finally {
    await database.close();
  }
}
