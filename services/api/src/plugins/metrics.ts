import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { countPending, liveFeeds, readMoment, type Moment, type Reader } from '@offing/store';

/** Counts and times one answer. */
export type CountAnswer = (method: string, route: string, status: number, ms: number) => void;

/** Gauges under names of counters, which Prometheus' own check refuses; each has a sibling that tells more. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

const SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Counts and times every answer by method, route and status, and serves that with the state of the process and the
 * watermark at /metrics (Prometheus text format). Routes are named by their pattern: an address would make a series of each
 * ship that is looked for. Returns what counts an answer that no hook sees.
 */
export function addMetrics(app: FastifyInstance, reader: Reader): CountAnswer {
  const register = new Registry();
  collectDefaultMetrics({ register });
  for (const name of MISNAMED) register.removeSingleMetric(name);
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
  addFeeds(register, reader);
  addPending(register, reader);
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

/** How the live feeds do, as their process said last. */
function addFeeds(register: Registry, reader: Reader): void {
  const gauge = (
    name: string,
    help: string,
    valueOf: (feed: Awaited<ReturnType<typeof liveFeeds>>[number]) => number | null,
  ) =>
    new Gauge({
      name,
      help,
      labelNames: ['feed'],
      registers: [register],
      async collect() {
        this.reset();
        // A database that is away knows no feeds, and the rest is still told.
        for (const feed of await liveFeeds(reader).catch(() => [])) {
          const value = valueOf(feed);
          if (value !== null) this.set({ feed: feed.name }, value);
        }
      },
    });
  gauge(
    'offing_feed_last_record_timestamp_seconds',
    'When a feed last brought a record.',
    ({ lastRecordAt }) => (lastRecordAt === null ? null : lastRecordAt / 1000),
  );
  gauge('offing_feed_records', 'Records of a feed since it was started.', ({ records }) => records);
  gauge('offing_feed_shed', 'Records of a feed that were let go because too many came.', ({ shed }) => shed);
}

function addPending(register: Registry, reader: Reader): void {
  new Gauge({
    name: 'offing_deliveries_pending',
    help: 'Messages that wait to be sent, those of digests too.',
    registers: [register],
    async collect() {
      try {
        this.set(await countPending(reader));
      } catch {
        this.reset();
      }
    },
  });
}
