import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { OffingError } from '@offing/kit';
import { lostError, statusError, type Connect, type ConnectionSink, type Receiver } from './connection.ts';

/** Largest answer and largest posted body that are taken, bytes. */
const MOST_ANSWER = 67_108_864;
const MOST_POST = 8_388_608;
/** Time for an answer to be complete, ms. */
const ANSWER_MS = 60_000;
/** Times the interval that a poll waits at most after answers that say "too often". */
const MOST_PATIENCE = 16;

/** Gives the headers of a request; asked before each, as a token runs out. */
export type MakeHeaders = (signal: AbortSignal) => Promise<Readonly<Record<string, string>>>;

/** Returns a client of an HTTP answer that never ends, such as NDJSON; its source waits while there is no room. */
export function httpStream(url: string, makeHeaders: MakeHeaders, onRefused: () => void): Connect {
  return async (sink, signal) => {
    const response = await ask(url, await makeHeaders(signal), signal);
    if (response.status === 401) onRefused();
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw statusError(response.status, response.headers.get('retry-after'), Date.now());
    }
    const receiver = sink.open();
    try {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        receiver.chunk(chunk);
        if (sink.full) await sink.room();
      }
      return 'closed';
    } catch (error) {
      throw lostError('the answer broke off', error);
    } finally {
      receiver.close();
    }
  };
}

/** What an answer of a poll is. */
export type Judgement = { readonly kind: 'rows' | 'throttled' | 'refused'; readonly message: string };

/** What a poll needs. */
export type PollOptions = {
  /** Asked one after the other each time. */
  readonly urls: readonly string[];
  readonly everyMs: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Tells rows from an answer that says something else. */
  readonly judge?: (body: Uint8Array) => Judgement;
};

/**
 * Returns a source that asks again and again. An answer that is as it was (304) counts as heard. One that says that it was asked too
 * often doubles the wait, up to sixteen times the interval.
 */
export function httpPoll({ urls, everyMs, headers = {}, judge }: PollOptions): Connect {
  return async (sink, signal) => {
    const tags = new Map<string, string>();
    let receiver: Receiver | null = null;
    let patience = 1;
    for (;;) {
      if (sink.full) await sink.room();
      let throttled = '';
      for (const url of urls) {
        const { body, tag } = await fetchBody(url, { ...headers, ...conditional(tags.get(url)) }, signal);
        if (tag !== null) tags.set(url, tag);
        receiver ??= sink.open();
        const judged = body === null ? null : (judge?.(body) ?? ROWS);
        if (judged?.kind === 'refused')
          throw new OffingError('feed-refused', `the source says: ${judged.message}`);
        if (judged?.kind === 'throttled') throttled = judged.message;
        else if (body === null) receiver.chunk(NOTHING);
        else takeAnswer(receiver, body, sink);
      }
      patience = throttled === '' ? 1 : Math.min(MOST_PATIENCE, patience * 2);
      if (throttled !== '') sink.throttled(throttled, everyMs * patience);
      await sink.sleep(everyMs * patience);
    }
  };
}

const ROWS: Judgement = { kind: 'rows', message: '' };
const NOTHING = new Uint8Array(0);

function takeAnswer(receiver: Receiver, body: Uint8Array, sink: ConnectionSink): void {
  // After a throttled answer the feed is open again.
  sink.open().close();
  receiver.message(body);
}

function conditional(tag: string | undefined): Record<string, string> {
  return tag === undefined ? {} : { 'if-none-match': tag };
}

/** Returns a body as a whole, null for one that is as it was. */
async function fetchBody(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<{ readonly body: Uint8Array | null; readonly tag: string | null }> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
  const response = await ask(url, headers, limited);
  if (response.status === 304) return { body: null, tag: null };
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw statusError(response.status, response.headers.get('retry-after'), Date.now());
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > MOST_ANSWER) throw lostError(`the answer is longer than ${MOST_ANSWER} bytes`);
      parts.push(chunk);
    }
  } catch (error) {
    throw error instanceof OffingError ? error : lostError('the answer broke off', error);
  }
  return { body: Buffer.concat(parts), tag: response.headers.get('etag') };
}

/** Asks without following redirects to other hosts: they would get our key. */
export async function ask(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  form?: URLSearchParams,
): Promise<Response> {
  try {
    const sent = form === undefined ? { method: 'GET' } : { method: 'POST', body: form };
    return await fetch(url, {
      ...sent,
      headers: { 'user-agent': 'offing', ...headers },
      signal,
      redirect: 'error',
    });
  } catch (error) {
    const cause = (error as Error).cause;
    // The address may hold a key: it is not repeated.
    throw lostError(cause instanceof Error ? cause.message : (error as Error).message);
  }
}

/** Returns an HTTP server to which stations post bodies of JSON, plain or gzip; while there is no room it answers 503 and counts. */
export function httpListener(host: string, port: number): Connect {
  return async (sink, signal) => {
    const server = createServer((request, response) => {
      takePost(request, response, sink).catch(() => {
        if (!response.headersSent) response.writeHead(400);
        response.end();
      });
    });
    server.headersTimeout = ANSWER_MS;
    server.requestTimeout = ANSWER_MS;
    server.maxConnections = 64;
    server.listen({ host, port });
    await once(server, 'listening', { signal });
    // A client that cannot be accepted any more (too many open files) must not end the process.
    server.on('error', () => undefined);
    sink.listening();
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    server.closeAllConnections();
    server.close();
    return 'closed';
  };
}

const unzip = promisify(gunzip);

async function takePost(
  request: IncomingMessage,
  response: ServerResponse,
  sink: ConnectionSink,
): Promise<void> {
  if (request.method !== 'POST') {
    response.writeHead(405, { allow: 'POST' }).end();
    return;
  }
  if (sink.full) {
    sink.shed(1);
    response.writeHead(503, { 'retry-after': '5', connection: 'close' }).end();
    return;
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_POST) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    parts.push(chunk);
  }
  const body = Buffer.concat(parts);
  const packed = request.headers['content-encoding'] === 'gzip';
  const receiver = sink.open();
  receiver.message(packed ? await unzip(body, { maxOutputLength: MOST_POST }) : body);
  receiver.close();
  response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
}
