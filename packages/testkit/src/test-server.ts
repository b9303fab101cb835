import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase } from '@offing/store';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A real PostgreSQL for the tests of a run; its database `offing_template` has the schema. */
    testServerUrl: string;
  }
}

/** Name of the migrated database that those of the test files are copied from. */
export const TEMPLATE = 'offing_template';

/**
 * The global set-up of vitest: starts one embedded PostgreSQL for a whole test run, before any test; returns what ends it. Only its durability is
 * turned down: nobody needs the databases after the run.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'offing-test-'));
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
  };
  const database = await openDatabase({ dataDir, settings });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrate(databaseUrl(database.url, TEMPLATE));
  project.provide('testServerUrl', database.url);
  return async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Returns the address of another database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
