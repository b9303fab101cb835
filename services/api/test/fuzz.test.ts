import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProblemBody } from '../src/schemas/problem.ts';
import { PORTS, startApi, type TestApi } from './api.ts';

type Schema = {
  type?: string;
  enum?: readonly string[];
  pattern?: string;

  format?: string;
};
type Parameter = { name: string; in: string; schema: Schema; example?: unknown };
type Document = {
  paths: Record<
    string,
    { get?: { parameters?: Parameter[] }; post?: { requestBody?: object }; put?: { requestBody?: object } }
  >;
};

/** What would show how the house is built. */
const INTERNALS =
  /select |insert |\bjoin\b|event_version|static_report|pg_|postgres|kysely|node_modules|\.ts\b|\.js:|at \S+ \(|\/(home|root|tmp|work|usr)\//i;
/** `npm run fuzz:api` asks so many times as much, each time something else. */
const TIMES = process.env['MODE'] === 'fuzz' ? 20 : 1;
/** Requests of each path; the seed is fixed, so that a fault found once is found again. */
const RUNS = 30 * TIMES;
const LIMIT = { timeout: 240_000 * TIMES };
const seedOf = (usual: number) => (TIMES === 1 ? usual : Date.now() % 2 ** 31);

let api: TestApi;
let key: string;
let operations: { path: string; query: Parameter[] }[];

beforeAll(async () => {
  api = await startApi({ gazetteer: PORTS, requestsPerMinute: 1_000_000 });
  const { rows } = api;
  await rows.feed(1, 'demo');
  await rows.vessel('x1', 445000001, { ship_name: 'MADE UP' });
  await rows.position(445000001, '2016-11-05T15:40:00Z');
  await rows.event('e1', { vessel_id: ['x1'] });
  await rows.designation('d1', { imo_number: 9163166 });
  const { paths } = (await api.get('/openapi.json')).json<Document>();
  operations = Object.entries(paths).flatMap(([path, { get }]) =>
    get === undefined
      ? []
      : [{ path, query: (get.parameters ?? []).filter((parameter) => parameter.in === 'query') }],
  );
  key = await api.key(['admin']);
}, 120_000);

/** Whatever was asked, in all ways, by the status of its answer. */
const asked = new Map<number, number>();

afterAll(async () => {
  await api.close();
  const counts = [...asked].sort().map(([status, count]) => `${status}: ${count}`);
  const total = [...asked.values()].reduce((sum, count) => sum + count, 0);
  if (TIMES > 1) process.stdout.write(`asked ${total} times, answered ${counts.join(', ')}\n`);
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.double().map(String),
  fc.bigInt().map(String),
  fc
    .date({ noInvalidDate: false })
    .map((date) => (Number.isNaN(date.getTime()) ? 'NaN' : date.toISOString())),
  fc.array(fc.double(), { minLength: 4, maxLength: 4 }).map((parts) => parts.join(',')),
  fc.array(fc.integer(), { maxLength: 120 }).map((parts) => parts.join(',')),
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '-0',
    '1e309',
    '2147483648',
    '9007199254740993',
    'null',
    'undefined',
    '\0',
    "'",
    '"; --',
    '%',
    '\\',
    '../..',
    '{{7*7}}',
    '[object Object]',
    '\u202e',
    '\ud800',
    'x'.repeat(3000),
  ),
);

/** Values that fit the schema, and those that nearly do. */
function valueOf({ schema, example: shown }: Parameter): fc.Arbitrary<string> {
  const example = String(shown ?? 'x');
  const near = fc
    .tuple(fc.nat(example.length), hostile)
    .map(([at, text]) => example.slice(0, at) + text + example.slice(at));
  return fc.oneof(
    fc.constant(example),
    near,
    hostile,
    ...(schema.enum === undefined ? [] : [fc.constantFrom(...schema.enum)]),
    ...(schema.type === 'boolean' ? [fc.constantFrom('true', 'false')] : []),
    ...(schema.type === 'integer' ? [fc.integer({ min: -5, max: 1100 }).map(String)] : []),
  );
}

/** Broken UTF-16 cannot be sent: it is sent as what it looks like in bytes. */
function encoded(text: string): string {
  return text.isWellFormed()
    ? encodeURIComponent(text)
    : `%ED%A0%80${encodeURIComponent(text.toWellFormed())}`;
}

function queryOf(parameters: readonly Parameter[]): fc.Arbitrary<string> {
  const known = parameters.map((parameter) =>
    valueOf(parameter).map((value) => `${parameter.name}=${encoded(value)}`),
  );
  const stranger = fc.tuple(hostile, hostile).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  const raw = fc.stringMatching(/^[!-~]{0,30}$/).map((text) => text.replaceAll('#', ''));
  const pair =
    known.length === 0
      ? fc.oneof(stranger, raw)
      : fc.oneof(
          { arbitrary: fc.oneof(...known), weight: 8 },
          { arbitrary: stranger, weight: 1 },
          { arbitrary: raw, weight: 1 },
        );
  return fc.array(pair, { maxLength: 5 }).map((pairs) => pairs.join('&'));
}

const mediaTypes = fc.oneof(
  fc.constantFrom(
    'text/csv',
    'application/geo+json',
    '*/*',
    'text/html',
    'application/x-ndjson;q=0.5',
    '__proto__',
    'constructor',
  ),
  fc.stringMatching(/^[ -~]{0,60}$/),
);

/** A path with its parts filled in. */
function filled(path: string, value: string): string {
  return path.replaceAll(/\{\w+\}/g, () => value);
}

type Answer = { readonly status: number; readonly mediaType: string; readonly body: string };

/** An answer is fine, or a refusal that names what was wrong; whatever was asked. */
function mustBeSound(url: string, { status, mediaType, body }: Answer): void {
  asked.set(status, (asked.get(status) ?? 0) + 1);
  const where = `${url} → ${status}: ${body.slice(0, 300)}`;
  expect(status, where).toBeLessThan(500);
  if (status < 400) return;
  // What was sent is repeated, and may say anything.
  const told = body.replaceAll(/"value":"(?:[^"\\]|\\.)*"/g, '').replaceAll(/<code>[^]*?<\/code>/g, '');
  // The element of a form is none of a statement.
  expect(told.replaceAll('<select ', '<'), where).not.toMatch(INTERNALS);
  if (mediaType.startsWith('text/html')) return;
  expect(mediaType, where).toBe('application/problem+json');
  const problem = JSON.parse(body) as ProblemBody;
  expect(problem.status, where).toBe(status);
  if (status === 400) expect(problem.errors?.length, where).toBeGreaterThan(0);
}

/** Asks over a socket, byte for byte: `inject` would tidy the path first. */
function askRaw(port: number, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, mediaType: answer.headers['content-type'] ?? '', body });
      });
    });
    asked.on('error', reject).end();
  });
}

it('never breaks on a query and never shows its insides', LIMIT, async () => {
  const counts = new Map<number, number>();
  // The routes of one list share their checks: two of its formats stand for all.
  const asked = operations.filter(({ path }) => path !== '/readyz' && !/\.(json|kml|ndjson)$/.test(path));
  for (const { path, query } of asked) {
    await fc.assert(
      fc.asyncProperty(
        queryOf(query),
        fc.constantFrom('x1', 'e1', 'a1'),
        mediaTypes,
        async (text, id, accept) => {
          const url = `${filled(path, id)}${text === '' ? '' : `?${text}`}`;
          const answer = await api.get(url, { accept, authorization: `Bearer ${key}`, 'last-event-id': 'x' });
          const status = answer.statusCode;
          mustBeSound(url, { status, mediaType: String(answer.headers['content-type']), body: answer.body });
          counts.set(status, (counts.get(status) ?? 0) + 1);
        },
      ),
      { numRuns: RUNS, seed: seedOf(20161105) },
    );
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  expect(total).toBe(asked.length * RUNS);
  // It must have asked good questions and bad ones.
  expect(counts.get(200)).toBeGreaterThan(total / 20);
  expect(counts.get(400)).toBeGreaterThan(total / 5);
});

it('never breaks on a path and never shows its insides', LIMIT, async () => {
  const templates = fc.constantFrom(
    ...operations.map(({ path }) => path).filter((path) => path.includes('{')),
  );
  const id = fc.oneof(
    hostile.map(encoded),
    fc.stringMatching(/^[!-~]{0,100}$/).map((text) => text.replace(/[#?]/g, '')),
  );
  const anywhere = fc.stringMatching(/^\/[!-~]{0,60}$/).map((text) => text.replaceAll('#', ''));
  const url = fc.oneof(
    fc.tuple(templates, id).map(([path, value]) => filled(path, value)),
    anywhere,
    fc.tuple(templates, anywhere).map(([path, rest]) => filled(path, 'x1') + rest),
  );
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = api.app.server.address() as AddressInfo;
  await fc.assert(
    fc.asyncProperty(url, async (path) => mustBeSound(path, await askRaw(port, path))),
    { numRuns: 700 * TIMES, seed: seedOf(20161106) },
  );
});

it('never breaks on a body and never shows its insides', LIMIT, async () => {
  const made = (
    await api.send('POST', '/v1/watchlists', key, {
      name: 'x',
      channels: [{ kind: 'webhook', target: 'https://example.org/' }],
    })
  ).json<{ id: string; channels: { id: string }[] }>();
  const list = `/v1/watchlists/${made.id}`;
  const targets = fc.constantFrom(
    ['POST', '/v1/watchlists'],
    ['POST', '/v1/watchlists/preview'],
    ['PUT', list],
    ['POST', `${list}/deliveries/msg_0123456789abcdef/replay`],
    ['POST', `${list}/channels/${made.channels[0].id}/secret`],
    ['POST', `${list}/channels/${made.channels[0].id}/enable`],
    ['POST', `${list}/channels`],
    ['POST', `${list}/channels/${made.channels[0].id}/test`],
  );
  const names =
    'name ports polygons mmsi imoNumbers vesselIds lists rules minSeverity verdicts channels confirm';
  const corner = fc.tuple(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: -90, max: 90, noNaN: true }),
  );
  const nearly = fc.record(
    {
      name: fc.oneof(fc.string({ minLength: 1, maxLength: 30 }), hostile),
      ports: fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('Longkou', '%', "'"))),
      polygons: fc.array(fc.array(corner, { maxLength: 8 }), { maxLength: 3 }),
      mmsi: fc.array(fc.oneof(fc.integer(), fc.double())),
      rules: fc.array(fc.constantFrom('hovering', 'nothing')),
      channels: fc.array(fc.record({ kind: fc.constantFrom('webhook', 'email', 'pigeon'), target: hostile })),
    },
    { requiredKeys: [] },
  );
  const sound = fc.record({
    name: fc.stringMatching(/^[ -~]{1,30}$/),
    polygons: fc.array(fc.array(corner, { minLength: 3, maxLength: 8 }), { maxLength: 3 }),
    ports: fc.array(fc.constantFrom('Longkou', '%', "'", '龙口'), { maxLength: 3 }),
  });
  const body = fc.oneof(
    nearly.map((value) => JSON.stringify(value)),
    sound.map((value) => JSON.stringify(value)),
    fc.dictionary(fc.constantFrom(...names.split(' ')), fc.jsonValue()).map((value) => JSON.stringify(value)),
    fc.json(),
    hostile,
  );
  const counts = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(targets, body, async ([method, url], payload) => {
      const answer = await api.app.inject({
        method: method,
        url,
        payload,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      });
      const status = answer.statusCode;
      asked.set(status, (asked.get(status) ?? 0) + 1);
      expect(status, `${url} ${payload}: ${answer.body}`).toBeLessThan(500);
      if (status < 400) expect([200, 201, 202, 204]).toContain(status);
      else expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(status < 400 ? '' : answer.body.replaceAll(/"value":"(?:[^"\\]|\\.)*"/g, '')).not.toMatch(
        INTERNALS,
      );
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }),
    { numRuns: 400 * TIMES, seed: seedOf(20161107) },
  );
  const refused = counts.get(400) ?? 0;
  const taken = (counts.get(200) ?? 0) + (counts.get(201) ?? 0);
  // Both kinds were asked, and not by accident only.
  expect(refused).toBeGreaterThan(100 * TIMES);
  expect(taken).toBeGreaterThan(10 * TIMES);
});

it('never breaks on a header and never shows its insides', LIMIT, async () => {
  const names = [
    'accept',
    'accept-encoding',
    'authorization',
    'content-length',
    'content-type',
    'cookie',
    'forwarded',
    'host',
    'if-modified-since',
    'if-none-match',
    'last-event-id',
    'origin',
    'access-control-request-method',
    'range',
    'referer',
    'sec-fetch-site',
    'traceparent',
    'x-forwarded-for',
    'x-offing-csrf',
    'x-request-id',
  ];
  const value = fc.oneof(
    fc.stringMatching(/^[ -~]{0,80}$/),
    fc.string({ unit: 'binary', maxLength: 40 }).map((text) => encodeURIComponent(text.toWellFormed())),
    fc.constantFrom(
      'Bearer ',
      'Basic ====',
      'Basic Og==',
      'offing=x; offing=y',
      'W/""',
      '*',
      'null',
      '-1',
      '9'.repeat(40),
      '::1',
      'x'.repeat(8000),
      'application/json; charset=__proto__',
      'bytes=0-0,5-',
      `00-${'1'.repeat(32)}-${'2'.repeat(16)}-zz`,
    ),
  );
  const routes = api.app.routeNeeds.filter(
    // What ends by itself: a stream that is let in goes on.
    ({ url }) => url !== '/v1/stream',
  );
  const headers = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 5 });
  const isKnown = fc.boolean();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...routes),
      headers,
      isKnown,
      async ({ method, url }, given, withKey) => {
        const answer = await api.app.inject({
          method: method as 'GET',
          url: url
            .replace(/:sha256/, '0'.repeat(64))
            .replace(/:\w+/g, 'x1'.repeat(10))
            .replace('*', 'x'),
          headers: { ...(withKey ? { authorization: `Bearer ${key}` } : {}), ...given },
        });
        const status = answer.statusCode;
        if (method === 'HEAD' || (url === '/readyz' && status === 503)) return;
        mustBeSound(`${method} ${url} ${JSON.stringify(given)}`, {
          status,
          mediaType: String(answer.headers['content-type']),
          body: answer.body,
        });
      },
    ),
    { numRuns: 600 * TIMES, seed: seedOf(20161108) },
  );
});
