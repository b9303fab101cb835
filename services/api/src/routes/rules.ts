import { Type } from '@fastify/type-provider-typebox';
import { ruleBook } from '@offing/rules';
import type { ApiContext } from '../context.ts';
import { rulePage } from '../page/rule-page.ts';
import { rulesPage } from '../page/rules-page.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { readingOf } from '../plugins/language.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { listOf } from '../schemas/list-of.ts';
import { ruleIdParameters } from '../schemas/parameters.ts';
import { itemResponses, jsonResponses, pageResponses } from '../schemas/responses.ts';
import { ruleSchema, type PublicRule } from '../schemas/rule.ts';
import { publicRule } from '../shapes/rule.ts';

const RULES: readonly PublicRule[] = ruleBook().map(publicRule);

/** Adds the rules as this server runs them, as data and as pages. */
export function addRuleRoutes(app: App, context: ApiContext): void {
  addData(app, context);
  addPages(app, context);
}

function addData(app: App, { reader, version }: ApiContext): void {
  const list = {
    operationId: 'listRules',
    summary: 'List rules',
    description:
      'Each rule with its definition, its parameters, what it cannot see, and how it did when that was measured.',
    tags: ['reference'],
    response: jsonResponses('All rules.', Type.Object({ items: listOf(ruleSchema) })),
  };
  app.get('/v1/rules', { schema: list, config: { cost: 'none' } }, async (request, reply) => {
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    return reply.type('application/json; charset=utf-8').send({ items: RULES });
  });
  const single = {
    operationId: 'getRule',
    summary: 'Get a rule',
    description: 'One rule as /v1/rules lists it.',
    tags: ['reference'],
    params: ruleIdParameters,
    response: itemResponses('The rule.', ruleSchema),
  };
  app.get('/v1/rules/:id', { schema: single }, async (request, reply) => {
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    return reply.type('application/json; charset=utf-8').send(ruleOf(request.params.id));
  });
}

function addPages(app: App, { reader, version }: ApiContext): void {
  const config = { page: true };
  const tags = ['pages'];
  const list = {
    operationId: 'getRulesPage',
    summary: 'The page of the rules',
    description: 'What /v1/rules answers, as a page for people.',
    tags,
    response: pageResponses(),
  };
  app.get('/rules', { schema: list, config }, async (request, reply) => {
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    return reply.type('text/html; charset=utf-8').send(rulesPage(RULES, readingOf(request)));
  });
  const single = {
    operationId: 'getRulePage',
    summary: 'The page of a rule',
    description: 'What /v1/rules/{id} answers, as a page for people.',
    tags,
    params: ruleIdParameters,
    response: pageResponses('There is no rule of this id.'),
  };
  app.get('/rules/:id', { schema: single, config }, async (request, reply) => {
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    return reply
      .type('text/html; charset=utf-8')
      .send(rulePage(ruleOf(request.params.id), readingOf(request)));
  });
}

function ruleOf(id: string): PublicRule {
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) throw new Problem('not-found', `There is no rule ${id}; /rules lists them`);
  return rule;
}
