import type { FormatId } from '@offing/feeds';

/** One set of recordings under one feed name. */
export type RecordingSource = {
  /** Files, folders (with all below them) and glob patterns. */
  readonly paths: readonly string[];
  readonly feed: string;
  readonly synthetic: boolean;
  readonly terms?: string | null;
  /** The format to read as, instead of the one that is recognised. */
  readonly format?: FormatId;
  /** For CSV: our field name to the column's header text. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Instant to assume for a recording without any time, ms since 1970. */
  readonly startAt?: number | null;
};

/** Returns text that is the same for two sources exactly when the same bytes give the same records in both. */
export function settingsKey(source: RecordingSource): string {
  const columns = Object.entries(source.columns ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    source.feed,
    source.synthetic,
    source.format ?? null,
    columns,
    source.startAt ?? null,
  ]);
}
