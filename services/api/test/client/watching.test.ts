import { given } from '@offing/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.rows.watermark('2016-11-30T00:00:00Z');
  await api.rows.event('e_1', { port_id: 'CNLKU', port_name: 'Longkou', port_country: 'CN' });
}, 120_000);

afterAll(() => api.close());

it('makes, changes, tells, replays and removes a watchlist', async () => {
  const client = api.client(await api.key(['watch'], 'someone'));
  const preview = await given(client.POST('/v1/watchlists/preview', { body: { ports: ['Longkou'] } }));
  expect([preview.alerts, preview.wouldDrown]).toEqual([1, false]);
  const channels = [{ kind: 'webhook' as const, target: 'https://hooks.example.org/offing' }];
  const made = await given(
    client.POST('/v1/watchlists', { body: { name: 'mine', ports: ['Longkou'], channels } }),
  );
  expect(made.channels[0].secret).toMatch(/^whsec_/);
  const path = { id: made.id };
  const changed = await given(
    client.PUT('/v1/watchlists/{id}', { params: { path }, body: { name: 'ours', minSeverity: 'high' } }),
  );
  expect([changed.name, changed.filter.minSeverity]).toEqual(['ours', 'high']);
  expect((await given(client.GET('/v1/watchlists'))).items.map(({ name }) => name)).toEqual(['ours']);
  expect((await given(client.GET('/v1/watchlists/{id}', { params: { path } }))).name).toBe('ours');
  expect((await given(client.GET('/v1/watchlists/{id}/preview', { params: { path } }))).alerts).toBe(0);
  const of = { params: { path: { ...path, channel: made.channels[0].id } } };
  const test = await given(client.POST('/v1/watchlists/{id}/channels/{channel}/test', of));
  const { secret } = await given(client.POST('/v1/watchlists/{id}/channels/{channel}/secret', of));
  expect(secret).not.toBe(made.channels[0].secret);
  await given(client.POST('/v1/watchlists/{id}/channels/{channel}/enable', of));
  const log = await given(client.GET('/v1/watchlists/{id}/deliveries', { params: { path } }));
  expect(log.items.map(({ id, change }) => [id, change])).toEqual([[test.id, 'test']]);
  const delivery = { params: { path: { ...path, delivery: test.id } } };
  expect(
    (await client.POST('/v1/watchlists/{id}/deliveries/{delivery}/replay', delivery)).response.status,
  ).toBe(202);
  const second = await given(
    client.POST('/v1/watchlists/{id}/channels', {
      params: { path },
      body: { kind: 'email', target: 'someone@example.org', digest: 'daily' },
    }),
  );
  expect(second.digest).toBe('daily');
  expect((await client.DELETE('/v1/watchlists/{id}/channels/{channel}', of)).response.status).toBe(204);
  expect((await client.DELETE('/v1/watchlists/{id}', { params: { path } })).response.status).toBe(204);
  expect((await given(client.GET('/v1/watchlists'))).items).toEqual([]);
});

it('reads the log of changes with a key of its own', async () => {
  const client = api.client(await api.key(['admin']));
  const { items } = await given(client.GET('/v1/audit', { params: { query: { limit: 5 } } }));
  expect(items[0].action).toMatch(/^\w+(-\w+)*\.\w+/);
  const watcher = api.client(await api.key(['watch']));
  await expect(given(watcher.GET('/v1/audit'))).rejects.toMatchObject({ status: 403 });
});
