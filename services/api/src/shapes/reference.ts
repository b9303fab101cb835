import type {
  DesignationRecord,
  FeedRates,
  FeedRecord,
  HourRate,
  ListRefusalRecord,
  ListSourceRecord,
  LiveFeedRecord,
} from '@offing/store';
import { isoOf } from '@offing/units';
import type { PublicDesignation } from '../schemas/designation.ts';
import type { PublicFeed, PublicLiveFeed } from '../schemas/feed.ts';
import type { PublicListSources } from '../schemas/list-source.ts';

/** Returns a designation as it stands in the API. */
export function publicDesignation(record: DesignationRecord): PublicDesignation {
  const { designationId, knownSince, ...rest } = record;
  return { id: designationId, ...rest, knownSince: isoOf(knownSince) };
}

/** Returns a feed as it stands in the API. */
export function publicFeed(record: FeedRecord, rates: FeedRates | undefined): PublicFeed {
  return {
    ...record,
    rate: rates?.all == null ? null : publicRate(rates.all),
    regions: (rates?.regions ?? []).map((region) => ({
      bbox: [region.west, region.south, region.west + region.sizeDeg, region.south + region.sizeDeg],
      ...publicRate(region),
    })),
    firstAt: record.firstAt === null ? null : isoOf(record.firstAt),
    lastAt: record.lastAt === null ? null : isoOf(record.lastAt),
  };
}

function publicRate({ hourAt, messages, usualMessages, state }: HourRate) {
  return { hour: isoOf(hourAt), messages, usualMessages, state };
}

/** Returns how a live feed is doing as it stands in the API. */
export function publicLiveFeed(record: LiveFeedRecord): PublicLiveFeed {
  const iso = (at: number | null): string | null => (at === null ? null : isoOf(at));
  const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1000);
  return {
    name: record.name,
    state: record.state,
    since: isoOf(record.since),
    updatedAt: isoOf(record.updatedAt),
    fault: record.fault,
    faultCode: record.faultCode,
    retryAt: iso(record.retryAt),
    connections: record.connections,
    records: record.records,
    shed: record.shed,
    rejected: record.rejected,
    lastMessageAt: iso(record.lastMessageAt),
    lastRecordAt: iso(record.lastRecordAt),
    perMinute: record.perMinute,
    usualPerMinute: record.usualPerMinute,
    delayS: seconds(record.delayMs),
    clockCorrectionS: record.clockCorrectionMs / 1000,
  };
}

/** Returns lists that are fetched, and files that changed nothing, as they stand in the API. */
export function publicListSources(
  sources: readonly ListSourceRecord[],
  refusals: readonly ListRefusalRecord[],
): PublicListSources {
  return {
    sources: sources.map(({ url, checkedAt, takenAt, ...rest }) => ({
      ...rest,
      // What stands in a query may be a secret.
      url: url.replace(/[?#].*/, ''),
      checkedAt: isoOf(checkedAt),
      takenAt: takenAt === null ? null : isoOf(takenAt),
    })),
    refusals: refusals.map(({ files, at, ...rest }) => ({
      ...rest,
      // Where a file stood on the operator's disk is nobody's business.
      files: files.map((file) => (/^https?:/.test(file) ? file : file.replace(/^.*[/\\]/, ''))),
      at: isoOf(at),
    })),
  };
}
