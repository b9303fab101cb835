import { everyItem, given, RefusedError } from '@offing/client';
import { cellOf } from '@offing/geo';
import { writeCoverage } from '@offing/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTS, startApi, type TestApi } from '../api.ts';

const HOUR = Date.parse('2016-11-05T15:00:00Z') / 3_600_000;

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ gazetteer: PORTS });
  const { rows } = api;
  await rows.feed(1, 'coast');
  await rows.vessel('v1', 445000001, { imo_number: 9163166, ship_name: 'MADE UP', feed_ids: [1] });
  await rows.vessel('v2', 412000002, { feed_ids: [1] });
  for (const minute of ['00', '10', '20']) await rows.position(445000001, `2016-11-05T15:${minute}:00Z`);
  await rows.event('e_1', { port_id: 'CNLKU', port_name: 'Longkou', port_country: 'CN' });
  await rows.event('e_2', { type: 'hovering', verdict: null, opened_at: '2016-11-06T00:00:00Z' });
  await rows.event('e_3', { state: 'retracted' });
  await rows.designation('d1', { imo_number: 9163166, list: 'UN' });
  const heard = {
    cell: cellOf(120.28, 37.72),
    feed: 1,
    aisClass: 1,
    receiverKind: 1,
    vessels: 3,
    messages: 9,
  };
  const client = await api.pool.connect();
  await writeCoverage(client, [{ hour: HOUR, cells: [heard] }]);
  client.release();
}, 120_000);

afterAll(() => api.close());

it('reads alerts and events over all their pages', async () => {
  const client = api.client();
  const alerts: string[] = [];
  const query = { limit: 1, state: 'any' };
  for await (const alert of everyItem((page) =>
    client.GET('/v1/alerts', { params: { query: { ...query, ...page } } }),
  ))
    alerts.push(alert.id);
  expect(alerts.sort()).toEqual(['a_1', 'a_2', 'a_3']);
  const events = await given(client.GET('/v1/events', { params: { query: { type: 'hovering' } } }));
  expect(events.items.map((event) => [event.id, event.severity])).toEqual([['e_2', 'medium']]);
});

it('reads an alert, an event, and the positions of each', async () => {
  const client = api.client();
  const alert = await given(client.GET('/v1/alerts/{id}', { params: { path: { id: 'a_1' } } }));
  expect([alert.port?.name, alert.versions.length]).toEqual(['Longkou', 1]);
  const event = await given(client.GET('/v1/events/{id}', { params: { path: { id: 'e_1' } } }));
  expect(event.versions[0].state).toBe('closed');
  for (const path of ['/v1/alerts/{id}/positions', '/v1/events/{id}/positions'] as const) {
    const id = path.startsWith('/v1/alerts') ? 'a_1' : 'e_1';
    expect((await given(client.GET(path, { params: { path: { id } } }))).items).toEqual([]);
  }
});

it('reads vessels and tracks', async () => {
  const client = api.client();
  const { items } = await given(client.GET('/v1/vessels', { params: { query: { name: 'made' } } }));
  expect(items.map(({ vesselId }) => vesselId)).toEqual(['v1']);
  const path = { id: 'v1' };
  const vessel = await given(client.GET('/v1/vessels/{id}', { params: { path } }));
  expect(vessel.designations.map(({ list }) => list)).toEqual(['UN']);
  const track = await given(client.GET('/v1/vessels/{id}/track', { params: { path, query: { limit: 2 } } }));
  expect([track.items.length, typeof track.next]).toEqual([2, 'string']);
});

it('reads ports, lists, feeds, coverage and rules', async () => {
  const client = api.client();
  const ports = await given(client.GET('/v1/ports', { params: { query: { country: 'KP' } } }));
  expect(ports.items.map(({ id }) => id)).toEqual(['KPNAM', 'KPTAE']);
  const id = { id: 'CNLKU' };
  expect((await given(client.GET('/v1/ports/{id}', { params: { path: id } }))).name).toBe('Longkou');
  expect((await given(client.GET('/v1/ports/{id}/embargo', { params: { path: id } }))).port.name).toBe(
    'Longkou',
  );
  expect((await given(client.GET('/v1/designations'))).items).toHaveLength(1);
  expect((await given(client.GET('/v1/designations/sources'))).sources).toEqual([]);
  expect((await given(client.GET('/v1/feeds'))).items.map(({ name }) => name)).toEqual(['coast']);
  expect((await given(client.GET('/v1/coverage'))).items.map(({ vessels }) => vessels)).toEqual([3]);
  expect((await given(client.GET('/v1/rules'))).items.length).toBeGreaterThan(5);
});

it('reads how the service is', async () => {
  const client = api.client();
  expect(await given(client.GET('/healthz'))).toMatchObject({ status: 'ok' });
  expect(await given(client.GET('/v1/session'))).toMatchObject({ owner: null });
  const ready = await client.GET('/readyz');
  expect([200, 503]).toContain(ready.response.status);
});

describe('a refusal', () => {
  it('is told with every fault', async () => {
    const asked = given(api.client().GET('/v1/alerts', { params: { query: { limit: 0 } } }));
    const refusal = await asked.then(
      () => null,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(RefusedError);
    expect(refusal).toMatchObject({
      status: 400,
      problem: { code: 'invalid-request', errors: [{ field: 'limit' }] },
    });
  });

  it('is told where there is none of an id, and where a key is needed', async () => {
    const client = api.client();
    const none = client.GET('/v1/vessels/{id}', { params: { path: { id: 'none' } } });
    await expect(given(none)).rejects.toMatchObject({ status: 404, problem: { code: 'not-found' } });
    await expect(given(client.GET('/v1/watchlists'))).rejects.toMatchObject({ status: 401 });
  });

  it('is told where something else answered in its place', async () => {
    const answer = { response: new Response('<html>', { status: 502 }), error: '<html>' };
    await expect(given(Promise.resolve(answer))).rejects.toMatchObject({ status: 502, problem: null });
  });
});
