import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RecordingSource } from '@offing/ingest';

/** Folder of the bundled recordings. */
export const RECORDINGS = fileURLToPath(new URL('../../../recordings/', import.meta.url));

/** One feed of the demonstration, as `recordings/demo.json` has it. */
export type DemoFeed = {
  readonly feed: string;
  readonly synthetic: boolean;
  /** Under what terms the recording may be used; carried into everything made from it. */
  readonly terms: string;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
};

/** What the service reads on its first start: real recordings, and labelled tracks of made-up ships. */
export type Demo = { readonly sessionId: string; readonly sources: readonly RecordingSource[] };

/** Returns the bundled recordings; the session's id changes when a file does, so that a later version reads what is new. */
export function loadDemo(): Demo {
  const text = readFileSync(`${RECORDINGS}demo.json`, 'utf8');
  const feeds = JSON.parse(text) as readonly DemoFeed[];
  const sources = feeds.map(({ feed, synthetic, terms, files }) => ({
    feed,
    synthetic,
    terms,
    paths: files.map((file) => `${RECORDINGS}${file.path}`),
  }));
  return { sessionId: `demo-${createHash('sha256').update(text).digest('hex').slice(0, 20)}`, sources };
}
