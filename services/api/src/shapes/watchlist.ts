import type {
  ChannelRecord,
  DeliveryRecord,
  WatchFilter,
  WatchlistRecord,
  WatchPreview,
} from '@offing/store';
import { isoOf } from '@offing/units';
import type { WatchFilterBody } from '../schemas/watchlist.ts';

/** Alerts a month beyond which a watchlist must be confirmed: ten a day are read, more are not (our own guess). */
export const DROWNING_ALERTS = 300;

/** Returns the filter of what was asked for; what is absent does not restrict, severity apart: low and above. */
export function watchFilterOf(body: WatchFilterBody): WatchFilter {
  return {
    ports: body.ports ?? [],
    polygons: body.polygons ?? [],
    mmsi: body.mmsi ?? [],
    imoNumbers: body.imoNumbers ?? [],
    vesselIds: body.vesselIds ?? [],
    lists: body.lists ?? [],
    rules: body.rules ?? [],
    minSeverity: body.minSeverity ?? 'low',
    verdicts: body.verdicts ?? [],
    synthetic: body.synthetic ?? false,
  };
}

/** Returns a watchlist as its owner sees it. */
export function publicWatchlist(record: WatchlistRecord, origin: string) {
  const feed = (format: string) => `${origin}/feeds/${record.feedToken}/alerts.${format}`;
  return {
    id: record.watchlistId,
    name: record.name,
    filter: record.filter,
    channels: record.channels.map((channel) => publicChannel(channel)),
    feeds: { atom: feed('atom'), rss: feed('rss'), json: feed('json') },
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
  };
}

/** Returns a channel as its owner sees it, with its secret only where that was just made. */
export function publicChannel(record: ChannelRecord, secret: string | null = null) {
  return {
    id: record.channelId,
    kind: record.kind,
    target: record.target,
    digest: record.digest,
    state: record.state,
    disabledReason: record.disabledReason,
    ...(secret === null ? {} : { secret }),
  };
}

/** Returns a preview as answered. */
export function publicPreview(preview: WatchPreview) {
  return {
    from: preview.from === null ? null : isoOf(preview.from),
    to: preview.to === null ? null : isoOf(preview.to),
    alerts: preview.alerts,
    messages: preview.messages,
    limit: DROWNING_ALERTS,
    wouldDrown: preview.alerts > DROWNING_ALERTS,
  };
}

/** Returns a delivery as its log shows it. */
export function publicDelivery(record: DeliveryRecord) {
  const instant = (at: number | null) => (at === null ? null : isoOf(at));
  return {
    id: record.deliveryId,
    channelId: record.channelId,
    alertId: record.alertId,
    version: record.version,
    change: record.change,
    state: record.state,
    attempts: record.attempts,
    createdAt: isoOf(record.createdAt),
    nextAt: instant(record.nextAt),
    finishedAt: instant(record.finishedAt),
    lastStatus: record.lastStatus,
    lastError: record.lastError,
  };
}
