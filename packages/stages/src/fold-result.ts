import type { EventDraft, HourCoverage } from '@offing/rules';
import type { StaticReport } from '@offing/track';

/** A change of what a hull says of itself. */
export type StaticChange = {
  readonly mmsi: number;
  readonly at: number;
  readonly report: StaticReport;
  readonly key: string;
  readonly messageType: number;
  readonly aisClass: number;
  readonly feed: number;
};

/** What the fold made of a batch; the arrays are by row of the batch. */
export type FoldResult = {
  /** 1 for a position to keep, 0 for a duplicate or a row without position. */
  readonly keep: Uint8Array;
  /** Number of the hull that the position joined. */
  readonly hull: Int16Array;
  readonly duplicates: number;
  readonly positions: number;
  readonly statics: readonly StaticChange[];
  readonly events: readonly EventDraft[];
  /** Slots of the hulls that were heard. */
  readonly touched: readonly number[];
  /** What was heard in each hour that ended with the batch, oldest first. */
  readonly coverage: readonly HourCoverage[];
};
