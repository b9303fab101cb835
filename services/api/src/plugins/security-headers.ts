import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isOfBoard } from './access.ts';

const STRICT = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Swagger UI sets style attributes and draws its icons from data: URLs; nothing else is loosened, and only there. */
const DOCS = `${STRICT}; style-src 'self' 'unsafe-inline'; img-src 'self' data:`;

/** Bull Board names its own folder as the base of its addresses, and sets style attributes. */
const BOARD = `${STRICT.replace("base-uri 'none'", "base-uri 'self'")}; style-src 'self' 'unsafe-inline'; img-src 'self' data:`;

/** Pages with forms that change something: under `no-referrer` browsers do not say which site a form comes from. */
const FORMS = /^\/watchlists(\/|$)/;

declare module 'fastify' {
  // Declaration merging is Fastify's way to tell of what a server has; it needs an interface.
  interface FastifyInstance {
    /** Whose pages may show those below /embed/ in a frame, as `frame-ancestors` of CSP has it. */
    readonly frameAncestors: string;
  }
}

const EMBED = '/embed/';

/**
 * Puts the headers on every answer that keep a browser from doing more with it than showing it. `frameAncestors` are the
 * origins whose pages may show those below /embed/ in a frame, or `*`; no other page may be shown in one.
 */
export function addSecurityHeaders(app: FastifyInstance, frameAncestors: readonly string[]): void {
  app.decorate('frameAncestors', frameAncestors.length === 0 ? "'none'" : frameAncestors.join(' '));
  app.addHook('onSend', (request, reply, payload, done) => {
    putSecurityHeaders(request, reply);
    done(null, payload);
  });
}

/** Puts them on one answer: hooks do not run for what the router cannot read. */
export function putSecurityHeaders(request: FastifyRequest, reply: FastifyReply): void {
  const path = request.raw.url?.split('?')[0] ?? '';
  // Origins that the operator allows were let in before.
  if (!reply.hasHeader('cross-origin-resource-policy')) {
    void reply.header('cross-origin-resource-policy', 'same-origin');
  }
  const isEmbed = path.startsWith(EMBED);
  // The older header knows no list of origins: where frames are allowed it is left out.
  if (!isEmbed) void reply.header('x-frame-options', 'DENY');
  const isDocs = path === '/docs' || path.startsWith('/docs/');
  void reply
    .header(
      'content-security-policy',
      isEmbed ? embedPolicy(request) : isDocs ? DOCS : isOfBoard(path) ? BOARD : STRICT,
    )
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', FORMS.test(path) ? 'same-origin' : 'no-referrer')
    .header('cross-origin-opener-policy', 'same-origin')
    .header('permissions-policy', 'camera=(), geolocation=(), microphone=()');
}

function embedPolicy({ server }: FastifyRequest): string {
  return STRICT.replace("frame-ancestors 'none'", `frame-ancestors ${server.frameAncestors}`);
}
