import { createHash, randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** The cookie that holds a browser's key. */
export const SESSION_COOKIE = 'offing';

const LINK_MS = 10 * 60_000;

/** Links that let one browser on this machine in, each once and for ten minutes. */
export type BrowserLinks = {
  /** Returns the path of a new link. */
  create(): string;
  /** Returns whether a link's token is good; it is good once. */
  use(token: string): boolean;
};

/** Returns the links of a server; `now` gives ms. */
export function makeBrowserLinks(now: () => number = Date.now): BrowserLinks {
  const open = new Map<string, number>();
  return {
    create() {
      for (const [hash, until] of open) if (until < now()) open.delete(hash);
      const token = randomBytes(24).toString('base64url');
      open.set(hashOf(token), now() + LINK_MS);
      return `/session/${token}`;
    },
    use(token) {
      // Looked up by its hash: how long that takes says nothing about the token.
      const until = open.get(hashOf(token));
      open.delete(hashOf(token));
      return until !== undefined && until >= now();
    },
  };
}

/** Returns what a page of ours sends beside the cookie when it changes something; who has only the cookie sent cannot know it. */
export function csrfTokenOf(key: string): string {
  return createHash('sha256').update(`csrf ${key}`).digest('base64url');
}

/** Returns the token that the forms and scripts of our pages must send for this request's browser; null where it has no cookie of ours. */
export function csrfTokenFor(request: FastifyRequest): string | null {
  if (request.caller.via !== 'cookie') return null;
  const entries = (request.headers.cookie ?? '').split(/; */);
  const entry = entries.find((part) => part.startsWith(`${SESSION_COOKIE}=`)) ?? '';
  return csrfTokenOf(entry.slice(SESSION_COOKIE.length + 1));
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
