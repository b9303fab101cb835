import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readMoment, type Moment, type Reader } from '@offing/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLoopbackAddress } from './access.ts';

declare module 'fastify' {
  // Declaration merging is Fastify's way to tell of what hooks put on a request; it needs an interface.
  interface FastifyRequest {
    /** The moment that alone, with the question, makes this answer; null where something else does, too. */
    answeredAt: Moment | null;
  }
}

/** What is told of an answer that no hook sees. */
export type KeptAnswerOptions = {
  /** Returns an id for a request, as every answer carries one. */
  readonly requestId: () => string;
  readonly count: (method: string, route: string, status: number, ms: number) => void;
  readonly log: (request: IncomingMessage, requestId: string, status: number, ms: number) => void;
};

type Kept = {
  readonly moment: Moment;
  readonly tag: string;
  readonly route: string;
  readonly unchanged: readonly string[];
  readonly head: readonly string[];
  /** Null where only the tag is known. */
  readonly body: Buffer | null;
};

const MOST_KEPT = 1_000;
const MOST_KEPT_BYTES = 32_000_000;
const MOST_BODY_BYTES = 500_000;
const LONGEST_QUESTION = 2_000;
/** What they show stands in events alone, and each change of one has a number. */
const BODIES = new Set(['/v1/alerts', '/v1/events']);
/** Each answer has its own. */
const OWN = new Set([
  'x-request-id',
  'connection',
  'keep-alive',
  'date',
  'content-length',
  'transfer-encoding',
]);
const OF_A_BODY = new Set(['content-type', 'content-disposition', 'link']);

/**
 * Keeps lists as they were answered, with the moment that they tell of, and answers the same question of the same moment
 * from there, before anything of the request is taken apart: a dashboard that polls costs one shared look at the moment.
 * Only for programs on this machine without a key: nothing is to be checked or counted for them. The bytes are those
 * that the route would send.
 */
export function addKeptAnswers(app: FastifyInstance, reader: Reader, options: KeptAnswerOptions): void {
  const kept = new Map<string, Kept>();
  let bytes = 0;
  let isClosing = false;
  const forget = (question: string) => {
    bytes -= kept.get(question)?.body?.length ?? 0;
    kept.delete(question);
  };
  const seen = new Set<string>();
  const askedBefore = (question: string) => {
    if (seen.delete(question)) return true;
    if (seen.size >= MOST_KEPT) seen.clear();
    seen.add(question);
    return false;
  };
  app.addHook('preClose', (done) => {
    isClosing = true;
    kept.clear();
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const question = isClosing ? null : questionOf(request.raw);
    const answer = question === null ? null : keptOf(request, reply, payload);
    // What nobody asks for twice is not worth its room.
    if (question !== null && answer !== null && (answer.body === null || askedBefore(question))) {
      forget(question);
      kept.set(question, answer);
      bytes += answer.body?.length ?? 0;
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_KEPT && bytes <= MOST_KEPT_BYTES) break;
        forget(oldest);
      }
    }
    done(null, payload);
  });
  const answered = (request: IncomingMessage, response: ServerResponse, startedAt: number, one: Kept) => {
    const id = options.requestId();
    const status = answer(request, response, id, one);
    const ms = performance.now() - startedAt;
    options.count('GET', one.route, status, ms);
    options.log(request, id, status, ms);
  };
  putBefore(app, (request, response, handler) => {
    const question = questionOf(request);
    const one = question === null ? undefined : kept.get(question);
    if (question === null || one === undefined || !isEnough(one, request)) return handler(request, response);
    const startedAt = performance.now();
    readMoment(reader).then(
      (moment) => {
        if (isSame(moment, one.moment)) return answered(request, response, startedAt, one);
        if (kept.get(question) === one) forget(question);
        handler(request, response);
      },
      () => handler(request, response),
    );
  });
}

type Before = (request: IncomingMessage, response: ServerResponse, handler: RequestListener) => void;

/** Takes requests off the server before Fastify does. */
function putBefore({ server }: FastifyInstance, before: Before): void {
  const [handler] = server.listeners('request') as RequestListener[];
  server.removeListener('request', handler);
  server.on('request', (request, response) => before(request, response, handler));
}

/** What an answer depends on beside the moment; null for questions whose answers are not kept. */
function questionOf({ method, url = '', headers, socket }: IncomingMessage): string | null {
  const { authorization, cookie, origin, accept = '', host = '' } = headers;
  if (method !== 'GET' || authorization !== undefined || cookie !== undefined || origin !== undefined)
    return null;
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) return null;
  const question = `${url}\n${accept}\n${host}`;
  if (question.length > LONGEST_QUESTION || url.includes('api_key')) return null;
  return isLoopbackAddress(socket.remoteAddress ?? '') ? question : null;
}

function keptOf(request: FastifyRequest, reply: FastifyReply, payload: unknown): Kept | null {
  const { answeredAt, caller } = request;
  const { list, page, secretPath } = request.routeOptions.config;
  if (
    answeredAt === null ||
    caller.key !== null ||
    list === undefined ||
    page === true ||
    secretPath === true
  )
    return null;
  const { statusCode } = reply;
  const body =
    statusCode === 200 && BODIES.has(list) && typeof payload === 'string' ? Buffer.from(payload) : null;
  if (statusCode !== 304 && (body === null || body.length > MOST_BODY_BYTES)) return null;
  const headers = Object.entries(reply.getHeaders()).filter(([name]) => !OWN.has(name));
  const flat = (entries: typeof headers) => entries.flatMap(([name, value]) => [name, String(value)]);
  return {
    moment: answeredAt,
    tag: String(reply.getHeader('etag')),
    route: request.routeOptions.url ?? 'none',
    unchanged: flat(headers.filter(([name]) => !OF_A_BODY.has(name))),
    head: body === null ? [] : [...flat(headers), 'content-length', String(body.length)],
    body,
  };
}

/** Several tags, or none of ours, are compared by the route. */
function isEnough({ tag, body }: Kept, { headers }: IncomingMessage): boolean {
  const asked = headers['if-none-match'];
  return asked === tag || (asked === undefined && body !== null);
}

function answer(request: IncomingMessage, response: ServerResponse, id: string, one: Kept): number {
  if (request.headers['if-none-match'] === undefined) {
    response.writeHead(200, [...one.head, 'x-request-id', id]).end(one.body);
    return 200;
  }
  response.writeHead(304, [...one.unchanged, 'x-request-id', id]).end();
  return 304;
}

function isSame(one: Moment, other: Moment): boolean {
  return (
    one.changeSeq === other.changeSeq &&
    one.watermark === other.watermark &&
    one.refoldFrom === other.refoldFrom &&
    one.sessions === other.sessions &&
    one.sessionsDone === other.sessionsDone
  );
}
