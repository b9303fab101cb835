import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase } from '@offing/store';
import { testDatabase } from '@offing/testkit';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { runChild } from './support/child.ts';
import { killSessions } from './support/kill-sessions.ts';
import { runAll } from './support/sessions.ts';
import { dumpTables } from './support/table-dump.ts';
import { randomNumbers } from './support/traffic.ts';

/** Kills before the run is let through; `OFFING_KILL_ROUNDS` asks for more. */
const ROUNDS = Number(process.env['OFFING_KILL_ROUNDS'] ?? 12);
/** Small, so that there are transactions enough to be killed in. */
const BATCH_ROWS = Math.max(1, Math.floor(300 / ROUNDS));
const MOST_STEPS = 36;
const SEED = 21;

async function tablesOfOneRun(): Promise<Readonly<Record<string, string>>> {
  const database = await testDatabase();
  try {
    await runAll(database.url, killSessions(SEED), BATCH_ROWS);
    return await dumpTables(database.url);
  } finally {
    await database.close();
  }
}

describe('a replay that is killed', () => {
  it(
    `ends in the same tables after ${ROUNDS} kills with SIGKILL, each a little further on`,
    { timeout: 60_000 + ROUNDS * 20_000 },
    async () => {
      const expected = await tablesOfOneRun();
      const random = randomNumbers(SEED);
      const database = await testDatabase();
      try {
        const progress = new Set<string>();
        for (let round = 0; round < ROUNDS; round++) {
          const [steps, delayMs] = [2 + Math.floor(random() * MOST_STEPS), random() * 6];
          const end = await runChild([database.url, BATCH_ROWS, SEED, 0, steps, delayMs]);
          // Else the kills would not hit what they are meant for.
          expect(end).toMatchObject({ signal: 'SIGKILL', errors: '' });
          progress.add((await dumpTables(database.url))['session']);
        }
        expect(progress.size).toBeGreaterThan(ROUNDS / 2);
        const last = await runChild([database.url, BATCH_ROWS, SEED]);
        expect(last).toMatchObject({ code: 0, errors: '' });
        expect(await dumpTables(database.url)).toEqual(expected);
      } finally {
        await database.close();
      }
    },
  );

  it('ends in the same tables when the PostgreSQL server is killed too', { timeout: 180_000 }, async () => {
    const expected = await tablesOfOneRun();
    const dataDir = await mkdtemp(join(tmpdir(), 'offing-kill-'));
    const settings = { shared_buffers: '32MB' };
    try {
      for (const steps of [30, 90]) {
        const database = await openDatabase({ dataDir, settings });
        await migrate(database.url);
        const postmaster = Number(
          (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0],
        );
        const end = await runChild([database.url, BATCH_ROWS, SEED, postmaster, steps, 2]);
        expect(end.code).not.toBe(0);
        expect(end.errors).toContain('database-lost');
      }
      const database = await openDatabase({ dataDir, settings });
      expect(database.startedHere).toBe(true);
      expect(await runChild([database.url, BATCH_ROWS, SEED])).toMatchObject({ code: 0, errors: '' });
      expect(await dumpTables(database.url)).toEqual(expected);
      await database.close();
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  it('has sessions with late data and corrections to be killed in', async () => {
    const database = await testDatabase();
    try {
      const outcomes = await runAll(database.url, killSessions(SEED), BATCH_ROWS);
      expect(outcomes.map((outcome) => outcome.late > 0)).toEqual([false, true, true]);
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from event_version where reason like '%arrived later%'`,
      );
      await client.end();
      expect(rows[0].n).toBeGreaterThan(5);
    } finally {
      await database.close();
    }
  });
});
