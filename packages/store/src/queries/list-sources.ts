import { sql } from 'kysely';
import type { ListSource } from '../write/list-sources.ts';
import type { Reader } from './reader.ts';

/** A list that is fetched, as people may see it. */
export type ListSourceRecord = Omit<ListSource, 'etag' | 'lastModified'>;

/** A list file that changed nothing. */
export type ListRefusalRecord = {
  readonly list: string | null;
  readonly files: readonly string[];
  readonly code: string;
  readonly why: string;
  /** When it was last refused, ms. */
  readonly at: number;
};

type SourceRow = Omit<ListSourceRecord, 'checkedAt' | 'takenAt'> & {
  readonly checked_at: Date;
  readonly taken_at: Date | null;
};

/** Returns what the last try to fetch each list came to, by address. */
export async function listSources(reader: Reader): Promise<readonly ListSourceRecord[]> {
  const { rows } = await sql<SourceRow>`
    select url, list, checked_at, taken_at, outcome, code, why from list_source order by url`.execute(
    reader.db,
  );
  return rows.map(({ checked_at, taken_at, ...row }) => ({
    ...row,
    checkedAt: checked_at.getTime(),
    takenAt: taken_at?.getTime() ?? null,
  }));
}

/** Returns the list files that changed nothing, newest first, at most `limit`. */
export async function listRefusals(reader: Reader, limit: number): Promise<readonly ListRefusalRecord[]> {
  const { rows } = await sql<Omit<ListRefusalRecord, 'at'> & { readonly recorded_at: Date }>`
    select list, files, code, why, recorded_at from list_refusal
    order by recorded_at desc, content_key, code limit ${limit}`.execute(reader.db);
  return rows.map(({ recorded_at, ...row }) => ({ ...row, at: recorded_at.getTime() }));
}

/** Returns text that changes whenever what the two return may have changed. */
export async function listSourcesMark(reader: Reader): Promise<string> {
  const { rows } = await sql<{ readonly mark: string }>`
    select coalesce((select extract(epoch from max(checked_at)) from list_source), 0) || ' '
      || coalesce((select extract(epoch from max(recorded_at)) from list_refusal), 0) as mark`.execute(
    reader.db,
  );
  return rows[0].mark;
}
