import { Type } from '@fastify/type-provider-typebox';
import { alertVersions } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { alertPage } from '../page/alert-page.ts';
import { speedsOf } from '../page/speeds.ts';
import { isBuilt } from '../plugins/built-files.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { readingOf } from '../plugins/language.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { asOfText, instants } from '../query/event-filter.ts';
import { alertIdParameters, parameters } from '../schemas/parameters.ts';
import { pageResponses } from '../schemas/responses.ts';
import { publicAlertIn } from '../shapes/event.ts';
import { originOf } from './owners.ts';

/** Adds the page of one alert. */
export function addAlertPage(app: App, context: ApiContext): void {
  const hasMap = isBuilt(context.webDir, 'sea-map.js');
  const schema = {
    operationId: 'getAlertPage',
    summary: 'The page of an alert',
    description: 'What /v1/alerts/{id} answers, as a page for people. With `as_of` what was known then.',
    tags: ['pages'],
    params: alertIdParameters,
    querystring: Type.Partial(Type.Object({ as_of: parameters.as_of })),
    response: pageResponses('There is no alert of this id.'),
  };
  app.get('/alerts/:id', { schema, config: { page: true } }, async (request, reply) => {
    const { reader, version } = context;
    // The page names its own address, as the reader came where no public one is known.
    const origin = originOf(context, request);
    if (await isUnchanged(reader, request, reply, { version, extra: origin })) return reply;
    const asked = instants(request.filters);
    const records = await alertVersions(reader, request.params.id, asked.asOf);
    const newest = records.at(-1);
    if (newest === undefined) throw new Problem('not-found', `There is no alert ${request.params.id}`);
    const reading = readingOf(request);
    const view = {
      versions: records.map((record) => publicAlertIn(record, reading.language)),
      asOf: asOfText(asked),
      origin,
      speeds: await speedsOf(reader, newest),
      contact: context.contact,
      hasMap,
    };
    return reply.type('text/html; charset=utf-8').send(alertPage(view, reading));
  });
}
