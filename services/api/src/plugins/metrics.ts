import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { readMoment, type Moment, type Reader } from '@offing/store';

/** Counts and times one answer. */
export type CountAnswer = (method: string, route: string, status: number, ms: number) => void;

const SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Counts and times every answer by method, route and status, and serves that with the state of the process and the
 * watermark at /metrics (Prometheus text format). Routes are named by their pattern: an address would make a series of each
 * ship that is looked for. Returns what counts an answer that no hook sees.
 */
export function addMetrics(app: FastifyInstance, reader: Reader): CountAnswer {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const labelNames = ['method', 'route', 'status'] as const;
  const answers = new Counter({
    name: 'offing_http_answers_total',
    help: 'Answers.',
    labelNames,
    registers: [register],
  });
  const durations = new Histogram({
    name: 'offing_http_answer_seconds',
    help: 'Time to answer.',
    labelNames: ['method', 'route'],
    buckets: SECONDS,
    registers: [register],
  });
  addWatermark(register, reader);
  const count: CountAnswer = (method, route, status, ms) => {
    answers.inc({ method, route, status });
    durations.observe({ method, route }, ms / 1000);
  };
  app.addHook('onResponse', (request, reply, done) => {
    count(request.method, request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime);
    done();
  });
  app.get('/metrics', { schema: { hide: true }, config: { scope: 'admin' } }, async (_request, reply) => {
    const text = await register.metrics();
    return reply.header('cache-control', 'no-store').type(register.contentType).send(text);
  });
  app.addHook('onClose', (_app, done) => {
    register.clear();
    done();
  });
  return count;
}

/** Read when it is asked for; a database that is away has no watermark, and the rest is still told. */
function addWatermark(register: Registry, reader: Reader): void {
  const gauge = (name: string, help: string, valueOf: (moment: Moment) => number) =>
    new Gauge({
      name,
      help,
      registers: [register],
      async collect() {
        try {
          this.set(valueOf(await readMoment(reader)));
        } catch {
          this.reset();
        }
      },
    });
  gauge(
    'offing_watermark_timestamp_seconds',
    'The instant up to which everything was judged.',
    ({ watermark }) => (watermark ?? 0) / 1000,
  );
  gauge('offing_event_changes', 'Changes of events so far.', ({ changeSeq }) => changeSeq);
}
