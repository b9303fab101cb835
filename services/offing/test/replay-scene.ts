import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '@offing/engine';
import type { RecordingSource } from '@offing/ingest';
import { testDatabase, type TestDatabase } from '@offing/testkit';
import pg from 'pg';
import { loadReference } from '../src/reference.ts';
import { replaySources, type Replayed, type ReplayOptions } from '../src/replay-sources.ts';

const reference = loadReference();

/** An empty database with a connection, and a folder for recordings. */
export type ReplayScene = {
  readonly database: TestDatabase;
  readonly client: pg.Client;
  readonly folder: string;
  /** Replays sources into the database, with an engine of its own. */
  replay(sources: readonly RecordingSource[], more?: Pick<ReplayOptions, 'copiesDir'>): Promise<Replayed>;
  close(): Promise<void>;
};

/** Sets a scene up. */
export async function replayScene(): Promise<ReplayScene> {
  const database = await testDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const folder = mkdtempSync(join(tmpdir(), 'offing-replay-'));
  return {
    database,
    client,
    folder,
    async replay(sources, more = {}) {
      const engine = await Engine.open({ databaseUrl: database.url, ...reference });
      try {
        const options = { tempDir: join(folder, 'tmp'), showProgress: false, ...more };
        return await replaySources(engine, sources, options);
      } finally {
        await engine.close();
      }
    },
    async close() {
      await client.end();
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}
