import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { expect, it } from 'vitest';
import { testDatabase } from '@offing/testkit';
import { makeApp } from '../src/index.ts';

it('answers what is under way when it is closed, then gives back every connection', async () => {
  const database = await testDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const app = await makeApp({ databaseUrl: database.url, version: '1' });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}/v1/events`;
    expect((await fetch(address)).status).toBe(200);
    await client.query('begin; lock table event in access exclusive mode');
    const underWay = fetch(address);
    await expect.poll(() => waiting(database.url)).toBe(1);
    const closing = performance.now();
    const closed = app.close();
    await client.query('rollback');
    const answer = await underWay;
    expect([answer.status, await answer.json()]).toEqual([200, { items: [], next: null, asOf: null }]);
    await closed;
    // A kept connection would hold it for over a minute.
    expect(performance.now() - closing).toBeLessThan(2_000);
    await expect(fetch(address)).rejects.toThrow();
    const { rows } = await client.query<{ n: number }>(
      'select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    expect(rows[0].n).toBe(0);
  } finally {
    await client.end();
    await database.close();
  }
});

/** A connection of its own: inside a transaction the view of the server's activity stands still. */
async function waiting(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ n: number }>(
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  await client.end();
  return rows[0].n;
}
