import { BudgetSpent } from '@offing/store';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problemPage } from '../page/problem-page.ts';
import { readingOf } from './language.ts';
import type { Fault } from '../schemas/problem.ts';
import { invalidRequest, Problem } from './problem.ts';

/** SQLSTATE of a statement that was cancelled, here by its time limit (PostgreSQL, appendix A). */
const QUERY_CANCELED = '57014';
/** Classes and codes that mean that the server is gone, going, full, closed to us, or without our tables. */
const UNAVAILABLE = /^(08...|28...|3D000|42P01|53...|55000|57P0[123])$/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);
const LOST = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

/** Answers every error as problem+json, pages as HTML; says nothing of stacks and statements, logs what is our fault. */
export function addProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error);
    if (problem.statusCode >= 500) {
      request.log.error(
        { err: error, code: problem.code, route: request.routeOptions.url },
        'request failed',
      );
    }
    return sendProblem(request, reply, problem);
  });
  const routes: { readonly shape: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    const shape = pathShape(url);
    routes.push({ shape, methods: [method].flat() });
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.raw.url?.split('?')[0] ?? '';
    const allowed = routes.filter(({ shape }) => shape.test(path)).flatMap(({ methods }) => methods);
    const known = request.method !== 'GET' && allowed.length > 0;
    if (!known) return sendProblem(request, reply, new Problem('not-found', 'No such path; see /docs'));
    const list = [...new Set(allowed)].sort().join(', ');
    void reply.header('allow', list);
    return sendProblem(request, reply, new Problem('method-not-allowed', `Only ${list} work here`));
  });
}

function pathShape(pattern: string): RegExp {
  const literal = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(/:\w+/g, '[^/]+').replaceAll('*', '.*')}$`);
}

/** Answers a request with a problem. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  void reply.code(problem.statusCode).header('cache-control', 'no-store');
  if (problem.statusCode === 503) void reply.header('retry-after', '5');
  // The allowance of a minute has said already when there is more of it.
  if (problem.statusCode === 429 && !reply.hasHeader('retry-after')) void reply.header('retry-after', '1');
  const instance = problem.statusCode >= 500 ? { instance: `urn:offing:request:${request.id}` } : {};
  const body = { ...problem.body(), ...instance };
  if (isForPeople(request)) {
    return reply.type('text/html; charset=utf-8').send(problemPage(body, readingOf(request)));
  }
  // As bytes: text would be serialised by the schema of the route's own answers.
  return reply.type('application/problem+json').send(Buffer.from(JSON.stringify(body)));
}

/** Pages, and addresses where nothing is that a browser was led to. */
function isForPeople(request: FastifyRequest): boolean {
  if (request.routeOptions.config.page === true) return true;
  if (!request.is404 || (request.raw.url ?? '').startsWith('/v1/')) return false;
  return (request.headers.accept ?? '').includes('text/html');
}

/** Returns the problem that an error is, told apart by stable codes. */
export function problemOf(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof BudgetSpent) return tooSlow(error);
  const code = typeof error.code === 'string' ? error.code : '';
  if (code === QUERY_CANCELED) return tooSlow(error);
  if (UNAVAILABLE.test(code) || NETWORK.has(code) || LOST.test(error.message)) {
    return new Problem('database-unavailable', 'Try again in a moment; see /readyz', [], error);
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new Problem('invalid-request', 'The request is not well formed', [frameworkFault(code)], error);
  }
  return new Problem('internal', 'The fault is logged; asking again may not help', [], error);
}

function tooSlow(error: Error): Problem {
  return new Problem('too-slow', 'Ask for less: a shorter time, a smaller box, one ship', [], error);
}

/** What the framework refuses before any schema is asked; what was sent there is not repeated. */
function frameworkFault(code: string): Fault {
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return { in: 'header', field: 'content-type', value: '', expected: 'application/json' };
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH')
    return { in: 'header', field: 'content-length', value: '', expected: 'the length of the body in bytes' };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return { in: 'body', field: 'body', value: '', expected: 'a shorter body' };
  return { in: 'body', field: 'body', value: '', expected: 'JSON that can be read' };
}

/** Returns the problem of a path that cannot be taken apart. */
export function unreadablePath(request: FastifyRequest): Problem {
  const value = request.raw.url?.split('?')[0] ?? '';
  return invalidRequest([{ in: 'path', field: 'path', value, expected: 'percent-encoded UTF-8' }]);
}
