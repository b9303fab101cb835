/// <reference lib="dom" />
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTS, startApi, type TestApi } from './api.ts';
import { demoRows } from './page/demo-rows.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const installed = existsSync(executablePath);
if (!installed) console.warn('SKIPPED: chromium is not installed; the map of the first page was not drawn');

/** Where pictures go, for who wants to look; none are taken without it. */
const shots = process.env.SHOTS_DIR;
/** As `npm ci` builds it. */
const webDir = fileURLToPath(new URL('../../web/dist', import.meta.url));
const ARGS = ['--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-sync'];
const QUIET = ['--disable-background-networking', '--disable-component-update'];
const DRAWN = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

let api: TestApi;
let plain: TestApi;

beforeAll(async () => {
  api = await startApi({ gazetteer: PORTS, webDir });
  plain = await startApi({ gazetteer: PORTS });
  await demoRows(api.rows);
  await demoRows(plain.rows);
}, 180_000);

afterAll(async () => {
  await api.close();
  await plain.close();
});

describe('the scripts of the pages', () => {
  it('are served packed where the browser takes it, and not again when it has them', async () => {
    const url = '/assets/alerts-page.js';
    const whole = await api.app.inject({ url });
    const packed = await api.app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } });
    expect(whole.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.rawPayload.length).toBeLessThan(whole.rawPayload.length);
    const headers = { 'if-none-match': String(whole.headers['etag']) };
    expect((await api.app.inject({ url, headers })).statusCode).toBe(304);
  });

  it.each(['nothing.js', '..%2Fpackage.json', '%2e%2e%2fsrc%2falerts-page.ts', 'alerts-page.ts', '.'])(
    'are no way to other files: %s',
    async (name) => {
      expect((await api.app.inject({ url: `/assets/${name}` })).statusCode).toBe(404);
    },
  );

  it('are asked for by no page of a server without them', async () => {
    const page = (await plain.get('/')).body;
    expect(page).not.toContain('<script');
    expect(page).not.toContain('id="map"');
  });
});

describe.skipIf(!installed)('the first page in Chromium', () => {
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    await api.app.listen({ host: '127.0.0.1', port: 0 });
    origin = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath, args: [...ARGS, ...QUIET, ...DRAWN] });
  }, 60_000);

  afterAll(() => browser.close());

  const faults: string[] = [];

  async function opened(path: string): Promise<Page> {
    faults.length = 0;
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('blob:'))
        faults.push(request.url());
    });
    await page.goto(origin + path);
    return page;
  }

  it('draws its alerts on a map, asks no stranger, and keeps where it looks in the address', async () => {
    const page = await opened('/#map=6.00/38.0000/120.0000');
    await page.waitForSelector('#map[data-map=live]', { timeout: 60_000 });
    const listed = await page.locator('[data-alert]').count();
    expect(listed).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(() => page.url()).toMatch(/#map=7\.00\/38\.0\d*\/120\.0\d*$/);
    await expect(page.getByText('© OpenStreetMap contributors').count()).resolves.toBe(1);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('shows one choice in list, map and address, and goes back from it', async () => {
    const page = await opened('/#alert=a_hover');
    const selected = () =>
      page.locator('.alert.selected h3').evaluateAll((found) => found.map(({ id }) => id));
    await expect.poll(selected).toEqual(['alert-a_hover']);
    const item = page.locator('.alert', { has: page.locator('#alert-a_gap') });
    await item.getByRole('button', { name: 'Show on the map' }).click();
    await expect.poll(selected).toEqual(['alert-a_gap']);
    expect(page.url()).toContain('alert=a_gap');
    await page.goBack();
    await expect.poll(selected).toEqual(['alert-a_hover']);
    await page.goForward();
    await expect.poll(selected).toEqual(['alert-a_gap']);
    // The mark that was chosen lies in the middle of the map; beside it nothing is.
    await page.waitForSelector('#map[data-map=live]', { timeout: 60_000 });
    const box = await page.locator('#map').boundingBox();
    if (box === null) throw new Error('the map has no place');
    await page.waitForSelector('#map canvas');
    const press = async () => {
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      return page.url();
    };
    await expect
      .poll(press, { timeout: 60_000, interval: 1_000 })
      .toMatch(/\/alerts\/a_\w+$|alert=a_(?!gap)/);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('lets a longer time be chosen on the histogram, by mouse and by keyboard', async () => {
    const page = await opened('/?severity=info&state=any');
    const bars = page.locator('#histogram a');
    const last = (await bars.count()) - 1;
    expect(last).toBeGreaterThan(0);
    const [from, to] = [bars.first(), bars.nth(last)];
    const ends = [await from.getAttribute('data-from'), await to.getAttribute('data-to')].map((iso) =>
      iso?.slice(0, 10),
    );
    const asked = () => {
      const { searchParams } = new URL(page.url());
      return ['from', 'to'].map((name) => searchParams.get(name));
    };
    await from.focus();
    for (let step = 0; step < last; step++) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(asked).toEqual(ends);
    await page.goBack();
    await from.hover();
    await page.mouse.down();
    await to.hover();
    await page.mouse.up();
    await expect.poll(asked).toEqual(ends);
    await page.goBack();
    // A click alone is a click on the bar.
    await from.click();
    await expect.poll(asked).toEqual([ends[0], ends[0]]);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('draws an alert in the place of its picture, and the track of a vessel', async () => {
    const page = await opened('/alerts/a_gap');
    await page.waitForSelector('#sea-map[data-map=live]', { timeout: 60_000 });
    expect(await page.locator('#sea-picture img').isVisible()).toBe(false);
    if (shots !== undefined) await page.screenshot({ path: `${shots}/alert-map.png`, fullPage: true });
    await page.goto(`${origin}/vessels/v_1`);
    await page.waitForSelector('#sea-map[data-map=live]', { timeout: 60_000 });
    if (shots !== undefined) await page.screenshot({ path: `${shots}/vessel-map.png`, fullPage: true });
    expect(faults).toEqual([]);
    await page.close();
  }, 180_000);

  it('tells of new alerts of the view, and of no others, without moving what is read', async () => {
    const page = await opened('/?port=Longkou');
    await page.waitForSelector('#news[data-live=true]', { state: 'attached' });
    const before = await page.locator('.alerts').boundingBox();
    const port = { port_id: 'CNLKU', port_name: 'Longkou', port_country: 'CN' };
    await api.rows.event('e_elsewhere', { severity: 'high', opened_at: '2016-11-18T00:00:00Z' });
    await api.rows.event('e_fresh', { ...port, severity: 'high', opened_at: '2016-11-19T00:00:00Z' });
    for (const id of ['elsewhere', 'fresh']) await tell(`e_${id}`, `a_${id}`);
    await page.getByRole('link', { name: '1 new alert: show' }).waitFor({ timeout: 30_000 });
    expect(await page.locator('.alerts').boundingBox()).toEqual(before);
    await page.getByRole('link', { name: '1 new alert: show' }).click();
    await page.waitForSelector('#alert-a_fresh');
    expect(await page.locator('#alert-a_elsewhere').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.close();
  });

  /** Says to those that follow what the engine says when it tells of an event. */
  async function tell(eventId: string, alertId: string): Promise<void> {
    await api.pool.query(
      `insert into outbox (change_seq, alert_id, event_id, version, change)
       select change_seq, $2, event_id, version, 'opened' from event where event_id = $1`,
      [eventId, alertId],
    );
  }
});
