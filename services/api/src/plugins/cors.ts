import type { FastifyInstance } from 'fastify';

const METHODS = 'GET, HEAD, POST, PUT, DELETE';
const HEADERS = 'authorization, content-type, if-none-match, last-event-id';
const EXPOSED = 'etag, link, retry-after, ratelimit, x-request-id, ogc-numbermatched';
const PREFLIGHT_SECONDS = 600;

/**
 * Lets pages of these origins (`*` for all) read answers; without any, a browser keeps other sites out. Never with cookies:
 * a page of another site must send a key.
 */
export function addCors(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    void reply.header('vary', 'origin');
    if (origin === undefined || !(origins.includes('*') || origins.includes(origin))) return;
    void reply
      .header('access-control-allow-origin', origins.includes('*') ? '*' : origin)
      .header('access-control-expose-headers', EXPOSED)
      .header('cross-origin-resource-policy', 'cross-origin');
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined)
      return;
    await reply
      .code(204)
      .header('access-control-allow-methods', METHODS)
      .header('access-control-allow-headers', HEADERS)
      .header('access-control-max-age', String(PREFLIGHT_SECONDS))
      .send();
  });
}
