import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBrowserLinks } from '../../src/index.ts';
import { PORTS, startApi, type TestApi } from '../api.ts';

const HOST = 'localhost:8080';
const browserLinks = makeBrowserLinks();
let api: TestApi;
let cookie: string;
let csrf: string;

beforeAll(async () => {
  api = await startApi({
    browserLinks,
    gazetteer: PORTS,
    checkTarget: (_kind, target) => Promise.resolve(target.includes('forbidden') ? 'another target' : null),
  });
  await api.rows.watermark('2016-11-30T00:00:00Z');
  const longkou = { port_id: 'CNLKU', port_name: 'Longkou', port_country: 'CN' };
  await api.rows.event('e_1', { ...longkou, severity: 'high' });
  await api.rows.event('e_2', { type: 'hovering', verdict: null });
  const link = await api.app.inject({ url: browserLinks.create(), headers: { host: HOST } });
  cookie = String(link.headers['set-cookie']).split(';')[0];
  const session = await api.app.inject({ url: '/v1/session', headers: { cookie } });
  csrf = session.json<{ csrfToken: string }>().csrfToken;
}, 120_000);

afterAll(() => api.close());

const look = async (url: string, headers: Record<string, string> = {}) =>
  (await api.app.inject({ url, headers: { host: HOST, cookie, ...headers } })).body;

/** Sends a form as a browser does. */
const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  api.app.inject({
    method: 'POST',
    url,
    payload: new URLSearchParams({ csrf, ...fields }).toString(),
    headers: {
      host: HOST,
      cookie,
      origin: `http://${HOST}`,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
  });

async function made(fields: Record<string, string> = {}): Promise<string> {
  const answer = await post('/watchlists', { name: 'Longkou', ports: 'Longkou', deed: 'save', ...fields });
  expect(answer.statusCode).toBe(303);
  return String(answer.headers.location);
}

const kept = async () =>
  (await api.pool.query<{ n: number }>('select count(*)::int as n from watchlist')).rows[0].n;

it('makes a watchlist of a view: the form is filled in, the preview stands there, one click makes it', async () => {
  const page = await look(
    '/watchlists?port=Longkou&type=transponder-gap&severity=high&from=2016-01-01&bbox=119,37,121,39',
  );
  expect(page).toContain('value="Longkou"');
  expect(page).toContain('POLYGON((119 37, 121 37, 121 39, 119 39))');
  expect(page).toContain('<option value="high" selected>');
  expect(page).toContain('value="transponder-gap" checked');
  expect(page).toContain('It would have told 1 alert in 1 message from 2016-10-31 to 2016-11-30');
  expect(page).toContain('also filters by from;');
  const list = await made();
  const shown = await look(list);
  expect(shown).toContain('<h1>Longkou</h1>');
  expect(shown).toMatch(/href="http:\/\/localhost:8080\/feeds\/[\w-]+\/alerts\.atom"/);
  expect(await look('/watchlists')).toContain(`<a href="${list}">Longkou</a>`);
});

it('previews, names faults and ports that nobody knows, and saves nothing then', async () => {
  const before = await kept();
  const preview = await post('/watchlists', { name: 'x', ports: 'Longkou, Atlantis', deed: 'preview' });
  expect(preview.statusCode).toBe(200);
  expect(preview.body).toContain('No port of this name is known: Atlantis');
  const faulty = await post('/watchlists', {
    name: '<b>x</b>',
    mmsi: '41200000x',
    polygons: 'POLYGON((1 2))',
    deed: 'save',
  });
  expect(faulty.statusCode).toBe(400);
  expect(faulty.body).toContain('value="&lt;b&gt;x&lt;/b&gt;"');
  expect(faulty.body).toContain('polygons “POLYGON((1 2))”');
  expect(faulty.body).toContain('mmsi.0 “41200000x”');
  expect(await kept()).toBe(before);
});

it('asks before it drowns its reader', async () => {
  await api.pool.query(`insert into event_version select (jsonb_populate_record(event_version,
      jsonb_build_object('event_id', 'e_many' || n, 'change_seq', 1000 + n, 'port_name', 'Many', 'port_id', 'MANY'))).*
    from event_version, generate_series(1, 301) as n where event_id = 'e_1'`);
  await api.pool.query(`insert into event select (jsonb_populate_record(event,
      jsonb_build_object('event_id', 'e_many' || n, 'change_seq', 1000 + n))).*
    from event, generate_series(1, 301) as n where event_id = 'e_1'`);
  await api.pool.query(
    `insert into alert (alert_id, event_id) select 'a_many' || n, 'e_many' || n from generate_series(1, 301) as n`,
  );
  const refused = await post('/watchlists', { name: 'x', ports: 'Many', deed: 'save' });
  expect(refused.statusCode).toBe(409);
  expect(refused.body).toContain('301 alerts a month are more than anyone reads');
  expect(refused.body).toContain('name="confirm"');
  await made({ ports: 'Many', confirm: 'true' });
});

it('adds channels, shows a secret once, tests, pauses, resumes, sends again and removes', async () => {
  const list = await made();
  const wrong = await post(`${list}/channels`, { kind: 'webhook', target: 'https://forbidden.example/' });
  expect([wrong.statusCode, wrong.body.includes('another target')]).toEqual([400, true]);
  const added = await post(`${list}/channels`, { kind: 'webhook', target: 'https://hooks.example.org/' });
  expect(added.statusCode).toBe(200);
  const secret = /whsec_[\w+/=]+/.exec(added.body)?.[0] ?? 'none';
  expect(secret.length).toBeGreaterThan(40);
  const page = await look(list);
  expect(page).not.toContain('whsec_');
  const channel = /action="([^"]+\/channels\/c[0-9a-f]+)"/.exec(page)?.[1] ?? '';
  expect((await post(channel, { deed: 'test' })).headers.location).toBe(`${list}#deliveries`);
  const log = await look(list);
  expect(log).toContain('<td>test</td>');
  const replay = /action="([^"]+\/deliveries\/msg_test[0-9a-f]+)"/.exec(log)?.[1] ?? '';
  expect((await post(replay, { deed: 'replay' })).statusCode).toBe(303);
  await post(channel, { deed: 'pause' });
  expect(await look(list)).toContain('paused: paused by its owner');
  await post(channel, { deed: 'resume' });
  expect(await look(list)).toMatch(/–\s+active/);
  const renewed = await post(channel, { deed: 'secret' });
  expect(/whsec_[\w+/=]+/.exec(renewed.body)?.[0]).not.toBe(secret);
  expect((await post(channel, { deed: 'launder' })).statusCode).toBe(400);
  await post(channel, { deed: 'remove' });
  expect(await look(list)).toContain('None: it is told in its feeds alone.');
  expect((await post(`${list}/remove`, {})).headers.location).toBe('/watchlists');
  expect((await api.app.inject({ url: list, headers: { cookie } })).statusCode).toBe(404);
});

it('changes a watchlist', async () => {
  const list = await made();
  const answer = await post(list, { name: 'Dalian', ports: 'Dalian', rules: 'hovering', deed: 'save' });
  expect(answer.headers.location).toBe(list);
  const page = await look(list);
  expect(page).toContain('<h1>Dalian</h1>');
  expect(page).toContain('value="hovering" checked');
});

it('does nothing for a form that another page sent, or that does not know the token', async () => {
  const list = await made();
  const before = await kept();
  const tries: [Record<string, string>, Record<string, string>][] = [
    [{ csrf: '' }, {}],
    [{ csrf: `${csrf}x` }, {}],
    [{}, { origin: 'https://evil.example' }],
    [{}, { origin: 'null' }],
    [{}, { 'sec-fetch-site': 'cross-site' }],
    [{}, { 'content-type': 'text/plain' }],
    [{}, { 'content-type': 'multipart/form-data; boundary=x' }],
  ];
  for (const [fields, headers] of tries) {
    for (const url of ['/watchlists', `${list}/remove`]) {
      const { statusCode } = await post(url, { name: 'x', deed: 'save', ...fields }, headers);
      expect([url, fields, headers, statusCode >= 400]).toEqual([url, fields, headers, true]);
    }
  }
  // The API takes no form at all, whatever token stands in it.
  expect((await post('/v1/watchlists', { name: 'x' })).statusCode).toBe(403);
  expect((await post('/watchlists', { name: 'x', deed: 'save' }, { cookie: '' })).statusCode).toBe(401);
  expect(await kept()).toBe(before);
});

it('lets browsers say which site a form comes from, and where else a reader was nobody', async () => {
  const policy = async (url: string) =>
    (await api.app.inject({ url, headers: { cookie } })).headers['referrer-policy'];
  expect(await policy('/watchlists')).toBe('same-origin');
  expect(await policy(await made())).toBe('same-origin');
  expect(await policy('/watchlistsx')).toBe('no-referrer');
  expect(await policy('/')).toBe('no-referrer');
});

it('shows nobody the list of another', async () => {
  const list = await made();
  const other = await api.key(['watch']);
  const headers = { authorization: `Bearer ${other}` };
  expect((await api.app.inject({ url: list, headers })).statusCode).toBe(404);
  expect((await api.app.inject({ method: 'POST', url: `${list}/remove`, headers })).statusCode).toBe(404);
  expect((await api.app.inject({ method: 'POST', url: '/watchlists/%00/remove', headers })).statusCode).toBe(
    404,
  );
});

it.each([
  ['en', 'Let this browser in first', 'New watchlist'],
  ['zh', '请先让此浏览器登入', '新建关注清单'],
  ['ko', '먼저 이 브라우저를 들여보내세요', '새 관심 목록'],
])('tells a reader without a session what to do, in %s', async (lang, how, title) => {
  const page = await look(`/watchlists?port=Longkou&lang=${lang}`, { cookie: '' });
  expect(page).toContain(how);
  expect(page).toContain('href="http://localhost:8080/watchlists?port=Longkou"');
  expect(page).not.toContain('<form');
  expect(await look(`/watchlists?lang=${lang}`)).toContain(title);
});
