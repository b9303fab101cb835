import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  const { rows } = api;
  for (const n of [0, 1, 2])
    await rows.event(`e_plain_${n}`, { severity: 'medium', sentence: `Plain ${n}.` });
  for (const n of [0, 1, 2, 3])
    await rows.event(`e_not_${n}`, { severity: 'info', sentence: `Unsure ${n}.` });
}, 120_000);

afterAll(() => api.close());

const page = async (path: string): Promise<string> => (await api.get(path)).body;
const shown = (html: string, word: string): number =>
  html.match(new RegExp(`${word} \\d\\.`, 'g'))?.length ?? 0;

it('leaves out what cannot be judged, says how much, and shows it when asked', async () => {
  const first = await page('/');
  expect([shown(first, 'Plain'), shown(first, 'Unsure')]).toEqual([3, 0]);
  expect(first).toMatch(/4 alerts of severity info are\s+left out/);
  const all = await page('/?severity=info');
  expect([shown(all, 'Plain'), shown(all, 'Unsure')]).toEqual([3, 4]);
  expect(all).not.toMatch(/are\s+left out:/);
});

it('gives as data what it shows, and goes on to the next page of the same view', async () => {
  const first = await page('/?limit=2');
  const addressAt = (pattern: RegExp): string => pattern.exec(first)?.[1].replaceAll('&amp;', '&') ?? '';
  const { items } = (await api.get(addressAt(/href="(\/v1\/alerts\.json[^"]*)"/))).json<{
    items: { severity: string }[];
  }>();
  expect(items.map(({ severity }) => severity)).toEqual(['medium', 'medium']);
  const second = await page(addressAt(/href="([^"]*)" rel="next"/));
  expect([shown(second, 'Plain'), shown(second, 'Unsure')]).toEqual([1, 0]);
});
