import { cellOf } from '@offing/geo';
import { writeCoverage } from '@offing/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

const HOUR = Date.parse('2016-11-05T15:00:00Z') / 3_600_000;
const DALIAN = cellOf(121.7, 38.8);
const LINE = cellOf(180, 51);

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.rows.feed(1, 'shore');
  await api.rows.feed(2, 'sky');
  const client = await api.pool.connect();
  const heard = (cell: number, feed: number, aisClass: number, receiverKind: number, vessels: number) => ({
    cell,
    feed,
    aisClass,
    receiverKind,
    vessels,
    messages: vessels * 10,
  });
  await writeCoverage(client, [
    { hour: HOUR, cells: [heard(DALIAN, 1, 1, 1, 12), heard(DALIAN, 1, 2, 1, 3)] },
    {
      hour: HOUR + 1,
      cells: [heard(DALIAN, 1, 1, 1, 9), heard(DALIAN, 2, 1, 2, 4), heard(LINE, 2, 0, 0, 1)],
    },
  ]);
  client.release();
}, 120_000);

afterAll(() => api.close());

type Item = Readonly<Record<string, unknown>>;

async function items(query: string): Promise<readonly Item[]> {
  const answer = await api.get(`/v1/coverage${query}`);
  expect([query, answer.statusCode]).toEqual([query, 200]);
  return answer.json<{ items: readonly Item[] }>().items;
}

const vesselsOf = async (query: string) => (await items(query)).map(({ vessels }) => vessels);

describe('GET /v1/coverage', () => {
  it('lists what was heard, newest hour first', async () => {
    expect((await items('?limit=1000')).map(({ hour, feed, vessels }) => [hour, feed, vessels])).toEqual([
      ['2016-11-05T16:00:00Z', 'sky', 1],
      ['2016-11-05T16:00:00Z', 'sky', 4],
      ['2016-11-05T16:00:00Z', 'shore', 9],
      ['2016-11-05T15:00:00Z', 'shore', 3],
      ['2016-11-05T15:00:00Z', 'shore', 12],
    ]);
  });

  it('tells of each item its class, its receivers and the edges of its cell', async () => {
    const [item] = await items('?class=A&receiver=terrestrial&to=2016-11-05T15:59:00Z');
    expect(item).toMatchObject({ aisClass: 'A', receiverKind: 'terrestrial', cell: DALIAN, messages: 120 });
    const { west, south, east, north, lon, lat } = item as Record<string, number>;
    expect([south, north]).toEqual([38.8, 39]);
    expect(west).toBeLessThanOrEqual(121.7);
    expect(east).toBeGreaterThan(121.7);
    expect([lon, lat]).toEqual([expect.closeTo((west + east) / 2, 6), 38.9]);
  });

  it('says null of what the messages and the feed do not tell', async () => {
    expect(await items('?class=unknown&receiver=unknown')).toMatchObject([
      { aisClass: null, receiverKind: null, vessels: 1 },
    ]);
  });

  it('finds hours that an interval touches, at its ends too', async () => {
    expect(await vesselsOf('?to=2016-11-05T15:59:59Z')).toEqual([3, 12]);
    expect(await vesselsOf('?to=2016-11-05T16:00:00Z')).toHaveLength(5);
    expect(await vesselsOf('?from=2016-11-05T16:00:00Z')).toHaveLength(3);
    expect(await vesselsOf('?from=2016-11-05T15:59:59Z')).toHaveLength(5);
    expect(await vesselsOf('?from=2016-11-06')).toEqual([]);
  });

  it('finds cells by a box, across the antimeridian, too, by a polygon, and by the feed', async () => {
    expect(await vesselsOf('?bbox=121,38,122,40&class=A')).toEqual([4, 9, 12]);
    expect(await vesselsOf('?bbox=179,50,-179,52')).toEqual([1]);
    expect(await vesselsOf('?polygon=POLYGON((121 38,122 40,121 40))&feed=sky')).toEqual([]);
    expect(await vesselsOf('?polygon=POLYGON((121 38,123 38,122 40))&feed=sky')).toEqual([4]);
    expect(await vesselsOf('?feed=nobody')).toEqual([]);
  });

  it('leads through pages that hold each item once', async () => {
    const seen: unknown[] = [];
    for (let next: string | undefined = '/v1/coverage?limit=2'; next !== undefined;) {
      const answer = await api.get(next);
      seen.push(...answer.json<{ items: readonly Item[] }>().items.map(({ vessels }) => vessels));
      next = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1];
    }
    expect(seen).toEqual([1, 4, 9, 3, 12]);
  });

  it('refuses what it does not know, and says what it expects', async () => {
    for (const query of [
      'class=C',
      'receiver=radar',
      'bbox=1,2,3',
      'limit=1001',
      'cell=3',
      'from=yesterday',
    ]) {
      const answer = await api.get(`/v1/coverage?${query}`);
      expect([query, answer.statusCode]).toEqual([query, 400]);
      expect(answer.json<{ faults?: unknown; errors?: unknown }>()).toMatchObject({ status: 400 });
    }
  });
});

describe('in other formats', () => {
  it('is GeoJSON of cells, closed counter-clockwise rings', async () => {
    const answer = await api.get('/v1/coverage.geojson?bbox=121,38,122,40');
    const { features } = answer.json<{
      features: readonly { geometry: { type: string; coordinates: number[][][] }; properties: Item }[];
    }>();
    expect(features).toHaveLength(4);
    for (const { geometry, properties } of features) {
      const [ring] = geometry.coordinates;
      expect([geometry.type, ring.length, ring[0]]).toEqual(['Polygon', 5, ring[4]]);
      const area = ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i][0] * y - x * ring[i][1], 0);
      expect(area).toBeGreaterThan(0);
      expect(Object.keys(properties)).not.toContain('west');
      expect(properties).toMatchObject({ cell: DALIAN });
    }
  });

  it('is CSV with a line for each item, NDJSON, and KML', async () => {
    const csv = (await api.get('/v1/coverage.csv?feed=sky')).body.split('\r\n');
    expect(csv[0]).toBe(
      'hour,feed,aisClass,receiverKind,cell,west,south,east,north,lon,lat,vessels,messages,terms',
    );
    expect(csv).toHaveLength(4);
    expect((await api.get('/v1/coverage.ndjson?feed=sky')).body.trim().split('\n')).toHaveLength(2);
    expect((await api.get('/v1/coverage.kml?feed=sky')).body).toContain('4 ships and 40 positions');
  });
});
