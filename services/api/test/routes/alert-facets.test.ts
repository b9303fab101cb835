import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PublicFacets } from '../../src/schemas/facets.ts';
import { startApi, type TestApi } from '../api.ts';

let api: TestApi;

const TYPES = ['transponder-gap', 'hovering', 'encounter'];
const SHIPS = [[445000001], [412000001], [413000001, 414000001], [412000002, 445000002], [999000001]];
const PORTS = [
  ['CNLKU', 'Longkou'],
  ['CNDLC', 'Dalian'],
  [null, null],
] as const;

beforeAll(async () => {
  api = await startApi();
  const { rows } = api;
  for (let n = 0; n < 30; n++) {
    const [port_id, port_name] = PORTS[n % 3];
    await rows.event(`e_${n}`, {
      type: TYPES[n % 3],
      mmsi: SHIPS[n % 5],
      severity: ['info', 'low', 'medium', 'high', 'critical'][(n * 7) % 5],
      verdict: n % 3 === 0 ? ['silent', 'unobserved'][n % 2] : null,
      state: ['open', 'closed', 'closed', 'retracted'][n % 4],
      nexus: n % 6 === 0,
      feeds: n % 2 === 0 ? ['demo'] : ['other'],
      port_id,
      port_name,
      port_country: port_id === null ? null : 'CN',
      opened_at: `2016-11-${String(1 + n).padStart(2, '0')}T0${n % 9}:30:00Z`,
      closed_at: n % 4 === 0 ? null : `2016-11-${String(1 + n).padStart(2, '0')}T23:00:00Z`,
      known_since: '2016-12-01T00:00:00Z',
    });
  }
  await rows.event('e_7', { type: 'hovering', severity: 'critical', known_since: '2016-12-05T00:00:00Z' });
  await rows.event('e_untold', {}, { alert: false });
}, 120_000);

afterAll(() => api.close());

const facetsOf = async (query: string) => (await api.get(`/v1/alerts/facets${query}`)).json<PublicFacets>();

/** What each facet sets in the filter, and what it is called there. */
const NAMES = {
  rule: 'rule',
  verdict: 'verdict',
  state: 'state',
  nexus: 'nexus',
  flag: 'flag',
  port: 'port',
};

async function counted(query: string, name: string, value: string): Promise<number> {
  const asked = new URLSearchParams(query);
  if (name === 'rule') asked.delete('type');
  asked.set(name, value);
  asked.set('limit', '1000');
  return (await api.ids(`/v1/alerts?${asked.toString()}`)).length;
}

describe('the counts', () => {
  it.each([
    '',
    'severity=medium&state=any',
    'type=hovering,encounter&flag=CN',
    'port=longkou&verdict=silent',
    'nexus=true&feed=demo',
    'from=2016-11-10&to=2016-11-20&port=CNDLC',
    'as_of=2016-12-02&rule=hovering',
    'bbox=0,0,1,1',
  ])('are those of the lists that each choice leads to: %s', async (query) => {
    const facets = await facetsOf(`?${query}`);
    expect(facets.total).toBe((await api.ids(`/v1/alerts?${query}&limit=1000`.replace('?&', '?'))).length);
    for (const [facet, name] of Object.entries(NAMES)) {
      for (const { value, count } of facets[facet as keyof typeof NAMES])
        expect([query, facet, value, count]).toEqual([
          query,
          facet,
          value,
          await counted(query, name, value),
        ]);
    }
    // The filter of severities is the least wanted: from one up it is the sum of those.
    const sum = facets.severity.reduce((all, { count }) => all + count, 0);
    expect(sum).toBe(await counted(query, 'severity', 'info'));
    const { before, bins } = facets.histogram;
    expect(before + bins.reduce((all, { count }) => all + count, 0)).toBe(facets.total);
  });
});

describe('the histogram', () => {
  it.each([
    ['from=2016-11-10&to=2016-11-12', 'hour'],
    ['', 'day'],
    ['from=2015-11-10', 'week'],
    ['from=2000-01-01&to=2016-12-31', 'month'],
  ])('has bins that fit the interval: %s', async (query, unit) => {
    const { histogram } = await facetsOf(`?${query}`);
    expect(histogram.unit).toBe(unit);
    expect(histogram.bins.length).toBeGreaterThan(0);
    for (const { from, to, count } of histogram.bins) {
      const inside = (await facetsOf(`?from=${from}&to=${to}`)).histogram;
      expect([from, inside.bins.reduce((all, bin) => all + bin.count, 0)]).toEqual([from, count]);
    }
  });
});

it('is not sent again unchanged, and refuses what is no filter', async () => {
  const first = await api.get('/v1/alerts/facets?flag=CN');
  const headers = { 'if-none-match': String(first.headers.etag) };
  expect((await api.get('/v1/alerts/facets?flag=CN', headers)).statusCode).toBe(304);
  expect((await api.get('/v1/alerts/facets?limit=5')).statusCode).toBe(400);
  expect((await api.get('/v1/alerts/facets?severity=grave')).statusCode).toBe(400);
});

describe('on the page', () => {
  const page = async (query: string) => (await api.get(`/${query}`)).body;
  const links = (html: string) =>
    [...html.matchAll(/<li>\s*<a\s+href="([^"]*)"[^>]*>([^<]*)<[^]*?<span class="count">([\d,]+)</g)].map(
      ([, href, words, count]) => ({ href: href.replaceAll('&amp;', '&'), words, count: Number(count) }),
    );

  it('each choice leads to as many alerts as it says, and keeps the other filters', async () => {
    const html = await page('?flag=CN&severity=info');
    const choices = links(html).filter(({ href }) => href.includes('flag=CN'));
    expect(choices.length).toBeGreaterThan(8);
    for (const { href, words, count } of choices) {
      const shown = await facetsOf(href.slice(1).replace(/^$/, '?severity=low'));
      const isOff = words === 'info';
      if (!isOff) expect([href, words, shown.total]).toEqual([href, words, count]);
    }
  });

  it('a bar leads to its interval, and a choice in force leads out of itself', async () => {
    const html = await page('?type=hovering&severity=info');
    expect(html).toMatch(/aria-label="2016-11-\d\d: 1"/);
    expect(html).toMatch(
      /href="\/\?type=hovering&amp;severity=info&amp;from=2016-11-\d\d&amp;to=2016-11-\d\d"/,
    );
    expect(html).toMatch(/href="\/\?severity=info"\s+aria-current="true"/);
    expect(await page('?from=2016-11-10&to=2016-11-10')).toContain('Show all times');
  });
});
