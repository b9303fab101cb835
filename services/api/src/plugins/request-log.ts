import type { IncomingMessage } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const LONGEST_PATH = 200;
/** Asked every few seconds by machines; at `info` they would drown everything else. */
const QUIET = new Set(['/healthz', '/readyz']);

/**
 * Logs one line for each answered request (method, path, status, duration in ms) under the request's id, which the answer
 * carries as `x-request-id`. Neither query nor headers nor bodies nor tokens in paths: they may hold keys, and who looks for which ship.
 */
export function addRequestLog(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    logAnswer(request, reply);
    done();
  });
}

/** Logs the line of one answer. */
export function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const { config, url = '' } = request.routeOptions;
  const path = config.secretPath === true ? url : sentPath(request.raw);
  const line = { method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
  request.log[QUIET.has(path) ? 'debug' : 'info'](line, 'request answered');
}

/** Logs the line of an answer that no hook sees; its path holds no secret. */
export function logKeptAnswer(
  log: FastifyBaseLogger,
  request: IncomingMessage,
  reqId: string,
  status: number,
  ms: number,
): void {
  if (!isLogged(log)) return;
  log.info(
    { reqId, method: request.method, path: sentPath(request), status, ms: Math.round(ms) },
    'request answered',
  );
}

/** Fastify's type of a logger does not know what pino's can tell. */
function isLogged(log: FastifyBaseLogger & { isLevelEnabled?: (level: string) => boolean }): boolean {
  return log.isLevelEnabled?.('info') ?? true;
}

function sentPath({ url = '' }: { readonly url?: string | undefined }): string {
  return url.split('?')[0].slice(0, LONGEST_PATH);
}
