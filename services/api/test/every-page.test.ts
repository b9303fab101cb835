/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { AxeResults, RunOptions } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTS, startApi, type TestApi } from './api.ts';
import { demoRows } from './page/demo-rows.ts';

/** Every page for people, as it is with something on it. A new page needs a line here. */
const PAGES = [
  '/',
  '/?severity=info&type=transponder-gap&from=2016-11-01&to=2016-11-30',
  '/?port=nowhere',
  '/alerts/a_gap',
  '/alerts/a_gone',
  '/alerts/a_listed',
  '/ports',
  '/ports/CNLKU',
  '/corrections',
  '/rules',
  '/rules/transponder-gap',
  '/watchlists',
  '/watchlists?port=Longkou&severity=high',
  '/vessels',
  '/vessels/v_1',
  '/ports',
  '/ports/CNLKU',
  '/status',
  '/rules',
  '/rules/transponder-gap?lang=ko',
  '/corrections?lang=zh',
  '/watchlists?port=Longkou',
  '/nothing',
] as const;

/** How they are looked at: on a desk and on a small phone, by day and by night. */
const LOOKS = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 320, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
] as const;

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const installed = existsSync(executablePath);
if (!installed) console.warn('SKIPPED: chromium is not installed; no page was checked by axe-core');

/** Without WebGL the picture that stands for the map is checked, too. */
const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-3d-apis', '--disable-quic'];
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const webDir = fileURLToPath(new URL('../../web/dist', import.meta.url));
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

describe.skipIf(!installed)('every page', () => {
  let api: TestApi;
  let browser: Browser;
  let page: Page;
  let origin: string;
  let axe: string;

  beforeAll(async () => {
    axe = await readFile(AXE, 'utf8');
    api = await startApi({ gazetteer: PORTS, webDir });
    await demoRows(api.rows);
    await api.app.listen({ host: '127.0.0.1', port: 0 });
    origin = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath, args: ARGS });
    page = await browser.newPage();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  it.each(PAGES)('has no violation that axe-core finds, and no sideways scroll: %s', async (path) => {
    await page.goto(origin + path);
    await page.evaluate(axe);
    for (const { width, colorScheme } of LOOKS) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      expect([width, colorScheme, await page.evaluate(violations, STANDARDS)]).toEqual([
        width,
        colorScheme,
        [],
      ]);
      const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([width, scrolled <= width]).toEqual([width, true]);
    }
  });

  it.each(PAGES)(
    'shows every stop of the keyboard, the first of which skips to the main part: %s',
    async (path) => {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(origin + path);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#main');
      const stops = await page.evaluate(() => {
        const isThere = (element: Element) => element.checkVisibility();
        const found = 'a[href], button, input:not([type=hidden]), select, summary, textarea, [tabindex="0"]';
        return [...document.querySelectorAll(found)].filter(isThere).length;
      });
      const hidden: string[] = [];
      for (let stop = 1; stop < Math.min(stops, 60); stop++) {
        await page.keyboard.press('Tab');
        const fault = await page.evaluate(unseenFocus);
        if (fault !== null) hidden.push(fault);
      }
      expect(hidden).toEqual([]);
    },
  );

  it('moves nothing where the reader asks for stillness, and prints what is to be read', async () => {
    for (const path of PAGES) {
      await page.emulateMedia({ reducedMotion: 'reduce', media: 'print', colorScheme: 'dark' });
      // The width of A4 between its margins.
      await page.setViewportSize({ width: 680, height: 960 });
      await page.goto(origin + path);
      expect([path, await page.evaluate(printFaults)]).toEqual([path, []]);
    }
    await page.emulateMedia({ reducedMotion: null, media: null, colorScheme: null });
  });
});

/** Runs in the browser: what axe finds, each with the places. */
async function violations(standards: readonly string[]): Promise<string[]> {
  const { axe } = window as unknown as {
    axe: { run(options: RunOptions): Promise<AxeResults> };
  };
  const found = await axe.run({
    runOnly: { type: 'tag', values: [...standards] },
    resultTypes: ['violations'],
  });
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}

/** Runs in the browser: the element that has the focus without showing it, or null. */
function unseenFocus(): string | null {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return null;
  const showing = [focused, ...focused.querySelectorAll('*')].some((element) => {
    const style = getComputedStyle(element);
    return (
      style.outlineStyle !== 'none' || (element instanceof SVGElement && parseFloat(style.strokeWidth) >= 2)
    );
  });
  return showing ? null : focused.outerHTML.slice(0, 160);
}

/** Runs in the browser that shows a page as printed: what should not be there. */
function printFaults(): string[] {
  const faults: string[] = [];
  for (const element of document.querySelectorAll('form, nav, button, .skip'))
    if (element.checkVisibility()) faults.push(`shown: ${element.outerHTML.slice(0, 100)}`);
  if (document.documentElement.scrollWidth > innerWidth) faults.push('wider than the paper');
  const paper = getComputedStyle(document.body).backgroundColor;
  if (paper !== 'rgb(255, 255, 255)') faults.push(`paper: ${paper}`);
  if (document.getAnimations().length > 0) faults.push('moves');
  return faults;
}
