import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { databaseUrl, TEMPLATE } from './test-server.ts';

/** SQLSTATE object_in_use. */
const IN_USE = '55006';

/** A database of a test file's own. `close` drops it, whoever is still connected. */
export type TestDatabase = { readonly url: string; close(): Promise<void> };

/** Returns a new database with the schema and nothing in it, on the run's PostgreSQL. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('testServerUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `create database ${name} template ${TEMPLATE} strategy file_copy`);
  return {
    url: databaseUrl(server, name),
    close: () => drop(server, name),
  };
}

/** Drops a database. Connections that are just ending get the five seconds that the server waits; who stays then is cut off. */
async function drop(server: string, name: string): Promise<void> {
  try {
    await onServer(server, `drop database ${name}`);
  } catch (error) {
    if ((error as { code?: string }).code !== IN_USE) throw error;
    await onServer(server, `drop database ${name} with (force)`);
  }
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
