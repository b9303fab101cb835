import { jsonOf } from './json.ts';
import type { Asked } from './keys.ts';

/** Something that was done; `detail` never holds a secret. */
export type AuditEntry = {
  readonly owner: string;
  /** The key that it was done with; null for the command line. */
  readonly keyId: string | null;
  /** What was done, such as `watchlist.create`. */
  readonly action: string;
  /** What it was done to: an id. */
  readonly target: string;
  readonly detail?: Readonly<Record<string, unknown>>;
};

/** An entry as it is kept; `at` in ms. */
export type AuditRecord = Required<AuditEntry> & { readonly auditId: number; readonly at: number };

/** Writes down what was done; in the transaction that does it. */
export async function writeAudit(client: Asked, entry: AuditEntry): Promise<void> {
  await client.query(
    'insert into audit_log (owner, key_id, action, target, detail) values ($1, $2, $3, $4, $5)',
    [entry.owner, entry.keyId, entry.action, entry.target, jsonOf(entry.detail ?? {})],
  );
}

/** Returns entries of the audit log, newest first, those before an id when it is given. */
export async function listAudit(
  client: Asked,
  page: { readonly limit: number; readonly before?: number },
): Promise<readonly AuditRecord[]> {
  const { rows } = await client.query<{
    audit_id: string;
    at: Date;
    owner: string;
    key_id: string | null;
    action: string;
    target: string;
    detail: Record<string, unknown>;
  }>(
    `select audit_id, at, owner, key_id, action, target, detail from audit_log
     where $2::bigint is null or audit_id < $2 order by audit_id desc limit $1`,
    [page.limit, page.before ?? null],
  );
  return rows.map((row) => ({
    auditId: Number(row.audit_id),
    at: row.at.getTime(),
    owner: row.owner,
    keyId: row.key_id,
    action: row.action,
    target: row.target,
    detail: row.detail,
  }));
}
