import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  const { rows } = api;
  await rows.feed(1, 'demo', { synthetic: true });
  await rows.event('e_gap', {
    mmsi: [445000001],
    imo_number: [9163166],
    vessel_id: ['v1'],
    opened_at: '2016-11-05T15:40:00Z',
    closed_at: '2016-11-06T18:45:00Z',
    port_id: 'CNLKU',
    port_name: 'Longkou',
    port_country: 'CN',
    nexus: true,
    synthetic: true,
  });
  await rows.event('e_hover', {
    type: 'hovering',
    state: 'open',
    mmsi: [412000002],
    vessel_id: ['v2'],
    opened_at: '2016-11-10T00:00:00Z',
    closed_at: null,
    lon: -179.5,
    lat: -17,
    port_id: 'CNDLC',
    port_name: 'Dalian',
    port_country: 'CN',
    verdict: null,
    confidence: 0.7,
    severity: 'high',
    feeds: ['norway'],
  });
  await rows.event('e_pair', {
    mmsi: [412000003, 445000001],
    vessel_id: ['v3', 'v1'],
    opened_at: '2016-11-10T00:00:00Z',
    closed_at: '2016-11-11T00:00:00Z',
    lon: 179.5,
    lat: -17,
    verdict: 'unobserved',
    confidence: 0.2,
    severity: 'info',
  });
  await rows.event('e_gone', {
    state: 'retracted',
    opened_at: '2016-11-12T00:00:00Z',
    mmsi: [445000009],
    verdict: 'void',
  });
  await rows.report(412000002, '2016-11-01T00:00:00Z', { ship_name: 'MADE UP 100%' });
  await rows.report(445000001, '2016-10-01T00:00:00Z', { ship_name: 'OLD NAME' });
  await rows.report(445000001, '2016-11-04T00:00:00Z', { ship_name: 'New_Name' });
}, 120_000);

afterAll(() => api.close());

it('lists newest openings first, equal ones by id, without those that were withdrawn', async () => {
  expect(await api.ids('/v1/events')).toEqual(['e_hover', 'e_pair', 'e_gap']);
});

it('answers an envelope of items, next and asOf, and each event as the contract has it', async () => {
  const answer = await api.get('/v1/events?type=transponder-gap&mmsi=445000001&port=longkou');
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer.json()).toEqual({
    items: [
      {
        id: 'e_gap',
        type: 'transponder-gap',
        version: 1,
        state: 'closed',
        mmsi: [445000001],
        imoNumber: [9163166],
        vesselId: ['v1'],
        openedAt: '2016-11-05T15:40:00Z',
        closedAt: '2016-11-06T18:45:00Z',
        lon: 120.28,
        lat: 37.72,
        port: { id: 'CNLKU', name: 'Longkou', country: 'CN' },
        verdict: 'silent',
        confidence: 0.8,
        severity: 'medium',
        sentence: 'No position was received for 27 h.',
        evidence: { silentH: 27.08, thresholdH: 6 },
        knownSince: '2016-11-06T18:45:00Z',
        rule: { id: 'transponder-gap', version: 1, params: { thresholdH: 6 } },
        synthetic: true,
        feeds: ['demo'],
        nexus: true,
      },
    ],
    next: null,
    asOf: null,
  });
});

describe('filters: each finds what it must and leaves out the rest', () => {
  it.each([
    // Time: what lasted into the interval.
    ['from=2016-11-06', ['e_hover', 'e_pair', 'e_gap']],
    ['from=2016-11-06T18:45:00Z', ['e_hover', 'e_pair', 'e_gap']],
    ['from=2016-11-06T18:45:01Z', ['e_hover', 'e_pair']],
    ['from=2016-11-11T00:00:01Z', ['e_hover']],
    ['to=2016-11-05', ['e_gap']],
    ['to=2016-11-05T15:39:59Z', []],
    ['to=2016-11-10T00:00:00Z', ['e_hover', 'e_pair', 'e_gap']],
    ['from=2016-11-07&to=2016-11-09', []],
    // Place.
    ['bbox=120,37,121,38', ['e_gap']],
    ['bbox=120.29,37,121,38', []],
    ['bbox=120.28,37.72,120.28,37.72', ['e_gap']],
    ['bbox=179,-18,-179,-16', ['e_hover', 'e_pair']],
    ['bbox=179.6,-18,-179,-16', ['e_hover']],
    ['bbox=-179,-18,179,-16', []],
    ['port=Longkou', ['e_gap']],
    ['port=lONGKOU', ['e_gap']],
    ['port=cnlku', ['e_gap']],
    ['port=Longko', []],
    ['port=%25', []],
    // Kind and certainty.
    ['type=hovering', ['e_hover']],
    ['rule=hovering', ['e_hover']],
    ['type=hovering,transponder-gap', ['e_hover', 'e_pair', 'e_gap']],
    ['type=hovering&rule=transponder-gap', []],
    ['type=feed-outage', []],
    ['severity=info', ['e_hover', 'e_pair', 'e_gap']],
    ['severity=medium', ['e_hover', 'e_gap']],
    ['severity=high', ['e_hover']],
    ['severity=critical', []],
    ['verdict=silent', ['e_gap']],
    ['verdict=silent,unobserved', ['e_pair', 'e_gap']],
    ['confidence=0.7', ['e_hover', 'e_gap']],
    ['confidence=0.71', ['e_gap']],
    ['confidence=0', ['e_hover', 'e_pair', 'e_gap']],
    ['confidence=1', []],
    ['nexus=true', ['e_gap']],
    ['nexus=false', ['e_hover', 'e_pair']],
    ['synthetic=true', ['e_gap']],
    ['synthetic=false', ['e_hover', 'e_pair']],
    ['feed=norway', ['e_hover']],
    // Who.
    ['flag=KP', ['e_pair', 'e_gap']],
    ['flag=cn', ['e_hover', 'e_pair']],
    ['flag=PA', []],
    ['flag=XX', []],
    ['mmsi=445000001', ['e_pair', 'e_gap']],
    ['mmsi=412000002,412000003', ['e_hover', 'e_pair']],
    ['mmsi=44500000', []],
    ['imo=9163166', ['e_gap']],
    ['imo=IMO%209163166', ['e_gap']],
    ['imo=9163167', []],
    ['vessel=v1', ['e_pair', 'e_gap']],
    ['vessel=v', []],
    ['name=old', ['e_pair', 'e_gap']],
    ['name=new_name', ['e_pair', 'e_gap']],
    ['name=newXname', []],
    ['name=100%25', ['e_hover']],
    ['name=%25', ['e_hover']],
    ['name=__', []],
    // State.
    ['state=open', ['e_hover']],
    ['state=closed', ['e_pair', 'e_gap']],
    ['state=retracted', ['e_gone']],
    ['state=open,retracted', ['e_gone', 'e_hover']],
    ['state=any', ['e_gone', 'e_hover', 'e_pair', 'e_gap']],
    // Together.
    ['flag=KP&verdict=unobserved&from=2016-11-10', ['e_pair']],
  ])('%s', async (query, expected) => {
    expect(await api.ids(`/v1/events?${query}`)).toEqual(expected);
  });
});

describe('as_of', () => {
  let past: TestApi;
  beforeAll(async () => {
    past = await startApi();
    const { rows } = past;
    const id = 'e_1';
    await rows.event(id, {
      state: 'open',
      closed_at: null,
      severity: 'low',
      known_since: '2016-11-05T22:00:00Z',
    });
    await rows.event(id, { reason: 'late positions', known_since: '2016-11-06T18:45:00Z' });
    await rows.event(id, { state: 'retracted', reason: 'outage', known_since: '2016-11-08T12:00:00Z' });
    await rows.report(445000001, '2016-11-07T00:00:00Z', { ship_name: 'LATER NAME' });
  }, 120_000);
  afterAll(() => past.close());

  it.each([
    ['2016-11-05T21:59:59Z', []],
    ['2016-11-05T22:00:00Z', ['open 1']],
    ['2016-11-05', ['open 1']],
    ['2016-11-06T18:45:00Z', ['closed 2']],
    ['2016-11-08', []],
    ['2016-11-08&state=any', ['retracted 3']],
    ['2016-11-05T22:00:00Z&severity=medium', []],
    ['2016-11-06T18:45:00Z&severity=medium', ['closed 2']],
    ['2016-11-06T18:45:00Z&name=later', []],
    ['2016-11-07&name=later', ['closed 2']],
    ['2016-11-06T18:45:00Z&flag=KP&mmsi=445000001&vessel=v1', ['closed 2']],
  ])('%s shows what was known then', async (query, expected) => {
    const answer = (await past.get(`/v1/events?as_of=${query}`)).json<{
      items: { state: string; version: number }[];
      asOf: string;
    }>();
    expect(answer.items.map(({ state, version }) => `${state} ${version}`)).toEqual(expected);
    expect(answer.asOf).toMatch(/^2016-11-0\dT.*Z$/);
  });

  it('shows one event with the versions known then', async () => {
    const all = (await past.get('/v1/events/e_1')).json<{ state: string; versions: { reason: string }[] }>();
    expect(all.state).toBe('retracted');
    expect(all.versions.map((version) => version.reason)).toEqual([null, 'late positions', 'outage']);
    const then = (await past.get('/v1/events/e_1?as_of=2016-11-07')).json<{
      state: string;
      versions: unknown[];
    }>();
    expect(then.state).toBe('closed');
    expect(then.versions).toHaveLength(2);
    expect((await past.get('/v1/events/e_1?as_of=2016-11-04')).statusCode).toBe(404);
  });

  it('finds an event under an id that later versions of it arrived with', async () => {
    await past.rows.insert('event_alias', { alias_id: 'e_alias', event_id: 'e_1' });
    expect((await past.get('/v1/events/e_alias')).json()).toMatchObject({ id: 'e_1', version: 3 });
  });
});

it('says that there is no such event', async () => {
  const answer = await api.get('/v1/events/e_none');
  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toEqual({
    type: 'urn:offing:problem:not-found',
    title: 'There is nothing here',
    status: 404,
    code: 'not-found',
    detail: 'There is no event e_none',
  });
});
