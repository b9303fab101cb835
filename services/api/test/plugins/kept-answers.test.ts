import { get, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openReader, readMoment } from '@offing/store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

let api: TestApi;
let closed: TestApi;

beforeAll(async () => {
  api = await startApi();
  closed = await startApi({ openReading: false });
  await api.rows.event('e_1', { severity: 'high' });
  for (const { app } of [api, closed]) await app.listen({ host: '127.0.0.1', port: 0 });
}, 120_000);

afterAll(async () => {
  await api.close();
  await closed.close();
});

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

/** Over a socket: what `inject` asks comes in behind the server. */
function ask(path: string, headers: Record<string, string> = {}, { app }: TestApi = api): Promise<Answer> {
  const { port } = app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    }).on('error', reject);
  });
}

const common = ({ headers, ...rest }: Answer) => {
  const { date: _date, 'x-request-id': id, ...others } = headers;
  expect(id).toMatch(/^[0-9a-f]{8}-\w+$/);
  return { ...rest, headers: others };
};

it.each(['/v1/alerts', '/v1/events.csv?severity=high', '/v1/alerts.geojson?limit=1'])(
  'answers %s a second time as the first, and with the tag as the route does',
  async (path) => {
    const first = await ask(path);
    const tag = String(first.headers.etag);
    const unchanged = common(await ask(path, { 'if-none-match': `"none", ${tag}` }));
    await ask(path);
    const again = await ask(path);
    expect(common(again)).toEqual(common(first));
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    expect(common(await ask(path, { 'if-none-match': tag }))).toEqual(unchanged);
    expect(unchanged).toMatchObject({ status: 304, body: '', headers: { etag: tag } });
  },
);

it('shows a change at once, and never an older answer under a newer tag', async () => {
  const before = await ask('/v1/alerts');
  await ask('/v1/alerts');
  await api.rows.event('e_2');
  const after = await ask('/v1/alerts', { 'if-none-match': String(before.headers.etag) });
  expect([after.status, after.body.includes('a_2')]).toEqual([200, true]);
  expect(after.headers.etag).not.toBe(before.headers.etag);
  expect(common(await ask('/v1/alerts'))).toEqual(common(after));
});

it('asks the same through another name, format or filter anew', async () => {
  await ask('/v1/alerts');
  const csv = await ask('/v1/alerts', { accept: 'text/csv' });
  expect(csv.headers['content-type']).toMatch(/^text\/csv/);
  expect((await ask('/v1/alerts?severity=critical')).body).not.toContain('a_1');
  expect((await ask('/v1/alerts', { origin: 'https://evil.example' })).status).toBe(200);
});

it('takes a wrong key, a wrong parameter and another method as before', async () => {
  await ask('/v1/alerts');
  expect((await ask('/v1/alerts', { authorization: 'Bearer off_x' })).status).toBe(401);
  expect((await ask('/v1/alerts?api_key=off_x')).status).toBe(401);
  expect((await ask('/v1/alerts?limit=0')).status).toBe(400);
});

it('keeps nothing where reading needs a key', async () => {
  const key = await closed.key(['read']);
  const first = await ask('/v1/alerts', { authorization: `Bearer ${key}` }, closed);
  expect(first.status).toBe(200);
  for (const headers of [{}, { 'if-none-match': String(first.headers.etag) }] as Record<string, string>[])
    expect((await ask('/v1/alerts', headers, closed)).status).toBe(401);
});

it('counts what it answers', async () => {
  const key = await api.key(['admin']);
  const count = async () => {
    const { body } = await api.app.inject({ url: '/metrics', headers: { authorization: `Bearer ${key}` } });
    return Number(
      /offing_http_answers_total\{method="GET",route="\/v1\/events",status="200"\} (\d+)/.exec(body)?.[1] ??
        0,
    );
  };
  const before = await count();
  for (let n = 0; n < 5; n++) await ask('/v1/events');
  expect(await count()).toBe(before + 5);
});

it('looks at the moment once for all who ask meanwhile, and never gives one that began before the question', async () => {
  const reader = openReader({ databaseUrl: api.url });
  let looks = 0;
  const query = reader.pool.query.bind(reader.pool) as (...given: unknown[]) => unknown;
  reader.pool.query = ((...given: unknown[]) => {
    looks += 1;
    return query(...given);
  }) as typeof reader.pool.query;
  await readMoment(reader);
  looks = 0;
  await Promise.all(Array.from({ length: 1_000 }, () => readMoment(reader)));
  expect(looks).toBe(2);
  for (let n = 0; n < 20; n++) {
    const early = readMoment(reader);
    const changeSeq = await api.rows.event(`e_crowd${n}`);
    expect((await readMoment(reader)).changeSeq).toBe(changeSeq);
    await early;
  }
  await reader.close();
});
