import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OffingError } from '@offing/kit';
import { Kysely, Migrator, PostgresDialect, sql, type Migration } from 'kysely';
import pg from 'pg';
import { databaseFault } from './fault.ts';

const FOLDER = fileURLToPath(new URL('../../../migrations/', import.meta.url));

/**
 * Brings a database up to the newest migration of the project's `migrations/` folder and returns the names of those
 * that were run. Concurrent callers wait for each other. Throws when the database holds a migration that is not here
 * (`database-newer`), or when it cannot be reached or changed (the codes of `databaseFault`).
 */
export async function migrate(url: string): Promise<readonly string[]> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // A connection that dies while it is idle says so here; the next query on the pool fails with the reason.
  pool.on('error', () => undefined);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrations = await readMigrations();
    await refuseNewer(pool, Object.keys(migrations));
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined) throw error as Error;
    return (results ?? [])
      .filter((result) => result.status === 'Success')
      .map((result) => result.migrationName);
  } catch (error) {
    throw databaseFault(error);
  } finally {
    await db.destroy();
  }
}

async function refuseNewer(pool: pg.Pool, known: readonly string[]): Promise<void> {
  const { rows } = await pool.query<{ there: boolean }>(
    `select to_regclass('kysely_migration') is not null as there`,
  );
  if (!rows[0].there) return;
  const done = await pool.query<{ name: string }>('select name from kysely_migration order by name');
  const strange = done.rows.map((row) => row.name).filter((name) => !known.includes(name));
  if (strange.length === 0) return;
  throw new OffingError(
    'database-newer',
    `the database was made by a newer version of Offing (it has the migration ${strange.join(', ')}); install that version, or use another database`,
    { value: strange },
  );
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  const entries = names.map(async (name): Promise<[string, Migration]> => {
    const text = await readFile(join(FOLDER, name), 'utf8');
    return [name.replace('.sql', ''), { up: async (db) => void (await sql.raw(text).execute(db)) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
