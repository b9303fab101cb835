import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

type Span = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: string } }[];
  status: { code?: number };
};
type Posted = { resourceSpans: { resource: { attributes: object[] }; scopeSpans: { spans: Span[] }[] }[] };

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

let collector: Server;
let api: TestApi;
let status = 200;
const posts: { url: string; headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  collector = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      posts.push({ url: request.url ?? '', headers: request.headers, body });
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  api = await startApi({
    traces: {
      endpoint: `http://127.0.0.1:${port}/`,
      headers: { authorization: 'Basic eA==' },
      serviceName: 'offing-test',
      version: '0.0.0-test',
      everyMs: 50,
    },
  });
}, 120_000);

afterAll(async () => {
  await api.close();
  collector.close();
});

const spans = () =>
  posts.flatMap(({ body }) =>
    (JSON.parse(body) as Posted).resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    ),
  );
const named = (name: string) => spans().filter((span) => span.name === name);

it('sends a span for each answer, named by its route, with nothing of what was asked', async () => {
  const { statusCode, headers } = await api.get('/v1/vessels/SECRET?api_key=off_SECRET');
  expect(statusCode).toBe(401);
  await api.get('/v1/alerts?mmsi=412345678');
  await expect.poll(() => named('GET /v1/alerts').length, { timeout: 20_000 }).toBe(1);
  const [{ url, headers: sent, body }] = posts;
  expect([url, sent['content-type'], sent.authorization]).toEqual([
    '/v1/traces',
    'application/json',
    'Basic eA==',
  ]);
  expect(body).toContain('{"key":"service.name","value":{"stringValue":"offing-test"}}');
  const [refused] = named('GET /v1/vessels/:id');
  expect(refused.attributes).toEqual([
    { key: 'http.request.method', value: { stringValue: 'GET' } },
    { key: 'http.route', value: { stringValue: '/v1/vessels/:id' } },
    { key: 'http.response.status_code', value: { intValue: '401' } },
    { key: 'offing.request_id', value: { stringValue: headers['x-request-id'] } },
  ]);
  const [span] = named('GET /v1/alerts');
  expect(span).toMatchObject({ kind: 2, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
  expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true);
  expect(Math.abs(Number(BigInt(span.startTimeUnixNano) / 1_000_000n) - Date.now())).toBeLessThan(60_000);
  expect(posts.map((post) => post.body).join()).not.toMatch(/SECRET|412345678/);
});

it('goes on with the trace of the caller, and keeps out of one that is not kept', async () => {
  await api.get('/v1/rules', { traceparent: `00-${TRACE}-${PARENT}-01` });
  await api.get('/v1/feeds', { traceparent: `00-${TRACE}-${PARENT}-00` });
  await expect.poll(() => named('GET /v1/rules').length, { timeout: 20_000 }).toBe(1);
  expect(named('GET /v1/rules')[0]).toMatchObject({ traceId: TRACE, parentSpanId: PARENT });
  expect(named('GET /v1/feeds')).toEqual([]);
});

const childrenOf = (parent: Span) => spans().filter(({ parentSpanId }) => parentSpanId === parent.spanId);

it('sends a span for each statement of the database below that of its answer, without its text', async () => {
  const id = 'v0123456789abcdef0123';
  await Promise.all([
    api.get(`/v1/vessels/${id}`),
    api.get('/v1/designations'),
    api.send('POST', '/v1/watchlists', await api.key(['watch']), { name: 'SECRET' }),
  ]);
  await expect.poll(() => named('POST /v1/watchlists').length, { timeout: 20_000 }).toBe(1);
  const [vessel] = named('GET /v1/vessels/:id').filter(({ attributes }) =>
    attributes.some(({ value }) => value.intValue === '404'),
  );
  const statements = childrenOf(vessel);
  expect(statements.map(({ name }) => name)).toContain('SELECT vessel');
  expect(statements.every(({ kind, traceId }) => kind === 3 && traceId === vessel.traceId)).toBe(true);
  expect(statements.find(({ name }) => name === 'SELECT vessel')?.attributes).toEqual([
    { key: 'db.system.name', value: { stringValue: 'postgresql' } },
    { key: 'db.operation.name', value: { stringValue: 'SELECT' } },
    { key: 'db.collection.name', value: { stringValue: 'vessel' } },
  ]);
  // Each belongs to the request that asked it, also where they ran side by side and behind a body.
  expect(childrenOf(named('GET /v1/designations')[0]).map(({ name }) => name)).toContain(
    'SELECT designation',
  );
  const written = childrenOf(named('POST /v1/watchlists')[0]).map(({ name }) => name);
  expect(written).toContain('INSERT watchlist');
  expect(written).not.toContain('SELECT vessel');
  expect(posts.map(({ body }) => body).join()).not.toContain('SECRET');
});

it('tells of a statement that failed by its code', async () => {
  const blocker = await api.pool.connect();
  await blocker.query('begin');
  await blocker.query('lock table designation in access exclusive mode');
  const asked = api.get('/v1/designations?list=UN');
  await blocker.query(
    `select pg_sleep(0.2), pg_cancel_backend(pid) from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  await blocker.query('select pg_sleep(0.3)');
  await blocker.query(
    `select pg_cancel_backend(pid) from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  expect((await asked).statusCode).toBe(503);
  await blocker.query('rollback');
  blocker.release();
  const failed = () => spans().filter(({ kind, status: { code } }) => kind === 3 && code === 2);
  await expect.poll(() => failed().length, { timeout: 20_000 }).toBe(1);
  expect(failed()[0].name).toBe('SELECT designation');
  expect(failed()[0].attributes.at(-1)).toEqual({ key: 'error.type', value: { stringValue: '57014' } });
});

it.each([
  'x',
  `00-${'0'.repeat(32)}-${PARENT}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `ff-${TRACE}-${PARENT}-01`,
  `00-${TRACE.toUpperCase()}-${PARENT}-01`,
])('begins a trace of its own where the traceparent is %s', async (traceparent) => {
  const before = named('GET /v1/ports').length;
  await api.get('/v1/ports', { traceparent });
  await expect.poll(() => named('GET /v1/ports').length, { timeout: 20_000 }).toBe(before + 1);
  const span = named('GET /v1/ports')[before];
  expect([span.parentSpanId, span.traceId === TRACE]).toEqual([undefined, false]);
});

it('tells of a fault as one, answers while the collector is away, and sends the rest when the server ends', async () => {
  const own = await startApi({
    statementTimeoutMs: 200,
    traces: { endpoint: 'http://127.0.0.1:1', headers: {}, serviceName: 'x', version: 'x', everyMs: 20 },
  });
  for (let n = 0; n < 5; n++) expect((await own.get('/v1/alerts')).statusCode).toBe(200);
  await own.close();
  status = 503;
  await api.get('/readyz');
  status = 200;
  await api.get('/healthz');
  await api.app.close();
  expect(named('GET /healthz')).toHaveLength(1);
  expect(named('GET /readyz')[0].status).toEqual({ code: 2 });
});

it('leaves no span where nobody asked for traces', async () => {
  const before = posts.length;
  const own = await startApi();
  expect((await own.get('/v1/alerts')).statusCode).toBe(200);
  await own.close();
  expect(posts.length).toBe(before);
});
