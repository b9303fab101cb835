import { cellOf } from '@offing/geo';
import { writeCoverage } from '@offing/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';
import { makeAjv } from '../conformance.ts';
import { EXAMPLE_PORTS, exampleAddress, fillExampleWorld, type Operation } from '../plugins/example-world.ts';
import { featureCollectionSchema } from './geojson-schema.ts';

type Ring = readonly (readonly [number, number])[];
type Collection = { features: { geometry: { type: string; coordinates: unknown } | null }[] };

const isValid = makeAjv().compile(featureCollectionSchema);
let api: TestApi;
let files: string[];

beforeAll(async () => {
  api = await startApi({ gazetteer: EXAMPLE_PORTS });
  await fillExampleWorld(api);
  const client = await api.pool.connect();
  const heard = { feed: 1, aisClass: 1, receiverKind: 1, vessels: 3, messages: 30 };
  const cells = [cellOf(121.7, 38.8), cellOf(180, 51), cellOf(-180, -89.9)].sort((a, b) => a - b);
  const hour = Date.parse('2016-11-05T15:00:00Z') / 3_600_000;
  await writeCoverage(client, [{ hour, cells: cells.map((cell) => ({ cell, ...heard })) }]);
  client.release();
  const { paths } = (await api.get('/openapi.json')).json<{
    paths: Record<string, Record<string, Operation>>;
  }>();
  files = Object.entries(paths)
    .filter(([path]) => path.endsWith('.geojson'))
    .map(([path, { get }]) => exampleAddress(path, get));
}, 120_000);

afterAll(() => api.close());

/** Twice the area that a ring goes around; above zero where it goes against the clock. */
function areaOf(ring: Ring): number {
  return ring.slice(1).reduce((sum, [x, y], n) => sum + ring[n][0] * y - x * ring[n][1], 0);
}

/** Asks for GeoJSON, which must be as RFC 7946 says, and returns how many features it holds. */
async function featuresOf(address: string): Promise<number> {
  const answer = await api.get(address);
  expect([address, answer.statusCode]).toEqual([address, 200]);
  expect(answer.headers['content-type']).toBe('application/geo+json; charset=utf-8');
  const collection = answer.json<Collection>();
  expect([address, isValid(collection), isValid.errors]).toEqual([address, true, null]);
  for (const { geometry } of collection.features) {
    if (geometry?.type !== 'Polygon') continue;
    for (const ring of geometry.coordinates as Ring[]) {
      expect(ring.at(-1)).toEqual(ring[0]);
      expect(areaOf(ring)).toBeGreaterThan(0);
    }
  }
  return collection.features.length;
}

/** What can be asked about a time. */
const DATED = /\/(alerts|events|vessels|track|coverage)\.geojson$/;

describe('GeoJSON', () => {
  it('is what RFC 7946 says at every address of the document that ends so', async () => {
    expect(files.length).toBeGreaterThanOrEqual(5);
    for (const address of files) expect([address, await featuresOf(address)]).not.toEqual([address, 0]);
  });

  it('is so without features, too', async () => {
    for (const address of files) {
      // Ports, and what one alert or vessel is made of, are of no time.
      if (!DATED.test(address)) continue;
      expect([address, await featuresOf(`${address}?to=1971-01-01`)]).toEqual([address, 0]);
    }
  });

  it.each(['alerts', 'tracks', 'ports'])('is so as the OGC collection %s', async (id) => {
    expect(await featuresOf(`/ogc/collections/${id}/items`)).toBeGreaterThan(0);
  });

  // A schema that lets everything pass would prove nothing.
  it.each([
    [
      'latitude first',
      [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [38, 120] } }],
    ],
    ['no properties', [{ type: 'Feature', geometry: { type: 'Point', coordinates: [120, 38] } }]],
    [
      'a line of one place',
      [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [[120, 38]] } }],
    ],
    [
      'another shape',
      [{ type: 'Feature', properties: {}, geometry: { type: 'Circle', coordinates: [120, 38] } }],
    ],
    [
      'a null place',
      [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [null, null] } }],
    ],
    ['a bare geometry', [{ type: 'Point', coordinates: [120, 38] }]],
  ])('is told from %s', (_, features) => {
    expect(isValid({ type: 'FeatureCollection', features })).toBe(false);
  });
});
