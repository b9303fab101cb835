import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

type Feeds = { feeds: { atom: string; rss: string; json: string }; id: string };

let api: TestApi;
let key: string;
let list: Feeds;

beforeAll(async () => {
  api = await startApi({ publicUrl: 'https://offing.example.org/' });
  key = await api.key(['watch']);
  await api.rows.event('e_1', { sentence: 'Silent <b>& gone</b>', known_since: '2016-11-06T00:00:00Z' });
  await api.rows.event('e_2', { type: 'hovering', severity: 'info' });
  await api.rows.event('e_3', { mmsi: [412000002] });
  await api.rows.event('e_3', { state: 'retracted', reason: 'late positions', severity: 'info' });
  list = (await api.send('POST', '/v1/watchlists', key, { name: 'A & B' })).json();
}, 120_000);

afterAll(() => api.close());

const pathOf = (address: string) => address.replace('https://offing.example.org', '');

it('are at addresses that need no key, and are found at no other', async () => {
  expect(list.feeds.atom).toMatch(/^https:\/\/offing\.example\.org\/feeds\/[A-Za-z0-9_-]{32}\/alerts\.atom$/);
  for (const address of Object.values(list.feeds)) {
    expect((await api.get(pathOf(address))).statusCode).toBe(200);
    expect((await api.get(pathOf(address).replace(/.(?=\/alerts)/, '!'))).statusCode).toBe(400);
  }
  expect((await api.get(`/feeds/${'A'.repeat(32)}/alerts.atom`)).statusCode).toBe(404);
});

it('show what is of interest in its newest version, and tell that it was withdrawn', async () => {
  const feed = (await api.get(pathOf(list.feeds.json))).json<{
    version: string;
    title: string;
    items: { id: string; url: string; title: string; content_text: string }[];
  }>();
  expect([feed.version, feed.title]).toEqual(['https://jsonfeed.org/version/1.1', 'Offing: A & B']);
  expect(feed.items.map(({ id, title }) => [id, title])).toEqual([
    ['urn:offing:alert:a_3', 'Retracted: transponder-gap, info'],
    ['urn:offing:alert:a_1', 'transponder-gap, medium'],
  ]);
  expect(feed.items[0].content_text).toContain('This alert was withdrawn.');
  expect(feed.items[0].content_text).toContain('late positions');
  expect(feed.items[1].url).toBe('https://offing.example.org/alerts/a_1');
});

it.each(['atom', 'rss'] as const)(
  'are well-formed XML as %s, whatever stands in a sentence',
  async (format) => {
    const { body } = await api.get(pathOf(list.feeds[format]));
    expect(body).toContain('Silent &lt;b&gt;&amp; gone&lt;/b&gt;');
    expect(body).toContain('A &amp; B');
    const entries = body.match(format === 'atom' ? /<entry>/g : /<item>/g);
    expect(entries).toHaveLength(2);
    const opened = body.match(/<[a-z:A-Z]+(?=[\s>])(?![^>]*\/>)/g)?.length;
    expect(body.match(/<\/[a-z:A-Z]+>/g)?.length).toBe(opened);
  },
);

it('name the picture of each version, which can be fetched', async () => {
  const { items } = (await api.get(pathOf(list.feeds.json))).json<{ items: { image: string }[] }>();
  expect(items[1].image).toBe('https://offing.example.org/v1/alerts/a_1.png?as_of=2016-11-06T00%3A00%3A00Z');
  expect((await api.get(pathOf(items[1].image))).headers['content-type']).toBe('image/png');
  expect((await api.get(pathOf(list.feeds.atom))).body).toContain(
    `<link rel="enclosure" type="image/png" href="${items[1].image}"/>`,
  );
  expect((await api.get(pathOf(list.feeds.rss))).body).toContain(`<media:content url="${items[1].image}"`);
});

it('answer 304 until something changes, the filter too', async () => {
  const path = pathOf(list.feeds.atom);
  const tag = String((await api.get(path)).headers.etag);
  expect((await api.get(path, { 'if-none-match': tag })).statusCode).toBe(304);
  await api.send('PUT', `/v1/watchlists/${list.id}`, key, { name: 'A & B', mmsi: [412000002] });
  const later = await api.get(path, { 'if-none-match': tag });
  expect(later.statusCode).toBe(200);
  expect(later.body.match(/<entry>/g)).toHaveLength(1);
});
