/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeBrowserLinks } from '../src/index.ts';
import { PORTS, startApi, type TestApi } from './api.ts';
import { demoRows } from './page/demo-rows.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const installed = existsSync(executablePath);
if (!installed) {
  console.warn(
    'SKIPPED: chromium (Debian package chromium) is not installed; no page was looked at in a browser (CHROMIUM_PATH names another place)',
  );
}
/** Where pictures go, for who wants to look; none are taken without it. */
const shots = process.env.SHOTS_DIR;

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(2)</script> 龙口 청진 \u202eEVIL`;

const browserLinks = makeBrowserLinks();

describe.skipIf(!installed)('in Chromium', () => {
  let api: TestApi;
  let empty: TestApi;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let origin: string;
  const faults: string[] = [];

  beforeAll(async () => {
    api = await startApi({ gazetteer: PORTS, browserLinks });
    await demoRows(api.rows);
    await api.rows.event('e_hostile', {
      sentence: `${HOSTILE} was not heard.`,
      opened_at: '2016-10-01T00:00:00Z',
      vessel_id: ['v_2'],
      mmsi: [257999002],
      evidence: { note: HOSTILE },
    });
    for (const [i, sogKn] of [9.1, 9, 8.8, 8.9, 8.4].entries()) {
      const at = `2016-11-05T${11 + i}:40:00Z`;
      await api.rows.position(445999001, at, { lon_e7: 1_206_800_000 - i * 1_000_000, sog_dkn: sogKn * 10 });
    }
    empty = await startApi();
    origin = await listen(api);
    browser = await chromium.launch({ executablePath, args: ARGS });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await api?.close();
    await empty?.close();
  });

  beforeEach(async () => {
    faults.length = 0;
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    watch(page, faults);
  });

  afterEach(async () => {
    await context.close();
    // A console error, a page error, a failed request or a request to a stranger fails the test.
    expect(faults).toEqual([]);
  });

  it('lists the alerts, newest first, with their sentences, severity in a shape and a word, and the synthetic mark', async () => {
    await page.goto(origin);
    const titles = await page.locator('.alerts h3').allInnerTexts();
    expect(titles.map((title) => title.replace('SYNTHETIC (a made-up ship): ', '').slice(0, 11))).toEqual([
      'MADE UP ONE',
      'MADE UP TWO',
      'MADE UP ONE',
      HOSTILE.slice(0, 11),
    ]);
    for (const item of await page.locator('.alerts > li').all()) {
      expect(await item.locator('.severity svg').count()).toBe(1);
      expect(await item.locator('.severity').innerText()).toMatch(/info|low|medium|high|critical/i);
    }
    expect(await page.locator('.alerts .synthetic').count()).toBe(2);
  });

  it('leads from the list to an alert, its data, and back and forward', async () => {
    await page.goto(`${origin}/?severity=high`);
    await page.locator('.alerts h3 a').first().click();
    expect(page.url()).toBe(`${origin}/alerts/a_gap`);
    expect(await page.locator('h1').innerText()).toContain('was not heard for 27 h 5 min');
    const measures = await page.locator('.measures tbody tr').allInnerTexts();
    expect(measures[0]).toMatch(/27\.08 h\s+more than 6 h/);
    await page.getByRole('link', { name: 'Version 1' }).click();
    expect(page.url()).toBe(`${origin}/alerts/a_gap?as_of=2016-11-05T22%3A00%3A00Z`);
    expect(await page.locator('h1').innerText()).toContain('at least 6 h 20 min');
    await page.getByRole('link', { name: 'See what is known now' }).click();
    expect(await page.locator('h1').innerText()).toContain('27 h 5 min');
    await page.goBack();
    await page.goBack();
    await page.goBack();
    expect(page.url()).toBe(`${origin}/?severity=high`);
    await page.goForward();
    expect(page.url()).toBe(`${origin}/alerts/a_gap`);
  });

  it('shows an alert on a map that the server drew, its speeds, what changed, and gives its evidence', async () => {
    await page.goto(`${origin}/alerts/a_gap`);
    const map = page.locator('.sea-picture img');
    expect(await map.evaluate((image: HTMLImageElement) => [image.complete, image.naturalWidth])).toEqual([
      true,
      1200,
    ]);
    expect(await page.locator('.chart svg').getAttribute('aria-label')).toContain(
      'at most 9.1 kn. Not heard from',
    );
    await page.getByText('What changed').first().click();
    expect(await page.locator('.versions details[open]').first().innerText()).toContain(
      'State: open → closed',
    );
    const answer = await page.request.get(
      await page
        .getByRole('link', { name: 'Evidence as one file' })
        .evaluate((link: HTMLAnchorElement) => link.href),
    );
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/zip']);
    expect(await page.locator('meta[property="og:image"]').getAttribute('content')).toContain(
      '/v1/alerts/a_gap.png',
    );
  });

  it('watches a port in two clicks, tests a channel, pauses it, and takes all of it back', async () => {
    await page.goto(`${origin}/watchlists?port=Longkou`);
    expect(await page.locator('main').innerText()).toContain('open the one-time link');
    await page.goto(origin + browserLinks.create());
    await page.goto(`${origin}/watchlists?port=Longkou`);
    await page.getByRole('button', { name: 'Make it' }).click();
    expect(page.url()).toMatch(/\/watchlists\/w[0-9a-f]+$/);
    await page.getByLabel('URL or e-mail address').fill('https://hooks.example.org/offing');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    expect(await page.locator('.notice code').innerText()).toMatch(/^whsec_/);
    await page.getByRole('button', { name: 'Send a test' }).click();
    expect(await page.locator('tbody tr').count()).toBe(1);
    await page.getByRole('button', { name: 'Pause' }).click();
    expect(await page.locator('.plain-list').innerText()).toContain('paused by its owner');
    await page.getByRole('link', { name: '中文' }).click();
    await page.getByRole('button', { name: '移除此关注清单' }).click();
    expect(page.url()).toBe(`${origin}/watchlists`);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
  });

  it('finds a vessel by its name and shows its alerts on one timeline', async () => {
    await page.goto(`${origin}/vessels`);
    await page.getByLabel('Ship’s name').fill('up one');
    await page.getByRole('button', { name: 'Find' }).click();
    expect(new URL(page.url()).searchParams.get('name')).toBe('up one');
    await page.getByRole('link', { name: 'MADE UP ONE' }).click();
    expect(page.url()).toBe(`${origin}/vessels/v_1`);
    expect(await page.locator('.timeline svg').getAttribute('aria-label')).toContain('Transponder gap: 2');
    await page.locator('.timeline a').first().click();
    await page.waitForURL(/\/alerts\/a_/);
    await page.goBack();
    expect(page.url()).toBe(`${origin}/vessels/v_1`);
  });

  it('finds a port by its Chinese name and leads from it to its alerts and back', async () => {
    await page.goto(`${origin}/ports`);
    await page.getByLabel('Name, in any script').fill('龙口');
    await page.getByRole('button', { name: 'Find' }).click();
    expect(new URL(page.url()).searchParams.get('name')).toBe('龙口');
    await page.getByRole('link', { name: 'Longkou 龙口' }).click();
    expect(page.url()).toBe(`${origin}/ports/CNLKU`);
    expect(await page.locator('#waiting + p + .alerts > li').count()).toBe(1);
    await page.getByRole('link', { name: 'All alerts of this port' }).click();
    expect(await page.getByRole('textbox', { name: 'Port' }).inputValue()).toBe('CNLKU');
    await page.goBack();
    expect(page.url()).toBe(`${origin}/ports/CNLKU`);
  });

  it('has no link that leads nowhere', async () => {
    const seen = new Set<string>();
    for (const start of [
      '/',
      '/vessels',
      '/vessels/v_1',
      '/ports',
      '/alerts/a_gap',
      '/alerts/a_gone',
      '/status',
      '/?severity=critical',
    ]) {
      await page.goto(origin + start);
      const links = await page
        .locator('a[href]')
        .evaluateAll((found) =>
          found.map((link) => new URL(link.getAttribute('href') ?? '', document.baseURI).href),
        );
      for (const link of links.filter((address) => address.startsWith(origin))) seen.add(link.split('#')[0]);
    }
    expect(seen.size).toBeGreaterThan(15);
    for (const link of seen) expect([link, (await page.request.get(link)).status()]).toEqual([link, 200]);
  });

  it('filters by form alone, keeps the filters in the address, and says what to do when nothing matches', async () => {
    await page.goto(`${origin}/?bbox=119,37,121,38`);
    await page.getByRole('combobox', { name: 'Rule' }).selectOption('hovering');
    await page.getByRole('textbox', { name: 'Port' }).fill('longkou');
    await page.getByRole('button', { name: 'Filter' }).click();
    const query = new URL(page.url()).searchParams;
    expect([query.get('type'), query.get('port'), query.get('bbox')]).toEqual([
      'hovering',
      'longkou',
      '119,37,121,38',
    ]);
    expect(await page.locator('.alerts > li').count()).toBe(1);
    expect(await page.getByRole('textbox', { name: 'Port' }).inputValue()).toBe('longkou');
    expect(await page.locator('main').innerText()).toContain('bbox=119,37,121,38');
    await page.getByLabel('Severity at least').selectOption('critical');
    await page.getByRole('button', { name: 'Filter' }).click();
    expect(await page.locator('.empty').innerText()).toContain('No alert matches');
    await page.locator('.empty a').click();
    expect(await page.locator('.alerts > li').count()).toBe(4);
  });

  it('tells a fault of the address on a page', async () => {
    const answer = await page.goto(`${origin}/?limit=none`);
    expect(answer?.status()).toBe(400);
    expect(await page.locator('main').innerText()).toContain('a whole number from 1 to 1000');
    // The browser writes the refused answer into its console, too; that is what was asked for.
    faults.splice(0, faults.length, ...faults.filter((fault) => !/400/.test(fault)));
  });

  it('works by keyboard: the first stop skips to the main part, every stop shows', async () => {
    await page.goto(origin);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the main part');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#main');
    for (let stop = 0; stop < 12; stop++) {
      await page.keyboard.press('Tab');
      expect(
        await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle),
      ).not.toBe('none');
    }
  });

  it('lets no hostile name run, move or vanish', async () => {
    for (const path of ['/', '/alerts/a_hostile']) {
      await page.goto(origin + path);
      expect(await page.locator('img[src="x"], main script').count()).toBe(0);
      const text = await page.locator('main').innerText();
      expect(text).toContain(HOSTILE.replace('\u202e', '\ufffd'));
    }
  });

  it('says what to do when nothing was read yet', async () => {
    const bare = await listen(empty);
    await page.goto(bare);
    expect(await page.locator('.empty').innerText()).toContain('npx offing replay FILE');
    await page.goto(`${bare}/status`);
    expect(await page.locator('main').innerText()).toContain('No position was read yet');
  });

  it('shows the documents with what this server has alone', async () => {
    await page.goto(`${origin}/docs`);
    await page.getByText('List alerts', { exact: true }).first().waitFor();
    await page.getByText('List alerts', { exact: true }).first().click();
    await page.getByText('Nothing changed since the ETag was given.').first().waitFor();
  });

  if (shots !== undefined) {
    it('is looked at', async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const width of [1280, 400]) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 900 });
          for (const [name, path] of [
            ['list', '/'],
            ['alert', '/alerts/a_gap'],
            ['vessels', '/vessels'],
            ['vessel', '/vessels/v_1'],
            ['retracted', '/alerts/a_gone'],
            ['status', '/status'],
            ['none', '/?severity=critical'],
          ]) {
            await page.goto(origin + path);
            await page.screenshot({
              path: join(shots, `${name}-${width}-${colorScheme}.png`),
              fullPage: true,
            });
          }
        }
      }
    });
  }
});

async function listen(api: TestApi): Promise<string> {
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
}

function watch(page: Page, faults: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  page.on('requestfailed', (request) => {
    // The browser itself gives up what a page wanted that was left meanwhile.
    const why = request.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} ${why}`);
  });
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== 'data:' && hostname !== '127.0.0.1') faults.push(`stranger: ${request.url()}`);
  });
}
