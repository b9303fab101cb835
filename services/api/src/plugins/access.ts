import { isIP } from 'node:net';
import { allows, findKey, type KeyRecord, type Scope, type Writer } from '@offing/store';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { readQuery } from '../query/raw-query.ts';
import { csrfTokenFor, csrfTokenOf, SESSION_COOKIE } from './browser-session.ts';
import { formOf } from './forms.ts';
import { Problem } from './problem.ts';
import type { RateLimit } from './rate-limit.ts';

/** How a request says who it is from. */
export type CredentialKind = 'none' | 'bearer' | 'basic' | 'query' | 'cookie';

/** Whom a request is from; without a key nobody. */
export type Caller = { readonly key: KeyRecord | null; readonly via: CredentialKind };

/** Whom the API serves. */
export type AccessOptions = {
  /** Whether reading and exporting need no key: right on a machine of one's own, wrong on a network. */
  readonly openReading: boolean;
  readonly rateLimit: RateLimit;
};

declare module 'fastify' {
  // Declaration merging is Fastify's way to tell of what hooks put on a request; it needs an interface.
  interface FastifyRequest {
    /** Whom the request is from. */
    caller: Caller;
  }
  interface FastifyContextConfig {
    /** What a key must allow to come here; `open` needs none, and left out it is `read`. */
    scope?: Scope | 'open';
  }
  interface FastifyInstance {
    /** Every route that was added, `HEAD` and hidden ones too, with what it needs. */
    readonly routeNeeds: readonly RouteNeed[];
  }
}

/** What a route needs to be let through. */
export type RouteNeed = { readonly method: string; readonly url: string; readonly scope: Scope | 'open' };

const NOBODY: Caller = { key: null, via: 'none' };
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What a wrong key costs of an address's allowance: guessing ends soon. */
const WRONG_KEY_COST = 20;

/**
 * Finds out whom each request is from, keeps it within its allowance, and lets it through only where its scope allows.
 * Routes must be added after this; one that changes something must name its scope.
 */
export function addAccess(app: FastifyInstance, writer: Writer, options: AccessOptions): void {
  app.decorateRequest('caller');
  const needs: RouteNeed[] = [];
  app.decorate('routeNeeds', needs);
  app.addHook('onRoute', (route) => {
    if (isOfBoard(route.url)) route.config = { ...route.config, scope: 'admin', page: true };
    mustNameScope(route);
    const scope = route.config?.scope ?? 'read';
    for (const method of [route.method].flat()) needs.push({ method, url: route.url, scope });
  });
  app.addHook('onRequest', async (request, reply) => {
    request.caller = NOBODY;
    const wanted = request.is404 ? 'open' : (request.routeOptions.config.scope ?? 'read');
    const credential = credentialOf(request);
    if (credential === null) {
      if (wanted !== 'open') await options.rateLimit.take(addressOf(request), 1, reply);
      mustBeOpen(request, reply, wanted, options.openReading);
      return;
    }
    const key = await findKey(writer.pool, credential.text);
    if (key === null) {
      // A cookie outlives its key: what needs none works on.
      if (credential.via === 'cookie') {
        mustBeOpen(request, reply, wanted, options.openReading);
        return;
      }
      await options.rateLimit.take(addressOf(request), WRONG_KEY_COST, reply);
      throw refusedKey(request, reply, 'The key is unknown, revoked or expired');
    }
    if (wanted !== 'open') await options.rateLimit.take(key.keyId, 1, reply);
    request.caller = { key, via: credential.via };
    mustAllow(key, wanted);
    mustBeMeant(request, credential);
  });
  app.addHook('preValidation', (request, _reply, done) => done(formFault(request)));
}

/** Where the operator looks at the queue of deliveries. */
export const BOARD = '/queues';

/** Returns whether a path is of that page, whose routes are made elsewhere and name no scope. */
export function isOfBoard(path: string): boolean {
  return path === BOARD || path.startsWith(`${BOARD}/`);
}

function mustNameScope(route: RouteOptions): void {
  const methods = [route.method].flat();
  if (methods.some((method) => !SAFE.has(method)) && route.config?.scope === undefined) {
    throw new Error(`${methods.join()} ${route.url} changes something and names no scope`);
  }
}

type Credential = { readonly via: Exclude<CredentialKind, 'none'>; readonly text: string };

/** The first of: Authorization, `?api_key=` of a question, the cookie. */
function credentialOf(request: FastifyRequest): Credential | null {
  const [scheme, value = ''] = (request.headers.authorization ?? '').split(/ +/, 2);
  if (/^bearer$/i.test(scheme)) return { via: 'bearer', text: value };
  if (/^basic$/i.test(scheme)) return { via: 'basic', text: basicPassword(value) };
  if (scheme !== '') return { via: 'bearer', text: '' };
  const inQuery = SAFE.has(request.method)
    ? readQuery(request.raw.url ?? '').values.get('api_key')?.[0]
    : undefined;
  if (inQuery !== undefined) return { via: 'query', text: inQuery };
  const cookie = cookieOf(request.headers.cookie ?? '');
  return cookie === null ? null : { via: 'cookie', text: cookie };
}

function basicPassword(value: string): string {
  const text = Buffer.from(value, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}

function cookieOf(header: string): string | null {
  const entry = header.split(/; */).find((part) => part.startsWith(`${SESSION_COOKIE}=`));
  return entry === undefined ? null : entry.slice(SESSION_COOKIE.length + 1);
}

function mustBeOpen(
  request: FastifyRequest,
  reply: FastifyReply,
  wanted: Scope | 'open',
  openReading: boolean,
): void {
  if (wanted === 'open') return;
  if (openReading && (wanted === 'read' || wanted === 'export')) return;
  throw refusedKey(request, reply, `This needs a key with the scope ${wanted}; see offing keys --help`);
}

/** A browser asks for a password where people look; a program is told of the scheme that it should use. */
function refusedKey(request: FastifyRequest, reply: FastifyReply, detail: string): Problem {
  const { config, url = '' } = request.routeOptions;
  const isForPeople = config.page === true || url.startsWith('/ogc');
  void reply.header('www-authenticate', isForPeople ? 'Basic realm="Offing", charset="UTF-8"' : 'Bearer');
  return new Problem('key-needed', detail);
}

function mustAllow(key: KeyRecord, wanted: Scope | 'open'): void {
  if (wanted === 'open' || allows(key.scopes, wanted)) return;
  throw new Problem('not-allowed', `The key allows ${key.scopes.join(', ')}; this needs the scope ${wanted}`);
}

/**
 * A browser sends cookies and passwords by itself, wherever a click came from. What changes something must therefore carry
 * the token that only our own pages know, or, with a password, come from no other site.
 */
function mustBeMeant(request: FastifyRequest, { via, text }: Credential): void {
  if (SAFE.has(request.method) || via === 'bearer' || via === 'query') return;
  if (via === 'cookie' && request.headers['x-offing-csrf'] === csrfTokenOf(text)) return;
  // A form can send no header: its token is looked at when it was read.
  const isForm = request.routeOptions.config.form === true;
  if ((via === 'basic' || (via === 'cookie' && isForm)) && isOwnSite(request)) return;
  throw new Problem('not-allowed', 'The request did not come from a page of this server');
}

/** What speaks against a form that came with a cookie: that it does not know the token of our pages. */
function formFault(request: FastifyRequest): Problem | undefined {
  const { config } = request.routeOptions;
  if (config.form !== true || SAFE.has(request.method)) return undefined;
  const token = csrfTokenFor(request);
  if (token === null || request.headers['x-offing-csrf'] === token) return undefined;
  return formOf(request).get('csrf')?.[0] === token
    ? undefined
    : new Problem('not-allowed', 'The form did not come from a page of this server; load the page again');
}

function isOwnSite(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin, host } = request.headers;
  return origin === undefined || origin === `http://${host ?? ''}` || origin === `https://${host ?? ''}`;
}

/** Returns whose allowance a request uses, once it is known whom it is from; null on this machine without a key. */
export function askerOf(request: FastifyRequest): string | null {
  return request.caller.key?.keyId ?? addressOf(request);
}

/** Whose allowance an address uses: in IPv6 a site's 64 bits, which one person can have all of. Null on this machine. */
function addressOf(request: FastifyRequest): string | null {
  const address = request.ip.replace(/^::ffff:(?=\d+\.)/, '');
  if (isLoopbackAddress(address)) return null;
  return isIP(address) === 6 ? `${expandedGroups(address).slice(0, 4).join(':')}/64` : address;
}

function expandedGroups(address: string): readonly string[] {
  const [head, tail] = address.split('%')[0].split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(missing).fill('0'), ...right];
}

/** Returns whether an address is of this machine. */
export function isLoopbackAddress(address: string): boolean {
  return /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/.test(address);
}
