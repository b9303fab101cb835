import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

/** Longkou at zoom 10; the middle of the Pacific. */
const LONGKOU = '/map/land/10/854/396.pbf';
const PACIFIC = '/map/land/6/0/30.pbf';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
}, 120_000);

afterAll(() => api.close());

function tileAt(zoom: number, lon: number, lat: number): string {
  const sine = Math.sin((lat * Math.PI) / 180);
  const x = Math.floor(2 ** zoom * (lon / 360 + 0.5));
  const y = Math.floor(2 ** zoom * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)));
  return `/map/land/${zoom}/${x}/${y}.pbf`;
}

async function layersOf(path: string): Promise<VectorTile['layers']> {
  const answer = await api.app.inject({ url: path });
  expect(answer.statusCode).toBe(200);
  return new VectorTile(new PbfReader(answer.rawPayload)).layers;
}

describe('tiles of land', () => {
  it('hold land and shore off Longkou', async () => {
    expect(tileAt(10, 120.33, 37.65)).toBe(LONGKOU);
    const layers = await layersOf(LONGKOU);
    expect(Object.keys(layers).sort()).toEqual(['coast', 'land']);
    expect(layers.land.length).toBeGreaterThan(0);
  });

  it('hold the world beyond the theatre, and all of it far out', async () => {
    expect(Object.keys(await layersOf(tileAt(6, -1, 51))).sort()).toEqual(['coast', 'land']);
    expect(Object.keys(await layersOf('/map/land/0/0/0.pbf')).sort()).toEqual(['coast', 'land']);
  });

  it('draw no shore where clipping cut Siberia', async () => {
    // 104° E, 55.9° N lies far inland: only the clip has edges there, and lakes none.
    const layers = await layersOf(tileAt(9, 104.05, 55.95));
    expect(Object.keys(layers)).toEqual(['land']);
  });

  it('are nothing where there is only sea', async () => {
    const answer = await api.get(PACIFIC);
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
  });
});

describe('answers', () => {
  it('are packed for whoever takes gzip, with tags of their own, and the same', async () => {
    const plain = await api.app.inject({ url: LONGKOU });
    const packed = await api.app.inject({ url: LONGKOU, headers: { 'accept-encoding': 'gzip, br' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(gunzipSync(packed.rawPayload).equals(plain.rawPayload)).toBe(true);
    expect(packed.headers.etag).toMatch(/^"[\w-]+"$/);
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    const again = await api.get(LONGKOU, { 'if-none-match': String(plain.headers.etag) });
    expect(again.statusCode).toBe(304);
    const other = await api.app.inject({
      url: LONGKOU,
      headers: { 'if-none-match': String(packed.headers.etag) },
    });
    expect(other.statusCode).toBe(200);
  });

  it('may be kept for good at the address of the description, and nowhere else', async () => {
    const { tiles, attribution } = (await api.get('/map/land.json')).json<{
      tiles: string[];
      attribution: string;
    }>();
    expect(attribution).toContain('© OpenStreetMap contributors');
    const path = tiles[0].replace('{z}/{x}/{y}', '10/854/396');
    const cacheOf = async (url: string) => (await api.app.inject({ url })).headers['cache-control'];
    expect(await cacheOf(path)).toBe('public, max-age=31536000, immutable');
    expect(await cacheOf(`${LONGKOU}?v=other`)).toBe('no-cache');
    expect(await cacheOf(LONGKOU)).toBe('no-cache');
  });

  it.each([
    ['/map/land/11/0/0.pbf', 400],
    ['/map/land/-1/0/0.pbf', 400],
    ['/map/land/1/0.5/0.pbf', 400],
    ['/map/land/a/b/c.pbf', 400],
    ['/map/land/1/2/0.pbf', 404],
    ['/map/land/1/0/2.pbf', 404],
    ['/map/land/1/0/0.png', 404],
    ['/map/land/1/0/0.pbf?x=1', 400],
  ])('%s is a problem (%i)', async (path, status) => {
    const answer = await api.get(path);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
});

it('has a picture of the theatre for browsers that draw no map, without style or script', async () => {
  const { headers, body, statusCode } = await api.app.inject('/map/overview.svg');
  expect([statusCode, headers['content-type']]).toEqual([200, 'image/svg+xml']);
  expect(body).toMatch(/^<svg xmlns="[^"]+" viewBox="0 0 940 1092"><rect [^>]+><path d="M\d+ \d+L/);
  expect(body).not.toMatch(/style|script|NaN/);
});
