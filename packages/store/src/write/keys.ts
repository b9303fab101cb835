import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type pg from 'pg';

/** What a key allows, least first; each allows what stands before it. */
export const SCOPES = ['read', 'export', 'watch', 'admin'] as const;

/** A scope of a key. */
export type Scope = (typeof SCOPES)[number];

/** What answers a question: a pool, or a connection inside a transaction. */
export type Asked = Pick<pg.ClientBase, 'query'>;

/** A key as it is kept: everything but its secret. Instants in ms. */
export type KeyRecord = {
  readonly keyId: string;
  /** Whose watchlists it opens. */
  readonly owner: string;
  readonly label: string;
  /** `browser` is what the one-time link of a server on this machine gives. */
  readonly kind: 'key' | 'browser';
  readonly scopes: readonly Scope[];
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
};

/** What a new key is. */
export type NewKey = {
  readonly label: string;
  readonly scopes: readonly Scope[];
  /** Whose watchlists it opens; the key's own id when left out. */
  readonly owner?: string;
  readonly kind?: 'key' | 'browser';
  /** When it stops working, ms. */
  readonly expiresAt?: number;
};

/** The form of a key: `off_`, 16 hexadecimal digits that name it, `_`, and 32 random bytes in base64url. */
const KEY = /^off_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/** Makes a key and returns its record and, this once, its whole text: only the SHA-256 of the secret is kept. */
export async function createKey(
  client: Asked,
  key: NewKey,
): Promise<{ readonly record: KeyRecord; readonly text: string }> {
  const keyId = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  const { rows } = await client.query<KeyRow>(
    `insert into api_key (key_id, owner, label, kind, secret_sha256, scopes, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7) returning ${COLUMNS}`,
    [
      keyId,
      key.owner ?? keyId,
      key.label,
      key.kind ?? 'key',
      sha256(secret),
      key.scopes,
      key.expiresAt === undefined ? null : new Date(key.expiresAt),
    ],
  );
  return { record: recordOf(rows[0]), text: `off_${keyId}_${secret}` };
}

/** Returns the record of a key that works now, or null: unknown, wrong, revoked and expired ones look the same. */
export async function findKey(client: Asked, text: string): Promise<KeyRecord | null> {
  const [, keyId, secret] = KEY.exec(text) ?? [];
  if (keyId === undefined || secret === undefined) return null;
  const { rows } = await client.query<KeyRow & { secret_sha256: Buffer }>(
    `select ${COLUMNS}, secret_sha256 from api_key
     where key_id = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
    [keyId],
  );
  if (rows.length === 0 || !timingSafeEqual(rows[0].secret_sha256, sha256(secret))) return null;
  return recordOf(rows[0]);
}

/** Returns all keys, oldest first. */
export async function listKeys(client: Asked): Promise<readonly KeyRecord[]> {
  const { rows } = await client.query<KeyRow>(`select ${COLUMNS} from api_key order by created_at, key_id`);
  return rows.map(recordOf);
}

/** Makes a key stop working; returns whether it worked before. */
export async function revokeKey(client: Asked, keyId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'update api_key set revoked_at = now() where key_id = $1 and revoked_at is null',
    [keyId],
  );
  return rowCount === 1;
}

/** Returns whether scopes allow what `wanted` does: each scope allows those before it. */
export function allows(scopes: readonly Scope[], wanted: Scope): boolean {
  return scopes.some((scope) => SCOPES.indexOf(scope) >= SCOPES.indexOf(wanted));
}

type KeyRow = {
  key_id: string;
  owner: string;
  label: string;
  kind: 'key' | 'browser';
  scopes: Scope[];
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
};

const COLUMNS = 'key_id, owner, label, kind, scopes, created_at, expires_at, revoked_at';

function recordOf(row: KeyRow): KeyRecord {
  return {
    keyId: row.key_id,
    owner: row.owner,
    label: row.label,
    kind: row.kind,
    scopes: row.scopes,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at?.getTime() ?? null,
    revokedAt: row.revoked_at?.getTime() ?? null,
  };
}

/** The secret has 256 random bits: nothing slower than one hash is needed against guessing. */
function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
