import { execFile, execFileSync } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTS, startApi, type TestApi } from '../api.ts';

type Link = { href: string; rel: string; type: string };
type Collection = { features: { id: string; geometry: object; properties: object }[]; links: Link[] };

const ALERTS = 25;
const hasGdal = (() => {
  try {
    execFileSync('ogrinfo', ['--version']);
    return true;
  } catch {
    process.stderr.write('gdal-bin is not installed: OGC API Features is not tested with ogrinfo\n');
    return false;
  }
})();

let api: TestApi;
let base: string;

beforeAll(async () => {
  api = await startApi({ gazetteer: PORTS, openReading: false });
  for (let n = 0; n < ALERTS; n++) {
    await api.rows.event(`e_${n}`, {
      lon: 120 + n / 100,
      opened_at: `2016-11-${String(n + 1).padStart(2, '0')}`,
    });
  }
  await api.rows.event('e_r', { state: 'retracted' });
  await api.rows.feed(1, 'demo');
  for (const [index, lon] of [179.8, 179.9, -179.9, -179.8].entries()) {
    await api.rows.position(445000001, `2016-11-05T0${index}:00:00Z`, { lon_e7: Math.round(lon * 1e7) });
  }
  await api.rows.vessel('v1', 445000001);
  await api.rows.vessel('v2', 445000002);
  await api.rows.vessel('v3', 445000003, { positions: 1 });
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}/ogc`;
}, 120_000);

afterAll(() => api.close());

const ask = async (path: string) => {
  const answer = await api.send('GET', path, await api.key(['read']));
  expect([path, answer.statusCode]).toEqual([path, 200]);
  return answer;
};

it('leads from the landing page to its definition, conformance and collections', async () => {
  const key = await api.key(['read']);
  const landing = await api.app.inject({ url: `/ogc?api_key=${key}`, headers: { host: 'gis.example.org' } });
  const { links } = landing.json<{ links: Link[] }>();
  expect(links.map(({ rel }) => rel)).toEqual(['self', 'service-desc', 'conformance', 'data']);
  for (const { href, type } of links) {
    const url = new URL(href);
    expect(url.host).toBe('gis.example.org');
    const answer = await api.app.inject({ url: url.pathname + url.search });
    expect([href, answer.statusCode]).toEqual([href, 200]);
    const sent = String(answer.headers['content-type']).replace(/; ?charset=utf-8|[" ]/g, '');
    expect(sent).toBe(type);
  }
  const definition = (await ask('/ogc/api')).json<{ openapi: string; paths: object }>();
  expect(definition.openapi).toBe('3.0.3');
  expect(Object.keys(definition.paths)).toHaveLength(3);
});

it('has alerts in pages that next leads through, each once, withdrawn ones not at all', async () => {
  const seen: string[] = [];
  for (let path: string | null = '/ogc/collections/alerts/items?limit=10'; path !== null;) {
    const page: Collection = (await ask(path)).json<Collection>();
    seen.push(...page.features.map(({ id }) => id));
    const next = page.links.find(({ rel }) => rel === 'next');
    path = next === undefined ? null : new URL(next.href).pathname + new URL(next.href).search;
  }
  expect(seen).toHaveLength(ALERTS);
  expect(new Set(seen).size).toBe(ALERTS);
  expect(seen).not.toContain('a_r');
});

it.each([
  ['bbox=120.045,37,120.105,38', 6],
  ['datetime=2016-11-06/..', ALERTS],
  ['datetime=2016-11-07/..', 0],
  ['datetime=../2016-11-03', 3],
  ['datetime=2016-11-03T12:00:00Z/2016-11-06', 6],
  ['limit=100000', ALERTS],
])('takes %s', async (query, count) => {
  const { features } = (await ask(`/ogc/collections/alerts/items?${query}`)).json<Collection>();
  expect(features).toHaveLength(count);
});

it.each([
  'bbox=1,2,3',
  'datetime=yesterday',
  'datetime=..',
  'datetime=2016-11-05/2016-11-04',
  'limit=0',
  'f=json',
])('refuses %s', async (query) => {
  const answer = await api.send('GET', `/ogc/collections/alerts/items?${query}`, await api.key(['read']));
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([400, 'application/problem+json']);
});

it('has tracks as lines that are cut at the antimeridian, none of one position, and ports whose place is known', async () => {
  const tracks = (await ask('/ogc/collections/tracks/items')).json<Collection>();
  expect(tracks.features.map(({ id, geometry }) => [id, geometry])).toEqual([
    [
      'v1',
      {
        type: 'MultiLineString',
        coordinates: [
          [
            [179.8, 37.72],
            [179.9, 37.72],
          ],
          [
            [-179.9, 37.72],
            [-179.8, 37.72],
          ],
        ],
      },
    ],
    ['v2', null],
  ]);
  const ports = (await ask('/ogc/collections/ports/items')).json<Collection>();
  expect(ports.features.map(({ id }) => id)).toEqual(['CNDLC', 'CNLKU', 'KPNAM']);
});

it('makes a page of tracks of no more positions than it can read in time, and one of a hull with more', async () => {
  await api.rows.vessel('v4', 445000004, { positions: 700_000 });
  await api.rows.vessel('v5', 445000005, { positions: 9_000_000 });
  await api.rows.vessel('v6', 445000006, { positions: 300_000 });
  await api.rows.vessel('v7', 445000007, { positions: 700_000 });
  await api.rows.event('e_moves_the_moment', { state: 'retracted' });
  const pages: string[][] = [];
  for (let path: string | undefined = '/ogc/collections/tracks/items'; path !== undefined;) {
    const { features, links }: Collection = (await ask(path)).json();
    pages.push(features.map(({ id }) => id));
    const next: Link | undefined = links.find(({ rel }) => rel === 'next');
    path = next === undefined ? undefined : next.href.replace(/^https?:\/\/[^/]+/, '');
  }
  expect(pages).toEqual([['v1', 'v2', 'v4'], ['v5'], ['v6', 'v7']]);
});

it('has single features, and none that are not there', async () => {
  expect((await ask('/ogc/collections/alerts/items/a_1')).json()).toMatchObject({
    id: 'a_1',
    type: 'Feature',
  });
  const key = await api.key(['read']);
  for (const path of [
    'alerts/items/a_none',
    'ports/items/KPTAE',
    'tracks/items/v9',
    'ships',
    'ships/items',
  ]) {
    expect([path, (await api.send('GET', `/ogc/collections/${path}`, key)).statusCode]).toEqual([path, 404]);
  }
});

it('needs a key where reading does, and asks for a password as programs expect', async () => {
  const answer = await api.app.inject({ url: '/ogc/collections/alerts/items' });
  expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([
    401,
    'Basic realm="Offing", charset="UTF-8"',
  ]);
});

describe.runIf(hasGdal)('GDAL', () => {
  const run = promisify(execFile);
  const ogrinfo = async (...args: string[]) =>
    (await run('ogrinfo', ['-ro', '-so', ...args], { timeout: 50_000 })).stdout;

  it('finds the three layers', async () => {
    const key = await api.key(['read']);
    const out = await ogrinfo(`OAPIF:${base}`, '--config', 'GDAL_HTTP_USERPWD', `x:${key}`);
    for (const layer of ['alerts', 'tracks', 'ports']) expect(out).toContain(layer);
  });

  it('reads all features over pages', async () => {
    const key = await api.key(['read']);
    const out = await ogrinfo(
      '--config',
      'GDAL_HTTP_USERPWD',
      `x:${key}`,
      '-oo',
      'PAGE_SIZE=10',
      `OAPIF:${base}`,
      'alerts',
    );
    expect(out).toContain(`Feature Count: ${ALERTS}`);
    expect(out).toContain('Geometry: Point');
    expect(out).toContain('sentence: String');
  });
});
