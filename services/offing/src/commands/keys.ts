import { OffingError } from '@offing/kit';
import {
  createKey,
  listKeys,
  revokeKey,
  SCOPES,
  writeAudit,
  type KeyRecord,
  type Scope,
} from '@offing/store';
import { DAY_MS, isoOf } from '@offing/units';
import { withWriter } from '../database.ts';
import { numberFlag } from '../flags.ts';

/** Flags of `keys create` as the command line gives them. */
export type KeyFlags = {
  readonly label: string;
  readonly scope: readonly string[];
  readonly owner?: string;
  readonly days?: string;
  readonly json: boolean;
  readonly data: string;
};

const OWNER = /^[\w.@-]{1,80}$/;

/** Makes a key and prints it, this once. Throws OffingError `usage-…` for a scope, owner or time that is none. */
export async function createApiKey(flags: KeyFlags): Promise<void> {
  const scopes = flags.scope.map(scopeFlag);
  const days = flags.days === undefined ? undefined : numberFlag('--days', flags.days, 1, 36_500);
  if (flags.owner !== undefined && !OWNER.test(flags.owner)) {
    throw new OffingError(
      'usage-owner',
      `--owner: "${flags.owner}" is no name; expected up to 80 letters, digits and the signs _ . @ -`,
      { value: flags.owner },
    );
  }
  const made = await withWriter(flags.data, (writer) =>
    writer.transaction(async (client) => {
      const key = await createKey(client, {
        label: flags.label,
        scopes,
        ...(flags.owner === undefined ? {} : { owner: flags.owner }),
        ...(days === undefined ? {} : { expiresAt: Date.now() + days * DAY_MS }),
      });
      const { keyId, owner } = key.record;
      const detail = { scopes, label: flags.label };
      await writeAudit(client, { owner, keyId: null, action: 'key.create', target: keyId, detail });
      return key;
    }),
  );
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ key: made.text, ...made.record })}\n`
      : `${made.text}\nThis is shown once: only its hash is kept. It allows ${scopes.join(', ')}.\n`,
  );
}

/** Prints the keys, without their secrets. */
export async function listApiKeys(options: { readonly json: boolean; readonly data: string }): Promise<void> {
  const keys = await withWriter(options.data, (writer) => listKeys(writer.pool));
  const text =
    keys.length === 0 ? 'There is no key: offing keys create --label NAME\n' : keys.map(line).join('');
  process.stdout.write(options.json ? `${JSON.stringify(keys)}\n` : text);
}

/** Makes a key stop working at once; throws OffingError `no-such-key` when none of that id works. */
export async function revokeApiKey(keyId: string, options: { readonly data: string }): Promise<void> {
  // Whoever pastes the whole key means its name.
  const id = /^off_([0-9a-f]{16})_/.exec(keyId)?.[1] ?? keyId;
  await withWriter(options.data, (writer) =>
    writer.transaction(async (client) => {
      if (!(await revokeKey(client, id))) {
        throw new OffingError('no-such-key', 'no key of this id works; see offing keys list');
      }
      await writeAudit(client, { owner: 'operator', keyId: null, action: 'key.revoke', target: id });
    }),
  );
  process.stdout.write(`${id} works no more.\n`);
}

function scopeFlag(text: string): Scope {
  const scope = SCOPES.find((known) => known === text);
  if (scope !== undefined) return scope;
  throw new OffingError('usage-scope', `--scope: "${text}" is none; expected one of ${SCOPES.join(', ')}`, {
    value: text,
  });
}

function line(key: KeyRecord): string {
  const state =
    key.revokedAt !== null
      ? `revoked ${isoOf(key.revokedAt)}`
      : key.expiresAt === null
        ? 'works'
        : `works until ${isoOf(key.expiresAt)}`;
  return `${key.keyId}  ${key.scopes.join(',')}  ${state}  owner ${key.owner}  ${key.label}\n`;
}
