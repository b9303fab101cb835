import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

type Told = { id: number; name: string | null; change?: string; alert?: { id: string; version: number } };

let api: TestApi;
let port: number;
let told = 0;
const open: IncomingMessage[] = [];

beforeAll(async () => {
  api = await startApi();
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = api.app.server.address() as AddressInfo);
}, 120_000);

afterEach(() => {
  for (const stream of open.splice(0)) stream.destroy();
});
afterAll(() => api.close());

async function tell(fields: object = {}): Promise<number> {
  told += 1;
  const changeSeq = await api.rows.event(`e_${told}`, fields);
  const row = {
    change_seq: changeSeq,
    alert_id: `a_${told}`,
    event_id: `e_${told}`,
    version: 1,
    change: 'opened',
  };
  await api.rows.insert('outbox', row);
  return changeSeq;
}

function follow(path = '/v1/stream', lastEventId?: number) {
  const events: Told[] = [];
  let stream: IncomingMessage | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    const headers = lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) };
    request({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      stream = answer;
      open.push(answer);
      let rest = '';
      answer.setEncoding('utf8').on('data', (text: string) => {
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          if (block.startsWith('retry')) resolve();
          const id = /^id: (\d+)$/m.exec(block)?.[1];
          const data = /^data: (.*)$/m.exec(block)?.[1];
          const name = /^event: (.*)$/m.exec(block)?.[1] ?? null;
          if (id !== undefined) {
            events.push({
              id: Number(id),
              name,
              ...(data === undefined ? {} : (JSON.parse(data) as object)),
            });
          }
        }
      });
      answer.on('error', () => undefined);
    })
      .on('error', reject)
      .end();
  });
  return { events, ready, cut: () => stream?.destroy(), head: () => stream };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 400));

it('tells changes as they are committed, and nothing from before', async () => {
  await tell();
  const stream = follow();
  await stream.ready;
  await settled();
  const id = await tell({ sentence: 'line\nbreak' });
  await expect.poll(() => stream.events).toHaveLength(1);
  expect(stream.events[0]).toMatchObject({
    id,
    name: 'alert',
    change: 'opened',
    alert: { id: `a_${told}`, version: 1, sentence: 'line\nbreak' },
  });
  expect(stream.head()?.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  });
});

it('goes on behind the last event, misses none and repeats none, however often it is cut', async () => {
  const first = await tell();
  const seen: number[] = [];
  const expected: number[] = [];
  let last = first;
  let done = false;
  const writing = (async () => {
    for (let n = 0; n < 120; n++) {
      expected.push(await tell());
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    done = true;
  })();
  for (let round = 0; !done || last < expected[expected.length - 1]; round++) {
    const stream = follow('/v1/stream', last);
    await stream.ready;
    await new Promise((resolve) => setTimeout(resolve, 40 + ((round * 97) % 350)));
    stream.cut();
    seen.push(...stream.events.map(({ id }) => id));
    last = seen.at(-1) ?? last;
    expect(round).toBeLessThan(200);
  }
  await writing;
  expect(seen).toEqual(expected);
});

it('tells one who comes late, while others listen, what it missed, in order and once', async () => {
  const others = follow();
  await others.ready;
  const from = await tell();
  const expected: number[] = [];
  for (let n = 0; n < 700; n++) expected.push(await tell());
  const late = follow('/v1/stream', from);
  await late.ready;
  expected.push(await tell());
  await expect.poll(() => late.events.length, { timeout: 20_000 }).toBe(expected.length);
  await settled();
  expect(late.events.map(({ id }) => id)).toEqual(expected);
  expect(others.events.map(({ id }) => id)).toEqual([from, ...expected]);
});

it('loses nothing for many who join while changes are committed', async () => {
  const from = await tell();
  const expected: number[] = [];
  const streams: ReturnType<typeof follow>[] = [];
  for (let n = 0; n < 150; n++) {
    if (n % 3 === 0) streams.push(follow('/v1/stream', from));
    expected.push(await tell());
  }
  for (const stream of streams) {
    await expect
      .poll(() => stream.events.length, { timeout: 20_000 })
      .toBeGreaterThanOrEqual(expected.length);
    expect(stream.events.map(({ id }) => id)).toEqual(expected);
  }
});

it('takes a place that was never reached as now', async () => {
  const [stranger, other] = [follow('/v1/stream', 999_999_999), follow()];
  await Promise.all([stranger.ready, other.ready]);
  await settled();
  const id = await tell();
  await expect
    .poll(() => [stranger, other].map(({ events }) => events.map((event) => event.id)))
    .toEqual([[id], [id]]);
});

it('tells only what is wanted, and moves on past the rest', async () => {
  const stream = follow('/v1/stream?severity=high&type=hovering');
  await stream.ready;
  await settled();
  const ids = [
    await tell({ severity: 'low', type: 'hovering' }),
    await tell({ severity: 'critical', type: 'hovering' }),
    await tell({ severity: 'high' }),
  ];
  await expect.poll(() => stream.events).toHaveLength(3);
  expect(stream.events.map(({ id, name }) => [id, name])).toEqual([
    [ids[0], null],
    [ids[1], 'alert'],
    [ids[2], null],
  ]);
});

it('reaches a thousand at once', { timeout: 60_000 }, async () => {
  const streams = Array.from({ length: 1_000 }, () => follow());
  await Promise.all(streams.map(({ ready }) => ready));
  await settled();
  const ids = [await tell(), await tell(), await tell()];
  const whole = () => streams.filter(({ events }) => events.map(({ id }) => id).join() === ids.join()).length;
  await expect.poll(whole, { timeout: 20_000 }).toBe(1_000);
});

it.each(['x', '-1', '1.5', '9999999999999999', '1, 2'])('refuses the Last-Event-ID %s', async (id) => {
  const answer = await api.get('/v1/stream', { 'last-event-id': id });
  expect([answer.statusCode, answer.json<{ errors: object[] }>().errors]).toMatchObject([
    400,
    [{ in: 'header', field: 'last-event-id', value: id }],
  ]);
});

it('ends with the server', async () => {
  const own = await startApi();
  await own.app.listen({ host: '127.0.0.1', port: 0 });
  const address = own.app.server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${address.port}/v1/stream`);
  const began = performance.now();
  const [text] = await Promise.all([answer.text(), own.close()]);
  expect(text).toContain('retry:');
  expect(performance.now() - began).toBeLessThan(3_000);
});
