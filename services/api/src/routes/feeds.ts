import { feedRates, listFeeds, liveFeeds, liveFeedsMark, readMoment, rejectsByCode } from '@offing/store';
import { isoOf } from '@offing/units';
import type { ApiContext } from '../context.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { feedsSchema } from '../schemas/feed.ts';
import { jsonResponses } from '../schemas/responses.ts';
import { publicFeed, publicLiveFeed } from '../shapes/reference.ts';

/** Adds the list of feeds. */
export function addFeedRoutes(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'listFeeds',
    summary: 'List feeds',
    description:
      'Where positions come from, what was heard on each feed and in each of its regions beside what is usual, how the live ones are doing, and what was refused.',
    tags: ['reference'],
    response: jsonResponses('All feeds.', feedsSchema),
  };
  app.get('/v1/feeds', { schema, config: { cost: 3 } }, async (request, reply) => {
    const { reader, version } = context;
    const extra = await liveFeedsMark(reader);
    if (await isUnchanged(reader, request, reply, { version, extra })) return reply;
    const [feeds, rates, live, rejected, moment] = await Promise.all([
      listFeeds(reader),
      feedRates(reader),
      liveFeeds(reader),
      rejectsByCode(reader),
      readMoment(reader),
    ]);
    return reply.type('application/json; charset=utf-8').send({
      items: feeds.map((feed) => publicFeed(feed, rates.get(feed.name))),
      live: live.map(publicLiveFeed),
      watermark: moment.watermark === null ? null : isoOf(moment.watermark),
      rejected,
    });
  });
}
