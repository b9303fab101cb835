import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCoast, type Announcement } from '@offing/gazetteer';
import { OVERVIEW } from '../../src/map/overview.ts';
import { html } from '../../src/page/html.ts';
import { timeThere, zoneOf } from '../../src/page/local-time.ts';
import { portPicture } from '../../src/page/port-picture.ts';
import { PORTS, startApi, type TestApi } from '../api.ts';
import { demoRows } from './demo-rows.ts';

const HOSTILE = `"><script>alert(1)</script>`;
const [longkou, dalian, taean, nampo] = PORTS.ports;

const BAN: Announcement = {
  id: 'ban',
  portId: 'CNDLC',
  country: 'CN',
  barred: 'dprk-flag',
  list: null,
  bars: 'all DPRK-flagged vessels',
  from: Date.parse('2016-11-01T00:00:00Z'),
  until: null,
  firstDay: '2016-11-01',
  lastDay: null,
  utcOffsetH: 0,
  window: null,
  announcedBy: 'the port',
  reportedBy: 'a paper',
  deniedBy: 'a ministry',
  deniedOn: '2016-11-02',
  note: null,
};

let api: TestApi;

beforeAll(async () => {
  const bohai = {
    ...dalian,
    id: 'CNBAY',
    name: HOSTILE,
    altNames: [],
    parentPortId: 'CNLKU',
    watched: false,
  };
  api = await startApi({
    gazetteer: { ...PORTS, ports: [longkou, dalian, taean, nampo, bohai], announcements: [BAN] },
  });
  await demoRows(api.rows);
  await api.rows.event('e_nampo', { port_id: 'KPNAM', port_name: 'Nampo', port_country: 'KP' });
}, 120_000);

afterAll(() => api.close());

const bodyOf = async (path: string) => (await api.get(path)).body;
const textOf = (body: string) =>
  body
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
const rowsOf = (body: string) =>
  [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].slice(1).map((row) => textOf(row[1]).trim());

describe('the page of ports', () => {
  it('shows the watched ones and those of which an alert tells, where most wait first, with both names', async () => {
    const body = await bodyOf('/ports');
    expect(rowsOf(body)).toEqual([
      'Longkou 龙口 China 1 2 1 synthetic',
      'Nampo North Korea 0 1',
      'Dalian China 0 0',
    ]);
    expect(body).toContain('lang="zh-Hans">龙口');
    expect(body).toContain('href="/ports/CNLKU"');
    expect(body).toContain('href="/?port=CNLKU"');
  });

  it.each([
    ['name=%E9%BE%99', ['Longkou']],
    ['name=DAIREN', ['Dalian']],
    ['country=kp', ['Nampo', 'Taean']],
    ['country=KP&watched=true', []],
    ['name=&country=KP&watched=', ['Nampo', 'Taean']],
  ])('finds every port by %s', async (query, names) => {
    const body = await bodyOf(`/ports?${query}`);
    expect(rowsOf(body).map((row) => row.split(' ')[0])).toEqual(names);
    if (names.length === 0) expect(textOf(body)).toContain('No port matches');
  });

  it('leads to the same ports as data, and refuses what it does not know', async () => {
    expect(await bodyOf('/ports?country=KP')).toContain('/v1/ports.geojson?country=KP');
    expect((await api.get('/ports?flag=KP')).statusCode).toBe(400);
  });
});

describe('the page of a port', () => {
  it('tells who hovers and who went dark, by the clocks of the place, too, and leads on', async () => {
    const body = await bodyOf('/ports/CNLKU');
    const [before, hovering, dark] = body.split(/<h2 id="(?:waiting|dark)">/);
    expect(textOf(hovering)).toContain('has apparently been waiting 11 d 4 h');
    expect(textOf(dark)).toContain('was not heard for 27 h 5 min');
    expect(textOf(hovering)).toContain('2016-11-08 02:00 UTC (10:00 there)');
    for (const address of ['/watchlists?port=CNLKU', '/?port=CNLKU', '/v1/ports/CNLKU', '/ports/CNBAY'])
      expect(before).toContain(`href="${address}"`);
  });

  it('says that nothing was seen where nothing was, and that none waits where nobody judges', async () => {
    const text = textOf(await bodyOf('/ports/KPTAE'));
    expect(text).toContain('hovering off it is not judged');
    expect(text).toContain('That is no proof of absence');
    expect(text).toContain('Place not known');
    expect(await bodyOf('/ports/KPTAE')).not.toContain('id="map"');
  });

  it('lets no name become markup, and is missing where there is no such port', async () => {
    expect(await bodyOf('/ports/CNBAY')).not.toContain('<script>alert');
    expect((await api.get('/ports/XXXXX')).statusCode).toBe(404);
  });

  it('is led to from an alert and from the alerts of a vessel', async () => {
    expect(await bodyOf('/alerts/a_gap')).toContain('href="/ports/CNLKU"');
    expect(await bodyOf('/vessels/v_1')).toContain('href="/ports/CNLKU"');
  });
});

describe('the picture of ports', () => {
  it('shows what the overview of the coast shows, and leaves out what lies outside it', () => {
    const { west, south, east, north } = OVERVIEW;
    expect(loadCoast().bounds).toEqual({ west, south, east, north });
    const dots = [
      { name: 'in', lon: 104, lat: 56, watched: true, waiting: 4 },
      { name: 'out', lon: 10, lat: 50, watched: true, waiting: 0 },
      { name: 'nowhere', lon: null, lat: null, watched: true, waiting: 0 },
    ];
    const drawn = portPicture('Ports', dots)?.html ?? '';
    expect(drawn.match(/<circle/g)).toHaveLength(1);
    expect(drawn).toContain('cx="0" cy="0"');
    expect(portPicture('Ports', [], { lon: 10, lat: 50 })).toBeNull();
  });
});

describe('the time of a place', () => {
  it.each([
    ['2016-11-05T15:40:00Z', 'CN', 120, '2016-11-05 15:40 UTC (23:40 there)'],
    ['2016-11-05T16:00:00Z', 'CN', 120, '2016-11-05 16:00 UTC (2016-11-06 00:00 there)'],
    // The DPRK's clocks went half an hour behind those of Japan from August 2015 to May 2018.
    ['2016-11-05T00:00:00Z', 'KP', 125, '2016-11-05 00:00 UTC (08:30 there)'],
    ['2019-11-05T00:00:00Z', 'KP', 125, '2019-11-05 00:00 UTC (09:00 there)'],
    ['2019-11-05T00:00:00Z', 'RU', 131, '2019-11-05 00:00 UTC (10:00 there)'],
    ['2019-11-05T00:00:00Z', 'RU', 30, '2019-11-05 00:00 UTC'],
    ['2019-11-05T00:00:00Z', 'constructor', 30, '2019-11-05 00:00 UTC'],
    ['2019-11-05T00:00:00Z', undefined, null, '2019-11-05 00:00 UTC'],
  ])('of %s in %s at %s° E is %s', (iso, country, lon, expected) => {
    expect(textOf(html`${timeThere(iso, zoneOf(country, lon))}`.html)).toBe(expected);
  });
});

describe('what is counted of a port', () => {
  it('stands in words, on charts and in tables: visits by flag, the queue, and bans with what came of them', async () => {
    const visit = {
      port_id: 'CNDLC',
      port_name: 'Dalian',
      port_country: 'CN',
      type: 'port-visit',
      verdict: null,
    };
    const evidence = { waitingSince: '2016-11-07T00:00:00Z', waitingH: 48, waitingSeenComing: true };
    await api.rows.event('e_v1', { ...visit, opened_at: '2016-11-09T00:00:00Z', evidence });
    await api.rows.event('e_v2', {
      ...visit,
      opened_at: '2016-11-10T00:00:00Z',
      mmsi: [412000001],
      vessel_id: ['v2'],
      synthetic: true,
    });
    const body = await bodyOf('/ports/CNDLC');
    const text = textOf(body);
    expect(text).toContain(
      '2 visits were observed, the last in the week from 2016-11-07. 1 of them synthetic',
    );
    expect(text).toContain('2016-11-07 2 2 China 1, North Korea 1');
    expect(text).toContain('2016-11-07 0.29 1 1');
    expect(text).toContain('Half of the waits that ended at a berth took less than 2 days');
    expect(body.match(/<figure class="chart week-chart">/g)).toHaveLength(3);
    expect(body).toContain('Week from 2016-11-07, China: 1');
    expect(text).toContain(
      'From 2016-11-01 on: all DPRK-flagged vessels . Announced by the port, reported by a paper. Denied by a ministry on 2016-11-02.',
    );
    expect(text).toContain(
      'It cannot be told whether visits changed. Because: too little of the time before and the time after was heard',
    );
  });
});
