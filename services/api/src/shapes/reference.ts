import type { DesignationRecord, FeedRecord } from '@offing/store';
import { isoOf } from '@offing/units';
import type { PublicDesignation } from '../schemas/designation.ts';
import type { PublicFeed } from '../schemas/feed.ts';

/** Returns a designation as it stands in the API. */
export function publicDesignation(record: DesignationRecord): PublicDesignation {
  const { designationId, knownSince, ...rest } = record;
  return { id: designationId, ...rest, knownSince: isoOf(knownSince) };
}

/** Returns a feed as it stands in the API. */
export function publicFeed(record: FeedRecord): PublicFeed {
  return {
    ...record,
    firstAt: record.firstAt === null ? null : isoOf(record.firstAt),
    lastAt: record.lastAt === null ? null : isoOf(record.lastAt),
  };
}
