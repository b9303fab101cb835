import { Type } from '@fastify/type-provider-typebox';
import { readiness } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { refused } from '../schemas/responses.ts';
import type { App } from '../plugins/requests.ts';

const alive = Type.Object(
  { status: Type.String(), version: Type.String() },
  { title: 'Alive', examples: [{ status: 'ok', version: '0.1.0' }] },
);

const ready = Type.Object(
  {
    ready: Type.Boolean(),
    checks: Type.Object({
      database: Type.String({ description: 'ok or unreachable' }),
      migrations: Type.String({ description: 'ok, missing or unknown' }),
      reference: Type.String({ description: 'ok, or missing when no gazetteer is loaded' }),
      designations: Type.String({ description: 'ok, empty or unknown; empty does not keep from starting' }),
    }),
  },
  {
    title: 'Readiness',
    examples: [
      { ready: true, checks: { database: 'ok', migrations: 'ok', reference: 'ok', designations: 'ok' } },
    ],
  },
);

/** Machines that ask this have no key, and must get an answer. */
const OPEN = { scope: 'open', cost: 'none' } as const;

/** Adds what tells whether the service lives and whether it can answer. */
export function addHealthRoutes(app: App, context: ApiContext): void {
  app.get('/healthz', { schema: aliveOperation, config: OPEN }, async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    return { status: 'ok', version: context.version };
  });
  app.get('/readyz', { schema: readyOperation, config: OPEN }, async (_request, reply) => {
    const { database, migrations, designations } = await readiness(context.reader);
    const reference = context.gazetteer === undefined ? 'missing' : 'ok';
    const isReady = [database, migrations, reference].every((check) => check === 'ok');
    const checks = { database, migrations, reference, designations };
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready: isReady, checks });
  });
}

const aliveOperation = {
  operationId: 'getHealth',
  summary: 'Is it alive',
  description: 'Answers as long as the process serves requests, whatever the database does.',
  tags: ['service'],
  response: {
    400: refused,
    200: { description: 'It is.', content: { 'application/json': { schema: alive } } },
  },
};

const readyOperation = {
  operationId: 'getReadiness',
  summary: 'Is it ready',
  description: 'Says what is missing: the database, its migrations, reference data.',
  tags: ['service'],
  response: {
    400: refused,
    200: { description: 'It is.', content: { 'application/json': { schema: ready } } },
    503: { description: 'It is not.', content: { 'application/json': { schema: ready } } },
  },
};
