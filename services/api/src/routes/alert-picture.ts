import { Type } from '@fastify/type-provider-typebox';
import { alertVersions } from '@offing/store';
import type { ApiContext } from '../context.ts';
import type { AlertPictures } from '../picture/alert-pictures.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { instants } from '../query/event-filter.ts';
import { alertIdParameters, parameters } from '../schemas/parameters.ts';
import { pictureResponses } from '../schemas/responses.ts';
import { alertPath } from '../shapes/alert-path.ts';
import { originOf } from './owners.ts';

/** Adds the picture of an alert. */
export function addAlertPicture(app: App, context: ApiContext, pictures: AlertPictures): void {
  const schema = {
    operationId: 'getAlertPicture',
    summary: 'Get the picture of an alert',
    description:
      'The sentence, severity and map of an alert as PNG, 1200 by 630 pixels as link previews show it. The same version gives the same bytes. `part=map` leaves the words out. With `as_of` what was known then. The coast is © OpenStreetMap contributors.',
    tags: ['alerts'],
    params: alertIdParameters,
    querystring: Type.Partial(
      Type.Object({ as_of: parameters.as_of, size: parameters.size, part: parameters.part }),
    ),
    response: pictureResponses,
  };
  app.get('/v1/alerts/:id.png', { schema }, async (request, reply) => {
    const { reader, version } = context;
    const origin = originOf(context, request);
    if (await isUnchanged(reader, request, reply, { version, extra: origin })) return reply;
    const { id } = request.params;
    const record = (await alertVersions(reader, id, instants(request.filters).asOf)).at(-1);
    if (record === undefined) throw new Problem('not-found', `There is no alert ${id}`);
    const address = `${origin}${alertPath(record.alertId)}`;
    const picture = await pictures.of(record, address, request.query);
    return reply
      .type('image/png')
      .header('content-disposition', `inline; filename="alert-${record.alertId}-${record.version}.png"`)
      .send(Buffer.from(picture));
  });
}
