import { sql } from 'kysely';
import type { Reader } from './reader.ts';

/** Returns how many messages wait to be sent. */
export async function countPending(reader: Reader): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from delivery where state = 'pending'`.execute(reader.db);
  return rows[0].n;
}
