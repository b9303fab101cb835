import { loadGazetteer } from '@offing/gazetteer';
import { readPng, type ReadPng } from '@offing/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

const OFF = { at: '2016-11-05T15:40:00Z', lon: 121.8, lat: 38.8 };
const ON = { at: '2016-11-06T18:45:00Z', lon: 121.5, lat: 38.8 };
/** At 8 kn in 2 h it comes 16 nautical miles far; the paper shows more. */
const NEAR_REACH = { speedKn: 8, silenceH: 2, ports: [] };
const FAR_REACH = { speedKn: 15, silenceH: 27, ports: [] };
const SEA = [0xdb, 0xe7, 0xee];
const LAND = [0xf1, 0xec, 0xe0];
const GAP = [0xb3, 0x26, 0x1e];
const MADE_PAPER = [0xef, 0xe7, 0xfb];

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ gazetteer: loadGazetteer(), publicUrl: 'https://offing.example/' });
  const { rows } = api;
  await rows.feed(1, 'demo');
  await rows.vessel('v1', 445000001);
  for (const [hour, lon] of [122.6, 122.4, 122.2, 122, 121.8].entries()) {
    const at = `2016-11-05T${11 + hour}:40:00Z`;
    await rows.position(445000001, at, { lon_e7: Math.round(lon * 1e7), lat_e7: 388_000_000 });
  }
  const common = { lon: OFF.lon, lat: OFF.lat };
  await rows.event('e_1', { ...common, evidence: { off: OFF, on: null, reach: FAR_REACH } });
  await rows.event('e_1', {
    ...common,
    evidence: { off: OFF, on: ON, reach: FAR_REACH },
    known_since: '2016-11-08T00:00:00Z',
    sentence: 'It was heard again.',
  });
  await rows.event('e_2', {
    ...common,
    evidence: { off: OFF, on: null, reach: NEAR_REACH },
    synthetic: true,
  });
  await rows.event('e_3', {
    lon: -90,
    lat: 29.8,
    evidence: {},
    state: 'retracted',
    reason: 'A late position.',
  });
  await rows.event('e_4', {
    sentence: '龙口 <b>& '.repeat(600),
    evidence: {
      hulls: Array.from({ length: 500 }, (_, i) => ({ lon: i % 180, lat: i % 90 })),
      off: { lon: 'x' },
    },
  });
}, 120_000);

afterAll(() => api.close());

async function pictureOf(path: string): Promise<ReadPng> {
  const answer = await api.get(path);
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'image/png']);
  return readPng(answer.rawPayload);
}

/** How many pixels of a part of the picture have a colour. */
function count(
  { at }: ReadPng,
  colour: readonly number[],
  [left, top, right, bottom] = [470, 0, 1200, 630],
): number {
  let found = 0;
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) if (at(x, y).every((value, i) => value === colour[i])) found++;
  return found;
}

describe('the picture of an alert', () => {
  it('shows land and sea, and the gap dashed in a straight line', async () => {
    const picture = await pictureOf('/v1/alerts/a_1.png');
    expect([picture.width, picture.height]).toEqual([1200, 630]);
    expect(count(picture, SEA)).toBeGreaterThan(50_000);
    expect(count(picture, LAND)).toBeGreaterThan(20_000);
    // Both ends lie on one parallel: the dashes are in one row, with gaps between them.
    const rows = Array.from({ length: 630 }, (_, y) => count(picture, GAP, [470, y, 1200, y + 1]));
    const row = rows.indexOf(Math.max(...rows));
    const line = Array.from({ length: 730 }, (_, i) => count(picture, GAP, [470 + i, row, 471 + i, row + 1]));
    const turns = line.filter((here, i) => i > 0 && here !== line[i - 1]).length;
    expect(turns).toBeGreaterThan(16);
  });

  it('has the same bytes for the same version, by whomever it is drawn', async () => {
    const other = await startApi({ gazetteer: loadGazetteer(), publicUrl: 'https://offing.example' });
    try {
      await other.rows.feed(1, 'demo');
      await other.rows.event('e_2', {
        lon: OFF.lon,
        lat: OFF.lat,
        evidence: { off: OFF, on: null, reach: NEAR_REACH },
        synthetic: true,
        vessel_id: [],
      });
      await api.rows.event('e_20', {
        lon: OFF.lon,
        lat: OFF.lat,
        evidence: { off: OFF, on: null, reach: NEAR_REACH },
        synthetic: true,
        vessel_id: [],
      });
      const [mine, theirs] = [await api.get('/v1/alerts/a_20.png'), await other.get('/v1/alerts/a_2.png')];
      // All but the id in its words.
      expect(theirs.rawPayload.length).toBeGreaterThan(10_000);
      expect(mine.rawPayload.equals((await api.get('/v1/alerts/a_20.png')).rawPayload)).toBe(true);
      const [a, b] = [readPng(mine.rawPayload), readPng(theirs.rawPayload)];
      for (let x = 470; x < 1200; x += 7)
        for (let y = 0; y < 630; y += 7) expect(a.at(x, y)).toEqual(b.at(x, y));
    } finally {
      await other.close();
    }
  });

  it('shades what was in reach, where that is not everywhere', async () => {
    const [near, far] = [await pictureOf('/v1/alerts/a_2.png'), await pictureOf('/v1/alerts/a_1.png')];
    const shaded = SEA.map((value, i) => Math.round(value + (GAP[i] - value) * 0.09));
    expect(count(near, shaded)).toBeGreaterThan(20_000);
    expect(count(near, SEA)).toBeGreaterThan(20_000);
    expect(count(far, shaded)).toBe(0);
  });

  it('is marked as synthetic only where it is', async () => {
    expect(count(await pictureOf('/v1/alerts/a_2.png'), MADE_PAPER, [0, 0, 470, 630])).toBeGreaterThan(8_000);
    expect(count(await pictureOf('/v1/alerts/a_1.png'), MADE_PAPER, [0, 0, 470, 630])).toBe(0);
  });

  it('shows what was known at an instant', async () => {
    const then = await api.get('/v1/alerts/a_1.png?as_of=2016-11-07');
    const now = await api.get('/v1/alerts/a_1.png');
    expect(then.headers['content-disposition']).toContain('alert-a_1-1.png');
    expect(now.headers['content-disposition']).toContain('alert-a_1-2.png');
    expect(then.rawPayload.equals(now.rawPayload)).toBe(false);
    expect((await api.get('/v1/alerts/a_1.png?as_of=2016-11-01')).statusCode).toBe(404);
  });

  it('leaves the words out when the map alone is wanted', async () => {
    const map = await pictureOf('/v1/alerts/a_1.png?part=map');
    expect([map.width, map.height]).toEqual([1200, 630]);
    expect(count(map, SEA, [0, 0, 470, 630])).toBeGreaterThan(20_000);
    expect(count(await pictureOf('/v1/alerts/a_1.png'), SEA, [0, 0, 470, 630])).toBe(0);
  });

  it('comes in three sizes', async () => {
    const sizes = await Promise.all(
      ['small', 'medium', 'large'].map((size) => pictureOf(`/v1/alerts/a_1.png?size=${size}`)),
    );
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [600, 315],
      [1200, 630],
      [2400, 1260],
    ]);
    expect((await api.get('/v1/alerts/a_1.png?size=9999')).statusCode).toBe(400);
  });

  it.each(['a_3', 'a_4'])(
    'is drawn whatever the alert holds: far waters, no evidence, hostile text (%s)',
    async (id) => {
      expect((await pictureOf(`/v1/alerts/${id}.png`)).width).toBe(1200);
    },
  );

  it('is not sent again while nothing changed, and not found where there is none', async () => {
    const { headers } = await api.get('/v1/alerts/a_1.png');
    expect((await api.get('/v1/alerts/a_1.png', { 'if-none-match': String(headers.etag) })).statusCode).toBe(
      304,
    );
    expect((await api.get('/v1/alerts/a_none.png')).statusCode).toBe(404);
  });

  it('is drawn once for many who ask at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => api.get('/v1/alerts/a_2.png?size=small')),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(answers.every(({ rawPayload }) => rawPayload.equals(answers[0].rawPayload))).toBe(true);
  });
});
