import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listening, type StatementSpan } from './database-spans.ts';

/** Where traces go: an OTLP/HTTP collector. */
export type TraceOptions = {
  /** Its base address; spans are posted to `/v1/traces` below it. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly version: string;
  /** How often spans are sent, ms; default 5,000. */
  readonly everyMs?: number;
};

declare module 'fastify' {
  // Declaration merging is Fastify's way to tell of what hooks put on a request; it needs an interface.
  interface FastifyRequest {
    /** The span of this request; null where nobody wants it. */
    span: Span | null;
  }
}

type Span = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly startMs: number;
};

const EVERY_MS = 5_000;
const MOST_WAITING = 2_048;
const TIMEOUT_MS = 10_000;
/** W3C Trace Context, section 3.2: version 00, and later ones as far as they say the same. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
/** OTLP's numbers: a span of a server, one of a client, a status that is an error. */
const KIND_SERVER = 2;
const KIND_CLIENT = 3;
const STATUS_ERROR = 2;

/**
 * Sends a span for each answer to a collector (OTLP/HTTP with JSON, opentelemetry-proto 1.x), named by the route, and below it one for
 * each statement of the database, named by what it does to which table. A
 * `traceparent` of the caller is taken up, and its wish not to be traced respected. Addresses, queries and keys are in no
 * span. A collector that is away costs spans, never answers.
 */
export function addTraces(app: FastifyInstance, options: TraceOptions): void {
  let waiting: object[] = [];
  let sending: Promise<void> = Promise.resolve();
  const flush = () => {
    if (waiting.length === 0) return sending;
    const spans = waiting;
    waiting = [];
    sending = sending
      .then(() => send(options, spans))
      .catch(() => {
        app.log.warn({ spans: spans.length }, 'traces were not taken by the collector');
      });
    return sending;
  };
  const timer = setInterval(() => void flush(), options.everyMs ?? EVERY_MS).unref();
  app.decorateRequest('span', null);
  const goOn = (request: FastifyRequest, done: () => void) => {
    const { span } = request;
    if (span === null) {
      done();
      return;
    }
    listening((statement) => {
      if (waiting.length < MOST_WAITING) waiting.push(statementSpanOf(span, statement));
    }, done);
  };
  app.addHook('onRequest', (request, _reply, done) => {
    request.span = begin(request);
    goOn(request, done);
  });
  // A body is read in a context of its own.
  app.addHook('preValidation', (request, _reply, done) => {
    goOn(request, done);
  });
  app.addHook('onResponse', (request, reply, done) => {
    if (request.span !== null && waiting.length < MOST_WAITING)
      waiting.push(spanOf(request.span, request, reply));
    done();
  });
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await flush();
  });
}

function begin(request: FastifyRequest): Span | null {
  const [, traceId, parentId, flags] = TRACEPARENT.exec(String(request.headers['traceparent'] ?? '')) ?? [];
  // The last bit says whether the caller's own span is kept.
  if (flags !== undefined && (Number.parseInt(flags, 16) & 1) === 0) return null;
  return {
    traceId: traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    parentId: parentId ?? null,
    startMs: performance.timeOrigin + performance.now(),
  };
}

function spanOf(
  { traceId, spanId, parentId, startMs }: Span,
  request: FastifyRequest,
  reply: FastifyReply,
): object {
  const route = request.routeOptions.url ?? 'none';
  const { statusCode } = reply;
  return {
    traceId,
    spanId,
    ...(parentId === null ? {} : { parentSpanId: parentId }),
    name: `${request.method} ${route}`,
    kind: KIND_SERVER,
    startTimeUnixNano: nanoseconds(startMs),
    endTimeUnixNano: nanoseconds(performance.timeOrigin + performance.now()),
    attributes: [
      { key: 'http.request.method', value: { stringValue: request.method } },
      { key: 'http.route', value: { stringValue: route } },
      { key: 'http.response.status_code', value: { intValue: String(statusCode) } },
      { key: 'offing.request_id', value: { stringValue: request.id } },
    ],
    status: statusCode >= 500 ? { code: STATUS_ERROR } : {},
  };
}

function statementSpanOf(
  { traceId, spanId }: Span,
  { operation, table, startMs, endMs, error }: StatementSpan,
): object {
  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  return {
    traceId,
    spanId: randomBytes(8).toString('hex'),
    parentSpanId: spanId,
    name: table === null ? operation : `${operation} ${table}`,
    kind: KIND_CLIENT,
    startTimeUnixNano: nanoseconds(startMs),
    endTimeUnixNano: nanoseconds(endMs),
    attributes: [
      attribute('db.system.name', 'postgresql'),
      attribute('db.operation.name', operation),
      ...(table === null ? [] : [attribute('db.collection.name', table)]),
      ...(error === null ? [] : [attribute('error.type', error)]),
    ],
    status: error === null ? {} : { code: STATUS_ERROR },
  };
}

/** Milliseconds as whole nanoseconds; as text, because a number cannot hold them. */
function nanoseconds(ms: number): string {
  return (BigInt(Math.round(ms * 1000)) * 1000n).toString();
}

async function send(
  { endpoint, headers, serviceName, version }: TraceOptions,
  spans: readonly object[],
): Promise<void> {
  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const resource = {
    attributes: [attribute('service.name', serviceName), attribute('service.version', version)],
  };
  const answer = await fetch(`${endpoint.replace(/\/+$/, '')}/v1/traces`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'offing.api', version }, spans }] }],
    }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`the collector answered ${answer.status}`);
}
