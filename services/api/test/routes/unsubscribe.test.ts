import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

let api: TestApi;
let path: string;
let channelId: string;

beforeAll(async () => {
  api = await startApi({ openReading: false });
  const key = await api.key(['watch']);
  const body = { name: 'x', channels: [{ kind: 'email', target: 'desk@example.org' }] };
  const list = (await api.send('POST', '/v1/watchlists', key, body)).json<{ channels: { id: string }[] }>();
  channelId = list.channels[0].id;
  await api.send(
    'POST',
    `/v1/watchlists/${(list as unknown as { id: string }).id}/channels/${channelId}/test`,
    key,
  );
  const { rows } = await api.pool.query<{ unsubscribe_token: string }>(
    'select unsubscribe_token from watch_channel',
  );
  path = `/unsubscribe/${rows[0].unsubscribe_token}`;
}, 120_000);

afterAll(() => api.close());

const state = async () =>
  (
    await api.pool.query<{ state: string; waiting: number }>(
      `select state, (select count(*)::int from delivery where state = 'pending') as waiting from watch_channel`,
    )
  ).rows[0];

it('asks on a page that needs no key, and ends nothing by being looked at', async () => {
  const page = await api.get(path);
  expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'no-store']);
  expect(page.body).toContain('<form method="post">');
  expect(page.body).not.toContain('desk@example.org');
  expect(await state()).toEqual({ state: 'active', waiting: 1 });
});

it('finds nothing under another token', async () => {
  expect((await api.get(`/unsubscribe/${'A'.repeat(32)}`)).statusCode).toBe(404);
  const answer = await api.app.inject({ method: 'POST', url: `/unsubscribe/${'A'.repeat(32)}` });
  expect(answer.statusCode).toBe(404);
  expect(await state()).toEqual({ state: 'active', waiting: 1 });
});

it('ends with the one click of a mail program, without a redirect, and what waits with it', async () => {
  for (let time = 0; time < 2; time++) {
    const answer = await api.app.inject({
      method: 'POST',
      url: path,
      payload: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.statusCode).toBe(200);
    expect(await state()).toEqual({ state: 'disabled', waiting: 0 });
  }
  const { rows } = await api.pool.query(
    `select owner, target from audit_log where action = 'channel.unsubscribe'`,
  );
  expect(rows[0]).toEqual({ owner: 'reader', target: channelId });
});
