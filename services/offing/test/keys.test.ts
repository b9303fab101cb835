import { findKey, listAudit, openWriter, type Writer } from '@offing/store';
import { testDatabase, type TestDatabase } from '@offing/testkit';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createApiKey, listApiKeys, revokeApiKey } from '../src/commands/keys.ts';
import { readTellConfig } from '../src/config.ts';

let database: TestDatabase;
let writer: Writer;
let printed = '';

beforeAll(async () => {
  database = await testDatabase();
  writer = openWriter({ databaseUrl: database.url });
  vi.stubEnv('DATABASE_URL', database.url);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
}, 120_000);

beforeEach(() => {
  printed = '';
});

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await writer.close();
  await database.close();
});

const FLAGS = { label: 'desk', scope: ['watch'], json: false, data: 'unused' };

it('prints a key once; it works until it is revoked, by its id or by itself', async () => {
  await createApiKey({ ...FLAGS, owner: 'desk', days: '1' });
  const [key] = printed.split('\n');
  expect(await findKey(writer.pool, key)).toMatchObject({ owner: 'desk', scopes: ['watch'], label: 'desk' });
  printed = '';
  await listApiKeys({ json: false, data: 'unused' });
  expect(printed).toContain(key.slice(4, 20));
  expect(printed).not.toContain(key.slice(21));
  await revokeApiKey(key, { data: 'unused' });
  expect(await findKey(writer.pool, key)).toBeNull();
  await expect(revokeApiKey(key.slice(4, 20), { data: 'unused' })).rejects.toMatchObject({
    code: 'no-such-key',
  });
  const log = await listAudit(writer.pool, { limit: 10 });
  expect(log.map(({ action }) => action)).toEqual(['key.revoke', 'key.create']);
  expect(JSON.stringify(log)).not.toContain(key.slice(21));
});

it.each([
  [{ scope: ['write'] }, 'usage-scope'],
  [{ owner: 'a b' }, 'usage-owner'],
  [{ days: '0' }, 'usage-number'],
  [{ days: 'x' }, 'usage-number'],
])('refuses %j and makes nothing', async (flags, code) => {
  await expect(createApiKey({ ...FLAGS, ...flags })).rejects.toMatchObject({ code });
  expect(printed).toBe('');
});

it('reads whom to serve and how to tell, and lists all faults without repeating what may hold passwords', () => {
  expect(readTellConfig({})).toEqual({
    openReading: undefined,
    publicUrl: undefined,
    contact: undefined,
    corsOrigins: [],
    frameAncestors: [],
    trustedProxies: [],
    allowedTargets: [],
    redisUrl: undefined,
    mail: undefined,
  });
  expect(
    readTellConfig({
      OFFING_OPEN_READING: '0',
      OFFING_PUBLIC_URL: 'https://offing.example.org/',
      OFFING_CONTACT: 'desk@example.org',
      OFFING_ALLOW_TARGETS: '127.0.0.1:9000, 10.0.0.1:80,',
      SMTP_URL: 'smtp://mail.example.org',
      MAIL_FROM: 'offing@example.org',
    }),
  ).toMatchObject({
    openReading: false,
    publicUrl: 'https://offing.example.org',
    contact: 'desk@example.org',
    allowedTargets: ['127.0.0.1:9000', '10.0.0.1:80'],
    mail: { from: 'offing@example.org' },
  });
  const wrong = {
    OFFING_OPEN_READING: 'yes',
    OFFING_PUBLIC_URL: 'ftp://SECRET',
    OFFING_CONTACT: 'javascript:SECRET',
    SMTP_URL: 'http://SECRET',
    REDIS_URL: 'SECRET',
  };
  try {
    readTellConfig(wrong);
    expect.unreachable();
  } catch (error) {
    const { message } = error as Error;
    expect(message.split('\n')).toHaveLength(6);
    expect(message).not.toContain('SECRET');
  }
});
