import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { endUnlessPublic, judgedLookup, reasonOf } from './judged-connection.ts';
import { resolveAll, type Resolve } from './resolve.ts';
import { targetUrl, type AllowedTargets } from './target-url.ts';

/** What a receiver answered, or why there is no answer. */
export type PostResult =
  | { readonly status: number; readonly retryAfter: string | undefined }
  | { readonly error: string; readonly isFinal: boolean };

/** What a post needs beside what it sends. */
export type PostOptions = {
  readonly allowed: AllowedTargets;
  readonly timeoutMs: number;
  readonly resolve?: Resolve;
};

const MOST_ANSWER_BYTES = 65_536;

/**
 * Posts a body to a URL that a user gave, and never to an address that is not public: the name is resolved once, all its
 * addresses are judged, and the connection goes to one of those that were. Redirects are not followed. Answers are read to
 * their end or 64 KB and thrown away.
 */
export async function guardedPost(
  text: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  options: PostOptions,
): Promise<PostResult> {
  const target = targetUrl(text, options.allowed);
  if ('expected' in target) return { error: `refused: expected ${target.expected}`, isFinal: true };
  const { url, isAllowed } = target;
  const lookup = isAllowed ? undefined : judgedLookup(options.resolve ?? resolveAll);
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      // A connection of its own: one that is kept could lead where a name led before.
      agent: false,
      timeout: options.timeoutMs,
      ...(lookup === undefined ? {} : { lookup }),
    });
    const deadline = setTimeout(
      () => request.destroy(new Error(`no answer within ${options.timeoutMs} ms`)),
      options.timeoutMs,
    );
    const end = (result: PostResult) => {
      clearTimeout(deadline);
      resolve(result);
    };
    request.on('socket', (socket) => {
      if (!isAllowed) endUnlessPublic(socket);
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${options.timeoutMs} ms`)));
    request.on('error', (error) => end({ error: reasonOf(error), isFinal: false }));
    request.on('response', (response) => {
      drain(response, () => {
        const status = response.statusCode ?? 0;
        end({ status, retryAfter: response.headers['retry-after'] });
      });
    });
    request.end(body);
  });
}

function drain(response: IncomingMessage, done: () => void): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_ANSWER_BYTES) response.destroy();
  });
  // The status was read; how the body ends changes nothing.
  response.on('close', done).on('error', () => undefined);
}
