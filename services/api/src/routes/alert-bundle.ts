import { Type } from '@fastify/type-provider-typebox';
import { eventPositionsMark, keptEventId } from '@offing/store';
import { evidenceBundle } from '../bundle/evidence-bundle.ts';
import type { ApiContext } from '../context.ts';
import type { AlertPictures } from '../picture/alert-pictures.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { instants } from '../query/event-filter.ts';
import { alertIdParameters, parameters } from '../schemas/parameters.ts';
import { bundleResponses } from '../schemas/responses.ts';
import { originOf } from './owners.ts';

/** Adds the evidence of an alert as one file. */
export function addAlertBundle(app: App, context: ApiContext, pictures: AlertPictures): void {
  const schema = {
    operationId: 'getAlertBundle',
    summary: 'Get the evidence of an alert',
    description:
      'A ZIP with the sentence, all versions, the positions and the raw records as they were received, the rule with its parameters, the versions of the lists, the picture, and the SHA-256 of every file: `sha256sum -c SHA256SUMS`. With `as_of` what was known then.',
    tags: ['alerts'],
    params: alertIdParameters,
    querystring: Type.Partial(Type.Object({ as_of: parameters.as_of })),
    response: bundleResponses,
  };
  const config = { scope: 'export' } as const;
  app.get('/v1/alerts/:id/bundle.zip', { schema, config }, async (request, reply) => {
    const { reader, version } = context;
    const { id } = request.params;
    const eventId = await keptEventId(reader, 'alert', id);
    if (eventId === null) throw new Problem('not-found', `There is no alert ${id}`);
    const origin = originOf(context, request);
    const extra = `${origin} ${await eventPositionsMark(reader, eventId)}`;
    if (await isUnchanged(reader, request, reply, { version, extra })) return reply;
    const { asOf } = instants(request.filters);
    const bundle = await evidenceBundle(reader, pictures, {
      alertId: id,
      ...(asOf === undefined ? {} : { asOf }),
      origin,
      version,
    });
    if (bundle === null) throw new Problem('not-found', `There was no alert ${id} then`);
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="${bundle.fileName}"`)
      .send(Buffer.from(bundle.bytes));
  });
}
