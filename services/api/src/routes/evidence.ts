import { eventPositions, eventPositionsMark, keptEventId, rawRecord } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { evidencePositionsSchema } from '../schemas/evidence.ts';
import { alertIdParameters, eventIdParameters, rawParameters } from '../schemas/parameters.ts';
import { itemResponses, rawResponses } from '../schemas/responses.ts';
import { publicEvidencePosition } from '../shapes/evidence.ts';

/** Adds the positions that events and alerts rest on, and the raw records that they came in. */
export function addEvidenceRoutes(app: App, context: ApiContext): void {
  addPositions(app, context, 'event');
  addPositions(app, context, 'alert');
  addRaw(app, context);
}

function addPositions(app: App, context: ApiContext, kind: 'alert' | 'event'): void {
  const schema = {
    operationId: kind === 'alert' ? 'listAlertPositions' : 'listEventPositions',
    summary: kind === 'alert' ? 'List the positions of an alert' : 'List the positions of an event',
    description:
      'The positions that all its versions name in their evidence, oldest first, each with every station and feed that heard it and the address of the raw record.',
    tags: [`${kind}s`],
    params: kind === 'alert' ? alertIdParameters : eventIdParameters,
    response: itemResponses('The positions.', evidencePositionsSchema),
  };
  app.get(`/v1/${kind}s/:id/positions`, { schema }, async (request, reply) => {
    const { reader, version } = context;
    const eventId = await keptEventId(reader, kind, request.params.id);
    if (eventId === null) throw new Problem('not-found', `There is no ${kind} ${request.params.id}`);
    const extra = await eventPositionsMark(reader, eventId);
    if (await isUnchanged(reader, request, reply, { version, extra })) return reply;
    const positions = await eventPositions(reader, eventId);
    return reply
      .type('application/json; charset=utf-8')
      .send({ items: positions.map(publicEvidencePosition) });
  });
}

function addRaw(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'getRaw',
    summary: 'Get a raw record',
    description:
      'The bytes of a sentence, row or object as they were received, by their SHA-256. The terms of use of the feed that brought it hold for it.',
    tags: ['alerts'],
    params: rawParameters,
    response: rawResponses,
  };
  app.get('/v1/raw/:sha256', { schema, config: { cost: 'none' } }, async (request, reply) => {
    const { reader, version } = context;
    const { sha256 } = request.params;
    const raw = await rawRecord(reader, sha256);
    if (raw === null) throw new Problem('not-found', `There is no raw record ${sha256}`);
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    // As an attachment: what strangers sent is not to be taken for a page of ours.
    return reply
      .type('application/octet-stream')
      .header('content-disposition', `attachment; filename="${sha256.slice(0, 16)}.txt"`)
      .send(raw);
  });
}
