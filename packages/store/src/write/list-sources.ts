import type pg from 'pg';

/** What the last try to fetch a list came to. */
export type ListSource = {
  readonly url: string;
  readonly list: string | null;
  /** By what the last answer that was taken in is told apart. */
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** When it was last tried, ms. */
  readonly checkedAt: number;
  /** When a file was last taken in or found to be as before, ms; null for never. */
  readonly takenAt: number | null;
  readonly outcome: 'taken' | 'same' | 'refused' | 'failed';
  readonly code: string | null;
  readonly why: string | null;
};

type Row = {
  readonly url: string;
  readonly list: string | null;
  readonly etag: string | null;
  readonly last_modified: string | null;
  readonly checked_at: Date;
  readonly taken_at: Date | null;
  readonly outcome: ListSource['outcome'];
  readonly code: string | null;
  readonly why: string | null;
};

/** Returns what is known of addresses of lists, by address. */
export async function readListSources(
  client: pg.ClientBase,
  urls: readonly string[],
): Promise<ReadonlyMap<string, ListSource>> {
  const { rows } = await client.query<Row>(
    `select url, list, etag, last_modified, checked_at, taken_at, outcome, code, why from list_source
     where url = any($1::text[])`,
    [urls],
  );
  return new Map(
    rows.map(({ checked_at, taken_at, last_modified, ...row }) => [
      row.url,
      {
        ...row,
        lastModified: last_modified,
        checkedAt: checked_at.getTime(),
        takenAt: taken_at?.getTime() ?? null,
      },
    ]),
  );
}

/** Writes what the try came to, in the place of the one before. */
export async function writeListSource(client: pg.ClientBase, source: ListSource): Promise<void> {
  const { url, list, etag, lastModified, checkedAt, takenAt, outcome, code, why } = source;
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  await client.query(
    `insert into list_source (url, list, etag, last_modified, checked_at, taken_at, outcome, code, why)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (url) do update set (list, etag, last_modified, checked_at, taken_at, outcome, code, why)
       = (excluded.list, excluded.etag, excluded.last_modified, excluded.checked_at, excluded.taken_at,
          excluded.outcome, excluded.code, excluded.why)`,
    [url, list, etag, lastModified, iso(checkedAt), iso(takenAt), outcome, code, why],
  );
}
