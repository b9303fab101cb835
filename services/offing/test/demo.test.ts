import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadDemo, RECORDINGS, type DemoFeed } from '../src/demo.ts';
import { VERSION } from '../src/version.ts';

it('names bundled recordings as they are, each under its terms', () => {
  const feeds = JSON.parse(readFileSync(`${RECORDINGS}demo.json`, 'utf8')) as DemoFeed[];
  for (const { files, terms, feed } of feeds) {
    expect(terms, feed).not.toBe('');
    for (const { path, sha256 } of files) {
      const hash = createHash('sha256')
        .update(readFileSync(`${RECORDINGS}${path}`))
        .digest('hex');
      expect(hash, `${path}: run node scripts/demo-manifest.mjs`).toBe(sha256);
    }
  }
  expect(feeds.filter(({ synthetic }) => synthetic).map(({ feed }) => feed)).toEqual(['synthetic']);
  expect(loadDemo().sources).toHaveLength(feeds.length);
});

it('has the version of the workspace', () => {
  const path = new URL('../../../package.json', import.meta.url);
  expect(VERSION).toBe((JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version);
});
