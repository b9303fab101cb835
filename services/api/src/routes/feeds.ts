import { listFeeds, readMoment, rejectsByCode } from '@offing/store';
import { isoOf } from '@offing/units';
import type { ApiContext } from '../context.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { feedsSchema } from '../schemas/feed.ts';
import { jsonResponses } from '../schemas/responses.ts';
import { publicFeed } from '../shapes/reference.ts';

/** Adds the list of feeds. */
export function addFeedRoutes(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'listFeeds',
    summary: 'List feeds',
    description: 'Where positions come from, what was heard on each feed, and what was refused.',
    tags: ['reference'],
    response: jsonResponses('All feeds.', feedsSchema),
  };
  app.get('/v1/feeds', { schema }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const [feeds, rejected, moment] = await Promise.all([
      listFeeds(reader),
      rejectsByCode(reader),
      readMoment(reader),
    ]);
    return reply.type('application/json; charset=utf-8').send({
      items: feeds.map(publicFeed),
      watermark: moment.watermark === null ? null : isoOf(moment.watermark),
      rejected,
    });
  });
}
