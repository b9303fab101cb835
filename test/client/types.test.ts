import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { clientTypes, TYPES_FILE } from '../../scripts/client/types.ts';

it('has the types of the API as it is: `npm run client` writes them', async () => {
  const kept = await readFile(new URL(`../../${TYPES_FILE}`, import.meta.url), 'utf8');
  const current = await clientTypes();
  // Said in words, because a difference of thousands of lines tells nobody anything.
  expect(kept === current ? 'current' : 'stale: run npm run client').toBe('current');
});

it('knows the JSON of the API by name, and nothing of files and pages', async () => {
  const text = await clientTypes();
  for (const name of ['Alert', 'AlertDetail', 'Event', 'Vessel', 'Position', 'Port', 'Watchlist', 'Problem'])
    expect(text).toContain(`    ${name}: {`);
  expect(text).toContain("'/v1/watchlists/{id}/deliveries/{delivery}/replay': {");
  expect(text).not.toMatch(/text\/csv|text\/html|alerts\.atom/);
});
