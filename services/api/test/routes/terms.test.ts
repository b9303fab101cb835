import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

const TERMS = 'NLOD 2.0, "as is" & <more>';
/** What stands with items of the feed that has terms; the other has none. */
const TOLD = [{ feed: 'coast', terms: TERMS }];

let api: TestApi;
let free: TestApi;

beforeAll(async () => {
  api = await startApi();
  free = await startApi();
  await api.rows.feed(1, 'coast', { terms: TERMS });
  await api.rows.feed(2, 'demo');
  await api.rows.feed(3, 'unheard', { terms: 'pay' });
  await free.rows.feed(1, 'coast');
  for (const { rows } of [api, free]) {
    await rows.event('e_1', { feeds: ['coast'] });
    await rows.event('e_2', { feeds: ['demo'], opened_at: '2016-11-04T00:00:00Z' });
    await rows.vessel('v1', 445000001, { feed_ids: [1] });
    await rows.position(445000001, '2016-11-05T15:00:00Z', { feed_id: 1 });
  }
}, 120_000);

afterAll(async () => {
  await api.close();
  await free.close();
});

const LISTS = ['/v1/alerts', '/v1/events', '/v1/vessels', '/v1/vessels/v1/track'] as const;

describe.each(LISTS)('the terms of use in %s', (list) => {
  it('stand beside the items of JSON, for every feed that has some', async () => {
    const { terms } = (await api.get(list)).json<{ terms: object[] }>();
    expect(terms).toEqual([...TOLD, { feed: 'unheard', terms: 'pay' }]);
  });

  it('stand beside the features of GeoJSON, for the feeds of these', async () => {
    const collection = (await api.get(`${list}.geojson`)).json<{ type: string; terms: object[] }>();
    expect([collection.type, collection.terms]).toEqual(['FeatureCollection', TOLD]);
  });

  it('stand in a column of CSV, in the rows that they hold for', async () => {
    const rows = Papa.parse<Record<string, string>>((await api.get(`${list}.csv`)).body.trim(), {
      header: true,
    }).data;
    expect(rows.map((row) => row['terms'])).toEqual(
      [`coast: ${TERMS}`, ''].slice(0, list.endsWith('s') && list !== '/v1/vessels' ? 2 : 1),
    );
  });

  it('stand in the lines of NDJSON that they hold for', async () => {
    const lines = (await api.get(`${list}.ndjson`)).body.trim().split('\n');
    const told = lines.map((line) => (JSON.parse(line) as { terms?: string }).terms);
    expect(told[0]).toBe(`coast: ${TERMS}`);
    expect(told.slice(1).every((terms) => terms === undefined)).toBe(true);
  });

  it('stand in the description of KML and FlatGeobuf, and in the metadata of GeoParquet', async () => {
    const escaped = 'Terms of use: coast: NLOD 2.0, &quot;as is&quot; &amp; &lt;more&gt;';
    expect((await api.get(`${list}.kml`)).body).toContain(`<description>${escaped}</description>`);
    expect((await api.get(`${list}.fgb`)).rawPayload.includes(`Terms of use: coast: ${TERMS}`)).toBe(true);
    const parquet = (await api.get(`${list}.parquet`)).rawPayload;
    expect(parquet.includes(JSON.stringify(TOLD))).toBe(true);
  });

  it('are left out where there are none', async () => {
    expect((await free.get(list)).json()).not.toHaveProperty('terms');
    expect((await free.get(`${list}.geojson`)).json()).not.toHaveProperty('terms');
    expect((await free.get(`${list}.ndjson`)).body).not.toContain('terms');
    for (const format of ['kml', 'fgb', 'parquet'])
      expect((await free.get(`${list}.${format}`)).body).not.toMatch(/Terms of use|offing:terms/);
  });
});

it('stand in the rights of Atom', async () => {
  expect((await api.get('/v1/alerts.atom')).body).toContain(
    '<rights>coast: NLOD 2.0, &quot;as is&quot; &amp; &lt;more&gt;</rights>',
  );
  expect((await free.get('/v1/alerts.atom')).body).not.toContain('<rights>');
});

it('stand in the feeds of a watchlist', async () => {
  const key = await api.key(['watch']);
  await api.rows.watermark('2016-11-30T00:00:00Z');
  const { feeds } = (await api.send('POST', '/v1/watchlists', key, { name: 'all' })).json<{
    feeds: Record<'atom' | 'rss' | 'json', string>;
  }>();
  const text = async (address: string) => (await api.get(new URL(address).pathname)).body;
  expect(await text(feeds.atom)).toContain('<rights>coast: NLOD 2.0');
  expect(await text(feeds.rss)).toContain('<copyright>coast: NLOD 2.0');
  expect(JSON.parse(await text(feeds.json))).toMatchObject({ _offing: { terms: TOLD } });
});

it('stand beside the features of the map layers of what was heard', async () => {
  const items = (layer: string) => api.get(`/ogc/collections/${layer}/items`);
  expect((await items('alerts')).json<{ terms: object[] }>().terms[0]).toEqual(TOLD[0]);
});

it('are told when a feed gets some and something has changed since', async () => {
  expect((await free.get('/v1/events')).json()).not.toHaveProperty('terms');
  await free.rows.feed(9, 'new', { terms: 'CC BY 4.0' });
  await free.rows.event('e_9', { feeds: ['new'] });
  expect((await free.get('/v1/events')).json<{ terms: object[] }>().terms).toEqual([
    { feed: 'new', terms: 'CC BY 4.0' },
  ]);
});
