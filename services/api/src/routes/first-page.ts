import { alertFacets, listAlerts, readMoment } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { alertsPage } from '../page/alerts-page.ts';
import { LEAST_SEVERITY } from '../page/filter-form.ts';
import { MARK_SVG, PAGE_STYLE } from '../page/style.ts';
import { addBuiltFiles } from '../plugins/built-files.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { eventFilterOf, eventQuerySchema } from '../query/event-filter.ts';
import { pageResponses } from '../schemas/responses.ts';
import { publicAlert } from '../shapes/event.ts';
import { publicFacets } from '../shapes/facets.ts';
import { eventKey, eventMark } from './marks.ts';
import { addressWith, pageOf } from './paging.ts';

const ALERTS_ON_PAGE = 50;
const ASSET_SECONDS = 3600;

/** Adds the page that lists alerts, with its style and mark; it takes the filters of /v1/alerts. */
export function addFirstPage(app: App, context: ApiContext): void {
  const hasMap = addBuiltFiles(app, context.webDir, 'alerts-page.js');
  // The page's own links lead to the data of the same view: they share cursors with the list.
  const config = { page: true, list: '/v1/alerts', cursorKey: eventKey, cost: 2 };
  const schema = {
    operationId: 'getFirstPage',
    summary: 'The first page',
    description:
      'Alerts as a page for people, with links to the same view as data. Empty parameters are none; without `severity` alerts of severity `info` are left out, and counted.',
    tags: ['pages'],
    querystring: eventQuerySchema,
    response: pageResponses(),
  };
  app.get('/', { schema, config }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const limit = request.query.limit ?? ALERTS_ON_PAGE;
    const hides = !request.filters.has('severity');
    if (hides) request.filters = new Map([...request.filters, ['severity', LEAST_SEVERITY]]);
    const filter = eventFilterOf(request.filters);
    const [moment, records, counted] = await Promise.all([
      readMoment(reader),
      listAlerts(reader, filter, { limit: limit + 1, ...eventMark(request.after) }),
      alertFacets(reader, filter),
    ]);
    const facets = publicFacets(counted, filter);
    const leftOut = hides ? (facets.severity.find(({ value }) => value === 'info')?.count ?? 0) : 0;
    const page = pageOf(
      request,
      reply,
      records,
      limit,
      (alert) => [alert.openedAt, alert.eventId],
      publicAlert,
    );
    const older = page.next === null ? null : addressWith(request, page.next);
    const { watermark } = moment;
    const view = {
      alerts: page.items,
      filters: request.filters,
      facets,
      older,
      watermark,
      leftOut: leftOut === 0 ? null : leftOut.toLocaleString('en'),
      hasMap,
    };
    return reply.type('text/html; charset=utf-8').send(alertsPage(view));
  });
  addAsset(app, '/assets/page.css', 'text/css; charset=utf-8', PAGE_STYLE);
  addAsset(app, '/assets/mark.svg', 'image/svg+xml', MARK_SVG);
}

function addAsset(app: App, url: string, mediaType: string, text: string): void {
  app.get(url, { schema: { hide: true }, config: { scope: 'open' } }, (_request, reply) =>
    reply.type(mediaType).header('cache-control', `public, max-age=${ASSET_SECONDS}`).send(text),
  );
}
