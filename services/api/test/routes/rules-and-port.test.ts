import { ruleBook } from '@offing/rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PublicRule } from '../../src/schemas/rule.ts';
import { PORTS, startApi, type TestApi } from '../api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ gazetteer: PORTS });
  const port = { port_id: 'CNLKU', port_name: 'Longkou', port_country: 'CN' };
  const { rows } = api;
  await rows.event('e_1', { ...port, type: 'hovering', state: 'open', closed_at: null, verdict: null });
  await rows.event('e_2', { ...port, type: 'hovering', verdict: null });
  await rows.event('e_3', { ...port, type: 'dark-near-port' });
  await rows.event('e_4', { ...port, type: 'dark-near-port', state: 'retracted' });
  await rows.event('e_5', { port_id: 'CNDLC', type: 'dark-near-port' });
  const visit = { ...port, type: 'port-visit', verdict: null };
  await rows.event('e_6', { ...visit, opened_at: '2016-11-07T00:00:00Z', vessel_id: ['v1'] });
  await rows.event('e_7', { ...visit, opened_at: '2016-11-13T23:59:59Z', vessel_id: ['v1'] });
  await rows.event('e_8', { ...visit, opened_at: '2016-11-06T23:59:59Z', vessel_id: ['v2'] });
  await rows.event('e_9', { ...visit, opened_at: '2016-11-06T23:59:59Z', state: 'retracted' });
  await rows.event('e_a', { lon: 10, lat: 50 });
}, 120_000);

afterAll(() => api.close());

it('tells who waits at a port, who went dark, and how many came in each week', async () => {
  const port = (await api.get('/v1/ports/CNLKU')).json<{
    name: string;
    waiting: { id: string }[];
    dark: { id: string }[];
    visitsPerWeek: object[];
    heardPerWeek: object[];
    queue: object;
    embargo: object[];
  }>();
  expect(port.name).toBe('Longkou');
  expect(port.waiting.map(({ id }) => id)).toEqual(['e_1']);
  expect(port.dark.map(({ id }) => id)).toEqual(['e_3']);
  expect(port.visitsPerWeek).toEqual([
    {
      week: '2016-11-07',
      visits: 2,
      vessels: 1,
      synthetic: 0,
      flags: [{ flag: 'KP', visits: 2, vessels: 1 }],
    },
    {
      week: '2016-10-31',
      visits: 1,
      vessels: 1,
      synthetic: 0,
      flags: [{ flag: 'KP', visits: 1, vessels: 1 }],
    },
  ]);
  expect(port.queue).toMatchObject({ basis: 'fixed', completedWaits: 0, usualWaiting: null });
  expect([port.heardPerWeek, port.embargo]).toEqual([[], []]);
});

it('tells what was known of a port once, also on its page', async () => {
  const { rows } = api;
  const port = { port_id: 'KPNAM', port_name: 'Nampo', port_country: 'KP', verdict: null };
  const hover = { ...port, type: 'hovering', opened_at: '2016-10-30T00:00:00Z' };
  await rows.event('e_n1', { ...hover, state: 'open', closed_at: null, known_since: '2016-11-02T00:00:00Z' });
  await rows.event('e_n1', { ...hover, known_since: '2016-11-05T00:00:00Z' });
  const visit = { ...port, type: 'port-visit', opened_at: '2016-11-03T00:00:00Z' };
  await rows.event('e_n2', { ...visit, known_since: '2016-11-04T00:00:00Z' });
  await rows.event('e_n2', { ...visit, state: 'retracted', known_since: '2016-11-10T00:00:00Z' });
  const known = async (query: string) => {
    type Answer = {
      asOf: string | null;
      waiting: { id: string }[];
      visitsPerWeek: { visits: number }[];
      queue: { perWeek: object[] };
    };
    const { asOf, waiting, visitsPerWeek } = (await api.get(`/v1/ports/KPNAM${query}`)).json<Answer>();
    return [asOf === null, waiting.map(({ id }) => id), visitsPerWeek.map(({ visits }) => visits)];
  };
  expect(await known('?as_of=2016-11-01')).toEqual([false, [], []]);
  expect(await known('?as_of=2016-11-03')).toEqual([false, ['e_n1'], []]);
  expect(await known('?as_of=2016-11-04')).toEqual([false, ['e_n1'], [1]]);
  expect(await known('?as_of=2016-11-06')).toEqual([false, [], [1]]);
  expect(await known('')).toEqual([true, [], []]);
  const page = (await api.get('/ports/KPNAM?as_of=2016-11-04')).body;
  expect(page).toContain('This is what was known on');
  expect(page).toContain('/v1/ports/KPNAM?as_of=2016-11-04T23%3A59%3A59.999Z');
  expect((await api.get('/ports/KPNAM')).body).not.toContain('This is what was known on');
  expect((await api.get('/v1/ports/KPNAM/embargo?as_of=2016-11-04')).statusCode).toBe(200);
});

it('has no port that the gazetteer has not', async () => {
  expect((await api.get('/v1/ports/XXXXX')).statusCode).toBe(404);
  expect((await api.get('/v1/ports/cnlku')).statusCode).toBe(404);
});

it('tells each rule with its parameters and what it cannot see', async () => {
  const { items } = (await api.get('/v1/rules')).json<{
    items: { id: string; limits: string[]; params: object }[];
  }>();
  expect(items.map(({ id }) => id)).toEqual(ruleBook().map(({ id }) => id));
  expect(items.every(({ limits, params }) => limits.length > 0 && typeof params === 'object')).toBe(true);
});

it('tells of each rule how it did, when that was measured, and with which command', async () => {
  const { items } = (await api.get('/v1/rules')).json<{ items: PublicRule[] }>();
  for (const rule of items) {
    expect((await api.get(`/v1/rules/${rule.id}`)).json()).toEqual(rule);
    expect(rule.labelled?.ranOn, rule.id).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(rule.labelled?.command).toBe('offing selftest');
    expect(rule.parameters.map(({ name }) => name).sort()).toEqual(Object.keys(rule.params).sort());
  }
  const judged = items.filter(({ calibration }) => calibration !== null).map(({ id }) => id);
  expect(judged).toEqual(['dark-near-port', 'transponder-gap']);
  expect((await api.get('/v1/rules/no-such')).statusCode).toBe(404);
});

it.each([
  ['en', 'Transponder gap', 'What it cannot see'],
  ['zh', 'AIS 信号中断', '看不到什么'],
  ['ko', 'AIS 신호 두절', '볼 수 없는 것'],
])('shows the rules in the language %s', async (lang, title, limits) => {
  const list = await api.get(`/rules?lang=${lang}`);
  expect(list.body).toContain(`>${title}</a>`);
  expect(list.headers['set-cookie']).toContain(`offing_lang=${lang};`);
  const single = await api.get('/rules/transponder-gap', { 'accept-language': `fr, ${lang};q=0.8` });
  expect(single.body).toContain(title);
  expect(single.body).toContain(limits);
  expect(single.headers['set-cookie']).toBeUndefined();
  const chosen = await api.get('/rules/hovering?lang=en', { cookie: `offing_lang=${lang}` });
  expect(chosen.body).toContain('<html lang="en">');
  const kept = await api.get('/rules', { cookie: `offing_lang=${lang}`, 'accept-language': 'ko' });
  expect(kept.body).toContain(title);
});

it('gives the data of a page in no language', async () => {
  const page = await api.get('/vessels?name=ship%26co&lang=ko');
  expect(page.body).toContain('/v1/vessels.json?name=ship%26co"');
  expect((await api.get('/rules?lang=xx')).statusCode).toBe(400);
});

it.each([
  ['POLYGON((9 49, 11 49, 11 51, 9 51, 9 49))', ['e_a']],
  ['polygon ((9 49,11 49,11 51))', ['e_a']],
  ['POLYGON((9 49, 11 49, 9 49.5))', []],
  ['POLYGON((170 -10, -170 -10, -170 10, 170 10))', []],
])('finds what lies in %s', async (polygon, expected) => {
  expect(await api.ids(`/v1/events?polygon=${encodeURIComponent(polygon)}`)).toEqual(expected);
});

it.each([
  '',
  'POLYGON((1 2, 3 4))',
  'POLYGON((1 2, 3 4, 1 2))',
  'POLYGON((181 0, 1 1, 2 2))',
  'POINT(1 2)',
  'POLYGON((1 2 3, 3 4 5, 5 6 7))',
  'POLYGON((1 2,3 4,5 6),(1 2,3 4,5 6))',
])('refuses the polygon %j', async (polygon) => {
  const answer = await api.get(`/v1/alerts?polygon=${encodeURIComponent(polygon)}`);
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ errors: [{ field: 'polygon' }] });
});

it('lists alerts as Atom with the filters of the list, without the key in any address', async () => {
  const key = await api.key(['read']);
  const answer = await api.get(`/v1/alerts.atom?type=hovering&limit=1&api_key=${key}`);
  expect(answer.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
  expect(answer.body.match(/<entry>/g)).toHaveLength(1);
  expect(answer.body).toContain('/alerts/a_');
  expect(answer.body).not.toContain(key);
  expect(answer.headers.link).toMatch(/rel="next"/);
});
