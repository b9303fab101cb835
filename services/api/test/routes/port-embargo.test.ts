import type { Announcement } from '@offing/gazetteer';
import { cellOf } from '@offing/geo';
import { writeCoverage } from '@offing/store';
import { DAY_MS, HOUR_MS } from '@offing/units';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PORTS, startApi, type TestApi } from '../api.ts';

const FROM = Date.parse('2016-03-21T00:00:00Z');
const HOUR = FROM / HOUR_MS;
const CELL = cellOf(120, 38);

function announcement(id: string, more: Partial<Announcement> = {}): Announcement {
  return {
    id,
    portId: 'CNLKU',
    country: 'CN',
    barred: 'dprk-flag',
    list: null,
    bars: 'all DPRK-flagged vessels',
    from: FROM,
    until: null,
    firstDay: '2016-03-21',
    lastDay: null,
    utcOffsetH: 0,
    window: null,
    announcedBy: 'local port authority',
    reportedBy: 'Asahi Shimbun',
    deniedBy: 'Chinese foreign ministry',
    deniedOn: '2016-03-23',
    note: null,
    ...more,
  };
}

const ANNOUNCEMENTS = [
  announcement('a-ban'),
  announcement('b-cargo', { barred: 'cargo', from: FROM + DAY_MS }),
  announcement('c-listed', { barred: 'listed', portId: null, from: FROM + 2 * DAY_MS }),
  announcement('d-future', { from: FROM + 900 * DAY_MS }),
  announcement('e-dalian', { portId: 'CNDLC' }),
  announcement('f-korea', { portId: null, country: 'KR' }),
];

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ gazetteer: { ...PORTS, announcements: ANNOUNCEMENTS } });
  await api.rows.feed(1, 'shore');
  await api.rows.watermark('2016-09-01T00:00:00Z');
  const at = (day: number) => new Date(FROM + day * DAY_MS).toISOString();
  const call = async (port: string, day: number, mmsi: number, more: object = {}) => {
    const where = {
      port_id: port,
      type: 'port-visit',
      verdict: null,
      opened_at: at(day),
      closed_at: at(day + 1),
    };
    await api.rows.event(`e_${port}_${day}_${mmsi}`, {
      ...where,
      mmsi: [mmsi],
      vessel_id: [`v${mmsi}`],
      ...more,
    });
  };
  for (let day = -28; day < 0; day += 2) {
    await call('CNLKU', day, 445_000_001 + (day & 3), { nexus: true });
    await call('CNDLC', day, 445_000_001);
  }
  await call('CNLKU', 3, 445_000_009, { nexus: true });
  await call('CNLKU', 4, 413_000_001);
  await call('CNLKU', 5, 445_000_001, { state: 'retracted' });
  await call('CNLKU', -400, 445_000_001);
  const client = await api.pool.connect();
  const heard = (hour: number, vessels: number, aisClass = 1) => ({
    hour,
    cells: [{ cell: CELL, feed: 1, aisClass, receiverKind: 1, vessels, messages: 9 }],
  });
  const hours: ReturnType<typeof heard>[] = [];
  // Before, all hours; after, every second hour, and in the others too few ships; then nothing for a month and a half.
  for (let hour = -90 * 24; hour < 45 * 24; hour++)
    hours.push(heard(HOUR + hour, hour < 0 || hour % 2 === 0 ? 5 : 2));
  await writeCoverage(client, hours);
  client.release();
}, 120_000);

afterAll(() => api.close());

type Item = {
  readonly announcement: { readonly id: string };
  readonly answer: string;
  readonly why: string;
  readonly counted: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly rateRatio: number | null;
  readonly rateRatioHigh: number | null;
};

async function itemsOf(path: string): Promise<readonly Item[]> {
  return (await api.get(path)).json<{ items: readonly Item[] }>().items;
}

it('lists the announcements on the port and on all ports of its country, with who said and denied them', async () => {
  const answer = (await api.get('/v1/ports/CNLKU/embargo')).json<{ items: readonly Item[]; days: number }>();
  expect(answer.days).toBe(90);
  expect(answer.items.map((item) => item.announcement.id)).toEqual([
    'a-ban',
    'b-cargo',
    'c-listed',
    'd-future',
  ]);
  expect(answer.items[0].announcement).toMatchObject({
    deniedBy: 'Chinese foreign ministry',
    allPorts: false,
  });
  expect(answer.items[2].announcement).toMatchObject({ allPorts: true });
});

it('compares visits of the barred ships by the hours in which the port was heard', async () => {
  const [ban] = await itemsOf('/v1/ports/CNLKU/embargo?days=30');
  expect(ban.before).toMatchObject({ visits: 14, hours: 720, hoursHeard: 720, heardShare: 1, vessels: 2 });
  expect(ban.after).toMatchObject({ visits: 1, vessels: 1, hours: 720, hoursHeard: 360, heardShare: 0.5 });
  expect(ban.rateRatio).toBeCloseTo(1 / 360 / (14 / 720), 3);
  expect(ban).toMatchObject({ answer: 'fewer', counted: 'dprk-flag' });
  expect(ban.rateRatioHigh).toBeLessThan(1);
});

it('cannot tell where too little was heard after it, whatever was seen', async () => {
  const [ban] = await itemsOf('/v1/ports/CNLKU/embargo?days=160');
  expect(ban.after).toMatchObject({ heardShare: 0.14 });
  expect(ban).toMatchObject({
    answer: 'cannot-tell',
    why: expect.stringContaining('the time after') as string,
  });
});

it('cannot tell from too few visits, and without any', async () => {
  const [few] = await itemsOf('/v1/ports/CNLKU/embargo?days=7');
  expect(few).toMatchObject({ answer: 'cannot-tell', why: expect.stringContaining('too little') as string });
  const [, , listed] = await itemsOf('/v1/ports/CNLKU/embargo?days=30');
  expect(listed).toMatchObject({ counted: 'nexus', before: { visits: 14 }, after: { visits: 1 } });
  const [dandong] = await itemsOf('/v1/ports/CNDLC/embargo?days=30');
  expect(dandong).toMatchObject({
    before: { visits: 14 },
    after: { visits: 0 },
    rateRatio: 0,
    answer: 'fewer',
  });
});

it('compares nothing for what bars no ship, nor before its first day', async () => {
  const [, cargo, , future] = await itemsOf('/v1/ports/CNLKU/embargo');
  expect(cargo).toMatchObject({
    counted: null,
    before: null,
    after: null,
    rateRatio: null,
    answer: 'cannot-tell',
  });
  expect(cargo.why).toContain('bars no ship');
  expect(future).toMatchObject({
    before: null,
    answer: 'cannot-tell',
    why: expect.stringContaining('yet') as string,
  });
});

it('says so for a port without a place, has none for one that nobody knows, and refuses spans beyond reason', async () => {
  expect((await api.get('/v1/ports/KPTAE/embargo')).json()).toMatchObject({ items: [] });
  expect((await api.get('/v1/ports/XXXXX/embargo')).statusCode).toBe(404);
  for (const days of ['6', '731', 'x', '1.5'])
    expect((await api.get(`/v1/ports/CNLKU/embargo?days=${days}`)).statusCode).toBe(400);
});

it('has an ETag that holds until something changes', async () => {
  const first = await api.get('/v1/ports/CNLKU/embargo');
  const tag = String(first.headers.etag);
  expect((await api.get('/v1/ports/CNLKU/embargo', { 'if-none-match': tag })).statusCode).toBe(304);
});
