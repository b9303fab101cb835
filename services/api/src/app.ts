import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { openReader, openWriter, readerOf, writerOf } from '@offing/store';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginCallback,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { ApiContext, PortSource, TargetCheck } from './context.ts';
import { addOgcRoutes } from './ogc/routes.ts';
import { addAccess, BOARD } from './plugins/access.ts';
import { makeBrowserLinks, type BrowserLinks } from './plugins/browser-session.ts';
import { addChecking } from './plugins/checking.ts';
import { addClosing } from './plugins/closing.ts';
import { addCostLimits, COST_LIMITS, type CostLimits } from './plugins/cost-limits.ts';
import { addCors } from './plugins/cors.ts';
import { addDocumentRoute, addDocuments } from './plugins/documents.ts';
import { addForms } from './plugins/forms.ts';
import { addLanguage } from './plugins/language.ts';
import { tellStatements } from './plugins/database-spans.ts';
import { addProblems, sendProblem, unreadablePath } from './plugins/problems.ts';
import { addMetrics } from './plugins/metrics.ts';
import { makeRateLimit, type RateLimit } from './plugins/rate-limit.ts';
import { addKeptAnswers } from './plugins/kept-answers.ts';
import { addRequestLog, logAnswer, logKeptAnswer } from './plugins/request-log.ts';
import { addTraces, type TraceOptions } from './plugins/traces.ts';
import { addSecurityHeaders, putSecurityHeaders } from './plugins/security-headers.ts';
import { makeSharedRateLimit } from './plugins/shared-rate-limit.ts';
import type { App } from './plugins/requests.ts';
import { addAlertFacets } from './routes/alert-facets.ts';
import { addAlertRoutes } from './routes/alerts.ts';
import { addAlertsFeed } from './routes/alerts-feed.ts';
import { makeAlertPictures } from './picture/alert-pictures.ts';
import { addAlertPage } from './routes/alert-page.ts';
import { addAlertBundle } from './routes/alert-bundle.ts';
import { addAlertPicture } from './routes/alert-picture.ts';
import { addAuditRoutes } from './routes/audit.ts';
import { addChannelRoutes } from './routes/channels.ts';
import { addCorrectionRoutes } from './routes/corrections.ts';
import { addCoverageRoutes } from './routes/coverage.ts';
import { addDeliveryRoutes } from './routes/deliveries.ts';
import { addDesignationRoutes } from './routes/designations.ts';
import { addEmbeds } from './routes/embed.ts';
import { addEventRoutes } from './routes/events.ts';
import { addEvidenceRoutes } from './routes/evidence.ts';
import { addFeedRoutes } from './routes/feeds.ts';
import { addFirstPage } from './routes/first-page.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addMapLand } from './routes/map-land.ts';
import { addPortEmbargoRoute } from './routes/port-embargo.ts';
import { addPortPages } from './routes/port-pages.ts';
import { addPortRoute } from './routes/port.ts';
import { addPortRoutes } from './routes/ports.ts';
import { addRuleRoutes } from './routes/rules.ts';
import { addSeaRoutes } from './routes/sea.ts';
import { addSessionRoutes } from './routes/session.ts';
import { addStatusPage } from './routes/status-page.ts';
import { addTrackRoutes } from './routes/vessel-track.ts';
import { addStreamRoute } from './routes/stream.ts';
import { addUnsubscribe } from './routes/unsubscribe.ts';
import { addVesselPages } from './routes/vessel-pages.ts';
import { addVesselRoutes } from './routes/vessels.ts';
import { addWatchFeeds } from './routes/watch-feeds.ts';
import { addWatchForms } from './routes/watch-forms.ts';
import { addWatchPages } from './routes/watch-pages.ts';
import { addWatchlistRoutes } from './routes/watchlists.ts';
import { registerFormats } from './schemas/formats.ts';

const MOST_BODY_BYTES = 16_384;

/** The pool that a reader is made of, where someone else configured it. */
type Pool = Parameters<typeof readerOf>[0];

/** What the API is made of; with `pool` the caller sets its time limits, and closing the app ends it. */
export type AppOptions = ({ readonly databaseUrl: string } | { readonly pool: Pool }) & {
  readonly gazetteer?: PortSource;
  /** Version of the program, printed in the documents. */
  readonly version: string;
  readonly logger?: FastifyBaseLogger;
  /** A statement that runs longer is cancelled, ms; default 10,000. */
  readonly statementTimeoutMs?: number;
  /** Whether reading needs no key; default true, right for a server that only this machine reaches. */
  readonly openReading?: boolean;
  /** Most requests a minute of a key, and of an address without one; addresses of this machine are free. Default 1,200. */
  readonly requestsPerMinute?: number;
  /** What requests that cost much may take, where it is not the usual; the time of one is twice that of a statement. */
  readonly costLimits?: Partial<CostLimits>;
  /** Redis in which processes share these limits; without it each process counts for itself. */
  readonly redisUrl?: string;
  /** The operator's look at the queue of deliveries, at /queues for keys with the scope `admin`; without it there is none. */
  readonly queueBoard?: FastifyPluginCallback<{ prefix: string }>;
  /** Where traces go; without it nowhere. */
  readonly traces?: TraceOptions;
  /** Origins whose pages may read answers; default none. */
  readonly corsOrigins?: readonly string[];
  /** Origins whose pages may show /embed/ in a frame, `*` for all; default all. No other page may be framed. */
  readonly frameAncestors?: readonly string[];
  /** Addresses of proxies that tell whom a request is from; default none. */
  readonly trustedProxies?: readonly string[];
  /** Links that let a browser on this machine in; without them there are none. */
  readonly browserLinks?: BrowserLinks;
  /** Says of a channel's target where messages may not go; default any http(s) URL, which delivery checks again. */
  readonly checkTarget?: TargetCheck;
  /** Under which people reach this server, for links in feeds and messages; default the address of each request. */
  readonly publicUrl?: string;
  /** Whom to write to for a right of reply: an e-mail address or a page. */
  readonly contact?: string;
  /** Folder with the scripts of the pages as the build makes them; without it pages have none. */
  readonly webDir?: string;
};

const REQUESTS_PER_MINUTE = 1_200;
const STATEMENT_MS = 10_000;

/**
 * Returns the API, ready to listen or to be asked with `inject`; closing it closes its connections. It starts without a
 * database, too, and then says so at /readyz.
 */
export async function makeApp(options: AppOptions): Promise<FastifyInstance> {
  const { statementTimeoutMs = STATEMENT_MS } = options;
  registerFormats();
  const requestId = makeRequestIds();
  const app = bareServer(options, requestId);
  const reader = 'pool' in options ? readerOf(options.pool) : openReader({ ...options, statementTimeoutMs });
  const writer = 'pool' in options ? writerOf(options.pool) : openWriter({ ...options, statementTimeoutMs });
  app.addHook('onClose', async () => {
    await reader.close();
    await writer.close();
  });
  app.decorateRequest('filters');
  app.decorateRequest('after', null);
  app.decorateRequest('answeredAt', null);
  addClosing(app);
  addRequestLog(app);
  if (options.traces !== undefined) {
    tellStatements(reader.pool);
    tellStatements(writer.pool);
    addTraces(app, options.traces);
  }
  addSecurityHeaders(app, options.frameAncestors ?? ['*']);
  addProblems(app);
  addCors(app, options.corsOrigins ?? []);
  addAccess(app, writer, {
    openReading: options.openReading ?? true,
    rateLimit: rateLimitOf(app, options),
  });
  addForms(app);
  addLanguage(app);
  await addDocuments(app, options.version);
  addChecking(app);
  addCostLimits(app, { ...COST_LIMITS, budgetMs: 2 * statementTimeoutMs, ...options.costLimits });
  const count = addMetrics(app, reader);
  // Elsewhere each answer depends on whom it is for; where traces are wanted each has its span.
  const isForAll = options.openReading !== false && (options.trustedProxies ?? []).length === 0;
  if (isForAll && options.traces === undefined) {
    const log = (...told: [IncomingMessage, string, number, number]) => logKeptAnswer(app.log, ...told);
    addKeptAnswers(app, reader, { requestId, count, log });
  }
  const context: ApiContext = {
    reader,
    writer,
    gazetteer: options.gazetteer,
    version: options.version,
    checkTarget: options.checkTarget ?? checkForm,
    webDir: options.webDir,
    publicUrl: options.publicUrl?.replace(/\/+$/, ''),
    openReading: options.openReading ?? true,
    contact: options.contact ?? null,
  };
  const typed = app.withTypeProvider<TypeBoxTypeProvider>();
  addRoutes(typed, context);
  addSessionRoutes(typed, context, options.browserLinks ?? makeBrowserLinks());
  addDocumentRoute(app);
  if (options.queueBoard !== undefined) await app.register(options.queueBoard, { prefix: BOARD });
  await app.ready();
  return app;
}

function rateLimitOf(app: FastifyInstance, options: AppOptions): RateLimit {
  const perMinute = options.requestsPerMinute ?? REQUESTS_PER_MINUTE;
  if (options.redisUrl === undefined) return makeRateLimit(perMinute);
  const shared = makeSharedRateLimit(options.redisUrl, perMinute);
  app.addHook('onClose', (_app, done) => {
    shared.close();
    done();
  });
  return shared;
}

/** Without the part that delivers at hand, only the form of a target can be checked. */
const checkForm: TargetCheck = (kind, target) => {
  if (kind === 'email')
    return Promise.resolve(/^[^\s@<>,;:"]+@[^\s@]+\.[^\s@]+$/.test(target) ? null : 'an e-mail address');
  return Promise.resolve(
    /^https?:\/\/[^\s@]+$/.test(target) && URL.canParse(target) ? null : 'an http or https URL',
  );
};

function bareServer({ logger, trustedProxies = [] }: AppOptions, genReqId: () => string): FastifyInstance {
  return Fastify({
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: 30_000,
    requestIdHeader: false,
    genReqId,
    // Queries are read from the raw address, where a repeated or broken parameter can still be seen.
    routerOptions: { querystringParser: () => ({}), maxParamLength: 200 },
    frameworkErrors: (_error, request, reply) => answerUnreadable(request, reply),
  });
}

/** No hook runs for what the router cannot read: what they would do is done here. */
function answerUnreadable(request: FastifyRequest, reply: FastifyReply): void {
  putSecurityHeaders(request, reply);
  void sendProblem(request, reply.header('x-request-id', request.id), unreadablePath(request));
  logAnswer(request, reply);
}

/** Ids that differ between processes, too: a line in a log must lead to one request. */
function makeRequestIds(): () => string {
  const process = randomUUID().slice(0, 8);
  let last = 0;
  return () => `${process}-${(++last).toString(36)}`;
}

function addRoutes(app: App, context: ApiContext): void {
  addFirstPage(app, context);
  addAlertPage(app, context);
  addStatusPage(app, context);
  addVesselPages(app, context);
  addPortPages(app, context);
  addEmbeds(app, context);
  addAlertRoutes(app, context);
  addAlertFacets(app, context);
  addSeaRoutes(app, context);
  const pictures = makeAlertPictures(context.reader, context.gazetteer?.ports ?? []);
  addAlertPicture(app, context, pictures);
  addAlertBundle(app, context, pictures);
  addEventRoutes(app, context);
  addEvidenceRoutes(app, context);
  addVesselRoutes(app, context);
  addTrackRoutes(app, context);
  addPortRoutes(app, context);
  addPortRoute(app, context);
  addPortEmbargoRoute(app, context);
  addMapLand(app);
  addRuleRoutes(app, context);
  addAlertsFeed(app, context);
  addCorrectionRoutes(app, context);
  addDesignationRoutes(app, context);
  addFeedRoutes(app, context);
  addCoverageRoutes(app, context);
  addHealthRoutes(app, context);
  addOgcRoutes(app, context);
  addStreamRoute(app, context);
  addWatchPages(app, context);
  addWatchForms(app, context);
  addWatchlistRoutes(app, context);
  addChannelRoutes(app, context);
  addDeliveryRoutes(app, context);
  addWatchFeeds(app, context);
  addUnsubscribe(app, context);
  addAuditRoutes(app, context);
}
