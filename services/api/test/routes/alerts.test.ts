import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PublicAlert } from '../../src/index.ts';
import { startApi, type TestApi } from '../api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  const { rows } = api;
  await rows.event('e_1', { state: 'open', closed_at: null, known_since: '2016-11-05T22:00:00Z' });
  await rows.event('e_1', { reason: 'late positions', known_since: '2016-11-06T18:45:00Z' });
  await rows.event('e_2', {
    type: 'hovering',
    verdict: null,
    opened_at: '2016-11-07T00:00:00Z',
    mmsi: [412000002],
  });
  await rows.event('e_3', { opened_at: '2016-11-08T00:00:00Z' }, { alert: false });
  await rows.event('e_4', { state: 'retracted', opened_at: '2016-11-09T00:00:00Z' });
}, 120_000);

afterAll(() => api.close());

it('lists the alerts under their own ids, newest opening first, and no event that nobody was told of', async () => {
  expect(await api.ids('/v1/alerts')).toEqual(['a_2', 'a_1']);
  expect(await api.ids('/v1/alerts?state=any')).toEqual(['a_4', 'a_2', 'a_1']);
});

it('shows beside the event’s face its id, explanations without ill intent, and versions of the reference', async () => {
  const { items } = (await api.get('/v1/alerts?mmsi=445000001')).json<{ items: PublicAlert[] }>();
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    id: 'a_1',
    eventId: 'e_1',
    version: 2,
    state: 'closed',
    openedAt: '2016-11-05T15:40:00Z',
    evidence: { silentH: 27.08, thresholdH: 6 },
    innocentExplanations: ['A fault of the transponder.'],
    reference: { gazetteer: '2026-01-01' },
    reason: 'late positions',
    rule: { id: 'transponder-gap', version: 1, params: { thresholdH: 6 } },
  });
});

it.each([
  ['type=hovering', ['a_2']],
  ['flag=KP', ['a_1']],
  ['verdict=silent&as_of=2016-11-05', ['a_1']],
  ['as_of=2016-11-05T21:00:00Z', []],
  ['to=2016-11-06', ['a_1']],
])('takes the filters of events: %s', async (query, expected) => {
  expect(await api.ids(`/v1/alerts?${query}`)).toEqual(expected);
});

describe('one alert', () => {
  it('has its evidence and all its versions, oldest first', async () => {
    const alert = (await api.get('/v1/alerts/a_1')).json<PublicAlert & { versions: PublicAlert[] }>();
    expect(alert).toMatchObject({ id: 'a_1', eventId: 'e_1', state: 'closed', evidence: { silentH: 27.08 } });
    expect(
      alert.versions.map(({ version, state, reason, knownSince }) => [version, state, reason, knownSince]),
    ).toEqual([
      [1, 'open', null, '2016-11-05T22:00:00Z'],
      [2, 'closed', 'late positions', '2016-11-06T18:45:00Z'],
    ]);
  });

  it('is as it was known at an instant', async () => {
    const then = (await api.get('/v1/alerts/a_1?as_of=2016-11-06T18:44:59Z')).json<
      PublicAlert & { versions: PublicAlert[] }
    >();
    expect(then).toMatchObject({ version: 1, state: 'open', closedAt: null });
    expect(then.versions).toHaveLength(1);
    expect((await api.get('/v1/alerts/a_1?as_of=2016-11-05T21:59:59Z')).statusCode).toBe(404);
  });

  it('is shown when it was withdrawn, too: a permalink never goes away', async () => {
    expect((await api.get('/v1/alerts/a_4')).json()).toMatchObject({ state: 'retracted' });
  });

  it.each(['a_none', 'e_1', 'a_1%25', 'A_1'])('is not found as %s', async (id) => {
    const { statusCode } = await api.get(`/v1/alerts/${id}`);
    expect(statusCode).toBe(id.includes('%') ? 400 : 404);
  });
});
