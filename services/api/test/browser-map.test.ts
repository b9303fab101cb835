/// <reference lib="dom" />
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTS, startApi, type TestApi } from './api.ts';
import { demoRows } from './page/demo-rows.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const installed = existsSync(executablePath);
if (!installed) console.warn('SKIPPED: chromium is not installed; the map of the first page was not drawn');

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
    const url = '/assets/alerts-map.js';
    const whole = await api.app.inject({ url });
    const packed = await api.app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } });
    expect(whole.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.rawPayload.length).toBeLessThan(whole.rawPayload.length);
    const headers = { 'if-none-match': String(whole.headers['etag']) };
    expect((await api.app.inject({ url, headers })).statusCode).toBe(304);
  });

  it.each(['nothing.js', '..%2Fpackage.json', '%2e%2e%2fsrc%2falerts-map.ts', 'alerts-map.ts', '.'])(
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

  it('draws its alerts on a map, asks no stranger, and keeps where it looks in the address', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const faults: string[] = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('blob:'))
        faults.push(request.url());
    });
    await page.goto(`${origin}/#map=6.00/38.0000/120.0000`);
    await page.waitForSelector('#map[data-map=live]', { timeout: 60_000 });
    const listed = await page.locator('[data-alert]').count();
    expect(listed).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(() => page.url()).toMatch(/#map=7\.00\/38\.0\d*\/120\.0\d*$/);
    await expect(page.getByText('© OpenStreetMap contributors').count()).resolves.toBe(1);
    expect(faults).toEqual([]);
    await page.close();
  });
});
