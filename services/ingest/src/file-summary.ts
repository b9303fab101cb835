import type { FormatId } from '@offing/feeds';

/** What was read of one recording: a file, or an entry of an archive. */
export type FileSummary = {
  /** As given or found; an entry's name stands behind a `#`. */
  readonly path: string;
  readonly feed: string;
  /** Null when it could not be told. */
  readonly format: FormatId | null;
  /** Bytes on the disk. */
  readonly bytes: number;
  readonly lines: number;
  readonly records: number;
  readonly rejected: Readonly<Record<string, number>>;
  /** What was understood and is not used. */
  readonly counted: Readonly<Record<string, number>>;
  /** Columns of a CSV that nothing is made of. */
  readonly ignoredColumns: readonly string[];
  /** Earliest and latest event time, ms since 1970; null without records. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** Records that stood more than the allowed lateness behind the newest one before them; they are sorted in all the same. */
  readonly outOfOrder: number;
  readonly ended: 'complete' | 'fault';
};
