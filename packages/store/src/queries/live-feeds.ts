import { sql } from 'kysely';
import type { Reader } from './reader.ts';

/** How a live feed is doing, as its process last said at `updatedAt` (ms). Instants in ms, null for never or not known. */
export type LiveFeedRecord = {
  readonly name: string;
  readonly updatedAt: number;
  readonly state: string;
  readonly since: number;
  readonly fault: string | null;
  readonly faultCode: string | null;
  readonly retryAt: number | null;
  readonly connections: number;
  readonly records: number;
  readonly shed: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly lastMessageAt: number | null;
  readonly lastRecordAt: number | null;
  readonly perMinute: number | null;
  readonly usualPerMinute: number | null;
  readonly delayMs: number | null;
  readonly clockCorrectionMs: number;
};

/** Returns how the live feeds are doing, by name. */
export async function liveFeeds(reader: Reader): Promise<readonly LiveFeedRecord[]> {
  const { rows } = await sql<{ status: Omit<LiveFeedRecord, 'updatedAt'>; updated_at: Date }>`
    select status, updated_at from feed_status order by name`.execute(reader.db);
  return rows.map(({ status, updated_at }) => ({ ...status, updatedAt: updated_at.getTime() }));
}

/** Returns text that changes whenever what `liveFeeds` returns may have changed. */
export async function liveFeedsMark(reader: Reader): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select coalesce(extract(epoch from max(updated_at)), 0) || ' ' || count(*) as mark from feed_status`.execute(
    reader.db,
  );
  return rows[0].mark;
}
