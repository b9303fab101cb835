import { watchedAlerts, watchlistByFeedToken, filterMark } from '@offing/store';
import { isoOf } from '@offing/units';
import type { ApiContext } from '../context.ts';
import { FEED_FORMATS, FEED_TYPES, feedText, type FeedFormat } from '../formats/feeds.ts';
import { termsFor } from '../formats/terms.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { tokenParameters } from '../schemas/parameters.ts';
import { feedResponses } from '../schemas/responses.ts';
import { publicAlert } from '../shapes/event.ts';
import { originOf } from './owners.ts';
import { knownTerms } from './terms.ts';

const ENTRIES = 50;
const NAMES: Readonly<Record<FeedFormat, string>> = { atom: 'Atom', rss: 'RSS', json: 'JSON Feed' };

/** Adds the feeds of watchlists; the token in the address is the key, because readers of feeds can send no other. */
export function addWatchFeeds(app: App, context: ApiContext): void {
  for (const format of FEED_FORMATS) addFeed(app, context, format);
}

function addFeed(app: App, context: ApiContext, format: FeedFormat): void {
  const schema = {
    operationId: `getWatchlistAs${NAMES[format].replace(' ', '')}`,
    summary: `A watchlist as ${NAMES[format]}`,
    description: `The ${ENTRIES} alerts of a watchlist that changed last, each in its newest version: withdrawn ones say so.`,
    tags: ['watchlists'],
    params: tokenParameters,
    response: feedResponses('The feed.', FEED_TYPES[format].split(';')[0]),
  };
  const config = { scope: 'open', secretPath: true } as const;
  app.get(`/feeds/:token/alerts.${format}`, { schema, config }, async (request, reply) => {
    const { reader, version } = context;
    const list = await watchlistByFeedToken(reader.pool, request.params.token);
    if (list === undefined) throw new Problem('not-found', 'There is no feed at this address');
    const origin = originOf(context, request);
    const salt = { version, extra: `${filterMark(list)} ${origin}` };
    if (await isUnchanged(reader, request, reply, salt)) return reply;
    const alerts = await watchedAlerts(reader.pool, list.filter, ENTRIES);
    const entries = alerts.map((record) => ({
      alert: publicAlert(record),
      updated: isoOf(record.recordedAt),
    }));
    const shown = entries.map(({ alert }) => alert);
    const feed = {
      title: `Offing: ${list.name}`,
      address: `${origin}/feeds/${list.feedToken}/alerts.${format}`,
      origin,
      hasPictures: context.openReading,
      entries,
      terms: termsFor(shown, await knownTerms(reader, request)),
    };
    return reply.type(FEED_TYPES[format]).send(feedText(feed, format));
  });
}
