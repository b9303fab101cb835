import { Type } from '@fastify/type-provider-typebox';
import type { ToldChange } from '@offing/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { invalidRequest, Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { kinds } from '../query/event-filter.ts';
import { parameters } from '../schemas/parameters.ts';
import { streamResponses } from '../schemas/responses.ts';
import { publicAlert } from '../shapes/event.ts';
import { makeBroadcast, type Broadcast } from '../stream/broadcast.ts';

const HEARTBEAT_MS = 15_000;
/** Milliseconds after which a browser comes back. */
const RETRY_MS = 2_000;
/** What may wait for a slow reader; beyond that it is let go, and comes back for the rest. */
const MOST_WAITING_BYTES = 4_000_000;
const MOST_LISTENERS = 5_000;

/** Adds the stream of changes of alerts (server-sent events, WHATWG HTML section 9.2). */
export function addStreamRoute(app: App, context: ApiContext): void {
  const broadcast = makeBroadcast(context.reader);
  const open = new Set<FastifyReply>();
  app.addHook('preClose', (done) => {
    broadcast.close();
    for (const reply of open) reply.raw.end();
    done();
  });
  const schema = {
    operationId: 'streamAlerts',
    summary: 'Follow alerts',
    description:
      'Every change of an alert as it is committed, as server-sent events named `alert`: `id` is its place, `data` the alert with `change` and `alert`. Send the last `id` as `Last-Event-ID` (browsers do) to go on behind it: nothing is missed and nothing comes twice. Without it the stream begins now.',
    tags: ['alerts'],
    querystring: Type.Partial(
      Type.Object({
        type: parameters.type,
        rule: parameters.rule,
        severity: parameters.severity,
        state: parameters.state,
      }),
    ),
    response: streamResponses('The stream; it ends when the server does.'),
  };
  app.get('/v1/stream', { schema, config: { cost: 'none' } }, async (request, reply) => {
    const after = lastEventId(request);
    if (broadcast.listeners >= MOST_LISTENERS)
      throw new Problem('too-slow', 'As many listen as can be served');
    // Read before the head is sent: whoever sees the head misses nothing that is committed after it.
    await stream({ broadcast, open }, request, reply, after ?? (await broadcast.last()));
    return reply;
  });
}

function lastEventId(request: FastifyRequest): number | null {
  const text = request.headers['last-event-id'];
  if (text === undefined || text === '') return null;
  if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text);
  const value = String(text);
  throw invalidRequest([
    { in: 'header', field: 'last-event-id', value, expected: 'the id of an earlier event' },
  ]);
}

async function stream(
  { broadcast, open }: { readonly broadcast: Broadcast; readonly open: Set<FastifyReply> },
  request: FastifyRequest,
  reply: FastifyReply,
  after: number,
): Promise<void> {
  const { raw } = reply;
  const wanted = wantedOf(request);
  reply.hijack();
  raw.writeHead(200, headersOf(reply));
  raw.write(`retry: ${RETRY_MS}\n\n`);
  const send = (text: string) => {
    if (raw.writableEnded || raw.destroyed) return;
    raw.write(text);
    if (raw.writableLength > MOST_WAITING_BYTES) raw.destroy();
  };
  const heartbeat = setInterval(() => send(':\n\n'), HEARTBEAT_MS);
  const leave = { now: (): void => undefined };
  open.add(reply);
  raw.on('close', () => {
    clearInterval(heartbeat);
    open.delete(reply);
    leave.now();
  });
  try {
    // What is not wanted still moves the place on, so that nobody reads it again.
    const listener = (change: ToldChange) =>
      send(wanted(change) ? eventText(change) : `id: ${change.changeSeq}\n\n`);
    leave.now = await broadcast.join(after, listener);
    if (raw.destroyed) leave.now();
  } catch {
    // The head is sent: the reader is let go and comes back.
    raw.destroy();
  }
}

function eventText({ changeSeq, change, alert }: ToldChange): string {
  return `id: ${changeSeq}\nevent: alert\ndata: ${JSON.stringify({ change, alert: publicAlert(alert) })}\n\n`;
}

function wantedOf(request: FastifyRequest): (change: ToldChange) => boolean {
  const { types, severities, states } = kinds(new Map([['state', 'any'], ...request.filters]));
  return ({ alert }) =>
    (types?.includes(alert.type) ?? true) &&
    (severities?.includes(alert.severity) ?? true) &&
    (states?.includes(alert.state) ?? true);
}

/** What hooks put on the reply, and what a stream is; proxies must not keep it back. */
function headersOf(reply: FastifyReply) {
  return {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-accel-buffering': 'no',
  } as Record<string, string>;
}
