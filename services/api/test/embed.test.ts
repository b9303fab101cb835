/// <reference lib="dom" />
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTS, startApi, type TestApi } from './api.ts';
import { demoRows } from './page/demo-rows.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const installed = existsSync(executablePath);
if (!installed) console.warn('SKIPPED: chromium is not installed; no page was shown in a frame');

const EMBEDS = ['/embed/alerts', '/embed/alerts/a_gap', '/embed/ports/CNLKU'];

let api: TestApi;
let host: Server;

beforeAll(async () => {
  // Another port is another origin.
  host = createServer((request, answer) => {
    const src = new URL(request.url ?? '/', 'http://x').searchParams.get('src') ?? '';
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.end(`<!doctype html><title>News</title><iframe src="${src}" width="600" height="700"></iframe>`);
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  api = await startApi({ gazetteer: PORTS });
  await demoRows(api.rows);
}, 120_000);

afterAll(async () => {
  host.close();
  await api.close();
});

describe('the pages for frames', () => {
  it.each(EMBEDS)(
    '%s says whose it is, leads to the whole beside the frame, and marks made-up ships',
    async (path) => {
      const { body, headers } = await api.get(path);
      expect(headers['content-security-policy']).toContain('frame-ancestors *');
      expect(headers['x-frame-options']).toBeUndefined();
      const whole = path === '/embed/alerts' ? '/' : path.replace('/embed', '');
      expect(body).toContain(`<a href="${whole}" rel="noopener">See it whole`);
      expect(body).toContain('<base target="_blank" />');
      expect(body.includes('made-up ships for demonstration')).toBe(path !== '/embed/ports/CNLKU');
      expect(body).not.toContain('<script');
    },
  );

  it('keep the filters of the view on the way to the whole', async () => {
    const { body } = await api.get('/embed/alerts?type=hovering&limit=1');
    expect(body.match(/<article/g)).toHaveLength(1);
    expect(body).toContain('<a href="/?type=hovering"');
    expect((await api.get('/embed/alerts/a_none')).statusCode).toBe(404);
  });

  it.each([
    [
      ['https://news.example.org', 'https://a.example'],
      'frame-ancestors https://news.example.org https://a.example',
    ],
    [["'none'"], "frame-ancestors 'none'"],
    [[], "frame-ancestors 'none'"],
  ])('may be framed by %j alone', async (frameAncestors, expected) => {
    const own = await startApi({ frameAncestors });
    try {
      expect((await own.get('/embed/alerts')).headers['content-security-policy']).toContain(expected);
      const { headers } = await own.get('/');
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-frame-options']).toBe('DENY');
    } finally {
      await own.close();
    }
  });

  it.skipIf(!installed)(
    'show in a frame of another origin in Chromium, and no other page does',
    async () => {
      await api.app.listen({ host: '127.0.0.1', port: 0 });
      const address = (port: number) => `http://127.0.0.1:${port}`;
      const origin = address((api.app.server.address() as AddressInfo).port);
      const news = address((host.address() as AddressInfo).port);
      const browser = await chromium.launch({
        executablePath,
        args: ['--headless', '--no-sandbox', '--disable-gpu'],
      });
      try {
        const page = await browser.newPage();
        const headingIn = async (path: string) => {
          await page.goto(`${news}/?src=${encodeURIComponent(origin + path)}`);
          return page.frames()[1].evaluate(() => document.querySelector('h1')?.textContent ?? null);
        };
        expect(await headingIn('/embed/ports/CNLKU')).toBe('Longkou 龙口');
        expect(await headingIn('/embed/alerts')).toBe('Alerts');
        // In its place stands the browser's own page that says so.
        expect(await headingIn('/ports/CNLKU')).not.toContain('Longkou');
        expect(page.frames()[1].url()).toMatch(/^chrome-error:/);
      } finally {
        await browser.close();
      }
    },
    60_000,
  );
});
