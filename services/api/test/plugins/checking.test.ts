import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTS, startApi, type TestApi } from '../api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ gazetteer: PORTS });
}, 120_000);

afterAll(() => api.close());

type Fault = { in: string; field: string; value: string; expected: string };

const refusal = async (path: string) => {
  const answer = await api.get(path);
  expect([path, answer.statusCode]).toEqual([path, 400]);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.headers['cache-control']).toBe('no-store');
  return answer.json<{ code: string; detail: string; errors: Fault[] }>();
};

describe('refuses, naming field, value and what was expected', () => {
  it.each([
    ['from=yesterday', 'from', 'yesterday', /^an instant in UTC/],
    ['from=2016-02-30', 'from', '2016-02-30', /^an instant in UTC/],
    ['to=2016-11-05T25:00:00Z', 'to', '2016-11-05T25:00:00Z', /^an instant in UTC/],
    ['as_of=1969-12-31', 'as_of', '1969-12-31', /years 1970 to 2999/],
    ['from=2016-11-06&to=2016-11-05', 'to', '2016-11-05', /^an instant not before `from`$/],
    ['bbox=1,2,3', 'bbox', '1,2,3', /^west,south,east,north/],
    ['bbox=181,0,182,1', 'bbox', '181,0,182,1', /longitudes -180 to 180/],
    ['bbox=0,5,1,4', 'bbox', '0,5,1,4', /south not above north/],
    ['port=', 'port', '', /^text of 1 to 100 characters/],
    [`port=${'x'.repeat(101)}`, 'port', 'x'.repeat(101), /^text of 1 to 100 characters/],
    ['type=hover', 'type', 'hover', /^one or more of designated-vessel/],
    ['rule=transponder-gap,', 'rule', 'transponder-gap,', /^one or more of/],
    ['severity=dire', 'severity', 'dire', /^one of info, low, medium, high, critical$/],
    ['severity=high,low', 'severity', 'high,low', /^one of info/],
    ['verdict=guilty', 'verdict', 'guilty', /silent, unobserved, void/],
    ['confidence=1.1', 'confidence', '1.1', /^a decimal number from 0 to 1$/],
    ['confidence=80%25', 'confidence', '80%', /^a decimal number from 0 to 1$/],
    ['confidence=NaN', 'confidence', 'NaN', /^a decimal number from 0 to 1$/],
    ['nexus=1', 'nexus', '1', /^true or false$/],
    ['synthetic=', 'synthetic', '', /^true or false$/],
    ['mmsi=4450000011', 'mmsi', '4450000011', /up to nine digits/],
    ['mmsi=abc', 'mmsi', 'abc', /up to nine digits/],
    ['imo=916316', 'imo', '916316', /of seven digits/],
    ['flag=KOR', 'flag', 'KOR', /^two letters, such as KP$/],
    ['name=a%00b', 'name', 'a\0b', /without NUL/],
    ['state=gone', 'state', 'gone', /open, closed, retracted, any/],
    ['limit=many', 'limit', 'many', /^a whole number from 1 to 1000$/],
    ['limit=1001', 'limit', '1001', /^a whole number from 1 to 1000$/],
    ['cursor=abc', 'cursor', 'abc', /^the `next` of an earlier page, unchanged$/],
    ['cursor=a%20b', 'cursor', 'a b', /^the `next` of an earlier page, unchanged$/],
    ['mmsi=445000001&mmsi=445000002', 'mmsi', '445000001 445000002', /^the parameter once$/],
    ['limit=1&limit=1', 'limit', '1 1', /^the parameter once$/],
    ['mmsl=445000001', 'mmsl', '445000001', /^one of the parameters as_of, bbox, (bom, )?confidence/],
    ['constructor=1', 'constructor', '1', /^one of the parameters/],
    ['__proto__=1', '__proto__', '1', /^one of the parameters/],
    ['mmsi[]=1', 'mmsi[]', '1', /^one of the parameters/],
    ['port=%FF', 'port', '%FF', /^percent-encoded UTF-8$/],
    ['nexus', 'nexus', '', /^true or false$/],
  ])('%s', async (query, field, value, expected) => {
    for (const list of ['/v1/events', '/v1/alerts.csv']) {
      const { code, errors } = await refusal(`${list}?${query}`);
      expect(code).toBe('invalid-request');
      expect(errors).toHaveLength(1);
      expect(errors[0]).toMatchObject({ in: 'query', field, value });
      expect(errors[0].expected).toMatch(expected);
    }
  });
});

it('tells all faults at once', async () => {
  const { errors, detail } = await refusal('/v1/events?limit=0&mmsi=x&nope=1&severity=dire');
  expect(errors.map((fault) => fault.field)).toEqual(['limit', 'mmsi', 'nope', 'severity']);
  expect(detail).toContain('limit: expected a whole number from 1 to 1000');
});

it('shortens what it repeats', async () => {
  const { errors } = await refusal(`/v1/events?port=${'x'.repeat(5000)}`);
  expect(errors[0].value).toBe(`${'x'.repeat(200)}…`);
});

it.each([
  ['/v1/ports?mmsi=1', /^one of the parameters country, cursor, limit, name, watched$/],
  ['/v1/designations?on=2016-02-30', /^a day of the calendar/],
  ['/v1/vessels?severity=high', /^one of the parameters as_of, bbox/],
  ['/v1/vessels/v1?x=1', /^one of the parameters as_of$/],
  ['/v1/alerts/a_1?from=2016-11-05', /^one of the parameters as_of, lang$/],
  ['/v1/feeds?x=1', /^no parameters here$/],
])('knows the parameters of each list: %s', async (path, expected) => {
  const { errors } = await refusal(path);
  expect(errors[0].expected).toMatch(expected);
});

it.each([
  '/v1/events/a%20b',
  '/v1/vessels/%00',
  `/v1/alerts/${'a'.repeat(81)}`,
  '/v1/vessels/%2e%2e%2f/track',
])('refuses the path %s', async (path) => {
  const { errors } = await refusal(path);
  expect(errors[0]).toMatchObject({ in: 'path', field: 'id' });
});

it.each(['/v1/events/%FF', '/%E9%BE', '/v1/%C0%AF'])('refuses %s, which is not UTF-8', async (path) => {
  const { errors } = await refusal(path);
  expect(errors).toEqual([{ in: 'path', field: 'path', value: path, expected: 'percent-encoded UTF-8' }]);
});

describe('what looks like SQL', () => {
  it.each([
    "' OR 1=1 --",
    "'; drop table event; --",
    '"; select pg_sleep(10); --',
    "x' union select usename from pg_user --",
    '\\',
    '$1',
    '%',
    '{1,2}',
    "E'\\x'",
  ])('is only a text that nothing matches: %s', async (text) => {
    await api.rows.event(`e_${Math.random()}`);
    for (const field of ['port', 'name', 'vessel', 'feed']) {
      const answer = await api.get(`/v1/events?${field}=${encodeURIComponent(text)}`);
      expect([field, answer.statusCode]).toEqual([field, 200]);
      expect(answer.json<{ items: unknown[] }>().items).toEqual([]);
    }
    for (const path of [
      '/v1/designations?list=',
      '/v1/designations?name=',
      '/v1/vessels?name=',
      '/v1/ports?name=',
    ]) {
      const answer = await api.get(`${path}${encodeURIComponent(text)}`);
      expect([path, answer.statusCode, answer.json<{ items: unknown[] }>().items]).toEqual([path, 200, []]);
    }
    const { rows } = await api.pool.query<{ n: number }>('select count(*)::int as n from event');
    expect(rows[0].n).toBeGreaterThan(0);
  });

  it.each(['mmsi', 'imo', 'bbox', 'limit', 'confidence', 'from', 'cursor', 'type', 'flag'])(
    'is refused as %s',
    async (field) => {
      await refusal(`/v1/events?${field}=${encodeURIComponent('1); drop table event; --')}`);
    },
  );
});
