import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addTestDelivery, replayDelivery, rotateSecret } from '@offing/store';
import { startReceiver, type Receiver } from './receiver.ts';
import { startWatching, type Watching } from './watching.ts';

let watching: Watching;
let receiver: Receiver;

beforeEach(async () => {
  watching = await startWatching();
  receiver = await startReceiver();
}, 120_000);

afterEach(async () => {
  await watching.close();
  await receiver.close();
});

const start = (options = {}) =>
  watching.start({
    allowedTargets: [receiver.target],
    retryDelaysMs: [50, 50, 50],
    timeoutMs: 1_000,
    ...options,
  });
const states = async () => (await watching.deliveries()).map(({ state }) => state);
const types = () => receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
const secretOf = async (channelId: string) =>
  (
    await watching.pool.query<{ secret: string }>('select secret from watch_channel where channel_id = $1', [
      channelId,
    ])
  ).rows[0].secret;

it('tells of what comes after the channel was made, signed as the library of Standard Webhooks reads it', async () => {
  await watching.tell('e_old');
  const channel = await watching.channel('webhook', receiver.url);
  await watching.tell('e_1', 'opened', { sentence: 'Silence at sea' });
  await start();
  await expect.poll(states, { timeout: 20_000 }).toEqual(['delivered']);
  const [{ headers, body }] = receiver.received;
  const read = new Webhook(await secretOf(channel)).verify(body, headers as Record<string, string>);
  expect(read).toMatchObject({
    type: 'alert.opened',
    data: {
      watchlist: 'List',
      alert: {
        id: 'a_1',
        url: 'https://offing.example.org/alerts/a_1',
        sentence: 'Silence at sea',
        version: 1,
      },
    },
  });
  expect(headers['webhook-id']).toBe((await watching.deliveries())[0].delivery_id);
  expect(() => new Webhook('whsec_AAAA').verify(body, headers as Record<string, string>)).toThrow();
});

it('tells only those who watch it', async () => {
  const near = await watching.channel('webhook', `${receiver.url}/near`, { ports: ['Longkou'] });
  await watching.channel('webhook', `${receiver.url}/far`, { ports: ['Dalian'] });
  await watching.channel('webhook', `${receiver.url}/real`, { synthetic: false });
  await watching.tell('e_1', 'opened', {
    port_id: 'CNLKU',
    port_name: 'Longkou',
    port_country: 'CN',
    synthetic: true,
  });
  await start();
  await expect.poll(states, { timeout: 20_000 }).toEqual(['delivered']);
  expect((await watching.deliveries())[0].channel_id).toBe(near);
  expect(receiver.received.map(({ url }) => url)).toEqual(['/hook/near']);
});

it('tells who got the original what becomes of it, in order, though it is no longer of interest', async () => {
  await watching.channel('webhook', receiver.url, { minSeverity: 'high' });
  await watching.tell('e_1', 'opened', { severity: 'high' });
  await watching.tell('e_1', 'revised', { severity: 'low' });
  await watching.tell('e_2', 'opened', { severity: 'low' });
  await start();
  await expect.poll(types, { timeout: 20_000 }).toEqual(['alert.opened', 'alert.revised']);
  await watching.tell('e_1', 'retracted', { severity: 'info' });
  await watching.tell('e_2', 'retracted', { severity: 'high' });
  await expect.poll(types, { timeout: 20_000 }).toEqual(['alert.opened', 'alert.revised', 'alert.retracted']);
  await expect.poll(states).toEqual(['delivered', 'delivered', 'delivered']);
});

it('keeps a retraction back until the original has arrived', async () => {
  await watching.channel('webhook', receiver.url);
  let failures = 2;
  receiver.answer = () => ({ status: failures-- > 0 ? 500 : 200 });
  await watching.tell('e_1');
  await watching.tell('e_1', 'retracted');
  await start();
  await expect
    .poll(types, { timeout: 20_000 })
    .toEqual(['alert.opened', 'alert.opened', 'alert.opened', 'alert.retracted']);
});

it.each([
  ['a server error', () => ({ status: 500 })],
  ['a redirect', () => ({ status: 302, headers: { location: 'http://127.0.0.1/' } })],
  ['no answer in time', () => 'hang' as const],
  ['a cut connection', () => 'cut' as const],
  ['not found', () => ({ status: 404 })],
])('tries again after %s, under the same id, and gives up after the last try', async (_what, answer) => {
  const [first] = [await watching.channel('webhook', receiver.url)];
  receiver.answer = answer;
  await watching.tell('e_1');
  await start({ timeoutMs: 300 });
  await expect.poll(states, { timeout: 30_000 }).toEqual(['failed']);
  expect(receiver.received).toHaveLength(4);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  const { rows } = await watching.pool.query<{ n: number; errors: number }>(
    'select count(*)::int as n, count(error)::int as errors from delivery_attempt',
  );
  expect([rows[0], first]).toEqual([{ n: 4, errors: 4 }, first]);
});

it('ends a channel that answers 410, with all that waits for it', async () => {
  const channel = await watching.channel('webhook', receiver.url);
  receiver.answer = () => ({ status: 410 });
  await watching.tell('e_1');
  await start();
  await expect.poll(states, { timeout: 20_000 }).toEqual(['failed']);
  await watching.tell('e_2');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(receiver.received).toHaveLength(1);
  const { rows } = await watching.pool.query(
    'select state, disabled_reason from watch_channel where channel_id = $1',
    [channel],
  );
  expect(rows).toEqual([{ state: 'disabled', disabled_reason: 'the receiver answered 410' }]);
});

it('waits as long as Retry-After asks', async () => {
  await watching.channel('webhook', receiver.url);
  receiver.answer = () => ({ status: 429, headers: { 'retry-after': '3600' } });
  await watching.tell('e_1');
  await start();
  await expect.poll(async () => (await watching.deliveries())[0]?.attempts, { timeout: 20_000 }).toBe(1);
  const { rows } = await watching.pool.query<{ minutes: number }>(
    'select round(extract(epoch from next_at - now()) / 60)::int as minutes from delivery',
  );
  expect(rows[0].minutes).toBe(60);
});

it('sends everything after a receiver was down, nothing twice under another id', async () => {
  await watching.channel('webhook', receiver.url);
  receiver.answer = () => ({ status: 503 });
  for (let n = 0; n < 30; n++) await watching.tell(`e_${n}`);
  await start({ retryDelaysMs: Array<number>(200).fill(100) });
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBeGreaterThan(40);
  receiver.received.length = 0;
  receiver.answer = () => ({ status: 200 });
  await expect.poll(states, { timeout: 30_000 }).toEqual(Array<string>(30).fill('delivered'));
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(30);
});

it('goes on after it was ended, and two at once tell no one twice', async () => {
  await watching.channel('webhook', receiver.url);
  await watching.tell('e_1');
  const first = await start();
  await expect.poll(states, { timeout: 20_000 }).toEqual(['delivered']);
  await first.close();
  for (let n = 2; n < 40; n++) await watching.tell(`e_${n}`);
  await Promise.all([start(), start()]);
  await expect.poll(states, { timeout: 30_000 }).toEqual(Array<string>(39).fill('delivered'));
  const ids = receiver.received.map(({ headers }) => String(headers['webhook-id']));
  expect(ids.length).toBe(new Set(ids).size);
});

it('signs with the old secret, too, for a day after it was changed', async () => {
  const channel = await watching.channel('webhook', receiver.url);
  const before = await secretOf(channel);
  const { rows } = await watching.pool.query<{ watchlist_id: string }>(
    'select watchlist_id from watch_channel',
  );
  const after = (await rotateSecret(watching.pool, rows[0].watchlist_id, channel, 86_400_000)) ?? '';
  await addTestDelivery(watching.pool, channel);
  await start();
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(1);
  const [{ headers, body }] = receiver.received;
  for (const secret of [before, after]) {
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'test',
    });
  }
  await watching.pool.query('update watch_channel set old_secret_until = now()');
  await addTestDelivery(watching.pool, channel);
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(2);
  const later = receiver.received[1];
  expect(() => new Webhook(before).verify(later.body, later.headers as Record<string, string>)).toThrow();
  expect(new Webhook(after).verify(later.body, later.headers as Record<string, string>)).toBeTruthy();
});

it('sends again what is asked for, under its id', async () => {
  await watching.channel('webhook', receiver.url);
  await watching.tell('e_1');
  await start();
  await expect.poll(states, { timeout: 20_000 }).toEqual(['delivered']);
  const { rows } = await watching.pool.query<{ watchlist_id: string }>(
    'select watchlist_id from watch_channel',
  );
  const [{ delivery_id: id }] = await watching.deliveries();
  expect(await replayDelivery(watching.pool, rows[0].watchlist_id, id)).toBe(true);
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(2);
  expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
});

it('never sends to an address that is not public, though the channel is there', async () => {
  await watching.channel('webhook', receiver.url);
  await watching.tell('e_1');
  await start({ allowedTargets: [] });
  await expect.poll(states, { timeout: 20_000 }).toEqual(['failed']);
  expect(receiver.received).toEqual([]);
});

it('posts Block Kit to Slack, where nothing from the air becomes a link or a mention', async () => {
  await watching.channel('slack', receiver.url);
  await watching.tell('e_1', 'opened', { sentence: '<!channel> & <https://evil.example|click>' });
  await start();
  await expect.poll(states, { timeout: 20_000 }).toEqual(['delivered']);
  const body = JSON.parse(receiver.received[0].body) as { text: string; blocks: { type: string }[] };
  expect(body.blocks.map(({ type }) => type)).toEqual(['header', 'section', 'actions', 'context']);
  expect(JSON.stringify(body)).toContain('&lt;!channel&gt; &amp;');
  expect(JSON.stringify(body)).not.toContain('<!channel>');
  expect(receiver.received[0].headers['webhook-signature']).toBeUndefined();
});

it('posts the picture to Slack where Slack can fetch it', async () => {
  await watching.channel('slack', receiver.url);
  await watching.tell('e_1', 'opened', { known_since: '2016-11-06T18:45:00Z' });
  await start({ hasPictures: true });
  await expect.poll(states, { timeout: 20_000 }).toEqual(['delivered']);
  const body = JSON.parse(receiver.received[0].body) as { blocks: { type: string; image_url?: string }[] };
  expect(body.blocks.map(({ image_url }) => image_url).filter((url) => url !== undefined)).toEqual([
    'https://offing.example.org/v1/alerts/a_1.png?as_of=2016-11-06T18%3A45%3A00Z',
  ]);
});
