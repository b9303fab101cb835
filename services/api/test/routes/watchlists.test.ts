import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

type Shown = {
  id: string;
  name: string;
  filter: object;
  channels: { id: string; secret?: string; state: string }[];
  feeds: { atom: string; rss: string; json: string };
};

let api: TestApi;
let mine: string;
let other: string;

beforeAll(async () => {
  api = await startApi({
    checkTarget: (_kind, target) => Promise.resolve(target.includes('forbidden') ? 'another target' : null),
  });
  const { rows } = api;
  await rows.watermark('2016-11-30T00:00:00Z');
  await rows.event('e_1', { port_id: 'CNLKU', port_name: 'Longkou', port_country: 'CN' });
  await rows.event('e_1', { port_id: 'CNLKU', port_name: 'Longkou', port_country: 'CN', severity: 'high' });
  await rows.event('e_2', { type: 'hovering', verdict: null, lon: 121.5, lat: 38.9, mmsi: [412000002] });
  await rows.event('e_3', { severity: 'info', imo_number: [9163166] });
  await rows.event('e_4', { synthetic: true });
  await rows.event('e_5', { known_since: '2016-10-30T00:00:00Z' });
  await rows.event('e_6', { state: 'retracted' });
  await rows.event('e_7', { lon: -179.5, lat: 10, verdict: 'unobserved' });
  await rows.designation('d1', { imo_number: 9163166 });
}, 120_000);

afterAll(() => api.close());

beforeEach(async () => {
  mine = await api.key(['watch']);
  other = await api.key(['watch']);
});

const preview = async (body: object) =>
  (await api.send('POST', '/v1/watchlists/preview', mine, body)).json<{ alerts: number; messages: number }>();

describe('a preview', () => {
  it.each([
    [{}, 3],
    [{ minSeverity: 'info' }, 4],
    [{ minSeverity: 'high' }, 1],
    [{ ports: ['LONGKOU'] }, 1],
    [{ ports: ['cnlku', 'nowhere'] }, 1],
    [{ ports: ['nowhere'] }, 0],
    [{ rules: ['hovering'] }, 1],
    [{ rules: ['transponder-gap'] }, 2],
    [{ verdicts: ['unobserved'] }, 2],
    [{ mmsi: [412000002] }, 1],
    [{ mmsi: [412000003] }, 0],
    [{ mmsi: [412000002], ports: ['Longkou'] }, 2],
    [{ mmsi: [412000002], rules: ['transponder-gap'] }, 0],
    [{ lists: ['un'], minSeverity: 'info' }, 1],
    [{ lists: ['nobody'], minSeverity: 'info' }, 0],
    [{ imoNumbers: [9163166], minSeverity: 'info' }, 1],
    [{ vesselIds: ['v1'] }, 3],
    [{ synthetic: true }, 4],
    [
      {
        polygons: [
          [
            [121, 38],
            [122, 38],
            [122, 40],
            [121, 40],
          ],
        ],
      },
      1,
    ],
    [
      {
        polygons: [
          [
            [121, 38],
            [122, 38],
            [122, 38.8],
            [121, 38.8],
          ],
        ],
      },
      0,
    ],
    [
      {
        polygons: [
          [
            [179, 9],
            [-179, 9],
            [-179, 11],
            [179, 11],
          ],
        ],
      },
      1,
    ],
    [
      {
        polygons: [
          [
            [179, 9],
            [-179.9, 9],
            [-179.9, 11],
            [179, 11],
          ],
        ],
      },
      0,
    ],
  ])('counts the alerts of the last month of event time: %j', async (body, alerts) => {
    expect((await preview(body)).alerts).toBe(alerts);
  });

  it('counts every later version as a message', async () => {
    expect(await preview({ ports: ['Longkou'] })).toEqual({
      from: '2016-10-31T00:00:00Z',
      to: '2016-11-30T00:00:00Z',
      alerts: 1,
      messages: 2,
      limit: 300,
      wouldDrown: false,
    });
  });

  it.each([
    [{ ports: 'Longkou' }, 'ports'],
    [{ mmsi: [1.5] }, 'mmsi.0'],
    [{ rules: ['hover'] }, 'rules.0'],
    [
      {
        polygons: [
          [
            [1, 2],
            [3, 4],
          ],
        ],
      },
      'polygons.0',
    ],
    [
      {
        polygons: [
          [
            [181, 2],
            [3, 4],
            [5, 6],
          ],
        ],
      },
      'polygons.0.0.0',
    ],
    [{ minSeverity: 'dire' }, 'minSeverity'],
    [{ port: ['Longkou'] }, 'port'],
    [{ ports: ['a\u0000b'] }, 'ports.0'],
    [[], 'body'],
  ])('refuses %j, naming the field', async (body, field) => {
    const answer = await api.send('POST', '/v1/watchlists/preview', mine, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: { in: string; field: string }[] }>().errors).toMatchObject([
      { in: 'body', field },
    ]);
  });
});

describe('a watchlist', () => {
  const make = async (body: object, key = mine) => api.send('POST', '/v1/watchlists', key, body);

  it('is made, shown, listed, changed and removed by its owner', async () => {
    const made = await make({ name: 'Longkou', ports: ['Longkou'] });
    const list = made.json<Shown>();
    expect([made.statusCode, made.headers.location]).toEqual([201, `/v1/watchlists/${list.id}`]);
    expect(list.filter).toMatchObject({ ports: ['Longkou'], minSeverity: 'low', synthetic: false });
    const path = `/v1/watchlists/${list.id}`;
    expect((await api.send('GET', path, mine)).json()).toEqual(list);
    expect((await api.send('GET', '/v1/watchlists', mine)).json()).toEqual({ items: [list], next: null });
    const changed = await api.send('PUT', path, mine, { name: 'Dalian', ports: ['Dalian'] });
    expect(changed.json()).toMatchObject({ name: 'Dalian', filter: { ports: ['Dalian'] } });
    expect((await api.send('GET', `${path}/preview`, mine)).json()).toMatchObject({ alerts: 0 });
    expect((await api.send('DELETE', path, mine)).statusCode).toBe(204);
    expect((await api.send('GET', path, mine)).statusCode).toBe(404);
    expect((await api.send('DELETE', path, mine)).statusCode).toBe(404);
  });

  it('is nothing to anyone else, who neither reads nor changes any part of it', async () => {
    const list = (
      await make({ name: 'x', channels: [{ kind: 'webhook', target: 'https://example.org/' }] })
    ).json<Shown>();
    const path = `/v1/watchlists/${list.id}`;
    const channel = `${path}/channels/${list.channels[0].id}`;
    const test = (await api.send('POST', `${channel}/test`, mine)).json<{ id: string }>();
    const admin = await api.key(['admin']);
    for (const stranger of [other, admin]) {
      expect((await api.send('GET', '/v1/watchlists', stranger)).json()).toEqual({ items: [], next: null });
      for (const [method, url, body] of [
        ['GET', path],
        ['PUT', path, { name: 'stolen' }],
        ['DELETE', path],
        ['GET', `${path}/preview`],
        ['GET', `${path}/deliveries`],
        ['POST', `${path}/deliveries/${test.id}/replay`],
        ['POST', `${path}/channels`, { kind: 'webhook', target: 'https://example.net/' }],
        ['DELETE', channel],
        ['POST', `${channel}/test`],
        ['POST', `${channel}/secret`],
        ['POST', `${channel}/enable`],
      ] as const) {
        const answer = await api.send(method, url, stranger, body);
        expect([method, url, answer.statusCode]).toEqual([method, url, 404]);
      }
    }
    const own = (await make({ name: 'mine' }, other)).json<Shown>();
    const cross = `/v1/watchlists/${own.id}`;
    for (const url of [
      `${cross}/channels/${list.channels[0].id}/secret`,
      `${cross}/channels/${list.channels[0].id}/test`,
      `${cross}/deliveries/${test.id}/replay`,
    ]) {
      expect([url, (await api.send('POST', url, other)).statusCode]).toEqual([url, 404]);
    }
    expect((await api.send('GET', path, mine)).json()).toMatchObject({ name: 'x' });
    const log = (await api.send('GET', `${path}/deliveries`, mine)).json<{ items: unknown[] }>();
    expect(log.items).toHaveLength(1);
  });

  it('is shared by the keys of one owner', async () => {
    const [one, two] = [await api.key(['watch'], 'desk'), await api.key(['watch'], 'desk')];
    const list = (await make({ name: 'x' }, one)).json<Shown>();
    expect((await api.send('GET', `/v1/watchlists/${list.id}`, two)).statusCode).toBe(200);
  });

  it('that would drown its reader is refused until it is confirmed, made and changed', async () => {
    await api.pool
      .query(`insert into event_version select 'many_' || n, 1, type, state, mmsi, imo_number, vessel_id,
      opened_at, closed_at, lon, lat, 'BUSY', 'Busy', 'CN', verdict, confidence, severity, nexus, sentence, evidence,
      innocent, feeds, synthetic, rule_version, rule_params, reference, reason, known_since, 1000 + n
      from event_version, generate_series(1, 301) as n where event_id = 'e_1' and version = 1`);
    await api.pool
      .query(`insert into event select event_id, version, type, state, mmsi, imo_number, vessel_id, opened_at,
      closed_at, lon, lat, port_id, verdict, confidence, severity, synthetic, known_since, change_seq, port_name,
      port_country, nexus, feeds from event_version where port_id = 'BUSY'`);
    await api.pool.query(`insert into alert (alert_id, event_id) select 'a' || event_id, event_id
      from event where port_id = 'BUSY'`);
    const body = { name: 'x', ports: ['Busy'] };
    const refused = await make(body);
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([409, 'would-drown']);
    expect(refused.body).toContain('301');
    expect((await api.send('GET', '/v1/watchlists', mine)).json()).toMatchObject({ items: [] });
    const made = (await make({ ...body, confirm: true })).json<Shown>();
    const path = `/v1/watchlists/${made.id}`;
    expect((await api.send('PUT', path, mine, body)).statusCode).toBe(409);
    expect((await api.send('PUT', path, mine, { ...body, minSeverity: 'critical' })).statusCode).toBe(200);
    await api.pool.query(`update event_version set severity = 'info' where event_id = 'many_301'`);
    expect((await make(body)).statusCode).toBe(201);
    await api.pool.query(`delete from alert where alert_id like 'amany_%'`);
    await api.pool.query(`delete from event where port_id = 'BUSY'`);
    await api.pool.query(`delete from event_version where port_id = 'BUSY'`);
  });

  it.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ name: 'x', owner: 'desk' }, 'owner'],
    [{ name: 'x', channels: [{ kind: 'pigeon', target: 'https://example.org' }] }, 'channels.0.kind'],
    [{ name: 'x', channels: [{ kind: 'webhook', target: 'https://forbidden/' }] }, 'channels.0.target'],
    [{ name: 'x', channels: [{ kind: 'slack', target: 'https://例え.jp/' }] }, 'channels.0.target'],
    [
      { name: 'x', channels: [{ kind: 'webhook', target: 'https://example.org/', digest: 'daily' }] },
      'channels.0.digest',
    ],
  ])('is not made of %j', async (body, field) => {
    const answer = await make(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: { field: string }[] }>().errors.map((fault) => fault.field)).toEqual([
      field,
    ]);
    expect((await api.send('GET', '/v1/watchlists', mine)).json()).toMatchObject({ items: [] });
  });

  it('comes in pages', async () => {
    for (let n = 0; n < 5; n++) await make({ name: `list ${n}` });
    const first = (await api.send('GET', '/v1/watchlists?limit=3', mine)).json<{
      items: Shown[];
      next: string;
    }>();
    const rest = await api.send('GET', `/v1/watchlists?limit=3&cursor=${first.next}`, mine);
    const { items, next } = rest.json<{ items: Shown[]; next: null }>();
    expect([first.items.length, items.length, next]).toEqual([3, 2, null]);
    expect(new Set([...first.items, ...items].map(({ id }) => id)).size).toBe(5);
  });

  it('is one of at most a hundred', async () => {
    await api.pool.query(
      `insert into watchlist (watchlist_id, owner, name, filter, feed_token, after_seq)
       select 'w' || n, 'many', 'x', '{}', 't' || n, 0 from generate_series(1, 100) as n`,
    );
    const key = await api.key(['watch'], 'many');
    const answer = await make({ name: 'x' }, key);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'too-many']);
  });
});

describe('a channel', () => {
  const make = async (channels: object[] = []) =>
    (await api.send('POST', '/v1/watchlists', mine, { name: 'x', channels })).json<Shown>();

  it('shows its secret when it is made and when that is changed, never again', async () => {
    const list = await make([{ kind: 'webhook', target: 'https://example.org/' }]);
    expect(list.channels[0].secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const shown = await api.send('GET', `/v1/watchlists/${list.id}`, mine);
    expect(shown.body).not.toContain('whsec_');
    const path = `/v1/watchlists/${list.id}/channels/${list.channels[0].id}`;
    const rotated = (await api.send('POST', `${path}/secret`, mine)).json<{ secret: string }>();
    expect(rotated.secret).toMatch(/^whsec_/);
    expect(rotated.secret).not.toBe(list.channels[0].secret);
    const { rows } = await api.pool.query<{ old_secret: string; left: number }>(
      `select old_secret, round(extract(epoch from old_secret_until - now()) / 3600)::int as left from watch_channel where channel_id = $1`,
      [list.channels[0].id],
    );
    expect(rows).toEqual([{ old_secret: list.channels[0].secret, left: 24 }]);
  });

  it('has a secret only as a webhook', async () => {
    const list = await make([{ kind: 'email', target: 'desk@example.org', digest: 'daily' }]);
    expect(list.channels[0]).not.toHaveProperty('secret');
    const path = `/v1/watchlists/${list.id}/channels/${list.channels[0].id}/secret`;
    expect((await api.send('POST', path, mine)).statusCode).toBe(409);
  });

  it('is added and removed, ten at most', async () => {
    const list = await make();
    const path = `/v1/watchlists/${list.id}/channels`;
    const body = { kind: 'webhook', target: 'https://example.org/' };
    for (let n = 0; n < 10; n++) expect((await api.send('POST', path, mine, body)).statusCode).toBe(201);
    expect((await api.send('POST', path, mine, body)).statusCode).toBe(409);
    const { channels } = (await api.send('GET', `/v1/watchlists/${list.id}`, mine)).json<Shown>();
    expect((await api.send('DELETE', `${path}/${channels[0].id}`, mine)).statusCode).toBe(204);
    expect((await api.send('DELETE', `${path}/${channels[0].id}`, mine)).statusCode).toBe(404);
    expect((await api.send('POST', path, mine, { ...body, target: 'https://forbidden/' })).statusCode).toBe(
      400,
    );
  });

  it('is made active again', async () => {
    const list = await make([{ kind: 'webhook', target: 'https://example.org/' }]);
    const [{ id }] = list.channels;
    await api.pool.query(
      "update watch_channel set state = 'disabled', disabled_reason = 'gone' where channel_id = $1",
      [id],
    );
    const path = `/v1/watchlists/${list.id}`;
    expect((await api.send('GET', path, mine)).json<Shown>().channels[0]).toMatchObject({
      state: 'disabled',
      disabledReason: 'gone',
    });
    const answer = await api.send('POST', `${path}/channels/${id}/enable`, mine);
    expect(answer.json()).toMatchObject({ state: 'active', disabledReason: null });
  });
});

describe('the log of deliveries', () => {
  it('comes newest first in pages, and a delivery is sent again under its id', async () => {
    const list = (
      await api.send('POST', '/v1/watchlists', mine, {
        name: 'x',
        channels: [{ kind: 'webhook', target: 'https://example.org/' }],
      })
    ).json<Shown>();
    const path = `/v1/watchlists/${list.id}`;
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      const test = await api.send('POST', `${path}/channels/${list.channels[0].id}/test`, mine);
      expect(test.statusCode).toBe(202);
      ids.push(test.json<{ id: string }>().id);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    const page = (await api.send('GET', `${path}/deliveries?limit=2`, mine)).json<{
      items: { id: string; state: string }[];
      next: string;
    }>();
    const rest = (await api.send('GET', `${path}/deliveries?limit=2&cursor=${page.next}`, mine)).json<{
      items: { id: string }[];
    }>();
    expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual([...ids].reverse());
    await api.pool.query(
      `update delivery set state = 'delivered', attempts = 3, finished_at = now() where delivery_id = $1`,
      [ids[0]],
    );
    expect((await api.send('POST', `${path}/deliveries/${ids[0]}/replay`, mine)).statusCode).toBe(202);
    const again = (await api.send('GET', `${path}/deliveries`, mine)).json<{ items: object[] }>();
    expect(again.items).toHaveLength(3);
    expect(again.items[2]).toMatchObject({ id: ids[0], state: 'pending', attempts: 0, finishedAt: null });
    expect((await api.send('POST', `${path}/deliveries/none/replay`, mine)).statusCode).toBe(404);
  });
});

it('writes down who changed what, for the admin', async () => {
  const key = await api.key(['watch'], 'audited');
  const list = (await api.send('POST', '/v1/watchlists', key, { name: 'x' })).json<Shown>();
  await api.send('DELETE', `/v1/watchlists/${list.id}`, key);
  await api.send('DELETE', `/v1/watchlists/${list.id}`, key);
  const log = (await api.send('GET', '/v1/audit?limit=2', await api.key(['admin']))).json<{
    items: object[];
  }>();
  expect(log.items).toMatchObject([
    { owner: 'audited', action: 'watchlist.delete', target: list.id, keyId: key.slice(4, 20) },
    { owner: 'audited', action: 'watchlist.create', target: list.id, keyId: key.slice(4, 20) },
  ]);
});
