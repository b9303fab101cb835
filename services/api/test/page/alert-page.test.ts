import { describe, expect, it } from 'vitest';
import { alertPage } from '../../src/page/alert-page.ts';
import { alertsPage } from '../../src/page/alerts-page.ts';
import { fieldWords } from '../../src/page/words.ts';
import { alertSchema, type PublicAlert } from '../../src/schemas/event.ts';

const [alert] = (alertSchema as unknown as { examples: PublicAlert[] }).examples;
const HOSTILE = `</p><script>alert(1)</script>" onload="x\u202e`;

const pageOf = (...versions: Partial<PublicAlert>[]) =>
  alertPage({
    versions: versions.map((version) => ({ ...alert, ...version })),
    asOf: null,
    origin: 'http://x',
    speeds: null,
    hasMap: false,
    contact: null,
  });
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

describe('the page of an alert', () => {
  it('says the sentence first, then what it rests on and what else may explain it', () => {
    const text = textOf(pageOf({ synthetic: true }));
    const order = [
      'heard.',
      'synthetic –',
      'A fault of the transponder.',
      'Evidence',
      'Versions',
      'How it was judged',
      'How to cite',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it('says what each version changed of the one before', () => {
    const text = textOf(
      pageOf(
        { version: 1, state: 'open', closedAt: null, evidence: { silenceH: 6.2, list: [1], thresholdH: 6 } },
        { version: 2, evidence: { silenceH: 27.08, list: [1, 2], thresholdH: 6, on: { lon: 1 } } },
      ),
    );
    expect(text).toMatch(/What changed State: open → closed Closed at: not known → 2016-11-06 18:45 UTC/);
    expect(text).toMatch(/List: 1 → 2 entries Heard again: now known Silence \(h\): 6\.2 → 27\.08/);
    expect(text.match(/What changed/g)).toHaveLength(1);
    expect(text).not.toContain('Threshold (h): ');
  });

  it('tells previews of its sentence and its picture, with text that cannot leave the attribute', () => {
    const page = pageOf({ synthetic: true, sentence: HOSTILE });
    expect(page).toContain(
      `<meta property="og:image" content="http://x/v1/alerts/${alert.id}.png?as_of=2016-11-06T18%3A45%3A00Z"`,
    );
    expect(page).toContain('og:title" content="[synthetic] Transponder gap off Longkou"');
    expect(page).not.toContain('<script>');
  });

  it('names whom to write to for a right of reply, or that nobody is named', () => {
    const withContact = (contact: string | null) =>
      alertPage({ versions: [alert], asOf: null, origin: 'http://x', speeds: null, hasMap: false, contact });
    expect(withContact('desk@example.org')).toContain(
      `href="mailto:desk@example.org?subject=Alert%20${alert.id}"`,
    );
    expect(withContact('https://example.org/reply')).toContain('href="https://example.org/reply"');
    expect(withContact(null)).toContain('has named no contact');
  });

  it('marks made-up ships, and only those', () => {
    expect(pageOf({ synthetic: true })).toContain('made-up ships for demonstration');
    expect(pageOf({ synthetic: false })).not.toContain('made-up ships for demonstration');
  });

  it('says on top that an alert was withdrawn, and why', () => {
    const text = textOf(pageOf({}, { version: 3, state: 'retracted', reason: 'the feed itself was out' }));
    expect(text).toMatch(/This alert was withdrawn\. the feed itself was out.*Version 3.*Version 2/);
    expect(textOf(pageOf({}))).not.toContain('withdrawn');
  });

  it('cites the version by an address that keeps showing it', () => {
    expect(pageOf({})).toContain(`http://x/alerts/${alert.id}?as_of=2016-11-06T18%3A45%3A00Z</a>`);
  });

  it('shows evidence of any shape', () => {
    const text = textOf(
      pageOf({
        type: 'of-a-later-version',
        evidence: {
          on: null,
          off: { at: '2016-11-05T15:40:00Z', lon: 1, lat: 2, sogKn: null },
          list: [{ a: 1 }, { b: 'two' }],
          numbers: [1, 2],
          none: [],
          deep: { lengthH: 3, yes: true },
        },
      }),
    );
    expect(text).toMatch(
      /Position Time Longitude \(°\) Latitude \(°\) Speed \(kn\) Last heard 2016-11-05 15:40 UTC 1 2 not known/,
    );
    expect(text).toMatch(/List A B 1 not known not known two/);
    expect(text).toMatch(/Numbers 1, 2 None none Deep Length \(h\) 3 Yes yes/);
  });

  it('cuts long lists and says so', () => {
    const rows = Array.from({ length: 60 }, (_, index) => ({ mmsi: 900_000_000 + index }));
    const html = pageOf({ evidence: { witnessList: rows } });
    expect(html).toContain('900000049');
    expect(html).not.toContain('900000050');
    expect(html).toContain('10 more in the JSON');
  });

  it('lets no text from outside become markup, wherever it stands', () => {
    const html = pageOf({
      sentence: HOSTILE,
      type: HOSTILE,
      reason: HOSTILE,
      port: { id: HOSTILE, name: HOSTILE, country: HOSTILE },
      feeds: [HOSTILE],
      vesselId: [HOSTILE],
      innocentExplanations: [HOSTILE],
      verdict: HOSTILE,
      evidence: { [HOSTILE]: HOSTILE, rows: [{ [HOSTILE]: HOSTILE }], url: `https://x/${HOSTILE}` },
      reference: { [HOSTILE]: HOSTILE },
      rule: { id: HOSTILE, version: 1, params: { [HOSTILE]: HOSTILE } },
    });
    expect(html).not.toMatch(/<script|\sonload="|\u202e/);
  });

  it('leads to the positions that it rests on, with the records as received', () => {
    expect(pageOf({ id: 'a_1' })).toContain('href="/v1/alerts/a_1/positions"');
  });

  it('names the hulls under an MMSI that they share, once', () => {
    const html = pageOf({ type: 'shared-mmsi', mmsi: [413900001], vesselId: ['v_one', 'v_two'] });
    expect(textOf(html)).toMatch(/MMSI 413900001 Hulls under it v_one v_two/);
    expect(html).toContain('href="/vessels/v_two"');
    expect(pageOf({ mmsi: [413900001], vesselId: ['v_one'] })).not.toContain('Hulls under it');
  });

  it('says nothing of ships where an event has none, as an outage of a feed', () => {
    const text = textOf(
      pageOf({ type: 'feed-outage', mmsi: [], vesselId: [], imoNumber: [], verdict: null }),
    );
    expect(text).toContain('Feed outage');
    expect(text).not.toMatch(/MMSI|IMO number/);
  });

  it('links only what is a web address', () => {
    const html = pageOf({
      evidence: { a: 'https://example.org/list', b: 'javascript:alert(1)', c: 'data:text/html,x' },
    });
    expect(html).toContain('<a href="https://example.org/list" rel="noreferrer noopener external">');
    expect(html).not.toMatch(/href="(javascript|data):/);
  });
});

describe('the list', () => {
  const none = { rule: [], severity: [], verdict: [], state: [], nexus: [], flag: [], port: [], asOf: null };
  const histogram = { unit: 'day' as const, from: null, to: null, before: 0, bins: [] };
  const view = {
    alerts: [],
    facets: { ...none, total: 0, histogram },
    filters: new Map<string, string>(),
    older: null,
    watermark: null,
    leftOut: null,
    hasMap: false,
  };

  it('says what to do when there is nothing', () => {
    expect(alertsPage(view)).toContain('npx offing replay FILE');
    expect(alertsPage({ ...view, watermark: 0 })).toContain('Nothing was raised in what was read so far');
    expect(alertsPage({ ...view, filters: new Map([['port', 'x']]) })).toContain('No alert matches');
  });

  it('says how many alerts it leaves out, and leads to them under the same filters', () => {
    const filters = new Map([
      ['port', 'A'],
      ['severity', 'low'],
      ['cursor', 'c'],
    ]);
    const html = alertsPage({ ...view, filters, leftOut: '12' });
    expect(textOf(html)).toContain('12 alerts of severity info are left out');
    expect(html).toContain('<a href="/?port=A&amp;severity=info">Show them too</a>');
    expect(textOf(alertsPage({ ...view, leftOut: '1' }))).toContain('1 alert of severity info is left out');
    expect(alertsPage(view)).not.toContain('left out:');
  });

  it('does not take its own choice of severity for a filter', () => {
    const filters = new Map([['severity', 'low']]);
    expect(alertsPage({ ...view, filters })).toContain('Nothing was read yet');
    expect(alertsPage({ ...view, filters })).not.toContain('Show all alerts');
    expect(alertsPage({ ...view, filters: new Map([['severity', 'high']]) })).toContain('Show all alerts');
  });

  it('carries the filters to the data and to the next page', () => {
    const filters = new Map([
      ['port', 'A&B'],
      ['bbox', '1,2,3,4'],
    ]);
    const html = alertsPage({ ...view, alerts: [alert], filters, older: '/?port=A%26B&cursor=c' });
    for (const format of ['json', 'csv', 'geojson', 'kml']) {
      expect(html).toContain(`href="/v1/alerts.${format}?port=A%26B&amp;bbox=1%2C2%2C3%2C4"`);
    }
    expect(html).toContain('href="/?port=A%26B&amp;cursor=c" rel="next"');
    expect(html).toContain('name="bbox" value="1,2,3,4"');
    expect(html).toContain('<code>bbox=1,2,3,4</code>');
  });
});

it.each([
  ['silenceH', 'Silence (h)'],
  ['portLimitKm', 'Port limit (km)'],
  ['sentImoNumbers', 'Sent IMO numbers'],
  ['mmsi', 'MMSI'],
  ['H', '(h)'],
  ['', ''],
  ['constructor', 'Constructor'],
])('puts the field %j into words', (name, words) => {
  expect(fieldWords(name).trim()).toBe(words);
});
