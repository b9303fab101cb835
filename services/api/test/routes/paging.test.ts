import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTS, startApi, type TestApi } from '../api.ts';

const SAME = '2016-11-05T15:40:00Z';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ gazetteer: PORTS });
  const { rows } = api;
  await rows.feed(1, 'demo');
  for (const id of ['e_3', 'e_1', 'e_5', 'e_2', 'e_4']) await rows.event(id, { opened_at: SAME });
  await rows.event('e_0', { opened_at: '2016-11-04T00:00:00Z' });
  for (const hull of [0, 1, 2]) await rows.vessel(`v${hull}`, 445000001, { hull });
  await rows.vessel('v9', 445000002);
  for (const lon_e7 of [-1_800_000_000, 1_200_000_000, 1_200_000_001]) {
    await rows.position(445000001, SAME, { lon_e7 });
  }
  await rows.position(445000001, '2016-11-05T15:41:00.123Z');
  for (const id of ['d2', 'd1', 'd3']) await rows.designation(id);
  await rows.designation('d0', { designated_on: '2016-03-16' });
}, 120_000);

afterAll(() => api.close());

describe.each([
  ['/v1/events', ['e_1', 'e_2', 'e_3', 'e_4', 'e_5', 'e_0']],
  ['/v1/alerts', ['a_1', 'a_2', 'a_3', 'a_4', 'a_5', 'a_0']],
  ['/v1/alerts.json', ['a_1', 'a_2', 'a_3', 'a_4', 'a_5', 'a_0']],
  ['/v1/events?as_of=2020-01-01', ['e_1', 'e_2', 'e_3', 'e_4', 'e_5', 'e_0']],
  ['/v1/events?port=x', []],
  ['/v1/vessels', ['v0', 'v1', 'v2', 'v9']],
  ['/v1/ports', ['CNDLC', 'CNLKU', 'KPNAM', 'KPTAE']],
  ['/v1/designations', ['d0', 'd1', 'd2', 'd3']],
])('%s', (list, expected) => {
  it.each([1, 2, 3, 4, 6, 1000])('is whole and in order in pages of %i', async (limit) => {
    const pages = await api.pages(`${list}${list.includes('?') ? '&' : '?'}limit=${limit}`);
    expect(pages.flat()).toEqual(expected);
    expect(pages).toHaveLength(Math.max(1, Math.ceil(expected.length / limit)));
    expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
  });
});

it('pages through positions of one instant without losing or repeating any', async () => {
  const answers: number[] = [];
  let path: string | undefined = '/v1/vessels/v0/track?limit=1';
  while (path !== undefined) {
    const answer = await api.get(path);
    answers.push(...answer.json<{ items: { lon: number }[] }>().items.map((position) => position.lon));
    path = /^<([^>]+)>/.exec(String(answer.headers.link ?? ''))?.[1];
  }
  expect(answers).toEqual([-180, 120, 120.0000001, 120.28]);
});

it('gives the same cursor in the body and in the Link header, relative to the same list and filters', async () => {
  const answer = await api.get('/v1/events.csv?limit=2&state=any');
  expect(answer.headers.link).toMatch(
    /^<\/v1\/events\.csv\?limit=2&state=any&cursor=[A-Za-z0-9_-]+>; rel="next"$/,
  );
  const json = await api.get('/v1/events?limit=2&state=any');
  const { next } = json.json<{ next: string }>();
  expect(json.headers.link).toBe(`</v1/events?limit=2&state=any&cursor=${next}>; rel="next"`);
  // The same view in another format goes on from there.
  const other = await api.get(`/v1/events.ndjson?limit=2&state=any&cursor=${next}`);
  expect(
    other.body
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id),
  ).toEqual(['e_3', 'e_4']);
});

it('neither repeats nor loses an item when rows arrive between pages', async () => {
  const own = await startApi();
  try {
    for (const id of ['e_2', 'e_4']) await own.rows.event(id, { opened_at: SAME });
    await own.rows.event('e_1', { opened_at: '2016-11-01T00:00:00Z' });
    const first = await own.get('/v1/events?limit=1');
    expect(first.json()).toMatchObject({ items: [{ id: 'e_2' }] });
    await own.rows.event('e_9', { opened_at: '2016-12-01T00:00:00Z' });
    await own.rows.event('e_1', { opened_at: '2016-11-01T00:00:00Z', severity: 'high' });
    await own.rows.event('e_3', { opened_at: SAME });
    const rest = await own.pages(/^<([^>]+)>/.exec(String(first.headers.link))?.[1] ?? '');
    // What opened later stands before the first page; what is new behind the mark is found.
    expect(rest.flat()).toEqual(['e_3', 'e_4', 'e_1']);
  } finally {
    await own.close();
  }
});

describe('cursors', () => {
  const cursorOf = async (path: string) => (await api.get(path)).json<{ next: string }>().next;
  const fault = async (path: string) => {
    const answer = await api.get(path);
    expect(answer.statusCode).toBe(400);
    return answer.json<{ errors: { field: string; expected: string }[] }>().errors;
  };

  it('are refused when a part was changed', async () => {
    const cursor = await cursorOf('/v1/events?limit=1');
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    for (const changed of [
      [...parts.slice(0, -1), 'e_0'],
      [...parts.slice(0, -2), 0, parts.at(-1)],
      [parts[0], 'x', ...parts.slice(2)],
      parts.slice(0, -1),
    ]) {
      const forged = Buffer.from(JSON.stringify(changed)).toString('base64url');
      expect(await fault(`/v1/events?limit=1&cursor=${forged}`)).toMatchObject([
        { field: 'cursor', expected: 'the `next` of an earlier page, unchanged' },
      ]);
    }
  });

  it('are refused by another list and with other filters, but take another limit', async () => {
    const cursor = await cursorOf('/v1/events?limit=1');
    const expected = 'a cursor made by this list for the same filters';
    expect(await fault(`/v1/alerts?cursor=${cursor}`)).toMatchObject([{ field: 'cursor', expected }]);
    expect(await fault(`/v1/events?nexus=true&cursor=${cursor}`)).toMatchObject([{ expected }]);
    expect(await fault(`/v1/vessels/v1/track?cursor=${cursor}`)).toHaveLength(1);
    expect(await api.ids(`/v1/events?limit=4&cursor=${cursor}`)).toEqual(['e_2', 'e_3', 'e_4', 'e_5']);
  });

  it('of one ship’s track are refused by another’s', async () => {
    const cursor = await cursorOf('/v1/vessels/v0/track?limit=1');
    expect(await fault(`/v1/vessels/v1/track?cursor=${cursor}`)).toHaveLength(1);
  });
});

it.each([
  ['/v1/events?limit=0', 'limit', 'a whole number from 1 to 1000'],
  ['/v1/events?limit=1001', 'limit', 'a whole number from 1 to 1000'],
  ['/v1/alerts?limit=-1', 'limit', 'a whole number from 1 to 1000'],
  ['/v1/vessels?limit=1.5', 'limit', 'a whole number from 1 to 1000'],
  ['/v1/ports?limit=1e2', 'limit', 'a whole number from 1 to 1000'],
  ['/v1/designations?limit=', 'limit', 'a whole number from 1 to 1000'],
  ['/v1/vessels/v0/track?limit=10001', 'limit', 'a whole number from 1 to 10000'],
])('refuses %s', async (path, field, expected) => {
  const answer = await api.get(path);
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ errors: [{ in: 'query', field, expected }] });
});
