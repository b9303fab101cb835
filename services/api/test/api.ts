import { makeClient, type OffingClient } from '@offing/client';
import { createKey, type Scope } from '@offing/store';
import { makeRows, testDatabase, type Rows } from '@offing/testkit';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import pg from 'pg';
import { makeApp, type AppOptions, type PortSource } from '../src/index.ts';
import { conformance } from './conformance.ts';
import { injectedFetch } from './injected-fetch.ts';

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
  /** A connection of the test's own, to the same database. */
  readonly pool: pg.Pool;
  readonly url: string;
  /** Asks for a path and returns the answer, which must be as the documents say. */
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Sends what changes something with a key, and returns the answer, which must be as the documents say. */
  send(method: Method, path: string, key: string, body?: unknown): Promise<LightMyRequestResponse>;
  /** Returns the typed client, with a key or without; its answers, too, must be as the documents say. */
  client(key?: string): OffingClient;
  /** Makes a key and returns its text. */
  key(scopes: readonly Scope[], owner?: string): Promise<string>;
  /** Asks for a list and returns the ids on the page; fails where the answer is not a page. */
  ids(path: string): Promise<readonly string[]>;
  /** Asks for a list page by page along the Link headers, and returns the ids of each page. */
  pages(path: string): Promise<readonly (readonly string[])[]>;
  close(): Promise<void>;
};

/** What changes something, and a question that is sent with a key. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** How a test's API differs from the usual one. */
export type TestApiOptions = Partial<Omit<AppOptions, 'version' | 'databaseUrl' | 'pool'>>;

/** Starts an API on an empty database. */
export async function startApi(options: TestApiOptions = {}): Promise<TestApi> {
  const database = await testDatabase();
  const pool = new pg.Pool({ connectionString: database.url });
  const app = await makeApp({ databaseUrl: database.url, version: '0.0.0-test', ...options });
  const mustConform = conformance(app.swagger());
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await app.inject({ method: 'GET', url: path, headers });
    mustConform(path, answer);
    return answer;
  };
  const send = async (method: Method, path: string, key: string, body?: unknown) => {
    const answer = await app.inject({
      method,
      url: path,
      headers: { authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    mustConform(path, answer, method);
    return answer;
  };
  const page = async (path: string) => {
    const answer = await get(path);
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${answer.body}`);
    const { items } = answer.json<{ items: { id?: string; vesselId?: string }[] }>();
    const link = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link ?? ''));
    return { ids: items.map((item) => item.id ?? item.vesselId ?? ''), next: link?.[1] };
  };
  return {
    app,
    rows: makeRows(pool),
    pool,
    url: database.url,
    get,
    send,
    client: (key) =>
      makeClient({
        baseUrl: 'http://offing.test',
        fetch: injectedFetch(app, mustConform),
        ...(key === undefined ? {} : { key }),
      }),
    key: async (scopes, owner) =>
      (await createKey(pool, { label: 'test', scopes, ...(owner === undefined ? {} : { owner }) })).text,
    ids: async (path) => (await page(path)).ids,
    async pages(path) {
      const found: (readonly string[])[] = [];
      for (let next: string | undefined = path; next !== undefined;) {
        const shown = await page(next);
        found.push(shown.ids);
        next = shown.next;
      }
      return found;
    },
    async close() {
      await app.close();
      await pool.end();
      await database.close();
    },
  };
}
