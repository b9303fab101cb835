import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey, revokeKey, SCOPES, type Scope } from '@offing/store';
import { startApi, type Method, type TestApi } from '../api.ts';

let closed: TestApi;
let open: TestApi;

beforeAll(async () => {
  closed = await startApi({ openReading: false, requestsPerMinute: 100_000 });
  open = await startApi({ requestsPerMinute: 100_000 });
}, 120_000);

afterAll(async () => {
  await closed.close();
  await open.close();
});

const LISTS = ['alerts', 'events', 'vessels', 'vessels/x/track', 'coverage', 'ports'];
const FILES = ['csv', 'kml', 'ndjson', 'fgb', 'parquet', 'geojson', 'json'];

/** What each route needs, written by hand: a route that is not here fails the test below. */
const NEEDS: Readonly<Record<string, Scope | 'open'>> = {
  'GET /': 'read',
  'GET /alerts/{id}': 'read',
  'GET /status': 'read',
  'GET /vessels': 'read',
  'GET /vessels/{id}': 'read',
  'GET /ports': 'read',
  'GET /ports/{id}': 'read',
  'GET /embed/alerts': 'read',
  'GET /embed/alerts/{id}': 'read',
  'GET /embed/ports/{id}': 'read',
  'GET /map/land.json': 'read',
  'GET /map/land/{z}/{x}/{y}.pbf': 'read',
  'GET /healthz': 'open',
  'GET /readyz': 'open',
  'GET /v1/session': 'open',
  'GET /v1/alerts/{id}': 'read',
  'GET /v1/alerts/facets': 'read',
  'GET /v1/alerts/{id}.geojson': 'read',
  'GET /v1/vessels/{id}.geojson': 'read',
  'GET /v1/alerts/{id}.png': 'read',
  'GET /v1/alerts/{id}/bundle.zip': 'export',
  'GET /v1/events/{id}': 'read',
  'GET /v1/alerts/{id}/positions': 'read',
  'GET /v1/events/{id}/positions': 'read',
  'GET /v1/raw/{sha256}': 'read',
  'GET /v1/vessels/{id}': 'read',
  'GET /v1/ports/{id}': 'read',
  'GET /v1/ports/{id}/embargo': 'read',
  'GET /watchlists': 'read',
  'GET /watchlists/{id}': 'read',
  'GET /v1/rules': 'read',
  'GET /corrections': 'read',
  'GET /v1/corrections': 'read',
  'GET /v1/corrections.json': 'read',
  'GET /v1/corrections.csv': 'export',
  'GET /v1/corrections.atom': 'read',
  'GET /v1/rules/{id}': 'read',
  'GET /rules': 'read',
  'GET /rules/{id}': 'read',
  'GET /v1/alerts.atom': 'read',
  'GET /v1/designations': 'read',
  'GET /v1/designations/sources': 'read',
  'GET /v1/feeds': 'read',
  ...Object.fromEntries(LISTS.map((list) => [`GET /v1/${list.replace('/x/', '/{id}/')}`, 'read' as const])),
  ...Object.fromEntries(
    LISTS.flatMap((list) =>
      FILES.map((file) => [
        `GET /v1/${list.replace('/x/', '/{id}/')}.${file}`,
        file === 'json' || file === 'geojson' ? ('read' as const) : ('export' as const),
      ]),
    ),
  ),
  'GET /v1/stream': 'read',
  'GET /v1/watchlists': 'watch',
  'POST /v1/watchlists': 'watch',
  'POST /v1/watchlists/preview': 'watch',
  'GET /v1/watchlists/{id}': 'watch',
  'PUT /v1/watchlists/{id}': 'watch',
  'DELETE /v1/watchlists/{id}': 'watch',
  'GET /v1/watchlists/{id}/preview': 'watch',
  'GET /v1/watchlists/{id}/deliveries': 'watch',
  'POST /v1/watchlists/{id}/deliveries/{delivery}/replay': 'watch',
  'POST /v1/watchlists/{id}/channels': 'watch',
  'DELETE /v1/watchlists/{id}/channels/{channel}': 'watch',
  'POST /v1/watchlists/{id}/channels/{channel}/test': 'watch',
  'POST /v1/watchlists/{id}/channels/{channel}/secret': 'watch',
  'POST /v1/watchlists/{id}/channels/{channel}/enable': 'watch',
  'POST /v1/watchlists/{id}/channels/{channel}/disable': 'watch',
  'GET /feeds/{token}/alerts.atom': 'open',
  'GET /feeds/{token}/alerts.rss': 'open',
  'GET /feeds/{token}/alerts.json': 'open',
  'GET /unsubscribe/{token}': 'open',
  'POST /unsubscribe/{token}': 'open',
  'GET /v1/audit': 'admin',
};

/** What the document does not tell of: for machines, for the operator, and the document itself. */
const HIDDEN: Readonly<Record<string, Scope | 'open'>> = {
  'GET /metrics': 'admin',
  'GET /openapi.json': 'open',
  'GET /assets/page.css': 'open',
  'GET /assets/mark.svg': 'open',
  'GET /map/overview.svg': 'read',
  'GET /session/{token}': 'open',
  'POST /watchlists': 'watch',
  'POST /watchlists/{id}': 'watch',
  'POST /watchlists/{id}/remove': 'watch',
  'POST /watchlists/{id}/channels': 'watch',
  'POST /watchlists/{id}/channels/{channel}': 'watch',
  'POST /watchlists/{id}/deliveries/{delivery}': 'watch',
};

/** Folders of hidden routes that all need the same. */
const HIDDEN_FOLDERS: readonly (readonly [string, Scope | 'open'])[] = [
  ['/ogc', 'read'],
  ['/docs', 'read'],
];

const pathOf = (template: string) => template.replace(/\{\w+\}/g, 'xxxxxxxxxxxxxxxxxxxx');
const routesOf = (api: TestApi) =>
  Object.entries(api.app.swagger().paths ?? {}).flatMap(([template, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${template}`),
  );

it('knows what every route needs', () => {
  expect(routesOf(closed).sort()).toEqual(Object.keys(NEEDS).sort());
});

const needOf = (method: string, url: string): Scope | 'open' | undefined => {
  const route = `${method === 'HEAD' ? 'GET' : method} ${url.replace(/:(\w+)/g, '{$1}')}`;
  return (
    NEEDS[route] ??
    HIDDEN[route] ??
    HIDDEN_FOLDERS.find(([folder]) => url === folder || url.startsWith(`${folder}/`))?.[1]
  );
};

it('knows every route of the server, hidden ones and HEAD too: a new one without a rule here fails', () => {
  const { routeNeeds } = closed.app;
  expect(routeNeeds.length).toBeGreaterThan(100);
  expect(routeNeeds.filter(({ method, url, scope }) => needOf(method, url) !== scope)).toEqual([]);
  const added = new Set(routeNeeds.map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`));
  expect(Object.keys({ ...NEEDS, ...HIDDEN }).filter((route) => !added.has(route))).toEqual([]);
});

it('refuses every route of the server without a key, and with one of the scope below', async () => {
  const keys = new Map<Scope, string>();
  for (const scope of SCOPES) keys.set(scope, await closed.key([scope]));
  let asked = 0;
  for (const { method, url } of closed.app.routeNeeds) {
    const need = needOf(method, url) ?? 'admin';
    if (need === 'open') continue;
    const ask = async (key?: string) => {
      const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` };
      const answer = await closed.app.inject({
        method: method as Method,
        url: url.replace(/:\w+/g, 'xxxxxxxxxxxxxxxxxxxx').replace('*', 'x'),
        headers: { 'last-event-id': 'x', ...authorization },
      });
      return [method, url, answer.statusCode];
    };
    expect(await ask()).toEqual([method, url, 401]);
    const below = SCOPES[SCOPES.indexOf(need) - 1];
    if (below !== undefined) expect(await ask(keys.get(below))).toEqual([method, url, 403]);
    asked += 1;
  }
  expect(asked).toBeGreaterThan(80);
});

describe.each(Object.entries({ ...NEEDS, ...HIDDEN }))('%s', (route, scope) => {
  const [method, template] = route.split(' ') as [Method, string];
  it(`refuses without a key with the scope ${scope}, and is let through with it`, async () => {
    const ask = async (api: TestApi, key?: string) =>
      (
        await api.app.inject({
          method,
          url: pathOf(template),
          // Else the stream would go on for ever.
          headers: {
            'last-event-id': 'x',
            ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          },
        })
      ).statusCode;
    const refused = [401, 403];
    if (scope === 'open') {
      expect(refused).not.toContain(await ask(closed));
      return;
    }
    expect(await ask(closed)).toBe(401);
    const place = SCOPES.indexOf(scope);
    if (place > 0) expect(await ask(closed, await closed.key([SCOPES[place - 1]]))).toBe(403);
    expect(refused).not.toContain(await ask(closed, await closed.key([scope])));
    expect(refused).not.toContain(await ask(closed, await closed.key(['admin'])));
    // Where reading is open, exactly reading is.
    const openTo = scope === 'read' || scope === 'export';
    expect(refused.includes(await ask(open))).toBe(!openTo);
  });
});

const read = (headers: Record<string, string>, path = '/v1/events') =>
  closed.app.inject({ url: path, headers });

describe('a key', () => {
  it('is taken as a bearer token, as the password of any name, and in the address of a question', async () => {
    const key = await closed.key(['read']);
    const basic = Buffer.from(`anyone:${key}`).toString('base64');
    expect((await read({ authorization: `Bearer ${key}` })).statusCode).toBe(200);
    expect((await read({ authorization: `bearer ${key}` })).statusCode).toBe(200);
    expect((await read({ authorization: `Basic ${basic}` })).statusCode).toBe(200);
    expect((await read({}, `/v1/events?api_key=${key}`)).statusCode).toBe(200);
    expect((await read({}, `/v1/events?limit=1&api_key=${key}`)).statusCode).toBe(200);
  });

  it('is refused with a wrong secret, cut, of another, unknown, twice, or in another place', async () => {
    const key = await closed.key(['read']);
    const other = await closed.key(['read']);
    const wrong = [
      `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`,
      key.slice(0, -1),
      `${key}x`,
      key.slice(0, 21) + other.slice(21),
      key.toUpperCase(),
      'off_0000000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      'off__',
      "' or true --",
      '',
    ];
    for (const text of wrong) {
      expect([text, (await read({ authorization: `Bearer ${text}` })).statusCode]).toEqual([text, 401]);
    }
    expect((await read({ authorization: key })).statusCode).toBe(401);
    expect((await read({ 'x-api-key': key })).statusCode).toBe(401);
    expect((await read({}, `/v1/events?api_key=${key}&api_key=${key}`)).statusCode).toBe(400);
    expect((await read({}, `/v1/events?API_KEY=${key}`)).statusCode).toBe(401);
  });

  it('that is wrong is refused where reading is open, too', async () => {
    const answer = await open.app.inject({ url: '/v1/events', headers: { authorization: 'Bearer off_1_x' } });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('in the address changes nothing', async () => {
    const key = await open.key(['watch']);
    const answer = await open.app.inject({
      method: 'POST',
      url: `/v1/watchlists?api_key=${key}`,
      payload: { name: 'x' },
    });
    expect(answer.statusCode).toBe(401);
  });

  it('stops working when it is revoked, and when its time is over', async () => {
    const { text, record } = await createKey(closed.pool, { label: 'x', scopes: ['read'] });
    expect((await read({ authorization: `Bearer ${text}` })).statusCode).toBe(200);
    expect(await revokeKey(closed.pool, record.keyId)).toBe(true);
    expect(await revokeKey(closed.pool, record.keyId)).toBe(false);
    expect((await read({ authorization: `Bearer ${text}` })).statusCode).toBe(401);
    const old = await createKey(closed.pool, { label: 'x', scopes: ['read'], expiresAt: Date.now() - 1 });
    expect((await read({ authorization: `Bearer ${old.text}` })).statusCode).toBe(401);
  });

  it('stands in the database as a hash alone', async () => {
    const key = await closed.key(['admin']);
    const secret = key.slice(21);
    const { rows } = await closed.pool.query<{ text: string }>('select api_key::text as text from api_key');
    expect(rows.map(({ text }) => text).join()).not.toContain(secret);
    expect(rows.map(({ text }) => text).join()).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it('is carried to the next page only where it came in the address', async () => {
    await closed.rows.event('e_1');
    await closed.rows.event('e_2');
    const key = await closed.key(['read']);
    const first = await read({}, `/v1/events?limit=1&api_key=${key}`);
    const next = /<([^>]+)>/.exec(String(first.headers.link))?.[1] ?? '';
    expect(next).toContain('api_key=');
    expect((await read({}, next)).statusCode).toBe(200);
    const plain = await read({ authorization: `Bearer ${key}` }, '/v1/events?limit=1');
    expect(String(plain.headers.link)).not.toContain('api_key');
    expect(plain.headers['cache-control']).toBe('private, no-cache');
  });
});

it('asks a browser for a password where people look, and tells a program of its scheme', async () => {
  const page = await read({}, '/');
  expect([page.statusCode, page.headers['www-authenticate']]).toEqual([
    401,
    'Basic realm="Offing", charset="UTF-8"',
  ]);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  const data = await read({});
  expect([data.headers['www-authenticate'], data.headers['content-type']]).toEqual([
    'Bearer',
    'application/problem+json',
  ]);
});

describe('a password that a browser sends by itself', () => {
  const change = (key: string, headers: Record<string, string>) =>
    open.app.inject({
      method: 'POST',
      url: '/v1/watchlists',
      payload: { name: 'x' },
      headers: {
        authorization: `Basic ${Buffer.from(`x:${key}`).toString('base64')}`,
        host: 'offing.example.org',
        ...headers,
      },
    });

  it('changes nothing for the page of another site', async () => {
    const key = await open.key(['watch']);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'https://offing.example.org.evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      const answer = await change(key, headers);
      expect([headers, answer.statusCode]).toEqual([headers, 403]);
    }
    expect((await open.send('GET', '/v1/watchlists', key)).json()).toMatchObject({
      items: [],
    });
  });

  it('works for a program, and for a page of ours', async () => {
    const key = await open.key(['watch']);
    expect((await change(key, {})).statusCode).toBe(201);
    const own = { origin: 'https://offing.example.org', 'sec-fetch-site': 'same-origin' };
    expect((await change(key, own)).statusCode).toBe(201);
  });
});

it('gives no file to a key that only reads, whichever way it is asked for', async () => {
  const authorization = `Bearer ${await open.key(['read'])}`;
  for (const [url, accept] of [
    ['/v1/events.csv', '*/*'],
    ['/v1/events', 'text/csv'],
    ['/v1/alerts', 'application/vnd.google-earth.kml+xml'],
    ['/v1/vessels', 'application/x-ndjson'],
  ]) {
    const answer = await open.app.inject({ url, headers: { authorization, accept } });
    expect([url, answer.statusCode]).toEqual([url, 403]);
  }
  const answer = await open.app.inject({
    url: '/v1/events',
    headers: { authorization, accept: 'text/html' },
  });
  expect(answer.statusCode).toBe(200);
});
