import { createKey, writeAudit } from '@offing/store';
import { DAY_MS } from '@offing/units';
import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { isLoopbackAddress } from '../plugins/access.ts';
import { csrfTokenFor, SESSION_COOKIE, type BrowserLinks } from '../plugins/browser-session.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { nullableString } from '../schemas/nullable.ts';
import { jsonResponses } from '../schemas/responses.ts';

/** How long a browser stays let in. */
const SESSION_MS = 30 * DAY_MS;
/** Whose watchlists browsers on this machine open. */
const LOCAL_OWNER = 'local';

/** Adds the way in for a browser on this machine, and what tells a page whom it speaks for. */
export function addSessionRoutes(app: App, context: ApiContext, links: BrowserLinks): void {
  const config = { scope: 'open', page: true, secretPath: true } as const;
  app.get<{ Params: { token: string } }>(
    '/session/:token',
    { schema: { hide: true }, config },
    async (request, reply) => {
      if (!isFromHere(request) || !links.use(request.params.token)) {
        throw new Problem(
          'not-found',
          'The link was used or is too old; start `offing serve` again for another',
        );
      }
      const expiresAt = Date.now() + SESSION_MS;
      const text = await context.writer.transaction(async (client) => {
        const label = 'browser on this machine';
        const made = await createKey(client, {
          label,
          owner: LOCAL_OWNER,
          kind: 'browser',
          scopes: ['watch'],
          expiresAt,
        });
        const { keyId } = made.record;
        await writeAudit(client, { owner: LOCAL_OWNER, keyId, action: 'key.create', target: keyId });
        return made.text;
      });
      const cookie = `${SESSION_COOKIE}=${text}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_MS / 1000}`;
      return reply.header('set-cookie', cookie).header('cache-control', 'no-store').redirect('/', 303);
    },
  );
  addSession(app);
}

function addSession(app: App): void {
  const schema = {
    operationId: 'getSession',
    summary: 'Whom this request is from',
    description:
      'What the key allows; for a browser with a cookie also `csrfToken`, which it sends as `x-offing-csrf` when it changes something.',
    tags: ['service'],
    response: jsonResponses('The session.', sessionSchema),
  };
  app.get('/v1/session', { schema, config: { scope: 'open', cost: 'none' } }, async (request, reply) => {
    const { key } = request.caller;
    return reply.header('cache-control', 'no-store').send({
      owner: key?.owner ?? null,
      keyId: key?.keyId ?? null,
      scopes: key?.scopes ?? [],
      csrfToken: csrfTokenFor(request),
    });
  });
}

const sessionSchema = Type.Object(
  {
    owner: nullableString('Whose watchlists the key opens; null without a key.'),
    keyId: nullableString('The name of the key.'),
    scopes: Type.Unsafe<readonly string[]>({ type: 'array', items: { type: 'string' } }),
    csrfToken: nullableString('Only for a browser with a cookie.'),
  },
  {
    title: 'Session',
    examples: [{ owner: 'local', keyId: '0123456789abcdef', scopes: ['watch'], csrfToken: null }],
  },
);

/** A name that leads here from elsewhere (DNS rebinding) is none of this machine's. */
function isFromHere(request: FastifyRequest): boolean {
  const host = request.host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const isLookingAhead = /prefetch|prerender/.test(String(request.headers['sec-purpose'] ?? ''));
  return (
    isLoopbackAddress(request.ip) && (host === 'localhost' || isLoopbackAddress(host)) && !isLookingAhead
  );
}
