import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import pg from 'pg';
import { emptyDatabase } from '../../../packages/store/test/queries/database.ts';
import { makeRows, type Rows } from '../../../packages/store/test/queries/rows.ts';
import { makeApp, type PortSource } from '../src/index.ts';

/** Ports as the gazetteer would give them. */
export const PORTS: PortSource = {
  version: 'test',
  ports: [
    port('CNLKU', 'Longkou', 'CN', { watched: true, localName: '龙口' }),
    port('CNDLC', 'Dalian', 'CN', { watched: true, altNames: ['Dairen'] }),
    port('KPTAE', 'Taean', 'KP', { lon: null, lat: null }),
    port('KPNAM', 'Nampo', 'KP', {}),
  ],
};

function port(id: string, name: string, country: string, fields: object): PortSource['ports'][number] {
  return {
    id,
    name,
    altNames: [],
    localName: null,
    country,
    unlocode: id,
    lon: 120,
    lat: 38,
    positionSource: 'UN/LOCODE',
    parentPortId: null,
    watched: false,
    ...fields,
  };
}

/** A running API on a database of its own. */
export type TestApi = {
  readonly app: FastifyInstance;
  readonly rows: Rows;
  readonly url: string;
  /** Asks for a path and returns the answer. */
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Asks for a list and returns the ids on the page; fails where the answer is not a page. */
  ids(path: string): Promise<readonly string[]>;
  close(): Promise<void>;
};

/** Starts an API on an empty database. */
export async function startApi(options: { readonly gazetteer?: PortSource } = {}): Promise<TestApi> {
  const database = await emptyDatabase();
  const pool = new pg.Pool({ connectionString: database.url });
  const app = await makeApp({ databaseUrl: database.url, version: '0.0.0-test', ...options });
  const get = (path: string, headers: Record<string, string> = {}) =>
    app.inject({ method: 'GET', url: path, headers });
  return {
    app,
    rows: makeRows(pool),
    url: database.url,
    get,
    async ids(path) {
      const answer = await get(path);
      if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${answer.body}`);
      const { items } = answer.json<{ items: { id?: string; vesselId?: string }[] }>();
      return items.map((item) => item.id ?? item.vesselId ?? '');
    },
    async close() {
      await app.close();
      await pool.end();
      await database.close();
    },
  };
}
