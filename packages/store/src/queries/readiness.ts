import { sql } from 'kysely';
import { SCHEMA_MIGRATION } from '../schema.ts';
import type { Reader } from './reader.ts';

/** What stands in the way of answering. */
export type Readiness = {
  readonly database: 'ok' | 'unreachable';
  readonly migrations: 'ok' | 'missing' | 'unknown';
  readonly designations: 'ok' | 'empty' | 'unknown';
};

/** Returns whether the database answers, has the tables that this version reads, and knows any designation; never throws. */
export async function readiness(reader: Reader): Promise<Readiness> {
  try {
    await sql`select 1`.execute(reader.db);
  } catch {
    return { database: 'unreachable', migrations: 'unknown', designations: 'unknown' };
  }
  try {
    const { rows } = await sql<{ migrated: boolean; listed: boolean }>`
      select exists (select from kysely_migration where name >= ${SCHEMA_MIGRATION}) as migrated,
        exists (select from designation) as listed`.execute(reader.db);
    if (!rows[0].migrated) return { database: 'ok', migrations: 'missing', designations: 'unknown' };
    return { database: 'ok', migrations: 'ok', designations: rows[0].listed ? 'ok' : 'empty' };
  } catch {
    return { database: 'ok', migrations: 'missing', designations: 'unknown' };
  }
}
