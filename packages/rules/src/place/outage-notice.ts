import type { EventChange } from '../event.ts';

/** A hull at the place where it was heard last. */
export type Sighting = {
  readonly mmsi: number;
  readonly at: number;
  readonly lon: number;
  readonly lat: number;
  /** Null where the message did not say. */
  readonly sogKn: number | null;
  readonly cogDeg: number | null;
};

/** A circle of water that was not heard. */
export type OutageCircle = { readonly lon: number; readonly lat: number; readonly radiusKm: number };

/** What the stage tells of receivers that were out: of a whole feed, or around a place. */
export type OutageNotice = {
  readonly change: EventChange;
  /** Name of the feed. */
  readonly feed: string;
  readonly synthetic: boolean;
  readonly extent: 'feed' | 'region';
  /** Area cell of the first circle of a region; null for a whole feed. */
  readonly cell: number | null;
  /** When the outage began as first told, and as known now, ms. */
  readonly firstToldFrom: number;
  readonly from: number;
  /** When it was heard again, ms; null while it is out. */
  readonly to: number | null;
  /** Event time at which this was known, ms. */
  readonly at: number;
  /** Hulls heard in the hour before, and how many of them fell silent together. */
  readonly heardBefore: number;
  readonly fell: number;
  /** The hulls that fell silent, by MMSI in order. */
  readonly hulls: readonly Sighting[];
  /** The water that was not heard; empty for a whole feed. */
  readonly circles: readonly OutageCircle[];
  /** Whether a region was told only when its ships were back, because they had been on one course out of the water that is heard. */
  readonly leftOnOneCourse: boolean;
};
