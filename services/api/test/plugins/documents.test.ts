import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';
import { makeAjv } from '../conformance.ts';

type Parameter = { name: string; in: string; schema: object; example?: unknown };
type Operation = {
  operationId: string;
  summary: string;
  description: string;
  parameters?: Parameter[];
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
};
type Document = {
  openapi: string;
  info: object;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
};

let api: TestApi;
let document: Document;

beforeAll(async () => {
  api = await startApi();
  document = (await api.get('/openapi.json')).json();
}, 120_000);

afterAll(() => api.close());

it('is valid OpenAPI 3.1 (openapi-schema-validator)', async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

it('has every path of the API', () => {
  const lists = ['alerts', 'events', 'vessels', 'vessels/{id}/track', 'coverage'].flatMap((list) =>
    ['', '.json', '.geojson', '.csv', '.kml', '.ndjson', '.fgb', '.parquet'].map(
      (extension) => `/v1/${list}${extension}`,
    ),
  );
  const rest = [
    '/v1/alerts/{id}',
    '/v1/alerts/{id}.png',
    '/v1/alerts/{id}/bundle.zip',
    '/v1/events/{id}',
    '/v1/alerts/{id}/positions',
    '/v1/events/{id}/positions',
    '/v1/raw/{sha256}',
    '/v1/vessels/{id}',
    '/v1/ports',
    '/v1/designations',
    '/v1/feeds',
    '/v1/session',
    '/v1/ports/{id}',
    '/v1/ports/{id}/embargo',
    '/v1/rules',
    '/v1/alerts.atom',
    '/v1/stream',
    '/v1/audit',
    '/v1/designations/sources',
  ];
  const list = '/v1/watchlists/{id}';
  const channel = `${list}/channels/{channel}`;
  const watching = [
    '/v1/watchlists',
    '/v1/watchlists/preview',
    list,
    `${list}/preview`,
    `${list}/channels`,
    channel,
    ...['test', 'secret', 'enable'].map((deed) => `${channel}/${deed}`),
    `${list}/deliveries`,
    `${list}/deliveries/{delivery}/replay`,
    ...['atom', 'rss', 'json'].map((format) => `/feeds/{token}/alerts.${format}`),
    '/unsubscribe/{token}',
  ];
  const map = ['/map/land.json', '/map/land/{z}/{x}/{y}.pbf'];
  const pages = ['/', '/alerts/{id}', '/status', '/vessels', '/vessels/{id}'];
  const other = [...pages, ...map, '/healthz', '/readyz', ...watching];
  expect(Object.keys(document.paths).sort()).toEqual([...lists, ...rest, ...other].sort());
});

it('tells of every operation what it is, under an id of its own', () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  for (const { operationId, summary, description } of operations) {
    expect([operationId, summary, description].every((text) => text.length > 3)).toBe(true);
  }
  expect(new Set(operations.map((operation) => operation.operationId)).size).toBe(operations.length);
});

it('names no server but the one it came from', () => {
  expect(document.servers).toEqual([{ url: '/' }]);
});

/** Every schema of a document that has examples, with the place where it stands. */
function withExamples(value: unknown, place = ''): { place: string; schema: { examples: unknown[] } }[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    key === 'examples' ? [] : withExamples(child, `${place}/${key}`),
  );
  return 'examples' in value && Array.isArray(value.examples)
    ? [{ place, schema: value as { examples: unknown[] } }, ...inner]
    : inner;
}

it('has examples that fit their schemas', () => {
  const found = withExamples(document.paths);
  expect(found.length).toBeGreaterThan(40);
  const ajv = makeAjv();
  for (const { place, schema } of found) {
    const validate = ajv.compile(schema);
    for (const example of schema.examples) {
      expect([place, validate(example), validate.errors]).toEqual([place, true, null]);
    }
  }
});

describe('the example of each parameter', () => {
  it('is accepted by every list that has it', async () => {
    const ajv = makeAjv();
    let asked = 0;
    for (const [path, { get }] of Object.entries(document.paths)) {
      for (const { name, in: place, schema, example } of get?.parameters ?? []) {
        expect([path, name, ajv.validate(schema, example)]).toEqual([path, name, true]);
        // A cursor belongs to one list and its filters: no example fits all.
        // The stream never ends; its tests ask it.
        if (place !== 'query' || name === 'cursor' || path === '/v1/stream') continue;
        const url = `${path.replace(/\{[xyz]\}/g, '0').replace(/\{\w+\}/, 'x')}?${name}=${encodeURIComponent(String(example))}`;
        expect([url, (await api.get(url)).statusCode]).not.toEqual([url, 400]);
        asked++;
      }
    }
    expect(asked).toBeGreaterThan(200);
  });
});

it('is browsable at /docs with what this server has alone', async () => {
  const page = await api.get('/docs/');
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-security-policy']).toMatch(/^default-src 'self';/);
  const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]);
  expect(addresses.length).toBeGreaterThan(3);
  for (const address of addresses) {
    expect(address).not.toMatch(/^(https?:)?\/\//);
    expect([address, (await api.get(new URL(address, 'http://x/docs/').pathname)).statusCode]).toEqual([
      address,
      200,
    ]);
  }
  expect((await api.get('/docs')).statusCode).toBeLessThan(400);
});
