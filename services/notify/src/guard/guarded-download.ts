import { createWriteStream } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { endUnlessPublic, judgedLookup, reasonOf } from './judged-connection.ts';
import { resolveAll, type Resolve } from './resolve.ts';
import { targetUrl, type AllowedTargets, type TargetUrl } from './target-url.ts';

/** What a download came to: the whole file, no change since the validators, or why there is neither. */
export type Download =
  | { readonly kind: 'file'; readonly bytes: number; readonly etag?: string; readonly lastModified?: string }
  | { readonly kind: 'same' }
  | { readonly kind: 'failed'; readonly why: string };

/** What a download needs. */
export type DownloadOptions = {
  readonly allowed: AllowedTargets;
  readonly userAgent: string;
  /** What the last answer was told apart by. */
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  readonly mostBytes: number;
  /** For how long nothing may come, ms. */
  readonly idleMs: number;
  /** How long it may take in all, ms. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly resolve?: Resolve;
};

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Downloads a URL that a user gave into a file, and never from an address that is not public: each name is resolved once,
 * all its addresses are judged, and so is where each redirect leads. A body that breaks off or is too long fails as a whole.
 */
export async function guardedDownload(
  text: string,
  path: string,
  options: DownloadOptions,
): Promise<Download> {
  const limit = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal]);
  try {
    return await follow(text, path, options, signal);
  } catch (error) {
    const why = limit.aborted ? `not complete within ${options.timeoutMs} ms` : reasonOf(error as Error);
    return { kind: 'failed', why };
  }
}

async function follow(
  text: string,
  path: string,
  options: DownloadOptions,
  signal: AbortSignal,
): Promise<Download> {
  let target = judged(text, options.allowed);
  for (let redirects = 0; ; redirects++) {
    const response = await ask(target, options, signal);
    const status = response.statusCode ?? 0;
    const { location } = response.headers;
    if (!REDIRECTS.has(status) || location === undefined) return await take(response, status, path, options);
    response.destroy();
    if (redirects === MOST_REDIRECTS) throw new Error(`more than ${MOST_REDIRECTS} redirects`);
    const next = URL.canParse(location, target.url) ? new URL(location, target.url) : null;
    if (target.url.protocol === 'https:' && next?.protocol === 'http:')
      throw new Error('refused: a redirect leads from https to http');
    target = judged(next?.href ?? location, options.allowed);
  }
}

type Judged = Extract<TargetUrl, { readonly url: URL }>;

function judged(text: string, allowed: AllowedTargets): Judged {
  const target = targetUrl(text, allowed);
  if ('expected' in target) throw new Error(`refused: expected ${target.expected}`);
  return target;
}

function ask({ url, isAllowed }: Judged, options: DownloadOptions, signal: AbortSignal) {
  const lookup = isAllowed ? undefined : judgedLookup(options.resolve ?? resolveAll);
  const { etag, lastModified } = options;
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      headers: {
        accept: '*/*',
        // What is packed on the way would have no length to be judged by.
        'accept-encoding': 'identity',
        'user-agent': options.userAgent,
        ...(etag == null ? {} : { 'if-none-match': etag }),
        ...(lastModified == null ? {} : { 'if-modified-since': lastModified }),
      },
      agent: false,
      timeout: options.idleMs,
      signal,
      ...(lookup === undefined ? {} : { lookup }),
    });
    request.on('socket', (socket) => {
      if (!isAllowed) endUnlessPublic(socket);
    });
    request.on('timeout', () => request.destroy(new Error(`nothing came for ${options.idleMs} ms`)));
    request.on('error', reject);
    request.on('response', resolve);
    request.end();
  });
}

async function take(
  response: IncomingMessage,
  status: number,
  path: string,
  options: DownloadOptions,
): Promise<Download> {
  if (status !== 200) {
    response.destroy();
    return status === 304 ? { kind: 'same' } : { kind: 'failed', why: `the server answered ${status}` };
  }
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > options.mostBytes ? new Error(`more than ${options.mostBytes} bytes`) : null, chunk);
    },
  });
  await pipeline(response, count, createWriteStream(path, { mode: 0o600 }));
  const { etag, 'last-modified': lastModified } = response.headers;
  return {
    kind: 'file',
    bytes,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}
