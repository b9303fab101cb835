import {
  listFeeds,
  listRefusals,
  listSources,
  listSourcesMark,
  readMoment,
  rejectsByCode,
} from '@offing/store';
import { isoOf } from '@offing/units';
import type { ApiContext } from '../context.ts';
import { statusPage } from '../page/status-page.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { pageResponses } from '../schemas/responses.ts';
import { publicFeed, publicListSources } from '../shapes/reference.ts';

/** How many refusals of lists are shown. */
const MOST_REFUSALS = 10;

/** Adds the page that tells what was heard and what was refused. */
export function addStatusPage(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getStatusPage',
    summary: 'The status page',
    description: 'What /v1/feeds and /v1/designations/sources answer, as a page for people.',
    tags: ['pages'],
    response: pageResponses(),
  };
  app.get('/status', { schema, config: { page: true, cost: 3 } }, async (request, reply) => {
    const { reader, version } = context;
    const extra = await listSourcesMark(reader);
    if (await isUnchanged(reader, request, reply, { version, extra })) return reply;
    const [feeds, rejected, moment, sources, refusals] = await Promise.all([
      listFeeds(reader),
      rejectsByCode(reader),
      readMoment(reader),
      listSources(reader),
      listRefusals(reader, MOST_REFUSALS),
    ]);
    const watermark = moment.watermark === null ? null : isoOf(moment.watermark);
    const view = {
      feeds: feeds.map((feed) => publicFeed(feed, undefined)),
      watermark,
      rejected,
      lists: publicListSources(sources, refusals),
    };
    return reply.type('text/html; charset=utf-8').send(statusPage(view));
  });
}
