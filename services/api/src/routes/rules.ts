import { Type } from '@fastify/type-provider-typebox';
import { ruleBook } from '@offing/rules';
import type { ApiContext } from '../context.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import type { App } from '../plugins/requests.ts';
import { listOf } from '../schemas/list-of.ts';
import { jsonResponses } from '../schemas/responses.ts';

const ruleSchema = Type.Object(
  {
    id: Type.String(),
    version: Type.Integer(),
    summary: Type.String(),
    limits: listOf(Type.String(), { description: 'What it cannot see.' }),
    sources: listOf(Type.String(), { description: 'Where its defaults come from.' }),
    params: Type.Unsafe<Readonly<Record<string, unknown>>>({
      type: 'object',
      additionalProperties: true,
      description: 'Parameters in use, units in their names.',
    }),
  },
  {
    title: 'Rule',
    examples: [
      {
        id: 'transponder-gap',
        version: 1,
        summary: 'A ship that was heard falls silent.',
        limits: ['A hole in reception looks like a silence.'],
        sources: ['Welch et al. 2022'],
        params: { thresholdH: 6 },
      },
    ],
  },
);

/** Adds the rules as this server runs them. */
export function addRuleRoutes(app: App, context: ApiContext): void {
  const schema = {
    operationId: 'listRules',
    summary: 'List rules',
    description: 'Each rule with its definition, its parameters, and what it cannot see.',
    tags: ['reference'],
    response: jsonResponses('All rules.', Type.Object({ items: listOf(ruleSchema) })),
  };
  app.get('/v1/rules', { schema, config: { cost: 'none' } }, async (request, reply) => {
    const { reader, version } = context;
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const items = ruleBook().map(({ id, version: ruleVersion, docs, params }) => ({
      id,
      version: ruleVersion,
      summary: docs.summary,
      limits: docs.limits,
      sources: docs.sources,
      params: params,
    }));
    return reply.type('application/json; charset=utf-8').send({ items });
  });
}
