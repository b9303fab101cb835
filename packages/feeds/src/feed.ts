import type { RecordColumns, StaticDictionary } from '@offing/track';

/** Why a line or row was refused; the stable codes under which it is counted and shown. */
export type RejectCode =
  | 'truncated'
  | 'oversized'
  | 'not-text'
  | 'checksum'
  | 'malformed'
  | 'unsupported-length'
  | 'unknown-type'
  | 'incomplete-multipart'
  | 'missing-field'
  | 'bad-number'
  | 'bad-time'
  | 'no-time'
  | 'future-time'
  | 'stale'
  | 'no-position'
  | 'position-zero'
  | 'position-range'
  | 'not-a-ship'
  | 'no-mmsi'
  | 'column-count';

/** The formats that a recording can have. */
export type FormatId =
  | 'nmea'
  | 'marinecadastre'
  | 'dma'
  | 'gfw'
  | 'csv'
  | 'aisstream'
  | 'digitraffic'
  | 'barentswatch'
  | 'aishub'
  | 'gpsd'
  | 'ais-catcher'
  | 'signalk'
  | 'jsonl';

/**
 * What a live feed knows when bytes come; ms since 1970. The caller changes it between pushes, so that readers need no
 * clock of their own.
 */
export type LiveMoment = {
  /** When the bytes at hand were received: the time of a message whose source gives none. */
  readonly receivedAt: number;
  /** Records before this are refused as `stale`: sources hand out positions that are years old as their latest. */
  readonly earliestAt: number;
  /** Records after this are refused as `future-time`. */
  readonly latestAt: number;
};

/** Where a reader puts what it read. One output serves one file or socket; the caller empties `records` between pushes. */
export type FeedOutput = {
  /** Positions and static reports, appended in order of arrival. Readers grow it with `reserve`. */
  readonly records: RecordColumns;
  readonly statics: StaticDictionary;
  /**
   * Takes what was refused. `line` counts from 1. `raw` is only valid during the call; the receiver copies what it keeps.
   * `why` names the field, the value and what was expected.
   */
  reject(code: RejectCode, line: number, raw: Uint8Array, why: string): void;
  /** Counts what was understood and is not used: `type-4`, `base-station`, `other-sentence`, … */
  count(what: string): void;
  /**
   * Told of each record that was appended, where it is given: `row` is its place in `records`, `raw` the line, row or object
   * that it came in, only valid during the call; the lines of a message in parts are joined with LF.
   */
  readonly took?: ((row: number, raw: Uint8Array) => void) | undefined;
};

/** Settings that every reader takes. */
export type FeedReaderOptions = {
  /** Written into the feed column of every record. */
  readonly feed: number;
  /** Instant to assume for a recording that carries no time at all, ms since 1970; null refuses such positions as `no-time`. */
  readonly startAt: number | null;
  /** Records later than this are refused as `future-time`, ms since 1970; no limit when left out. */
  readonly latestAt?: number;
  /** For a live feed; with it `latestAt` has no say. */
  readonly live?: LiveMoment;
  /** For CSV and JSON lines: our field name to the column's header text, overriding what is recognised. */
  readonly columns?: Readonly<Record<string, string>>;
};

/** Why a file as a whole cannot be read; the stable codes. */
export type FeedFaultCode = 'missing-column' | 'unknown-field' | 'bad-header';

/** What is wrong with a file as a whole: with its header, or with the mapping of its columns. */
export type FeedFault = {
  readonly code: FeedFaultCode;
  /** Names everything that is missing or wrong, the columns that are there, and what to do about it. */
  readonly message: string;
};

/** Turns the bytes of one file or connection into records; knows no clock and does no I/O. */
export type FeedReader = {
  /** Takes the next bytes, cut anywhere. */
  push(chunk: Uint8Array): void;
  /** Says that no more bytes come: the last line counts even without a line break. */
  end(): void;
  /** Lines seen so far. */
  readonly lines: number;
  /** Set once the header has been read and rows cannot be; from then on every row is passed over, unread and uncounted. */
  readonly fault: FeedFault | null;
  /** Names of the columns that are not read; empty for a format without columns. */
  readonly ignoredColumns: readonly string[];
};
