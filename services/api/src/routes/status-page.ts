import { listFeeds, readMoment, rejectsByCode } from '@offing/store';
import { isoOf } from '@offing/units';
import type { ApiContext } from '../context.ts';
import { statusPage } from '../page/status-page.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { pageResponses } from '../schemas/responses.ts';
import { publicFeed } from '../shapes/reference.ts';

/** Adds the page that tells what was heard and what was refused. */
export function addStatusPage(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getStatusPage',
    summary: 'The status page',
    description: 'What /v1/feeds answers, as a page for people.',
    tags: ['pages'],
    response: pageResponses(),
  };
  app.get('/status', { schema, config: { page: true } }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const [feeds, rejected, moment] = await Promise.all([
      listFeeds(reader),
      rejectsByCode(reader),
      readMoment(reader),
    ]);
    const watermark = moment.watermark === null ? null : isoOf(moment.watermark);
    const view = { feeds: feeds.map((feed) => publicFeed(feed, undefined)), watermark, rejected };
    return reply.type('text/html; charset=utf-8').send(statusPage(view));
  });
}
