import pg from 'pg';
import { expect, it } from 'vitest';
import { testDatabase } from '../src/test-database.ts';

it('gives every caller a database of its own with the schema in it', async () => {
  const [one, other] = [await testDatabase(), await testDatabase()];
  const clients = [one, other].map((database) => new pg.Client({ connectionString: database.url }));
  try {
    for (const client of clients) await client.connect();
    await clients[0].query(`insert into feed (feed_id, name) values (1, 'a')`);
    const counts = await Promise.all(clients.map((client) => client.query('select from feed')));
    expect(counts.map((result) => result.rowCount)).toEqual([1, 0]);
  } finally {
    for (const client of clients) await client.end();
    await one.close();
    await other.close();
  }
});
