import { listAlerts } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { FEED_TYPES, feedText } from '../formats/feeds.ts';
import { termsFor } from '../formats/terms.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { eventFilterOf, eventQuerySchema } from '../query/event-filter.ts';
import { feedResponses } from '../schemas/responses.ts';
import { publicAlert } from '../shapes/event.ts';
import { eventKey, eventMark } from './marks.ts';
import { originOf } from './owners.ts';
import { addressWith, pageOf } from './paging.ts';
import { knownTerms } from './terms.ts';

const PATH = '/v1/alerts.atom';
const ENTRIES = 50;

/** Adds the list of alerts as an Atom feed, with the filters of the list. */
export function addAlertsFeed(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'listAlertsAsAtom',
    summary: 'List alerts as Atom',
    description:
      'Alerts, newest opening first, as an Atom feed: an entry for each alert in its newest version, `updated` when that was known.',
    tags: ['alerts'],
    querystring: eventQuerySchema,
    response: feedResponses('A page of alerts.', 'application/atom+xml'),
  };
  const config = { list: '/v1/alerts', cursorKey: eventKey };
  app.get(PATH, { schema, config }, async (request, reply) => {
    const { reader, version } = context;
    const origin = originOf(context, request);
    if (await isUnchanged(reader, request, reply, { version, extra: origin })) return reply;
    const limit = request.query.limit ?? ENTRIES;
    const page = { limit: limit + 1, ...eventMark(request.after) };
    const records = await listAlerts(reader, eventFilterOf(request.filters), page);
    const { items } = pageOf(
      request,
      reply,
      records,
      limit,
      (alert) => [alert.openedAt, alert.eventId],
      publicAlert,
    );
    const feed = {
      title: 'Offing: alerts',
      // Neither the page nor the key belongs to the name of the feed.
      address:
        origin +
        addressWith(request, null)
          .replace(/([?&])api_key=[^&]*/, '$1')
          .replace(/[?&]$/, ''),
      origin,
      hasPictures: context.openReading,
      entries: items.map((alert) => ({ alert, updated: alert.knownSince })),
      terms: termsFor(items, await knownTerms(reader, request)),
    };
    return reply.type(FEED_TYPES.atom).send(feedText(feed, 'atom'));
  });
}
