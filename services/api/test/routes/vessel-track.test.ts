import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PublicPosition } from '../../src/index.ts';
import { startApi, type TestApi } from '../api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  const { rows } = api;
  await rows.feed(1, 'demo');
  await rows.vessel('v1', 445000001);
  await rows.vessel('v2', 445000001, { hull: 1 });
  await rows.position(445000001, '2016-11-05T23:59:59.500Z', {
    sog_dkn: 104,
    cog_ddeg: 1812,
    heading_deg: 180,
    nav_status: 0,
  });
  await rows.position(445000001, '2016-11-06T00:00:00Z', {
    receiver_kind: 2,
    received_at: '2016-11-06T03:00:00Z',
    late: true,
  });
  await rows.position(445000001, '2016-11-04T00:00:00Z', { ais_class: 0, receiver_kind: 0 });
  await rows.position(445000001, '2016-11-05T12:00:00Z', { hull: 1 });
  await rows.position(445000002, '2016-11-05T12:00:00Z');
}, 120_000);

afterAll(() => api.close());

const track = async (path: string) => (await api.get(path)).json<{ items: PublicPosition[] }>().items;

it('gives the positions of one hull as received, oldest first, null where nothing was said', async () => {
  const items = await track('/v1/vessels/v1/track');
  expect(items.map((position) => position.at)).toEqual([
    '2016-11-04T00:00:00Z',
    '2016-11-05T23:59:59.500Z',
    '2016-11-06T00:00:00Z',
  ]);
  expect(items[1]).toEqual({
    vesselId: 'v1',
    mmsi: 445000001,
    at: '2016-11-05T23:59:59.500Z',
    receivedAt: null,
    lon: 120.28,
    lat: 37.72,
    sogKn: 10.4,
    cogDeg: 181.2,
    headingDeg: 180,
    navStatus: 0,
    messageType: 1,
    aisClass: 'A',
    receiverKind: 'terrestrial',
    feed: 'demo',
    late: false,
  });
  expect(items[2]).toMatchObject({
    receiverKind: 'satellite',
    receivedAt: '2016-11-06T03:00:00Z',
    sogKn: null,
    late: true,
  });
  expect(items[0]).toMatchObject({ aisClass: null, receiverKind: null });
});

it('keeps the hulls of one MMSI apart', async () => {
  expect((await track('/v1/vessels/v2/track')).map((position) => position.at)).toEqual([
    '2016-11-05T12:00:00Z',
  ]);
});

it.each([
  ['from=2016-11-05', 2],
  ['to=2016-11-05', 2],
  ['to=2016-11-04', 1],
  ['from=2016-11-06T00:00:00Z&to=2016-11-06T00:00:00Z', 1],
  ['from=2016-11-05T23:59:59.501Z', 1],
  ['from=2017-01-01', 0],
])('cuts it by time, both ends included: %s', async (query, count) => {
  expect(await track(`/v1/vessels/v1/track?${query}`)).toHaveLength(count);
});

it('says that there is no such vessel', async () => {
  expect((await api.get('/v1/vessels/v9/track')).statusCode).toBe(404);
});

it.each(['geojson', 'csv', 'kml', 'ndjson'])('answers it as %s', async (format) => {
  const answer = await api.get(`/v1/vessels/v1/track.${format}`);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-disposition']).toBe(`inline; filename="track.${format}"`);
  expect(answer.body).toContain('2016-11-05T23:59:59.500Z');
});
