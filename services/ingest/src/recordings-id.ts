import { createHash } from 'node:crypto';
import { settingsKey, type RecordingSource } from './source.ts';

/** The hashes of what was read of one source. */
export type SourceContent = { readonly source: RecordingSource; readonly hashes: readonly string[] };

/**
 * Returns text that is the same exactly when the same contents are read under the same settings, whatever the files are
 * called and in whatever order sources and files are given.
 */
export function recordingsId(contents: readonly SourceContent[]): string {
  const bySettings = new Map<string, Set<string>>();
  for (const { source, hashes } of contents) {
    const key = settingsKey(source);
    const all = bySettings.get(key) ?? new Set();
    for (const hash of hashes) all.add(hash);
    bySettings.set(key, all);
  }
  const parts = [...bySettings].map(([key, hashes]) => JSON.stringify([key, [...hashes].sort()])).sort();
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
