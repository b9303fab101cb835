import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PublicCorrection } from '../../src/schemas/correction.ts';
import { startApi, type TestApi } from '../api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ contact: 'desk@example.org' });
  const { rows } = api;
  await rows.feed(1, 'demo', { terms: 'CC0' });
  const open = { state: 'open', closed_at: null, known_since: '2016-11-05T22:00:00Z' };
  await rows.event('e_once', open);
  // It only ended as it went on: that corrects nothing.
  await rows.event('e_ended', open);
  await rows.event('e_ended', { known_since: '2016-11-06T18:45:00Z' });
  await rows.event('e_grew', open);
  await rows.event('e_grew', {
    ...open,
    evidence: { silentH: 30, thresholdH: 6 },
    known_since: '2016-11-06T10:00:00Z',
  });
  await rows.event('e_gone', { ...open, synthetic: true });
  await rows.event('e_gone', {
    ...open,
    synthetic: true,
    state: 'retracted',
    severity: 'info',
    reason: '=late <b>data</b>',
    known_since: '2016-11-13T00:00:00Z',
  });
  await rows.event('e_late', { verdict: 'silent', type: 'dark-near-port' });
  await rows.event('e_late', {
    type: 'dark-near-port',
    verdict: 'unobserved',
    reason: 'late positions',
    known_since: '2016-11-20T12:00:00Z',
  });
  // An event without an alert was told to nobody.
  await rows.event('e_quiet', open, { alert: false });
  await rows.event('e_quiet', { ...open, state: 'retracted', reason: 'x' }, { alert: false });
}, 120_000);

afterAll(() => api.close());

const list = async (query = '') =>
  (await api.get(`/v1/corrections${query}`)).json<{ items: PublicCorrection[]; contact: string }>();
const ids = async (query = '') => (await list(query)).items.map(({ id }) => id);

it('lists revisions and retractions, last told first, and nothing that stands as first told', async () => {
  const { items, contact } = await list();
  expect(items.map(({ id, kind }) => [id, kind])).toEqual([
    ['a_late:2', 'corrected'],
    ['a_gone:2', 'retracted'],
    ['a_grew:2', 'extended'],
  ]);
  expect(contact).toBe('desk@example.org');
  expect(items[0]).toMatchObject({
    alertId: 'a_late',
    reason: 'late positions',
    changes: ['Verdict: silent → unobserved'],
    url: '/alerts/a_late?as_of=2016-11-20T12%3A00%3A00Z',
  });
  expect(items[2].changes).toContain('Silent (h): 27.08 → 30');
});

it.each([
  ['?kind=retracted,corrected', ['a_late:2', 'a_gone:2']],
  ['?kind=extended', ['a_grew:2']],
  ['?from=2016-11-13', ['a_late:2', 'a_gone:2']],
  ['?from=2016-11-13T00:00:01Z&to=2016-11-20', ['a_late:2']],
  ['?to=2016-11-12', ['a_grew:2']],
  ['?type=dark-near-port', ['a_late:2']],
  ['?synthetic=false', ['a_late:2', 'a_grew:2']],
])('filters by %s', async (query, expected) => {
  expect(await ids(query)).toEqual(expected);
});

it('leads through its pages along the links', async () => {
  expect(await api.pages('/v1/corrections?limit=2')).toEqual([['a_late:2', 'a_gone:2'], ['a_grew:2']]);
  expect((await api.get('/v1/corrections?kind=wrong')).statusCode).toBe(400);
});

it('gives CSV that no spreadsheet runs, with the terms of its feeds', async () => {
  const answer = await api.get('/v1/corrections.csv?kind=retracted');
  const [head, row] = answer.body.split('\r\n');
  expect(head.split(',').slice(0, 5)).toEqual(['id', 'alertId', 'eventId', 'version', 'kind']);
  expect(row).toContain(",'=late <b>data</b>,");
  expect(row.endsWith(',demo: CC0')).toBe(true);
});

it('gives an Atom feed with an entry for each version', async () => {
  const answer = await api.get('/v1/corrections.atom');
  expect(answer.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
  expect(answer.body.match(/<id>urn:offing:alert:[^<]+/g)).toEqual([
    '<id>urn:offing:alert:a_late:2',
    '<id>urn:offing:alert:a_gone:2',
    '<id>urn:offing:alert:a_grew:2',
  ]);
  expect(answer.body).toContain('Why: =late &lt;b&gt;data&lt;/b&gt;.');
  expect(answer.body).toContain('Retracted: [synthetic] transponder-gap, version 2');
});

it.each([
  ['en', 'Retracted', 'Right of reply'],
  ['zh', '已撤回', '答辩权'],
  ['ko', '철회됨', '반론권'],
])('shows them as a page in %s, with whom to write to', async (lang, mark, reply) => {
  const page = await api.get(`/corrections?from=2016-11-06&lang=${lang}`);
  expect(page.body).toContain(`<strong>${mark}</strong`);
  expect(page.body).toContain(reply);
  expect(page.body).toContain('mailto:desk@example.org?subject=');
  expect(page.body).toContain('=late &lt;b&gt;data&lt;/b&gt;');
  expect(page.body).toContain('href="/v1/corrections.csv?from=2016-11-06"');
  const other = lang === 'ko' ? 'zh' : 'ko';
  expect(page.body).toContain(`href="?from=2016-11-06&amp;lang=${other}"`);
});

it('says what to do where nothing matches', async () => {
  expect((await api.get('/corrections?from=2020-01-01')).body).toContain('Show all corrections');
});
