import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PublicEvidencePosition } from '../../src/schemas/evidence.ts';
import { startApi, type TestApi } from '../api.ts';

const AT = '2016-11-05T15:40:00Z';
const KEY = { mmsi: 445000001, at: AT, lon_e7: 1_202_800_000, lat_e7: 377_200_000 };
const LINES = [
  '\\s:2190047,c:1478360400*0F\\!AIVDM,1,1,,A,16`b?PhP00`d?P`C8E000?v00000,0*00',
  '\u0000\u00ff<script>alert(1)</script>',
].map((text) => Buffer.from(text, 'latin1'));
const HASHES = LINES.map((line) => createHash('sha256').update(line).digest('hex'));

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  const { rows } = api;
  await rows.feed(1, 'coast', { terms: 'NLOD 2.0' });
  await rows.feed(2, 'space');
  await rows.event('e_1');
  await rows.event('e_2', { mmsi: [412000002] });
  await rows.insert('event_alias', { alias_id: 'e_old', event_id: 'e_1' });
  const positions = [KEY, { ...KEY, at: '2016-11-05T16:40:00Z' }, { ...KEY, at: '2016-11-05T17:40:00Z' }];
  for (const [place, key] of positions.entries()) {
    await rows.position(key.mmsi, key.at, {
      lon_e7: key.lon_e7,
      lat_e7: key.lat_e7,
      sog_dkn: 96,
      late: place === 0 ? true : null,
    });
    await rows.insert('event_position', { event_id: 'e_1', ...key });
    if (place > 0) await rows.insert('raw_wanted', { ...key, tried: place === 1 });
  }
  for (const [i, raw] of LINES.entries()) {
    const sha256 = Buffer.from(HASHES[i], 'hex');
    await rows.insert('raw_record', { sha256, raw });
    await rows.insert('raw_copy', {
      ...KEY,
      sha256,
      feed_id: i + 1,
      heard_at: i === 0 ? AT : '2016-11-05T15:40:03Z',
      received_at: i === 0 ? null : '2016-11-05T19:00:00Z',
      station: i === 0 ? '2190047' : null,
      recording: i === 0 ? 'bohai.nmea.gz' : null,
    });
  }
}, 120_000);

afterAll(() => api.close());

async function positionsOf(path: string): Promise<readonly PublicEvidencePosition[]> {
  return (await api.get(path)).json<{ items: PublicEvidencePosition[] }>().items;
}

describe('the positions of an alert', () => {
  it('come with every station and feed that heard them, and where the raw record is', async () => {
    const [first, ...more] = await positionsOf('/v1/alerts/a_1/positions');
    expect(first).toMatchObject({
      mmsi: 445000001,
      at: AT,
      lon: 120.28,
      lat: 37.72,
      sogKn: 9.6,
      raw: 'kept',
    });
    expect(first.late).toBe(true);
    expect(first.copies).toEqual([
      {
        feed: 'coast',
        terms: 'NLOD 2.0',
        station: '2190047',
        at: AT,
        receivedAt: null,
        recording: 'bohai.nmea.gz',
        sha256: HASHES[0],
        url: `/v1/raw/${HASHES[0]}`,
      },
      {
        feed: 'space',
        terms: null,
        station: null,
        at: '2016-11-05T15:40:03Z',
        receivedAt: '2016-11-05T19:00:00Z',
        recording: null,
        sha256: HASHES[1],
        url: `/v1/raw/${HASHES[1]}`,
      },
    ]);
    expect(more.map(({ raw, late, copies }) => [raw, late, copies])).toEqual([
      ['missing', false, []],
      ['wanted', false, []],
    ]);
  });

  it('are those of its event, also by an id under which later versions arrived', async () => {
    const all = await positionsOf('/v1/alerts/a_1/positions');
    expect(await positionsOf('/v1/events/e_1/positions')).toEqual(all);
    expect(await positionsOf('/v1/events/e_old/positions')).toEqual(all);
  });

  it('are none where nothing was named, and a problem where there is no such alert', async () => {
    expect(await positionsOf('/v1/alerts/a_2/positions')).toEqual([]);
    expect((await api.get('/v1/alerts/e_1/positions')).statusCode).toBe(404);
    expect((await api.get('/v1/events/a_1/positions')).statusCode).toBe(404);
  });

  it('have another tag once a raw record was found', async () => {
    const before = (await api.get('/v1/alerts/a_1/positions')).headers.etag;
    await api.rows.insert('raw_copy', {
      ...KEY,
      sha256: Buffer.from(HASHES[1], 'hex'),
      feed_id: 1,
      heard_at: AT,
    });
    expect((await api.get('/v1/alerts/a_1/positions')).headers.etag).not.toBe(before);
  });

  it('are named in the alert and in the event', async () => {
    expect((await api.get('/v1/alerts/a_1')).json()).toMatchObject({
      positionsUrl: '/v1/alerts/a_1/positions',
    });
    expect((await api.get('/v1/events/e_old')).json()).toMatchObject({
      positionsUrl: '/v1/events/e_1/positions',
    });
  });
});

describe('a raw record', () => {
  it.each([0, 1])('is given byte for byte, to be kept and never to be shown as a page (%i)', async (i) => {
    const response = await api.get(`/v1/raw/${HASHES[i]}`);
    expect(response.rawPayload.equals(LINES[i])).toBe(true);
    expect(createHash('sha256').update(response.rawPayload).digest('hex')).toBe(HASHES[i]);
    expect(response.headers['content-type']).toBe('application/octet-stream');
    expect(response.headers['content-disposition']).toContain('attachment');
    expect(response.headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    ['0'.repeat(64), 404],
    [HASHES[0].toUpperCase(), 400],
    ['1234', 400],
  ])('%s answers %i', async (hash, status) => {
    expect((await api.get(`/v1/raw/${hash}`)).statusCode).toBe(status);
  });
});
