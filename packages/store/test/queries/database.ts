import pg from 'pg';
import { migrate } from '../../src/migrate.ts';

/** Returns a migrated database of this file's own, on the server of TEST_DATABASE_URL. */
export async function emptyDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL ?? '';
  const name = `test_${process.pid}_${Date.now()}_${Math.floor(Math.random() * 1e6)}`;
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(server);
  url.pathname = name;
  await migrate(url.href);
  return {
    url: url.href,
    async close() {
      const again = new pg.Client(server);
      await again.connect();
      await again.query(`drop database ${name} with (force)`);
      await again.end();
    },
  };
}
