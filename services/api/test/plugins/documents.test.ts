import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Method, type TestApi } from '../api.ts';
import { makeAjv } from '../conformance.ts';
import {
  EXAMPLE_OWNER,
  EXAMPLE_PORTS,
  exampleAddress,
  fillExampleWorld,
  type Content,
  type Operation,
} from './example-world.ts';

type Document = {
  openapi: string;
  info: object;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
};

let api: TestApi;
let document: Document;

beforeAll(async () => {
  api = await startApi({ gazetteer: EXAMPLE_PORTS });
  await fillExampleWorld(api);
  document = (await api.get('/openapi.json')).json();
}, 120_000);

afterAll(() => api.close());

it('is valid OpenAPI 3.1 (openapi-schema-validator)', async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

it('has every path of the API', () => {
  const lists = ['alerts', 'events', 'vessels', 'vessels/{id}/track', 'coverage', 'ports'].flatMap((list) =>
    ['', '.json', '.geojson', '.csv', '.kml', '.ndjson', '.fgb', '.parquet'].map(
      (extension) => `/v1/${list}${extension}`,
    ),
  );
  const rest = [
    '/v1/alerts/{id}',
    '/v1/alerts/facets',
    '/v1/alerts/{id}.geojson',
    '/v1/vessels/{id}.geojson',
    '/v1/alerts/{id}.png',
    '/v1/alerts/{id}/bundle.zip',
    '/v1/events/{id}',
    '/v1/alerts/{id}/positions',
    '/v1/events/{id}/positions',
    '/v1/raw/{sha256}',
    '/v1/vessels/{id}',
    '/v1/designations',
    '/v1/feeds',
    '/v1/session',
    '/v1/ports/{id}',
    '/v1/ports/{id}/embargo',
    ...['', '.json', '.csv', '.atom'].map((extension) => `/v1/corrections${extension}`),
    '/v1/rules',
    '/v1/rules/{id}',
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
    ...['test', 'secret', 'enable', 'disable'].map((deed) => `${channel}/${deed}`),
    `${list}/deliveries`,
    `${list}/deliveries/{delivery}/replay`,
    ...['atom', 'rss', 'json'].map((format) => `/feeds/{token}/alerts.${format}`),
    '/unsubscribe/{token}',
  ];
  const map = ['/map/land.json', '/map/land/{z}/{x}/{y}.pbf'];
  const pages = [
    '/',
    '/alerts/{id}',
    '/corrections',
    '/ports',
    '/ports/{id}',
    '/embed/alerts',
    '/embed/alerts/{id}',
    '/embed/ports/{id}',
    '/rules',
    '/rules/{id}',
    '/status',
    '/vessels',
    '/vessels/{id}',
    '/watchlists',
    '/watchlists/{id}',
  ];
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

/** A page shows by one of its items what it is like. */
const isExample = ({ schema, example }: Content[string]) =>
  example !== undefined ||
  [schema, schema.properties?.items?.items].some((one) => (one?.examples ?? []).length > 0);

/** Every operation, those that remove something last and the deepest first. */
function operations(): readonly { method: Method; path: string; operation: Operation }[] {
  const order = ['get', 'post', 'put', 'patch', 'delete'];
  return Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
    )
    .sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method) || b.path.length - a.path.length)
    .map(({ method, ...rest }) => ({ method: method.toUpperCase() as Method, ...rest }));
}

/** The status of an operation asked as its examples say, with a key that may do everything. */
async function askExample(key: string, method: Method, path: string, operation: Operation): Promise<number> {
  const address = exampleAddress(path, operation);
  if (path === '/v1/stream') return askStream(address);
  const body = Object.values(operation.requestBody?.content ?? {}).at(0)?.example;
  return (await api.send(method, address, key, body)).statusCode;
}

/** The stream never ends by itself: its head is enough. */
async function askStream(address: string): Promise<number> {
  const answer = await api.app.inject({ url: address, payloadAsStream: true });
  answer.stream().destroy();
  return answer.statusCode;
}

describe('every operation', () => {
  it('has an example of each body that it takes or answers', () => {
    for (const { method, path, operation } of operations()) {
      const { requestBody, responses } = operation;
      const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      expect([method, path, answers.length > 0]).toEqual([method, path, true]);
      const contents = [requestBody?.content, ...answers.map(([, { content }]) => content)];
      const bare = contents.flatMap((content) =>
        Object.entries(content ?? {}).filter(([, media]) => !isExample(media)),
      );
      expect([method, path, bare.map(([mediaType]) => mediaType)]).toEqual([method, path, []]);
    }
  });

  it('with its examples in address and body does what it says', async () => {
    const key = await api.key(['admin'], EXAMPLE_OWNER);
    const asked = new Set<string>();
    for (const { method, path, operation } of operations()) {
      const status = await askExample(key, method, path, operation);
      expect([method, path, status, status >= 200 && status < 300]).toEqual([method, path, status, true]);
      asked.add(method);
    }
    expect([...asked].sort()).toEqual(['DELETE', 'GET', 'POST', 'PUT']);
  });
});

describe('the example of each parameter', () => {
  it('is accepted by every list that has it', async () => {
    const ajv = makeAjv();
    let asked = 0;
    for (const { method, path, operation } of operations()) {
      for (const { name, in: place, schema, example } of operation.parameters ?? []) {
        expect([path, name, ajv.validate(schema, example)]).toEqual([path, name, true]);
        // A cursor belongs to one list and its filters: no example fits all.
        if (place !== 'query' || name === 'cursor' || method !== 'GET') continue;
        const url = `${exampleAddress(path, operation)}?${name}=${encodeURIComponent(String(example))}`;
        const status = path === '/v1/stream' ? await askStream(url) : (await api.get(url)).statusCode;
        expect([url, status]).not.toEqual([url, 400]);
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
