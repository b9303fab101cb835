import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTS, startApi, type TestApi } from '../api.ts';

/** What a ship may call itself. */
const HOSTILE = `=HYPERLINK("http://x")</name><script>alert('1')</script>,"\n]]>&amp;\u202eEVIL\u0007`;

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ gazetteer: PORTS });
  const { rows } = api;
  await rows.feed(1, 'demo');
  await rows.event('e_1', {
    sentence: HOSTILE,
    port_id: 'X',
    port_name: '@SUM(A1)',
    port_country: '-1',
    synthetic: true,
  });
  await rows.event('e_2', {
    sentence: 'Plain.',
    lon: -0.5,
    closed_at: null,
    state: 'open',
    opened_at: '2016-11-04T00:00:00Z',
  });
  await rows.vessel('v1', 445000001, { ship_name: HOSTILE, destination: '+1' });
}, 120_000);

afterAll(() => api.close());

const LISTS = ['/v1/alerts', '/v1/events', '/v1/vessels', '/v1/vessels/v1/track', '/v1/ports'] as const;
const TYPES = {
  json: 'application/json',
  geojson: 'application/geo+json',
  csv: 'text/csv',
  kml: 'application/vnd.google-earth.kml+xml',
  ndjson: 'application/x-ndjson',
} as const;

describe.each(LISTS)('%s', (list) => {
  it.each(Object.entries(TYPES))(
    'is answered as %s by its extension and by Accept',
    async (extension, type) => {
      const named = await api.get(`${list}.${extension}`, { accept: 'application/json' });
      expect(named.statusCode).toBe(200);
      expect(named.headers['content-type']).toBe(`${type}; charset=utf-8`);
      const accepted = await api.get(list, { accept: `text/html;q=0.1, ${type}` });
      expect(accepted.headers['content-type']).toBe(`${type}; charset=utf-8`);
      expect(accepted.headers.vary).toMatch(/accept/i);
      expect(accepted.body).toBe(named.body);
    },
  );
});

it.each([
  ['*/*', 'application/json'],
  ['text/html', 'application/json'],
  ['text/csv;q=0.2, application/geo+json;q=0.9', 'application/geo+json'],
  ['text/csv;q=0, application/json;q=0.1', 'application/json'],
  ['TEXT/CSV', 'text/csv'],
  [';;,,q=x', 'application/json'],
  ['constructor, __proto__, toString', 'application/json'],
])('answers Accept %j with %s', async (accept, type) => {
  expect((await api.get('/v1/events', { accept })).headers['content-type']).toBe(`${type}; charset=utf-8`);
});

it('has no other extension', async () => {
  expect((await api.get('/v1/events.xlsx')).statusCode).toBe(404);
});

describe('a hostile name', () => {
  it('runs in no spreadsheet', async () => {
    for (const list of ['/v1/events.csv', '/v1/alerts.csv', '/v1/vessels.csv']) {
      const { data } = Papa.parse<Record<string, string>>((await api.get(list)).body, {
        header: true,
        skipEmptyLines: true,
      });
      const cells = data.flatMap((row) => Object.values(row));
      expect(cells).toContain(`'${HOSTILE}`);
      for (const cell of cells) expect(cell).toMatch(/^(?![=+@\t\r\n])(?!-[^\d])/);
    }
  });

  it('keeps numbers below zero numbers', async () => {
    const { data } = Papa.parse<{ id: string; lon: string }>((await api.get('/v1/events.csv')).body, {
      header: true,
    });
    expect(data.find((row) => row.id === 'e_2')?.lon).toBe('-0.5');
  });

  it('is one text in KML', async () => {
    for (const list of ['/v1/events.kml', '/v1/vessels.kml']) {
      const { body } = await api.get(list);
      expect(body).not.toContain('<script');
      expect(body).not.toContain('\u0007');
      expect(body.match(/<Placemark>/g)).toHaveLength(list.includes('events') ? 2 : 1);
      expect(body).toContain('&lt;/name&gt;&lt;script&gt;');
    }
  });

  it('stays itself in JSON, GeoJSON and NDJSON, a line each', async () => {
    const { items } = (await api.get('/v1/vessels')).json<{ items: { shipName: string }[] }>();
    expect(items[0].shipName).toBe(HOSTILE);
    const { features } = JSON.parse((await api.get('/v1/vessels.geojson')).body) as {
      features: { properties: { shipName: string } }[];
    };
    expect(features[0].properties.shipName).toBe(HOSTILE);
    const lines = (await api.get('/v1/events.ndjson')).body.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { sentence: string }).sentence)).toEqual([
      HOSTILE,
      'Plain.',
    ]);
  });
});

it('answers HEAD as GET, without a body', async () => {
  for (const path of [
    '/v1/events',
    '/v1/alerts.csv',
    '/v1/vessels/v1',
    '/',
    '/alerts/a_1',
    '/status',
    '/healthz',
    '/openapi.json',
  ]) {
    const get = await api.get(path);
    const head = await api.app.inject({ method: 'HEAD', url: path });
    expect([path, head.statusCode, head.body]).toEqual([path, 200, '']);
    expect(head.headers['content-type']).toBe(get.headers['content-type']);
    expect(head.headers.etag).toBe(get.headers.etag);
  }
});

describe('a byte order mark', () => {
  it.each(LISTS)('comes first in %s.csv when asked for, once, and nothing else changes', async (list) => {
    const plain = (await api.get(`${list}.csv`)).body;
    expect(plain.startsWith('\ufeff')).toBe(false);
    expect((await api.get(`${list}.csv?bom=false`)).body).toBe(plain);
    expect((await api.get(`${list}.csv?bom=true`)).body).toBe(`\ufeff${plain}`);
  });

  it('is asked for on pages whose cursors fit every format', async () => {
    const first = await api.get('/v1/events.csv?bom=true&limit=1');
    const next = /^<([^>]+)>/.exec(String(first.headers.link))?.[1] ?? '';
    expect(next).toContain('bom=true');
    expect((await api.get(next)).body.startsWith('\ufeff')).toBe(true);
    const cursor = new URL(next, 'http://x').searchParams.get('cursor') ?? '';
    expect((await api.get(`/v1/events.json?limit=1&cursor=${cursor}`)).statusCode).toBe(200);
  });

  it.each(['/v1/events.csv?bom=1', '/v1/events.json?bom=true', '/v1/events?bom=true'])(
    'is refused in %s',
    async (path) => {
      expect((await api.get(path)).json()).toMatchObject({ errors: [{ field: 'bom' }] });
    },
  );
});

it.each(LISTS)('answers %s as FlatGeobuf by its extension and by Accept, the same bytes', async (list) => {
  const named = await api.get(`${list}.fgb`);
  expect([named.statusCode, named.headers['content-type']]).toEqual([200, 'application/flatgeobuf']);
  expect(named.rawPayload.subarray(0, 4).toString('latin1')).toBe('fgb\u0003');
  const accepted = await api.get(list, { accept: 'application/flatgeobuf' });
  expect(accepted.rawPayload.equals(named.rawPayload)).toBe(true);
});

it.each(LISTS)('answers %s as GeoParquet by its extension and by Accept, the same bytes', async (list) => {
  const named = await api.get(`${list}.parquet`);
  expect([named.statusCode, named.headers['content-type']]).toEqual([200, 'application/vnd.apache.parquet']);
  expect(named.headers['content-disposition']).toMatch(/filename="\w+\.parquet"$/);
  expect(named.rawPayload.subarray(0, 4).toString('latin1')).toBe('PAR1');
  const accepted = await api.get(list, { accept: 'application/vnd.apache.parquet' });
  expect(accepted.rawPayload.equals(named.rawPayload)).toBe(true);
});
