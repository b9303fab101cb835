import { cellOf } from '@offing/geo';
import { writeCoverage } from '@offing/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTS, startApi, type TestApi } from '../api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ gazetteer: PORTS });
  const { rows } = api;
  await rows.designation('d_un', {
    imo_number: 9163166,
    designated_on: '2016-03-02',
    delisted_on: '2016-03-21',
    delisting_known_since: '2016-03-22T00:00:00Z',
  });
  await rows.designation('d_ofac', {
    list: 'OFAC SDN',
    imo_number: 9163166,
    designated_on: '2016-03-16',
    known_since: '2016-03-16T00:00:00Z',
    ship_name: 'JIN TENG (a.k.a. 100%)',
  });
  await rows.designation('d_name', {
    ship_name: 'Fan Ke',
    designated_on: '2018-03-30',
    known_since: '2018-03-30T00:00:00Z',
  });
}, 120_000);

afterAll(() => api.close());

describe('ports', () => {
  it('are listed by id as the gazetteer has them', async () => {
    const { items } = (await api.get('/v1/ports?name=longkou')).json<{ items: unknown[] }>();
    expect(items).toEqual([PORTS.ports[0]]);
  });

  it.each([
    ['country=KP', ['KPNAM', 'KPTAE']],
    ['country=cn', ['CNDLC', 'CNLKU']],
    ['country=US', []],
    ['watched=true', ['CNDLC', 'CNLKU']],
    ['watched=false', ['KPNAM', 'KPTAE']],
    ['name=dairen', ['CNDLC']],
    [`name=${encodeURIComponent('龙')}`, ['CNLKU']],
    ['name=%25', []],
    ['name=a&country=KP', ['KPNAM', 'KPTAE']],
  ])('are found by %s', async (query, expected) => {
    expect(await api.ids(`/v1/ports?${query}`)).toEqual(expected);
  });

  it('are in every format, those without a place without a geometry', async () => {
    const { features } = (await api.get('/v1/ports.geojson?country=KP')).json<{ features: object[] }>();
    expect(features).toMatchObject([
      { id: 'KPNAM', geometry: { type: 'Point', coordinates: [120, 38] }, properties: { name: 'Nampo' } },
      { id: 'KPTAE', geometry: null, properties: { name: 'Taean' } },
    ]);
    const csv = (await api.get('/v1/ports.csv?name=longkou')).body.split('\r\n');
    expect(csv).toEqual([
      'id,name,localName,altNames,country,unlocode,lon,lat,positionSource,parentPortId,watched,terms',
      'CNLKU,Longkou,龙口,,CN,CNLKU,120,38,UN/LOCODE,,true,',
      '',
    ]);
    const kml = (await api.get('/v1/ports.kml?country=KP')).body;
    expect([kml.match(/<Placemark>/g)?.length, kml.match(/<Point>/g)?.length]).toEqual([2, 1]);
    expect(kml).not.toContain('<TimeSpan>');
  });

  it('are said to be missing where no gazetteer is loaded', async () => {
    const bare = await startApi();
    try {
      const answer = await bare.get('/v1/ports');
      expect(answer.statusCode).toBe(503);
      expect(answer.json()).toMatchObject({ code: 'reference-missing' });
    } finally {
      await bare.close();
    }
  });
});

describe('where designations come from', () => {
  it('tells what the last try came to and what was refused, without secrets and folders', async () => {
    const tag = String((await api.get('/v1/designations/sources')).headers.etag);
    await api.pool.query(
      `insert into list_source (url, checked_at, outcome, code, why)
       values ('https://lists.example.org/a.csv?token=secret', '2024-05-04T06:00:00Z', 'refused', 'list-empty', 'it is empty')`,
    );
    await api.pool.query(
      `insert into list_refusal (files, content_key, code, why)
       values ('{/home/someone/a.csv}', 'k', 'list-empty', 'it is <b>empty</b>')`,
    );
    const answer = await api.get('/v1/designations/sources', { 'if-none-match': tag });
    expect(answer.json()).toMatchObject({
      sources: [{ url: 'https://lists.example.org/a.csv', outcome: 'refused', takenAt: null }],
      refusals: [{ files: ['a.csv'], code: 'list-empty' }],
    });
    const page = await api.get('/status');
    expect(page.body).toContain('https://lists.example.org/a.csv');
    expect(page.body).toContain('it is &lt;b&gt;empty&lt;/b&gt;');
    for (const { body } of [answer, page]) {
      expect(body).not.toContain('secret');
      expect(body).not.toContain('someone');
    }
  });
});

describe('as_of', () => {
  it('gives the same bytes whatever was learnt since', async () => {
    await api.rows.event('e_asof', { known_since: '2016-03-05T00:00:00Z', nexus: true });
    const links = ['alerts', 'events', 'designations'].map((what) => `/v1/${what}?as_of=2016-03-10`);
    const before = await Promise.all(links.map(async (link) => (await api.get(link)).body));
    expect(before[0]).toContain('a_asof');
    expect(before[2]).toContain('d_un');
    await api.rows.event('e_asof', { known_since: '2016-04-01T00:00:00Z', state: 'retracted', reason: 'x' });
    await api.rows.event('e_later', { known_since: '2016-04-01T00:00:00Z' });
    await api.rows.designation('d_later', {
      designated_on: '2016-03-01',
      known_since: '2016-04-01T00:00:00Z',
    });
    await api.pool.query(
      `update designation set delisted_on = '2016-03-08', delisting_known_since = '2016-04-01T00:00:00Z'
       where designation_id = 'd_un'`,
    );
    expect(await Promise.all(links.map(async (link) => (await api.get(link)).body))).toEqual(before);
    await api.pool.query(
      `update designation set delisted_on = '2016-03-21', delisting_known_since = '2016-03-22T00:00:00Z'
       where designation_id = 'd_un'`,
    );
    await api.pool.query(`delete from designation where designation_id = 'd_later'`);
  });
});

describe('designations', () => {
  it('are listed newest listing first, each list by itself', async () => {
    const { items } = (await api.get('/v1/designations?imo=9163166')).json<{ items: { id: string }[] }>();
    expect(items.map((item) => item.id)).toEqual(['d_ofac', 'd_un']);
    expect(items[1]).toEqual({
      id: 'd_un',
      list: 'UN',
      entryId: null,
      imoNumber: 9163166,
      mmsi: null,
      callSign: null,
      shipName: 'Jin Teng',
      flag: null,
      program: null,
      designatedOn: '2016-03-02',
      delistedOn: '2016-03-21',
      knownSince: '2016-03-02T00:00:00Z',
      source: 'https://example.org/list',
    });
  });

  it.each([
    ['on=2016-03-01', []],
    ['on=2016-03-02', ['d_un']],
    ['on=2016-03-21', ['d_ofac', 'd_un']],
    ['on=2016-03-22', ['d_ofac']],
    ['list=un', ['d_name', 'd_un']],
    ['list=ofac', []],
    ['name=jin%20teng', ['d_ofac', 'd_un']],
    ['name=100%25', ['d_ofac']],
    ['name=%25%25', []],
    ['imo=9163167', []],
    // What was known then: the removal was learnt a day later.
    ['as_of=2016-03-10', ['d_un']],
    ['as_of=2016-03-21&on=2016-03-22', ['d_ofac', 'd_un']],
    ['as_of=2016-03-22&on=2016-03-22', ['d_ofac']],
  ])('are found by %s', async (query, expected) => {
    expect(await api.ids(`/v1/designations?${query}`)).toEqual(expected);
  });

  it('tell a removal only from when it was known', async () => {
    const delistedOn = async (asOf: string) =>
      (await api.get(`/v1/designations?list=un&name=jin&as_of=${asOf}`)).json<{
        items: { delistedOn: string }[];
      }>().items[0].delistedOn;
    expect(await delistedOn('2016-03-21')).toBeNull();
    expect(await delistedOn('2016-03-22')).toBe('2016-03-21');
  });

  it('are another answer after an import that changed no event', async () => {
    const tag = String((await api.get('/v1/designations')).headers.etag);
    expect((await api.get('/v1/designations', { 'if-none-match': tag })).statusCode).toBe(304);
    await api.rows.designation('d_later', { designated_on: '2019-01-01' });
    expect((await api.get('/v1/designations', { 'if-none-match': tag })).statusCode).toBe(200);
  });
});

describe('feeds', () => {
  it('tell what was heard on each, up to when all was judged, and what was refused', async () => {
    const own = await startApi();
    try {
      const { rows } = own;
      expect((await own.get('/v1/feeds')).json()).toEqual({
        items: [],
        live: [],
        watermark: null,
        rejected: {},
      });
      await rows.feed(1, 'synthetic', { synthetic: true });
      await rows.feed(2, 'norway', { terms: 'NLOD' });
      await rows.feed(3, 'quiet');
      await rows.vessel('v1', 445000001, { feed_ids: [1] });
      await rows.vessel('v2', 257000002, { feed_ids: [1, 2], last_at: '2016-11-09T00:00:00Z', positions: 5 });
      await rows.insert('reject_count', { session_id: 's1', file: 'a', code: 'checksum', n: 2 });
      await rows.insert('reject_count', { session_id: 's2', file: 'a', code: 'checksum', n: 3 });
      await rows.watermark('2016-11-09T00:00:00Z');
      expect((await own.get('/v1/feeds')).json()).toEqual({
        items: [
          feed('norway', {
            terms: 'NLOD',
            vessels: 1,
            vesselsShared: 1,
            positions: 5,
            lastAt: '2016-11-09T00:00:00Z',
          }),
          feed('quiet', { firstAt: null, lastAt: null }),
          feed('synthetic', {
            synthetic: true,
            vessels: 2,
            vesselsShared: 1,
            positions: 15,
            lastAt: '2016-11-09T00:00:00Z',
          }),
        ],
        live: [],
        watermark: '2016-11-09T00:00:00Z',
        rejected: { checksum: 5 },
      });
    } finally {
      await own.close();
    }
  });
});

/** Two ships of class A with sixty positions in a cell in an hour, by feed 1. */
async function heard(own: TestApi, hour: Date, cell: number): Promise<void> {
  const client = await own.pool.connect();
  const cells = [{ cell, feed: 1, aisClass: 1, receiverKind: 1, vessels: 2, messages: 60 }];
  await writeCoverage(client, [{ hour: hour.getTime() / 3_600_000, cells }]);
  client.release();
}

describe('the rates of a feed', () => {
  it('are those of its last whole hour beside the day before, by region, with a region that is not heard', async () => {
    const own = await startApi();
    try {
      await own.rows.feed(1, 'coast');
      for (let hour = 0; hour < 12; hour++) {
        for (const [lon, lat, until] of [
          [121, 38.2, 12],
          [-3, 42, 11],
        ]) {
          const at = new Date(Date.UTC(2016, 10, 5, 20 + hour));
          if (hour < until) await heard(own, at, cellOf(lon, lat));
        }
      }
      await own.rows.watermark('2016-11-06T08:10:00Z');
      const hour = '2016-11-06T07:00:00Z';
      const { items } = (await own.get('/v1/feeds')).json<{ items: unknown[] }>();
      expect(items).toMatchObject([
        {
          name: 'coast',
          rate: { hour, messages: 60, usualMessages: 120, state: 'usual' },
          regions: [
            { bbox: [-5, 40, 0, 45], hour, messages: 0, usualMessages: 60, state: 'silent' },
            { bbox: [120, 35, 125, 40], hour, messages: 60, usualMessages: 60, state: 'usual' },
          ],
        },
      ]);
    } finally {
      await own.close();
    }
  });

  it('count the silence of a live feed by the clock of its process', async () => {
    const own = await startApi();
    try {
      await own.rows.feed(1, 'coast');
      for (let hour = 0; hour < 6; hour++)
        await heard(own, new Date(Date.UTC(2016, 10, 5, 12 + hour)), cellOf(121, 38.2));
      await own.rows.watermark('2016-11-05T17:59:00Z');
      const rateOf = async (): Promise<unknown> =>
        (await own.get('/v1/feeds')).json<{ items: { rate: unknown }[] }>().items[0].rate;
      expect(await rateOf()).toMatchObject({ messages: 60, state: 'usual' });
      const updated_at = new Date(Date.UTC(2016, 10, 5, 21, 40));
      const status = JSON.stringify(statusAt(updated_at.getTime()));
      await own.rows.insert('feed_status', { name: 'coast', status, updated_at });
      const hour = '2016-11-05T20:00:00Z';
      expect(await rateOf()).toEqual({ hour, messages: 0, usualMessages: 60, state: 'silent' });
    } finally {
      await own.close();
    }
  });
});

describe('live feeds', () => {
  it('tell how they are doing, and anew when only that has changed', async () => {
    const own = await startApi();
    try {
      const at = Date.UTC(2024, 2, 1, 12);
      const status = statusAt(at);
      await own.rows.insert('feed_status', {
        name: 'coast',
        status: JSON.stringify(status),
        updated_at: new Date(at),
      });
      const first = await own.get('/v1/feeds');
      expect(first.json<{ live: unknown }>().live).toEqual([
        {
          name: 'coast',
          state: 'waiting',
          since: '2024-03-01T12:00:00Z',
          updatedAt: '2024-03-01T12:00:00Z',
          fault: 'the connection brought nothing for 120 s',
          faultCode: 'feed-silent',
          retryAt: '2024-03-01T12:00:05Z',
          connections: 3,
          records: 120,
          shed: 0,
          rejected: { checksum: 2 },
          lastMessageAt: '2024-03-01T11:58:00Z',
          lastRecordAt: null,
          perMinute: 0,
          usualPerMinute: 52,
          delayS: 1.5,
          clockCorrectionS: -28,
        },
      ]);
      const tag = first.headers.etag as string;
      expect((await own.get('/v1/feeds', { 'if-none-match': tag })).statusCode).toBe(304);
      await own.rows.insert('feed_status', {
        name: 'roof',
        status: JSON.stringify({ ...status, name: 'roof' }),
        updated_at: new Date(at + 1),
      });
      expect((await own.get('/v1/feeds', { 'if-none-match': tag })).statusCode).toBe(200);
    } finally {
      await own.close();
    }
  });
});

/** How a live feed is doing, as its process says it at an instant. */
function statusAt(at: number) {
  return {
    name: 'coast',
    state: 'waiting',
    since: at,
    fault: 'the connection brought nothing for 120 s',
    faultCode: 'feed-silent',
    retryAt: at + 5000,
    connections: 3,
    records: 120,
    shed: 0,
    rejected: { checksum: 2 },
    counted: { 'type-4': 9 },
    lastMessageAt: at - 120_000,
    lastRecordAt: null,
    perMinute: 0,
    usualPerMinute: 52,
    delayMs: 1500,
    clockCorrectionMs: -28_000,
  };
}

function feed(name: string, fields: object): object {
  const none = { synthetic: false, terms: null, vessels: 0, vesselsShared: 0, positions: 0 };
  const rates = { rate: null, regions: [] };
  return { name, ...none, firstAt: '2016-11-01T00:00:00Z', lastAt: null, ...rates, ...fields };
}
