import { Type } from '@fastify/type-provider-typebox';
import { listAudit } from '@offing/store';
import { isoOf } from '@offing/units';
import type { ApiContext } from '../context.ts';
import type { App } from '../plugins/requests.ts';
import type { KeyPart } from '../query/cursor.ts';
import { nullableString } from '../schemas/nullable.ts';
import { plainPageOf as pageSchemaOf } from '../schemas/page.ts';
import { PAGE_ITEMS, parameters } from '../schemas/parameters.ts';
import { ownResponses } from '../schemas/responses.ts';
import { pageOf } from './paging.ts';

const KEY: readonly KeyPart[] = ['integer'];

const entrySchema = Type.Object(
  {
    id: Type.Integer(),
    at: Type.String(),
    owner: Type.String(),
    keyId: nullableString('Null for the command line, and for readers who end their e-mails.'),
    action: Type.String(),
    target: Type.String(),
    detail: Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', additionalProperties: true }),
  },
  {
    title: 'AuditEntry',
    examples: [
      {
        id: 1,
        at: '2026-01-01T00:00:00Z',
        owner: 'local',
        keyId: '0123456789abcdef',
        action: 'watchlist.create',
        target: 'w0123456789abcdef0123',
        detail: {},
      },
    ],
  },
);

/** Adds the log of who changed what. */
export function addAuditRoutes(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'listAudit',
    summary: 'List the audit log',
    description: 'Who changed what with which key, newest first.',
    tags: ['service'],
    querystring: Type.Partial(Type.Object({ limit: parameters.limit, cursor: parameters.cursor })),
    response: ownResponses('A page of entries.', pageSchemaOf(entrySchema)),
  };
  app.get('/v1/audit', { schema, config: { scope: 'admin', cursorKey: KEY } }, async (request, reply) => {
    const limit = request.query.limit ?? PAGE_ITEMS;
    const before = request.after === null ? {} : { before: Number(request.after[0]) };
    const records = await listAudit(context.writer.pool, { limit: limit + 1, ...before });
    const page = pageOf(
      request,
      reply,
      records,
      limit,
      (entry) => [entry.auditId],
      ({ auditId, at, ...entry }) => ({ id: auditId, at: isoOf(at), ...entry }),
    );
    return reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(page);
  });
}
