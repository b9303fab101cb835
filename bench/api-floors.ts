import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import pg from 'pg';

/** Paths of the least that a server could do for the same answers. */
export const FLOOR_PATHS = { unchanged: '/unchanged', kept: '/kept', database: '/database' } as const;

/** The least that must be asked: fifty rows along one index. */
const ROWS = {
  name: 'floor',
  text: `select string_agg(event_id, ',') as ids from (
    select event_id from event where opened_at <= $1 order by opened_at desc, event_id limit 50) as page`,
};
const CONNECTIONS = 8;

/**
 * Runs a bare Fastify on this machine beside ours and returns what was measured of it: 304 at once, a list as bytes that are at
 * hand, and the same bytes behind one statement that finds fifty rows. No checks, no keys, no counts, nothing made of the rows.
 */
export async function withFloors<T>(
  databaseUrl: string,
  list: Buffer,
  measure: (port: number) => Promise<T>,
): Promise<T> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  const app = Fastify();
  let turn = 0;
  const bytes = (reply: { type(type: string): { send(body: Buffer): unknown } }) =>
    reply.type('application/json; charset=utf-8').send(list);
  app.get(FLOOR_PATHS.unchanged, (_request, reply) => reply.code(304).header('etag', 'W/"x"').send());
  app.get(FLOOR_PATHS.kept, (_request, reply) => bytes(reply));
  app.get(FLOOR_PATHS.database, async (_request, reply) => {
    const at = new Date(Date.UTC(2025, 9, 1) + ((turn++ * 7_919) % 80) * 86_400_000);
    await pool.query({ ...ROWS, values: [at] });
    return bytes(reply);
  });
  try {
    await app.listen({ host: '127.0.0.1', port: 0 });
    return await measure((app.server.address() as AddressInfo).port);
  } finally {
    await app.close();
    await pool.end();
  }
}
