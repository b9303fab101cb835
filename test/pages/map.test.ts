/// <reference lib="dom" />
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeApp } from '@offing/api';
import { loadGazetteer } from '@offing/gazetteer';
import { testDatabase } from '@offing/testkit';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { urlImports } from '../../scripts/url-imports.mjs';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const installed = existsSync(executablePath);
if (!installed) console.warn('SKIPPED: chromium is not installed; no map was drawn');

const ROOT = join(import.meta.dirname, '../..');
const PAGE =
  '<!doctype html><html lang="en"><title>Map</title><link rel="icon" href="/none"><link rel="stylesheet" href="/assets/map.css"><div id="map"></div><script type="module" src="/assets/page.js"></script></html>';
const SCRIPT = `import { mountMap } from './services/web/src/map/mount.ts';
globalThis.views = [];
const props = {
  name: 'Alerts off Longkou',
  alerts: [{ id: 'a1', severity: 'high', lon: 120.3, lat: 38, text: 'A sentence', synthetic: false }],
  view: { lon: 120.8, lat: 37.9, zoom: 7 },
  onView: (view) => globalThis.views.push(view),
  onSelect: (picked) => (globalThis.picked = picked),
};
mountMap(document.getElementById('map'), props);`;
const CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";

describe.skipIf(!installed)('the map in Chromium', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let app: Awaited<ReturnType<typeof makeApp>>;
  let server: Server;
  let folder: string;
  let origin: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'offing-map-'));
    await build({
      stdin: { contents: SCRIPT, resolveDir: ROOT },
      outdir: folder,
      entryNames: 'page',
      assetNames: '[name]-[hash]',
      publicPath: '/assets/',
      bundle: true,
      format: 'esm',
      splitting: true,
      plugins: [urlImports()],
    });
    database = await testDatabase();
    app = await makeApp({ databaseUrl: database.url, version: '1', gazetteer: loadGazetteer() });
    server = createServer((request, response) => {
      const path = request.url ?? '/';
      const answer = async () => {
        response.setHeader('content-security-policy', CSP);
        if (path === '/') return response.setHeader('content-type', 'text/html').end(PAGE);
        if (path === '/none') return response.writeHead(204).end();
        if (path === '/assets/map.css') {
          const sheet = await readFile(join(ROOT, 'services/web/src/map/map.css'), 'utf8');
          return response.setHeader('content-type', 'text/css').end(`${sheet}#map { height: 600px }`);
        }
        if (path.startsWith('/assets/')) {
          const text = await readFile(join(folder, path.slice('/assets/'.length)));
          return response.setHeader('content-type', 'text/javascript').end(text);
        }
        const { statusCode, headers, rawPayload } = await app.inject({ url: path });
        return response.writeHead(statusCode, headers as Record<string, string>).end(rawPayload);
      };
      answer().catch(() => void response.writeHead(500).end());
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }, 180_000);

  afterAll(async () => {
    server?.close();
    server?.closeAllConnections();
    await app?.close();
    await database?.close();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  async function onPage(args: readonly string[], state: string, act: (page: Shown) => Promise<void>) {
    const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', ...args] });
    const faults: string[] = [];
    try {
      const page = await browser.newPage({ viewport: { width: 1000, height: 620 } });
      page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())));
      page.on('pageerror', (error) => void faults.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith(origin)) faults.push(request.url());
      });
      await page.goto(origin);
      await page.waitForSelector(`#map[data-map="${state}"]`, { timeout: 60_000 });
      await act(page);
    } finally {
      await browser.close();
    }
    expect(faults).toEqual([]);
  }

  type Shown = Awaited<ReturnType<Awaited<ReturnType<typeof chromium.launch>>['newPage']>>;

  it('draws under the strict policy, asks no stranger, and tells of clicks and moves', async () => {
    const args = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
    await onPage(args, 'live', async (page) => {
      expect(await page.textContent('.map-credit')).toBe('© OpenStreetMap contributors, Natural Earth');
      await page.waitForSelector('canvas[aria-label="Alerts off Longkou"]');
      // The alert lies 0.5° west and 0.1° north of the middle.
      const [x, y] = [500 - (0.5 / 360) * 512 * 2 ** 7, 300 - 23];
      const picked = async () => {
        await page.mouse.click(x, y);
        return page.evaluate('globalThis.picked');
      };
      await expect.poll(picked, { timeout: 60_000, interval: 1_000 }).toEqual({ kind: 'alert', id: 'a1' });
      await page.click('button[aria-label="Zoom in"]');
      const zoom = () => page.evaluate('globalThis.views.at(-1)?.zoom');
      await expect.poll(zoom, { timeout: 60_000 }).toBe(8);
    });
  }, 180_000);

  it('shows a picture of the theatre with the alerts on it where there is no WebGL2', async () => {
    await onPage(['--disable-3d-apis'], 'plain', async (page) => {
      expect(await page.textContent('.map-note')).toContain('WebGL2');
      expect(await page.textContent('.map-credit')).toContain('© OpenStreetMap contributors');
      expect(await page.textContent('#map svg title')).toBe('A sentence');
      await page.click('#map svg path');
      expect(await page.evaluate('globalThis.picked')).toEqual({ kind: 'alert', id: 'a1' });
    });
  }, 180_000);
});
