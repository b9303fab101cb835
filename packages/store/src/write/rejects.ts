import type pg from 'pg';
import { jsonOf } from './json.ts';

/** A refused line as it is kept. */
export type RejectSample = {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly why: string;
  readonly raw: Uint8Array;
};

/** Keeps what a session refused: the counts by file and code, and samples. Writing it again changes nothing. */
export async function writeRejects(
  client: pg.ClientBase,
  sessionId: string,
  counts: readonly { readonly file: string; readonly code: string; readonly n: number }[],
  samples: readonly RejectSample[],
): Promise<void> {
  await client.query(
    `insert into reject_count (session_id, file, code, n)
     select $1, file, code, n from jsonb_to_recordset($2::jsonb) as refused (file text, code text, n bigint)
     on conflict (session_id, file, code) do update set n = excluded.n`,
    [sessionId, jsonOf(counts)],
  );
  const rows = samples.map((sample) => ({ ...sample, raw: `\\x${Buffer.from(sample.raw).toString('hex')}` }));
  await client.query(
    `insert into reject_sample (session_id, file, line, code, why, raw)
     select $1, file, line, code, why, raw::bytea
     from jsonb_to_recordset($2::jsonb) as refused (file text, line bigint, code text, why text, raw text)
     on conflict do nothing`,
    [sessionId, jsonOf(rows)],
  );
}
