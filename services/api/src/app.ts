import { randomUUID } from 'node:crypto';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { openReader, readerOf } from '@offing/store';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { ApiContext, PortSource } from './context.ts';
import { addChecking } from './plugins/checking.ts';
import { addClosing } from './plugins/closing.ts';
import { addDocumentRoute, addDocuments } from './plugins/documents.ts';
import { addProblems, sendProblem, unreadablePath } from './plugins/problems.ts';
import { addRequestLog, logAnswer } from './plugins/request-log.ts';
import { addSecurityHeaders, putSecurityHeaders } from './plugins/security-headers.ts';
import type { App } from './plugins/requests.ts';
import { addAlertRoutes } from './routes/alerts.ts';
import { addAlertPage } from './routes/alert-page.ts';
import { addDesignationRoutes } from './routes/designations.ts';
import { addEventRoutes } from './routes/events.ts';
import { addFeedRoutes } from './routes/feeds.ts';
import { addFirstPage } from './routes/first-page.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addPortRoutes } from './routes/ports.ts';
import { addStatusPage } from './routes/status-page.ts';
import { addTrackRoutes } from './routes/vessel-track.ts';
import { addVesselRoutes } from './routes/vessels.ts';
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
};

/**
 * Returns the API, ready to listen or to be asked with `inject`; closing it closes its connections. It starts without a
 * database, too, and then says so at /readyz.
 */
export async function makeApp(options: AppOptions): Promise<FastifyInstance> {
  registerFormats();
  const app = bareServer(options.logger);
  const reader = 'pool' in options ? readerOf(options.pool) : openReader(options);
  app.addHook('onClose', () => reader.close());
  app.decorateRequest('filters');
  app.decorateRequest('after', null);
  addClosing(app);
  addRequestLog(app);
  addSecurityHeaders(app);
  addProblems(app);
  await addDocuments(app, options.version);
  addChecking(app);
  addRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), {
    reader,
    gazetteer: options.gazetteer,
    version: options.version,
  });
  addDocumentRoute(app);
  await app.ready();
  return app;
}

function bareServer(logger: FastifyBaseLogger | undefined): FastifyInstance {
  return Fastify({
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: 30_000,
    requestIdHeader: false,
    genReqId: makeRequestIds(),
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
  addAlertRoutes(app, context);
  addEventRoutes(app, context);
  addVesselRoutes(app, context);
  addTrackRoutes(app, context);
  addPortRoutes(app, context);
  addDesignationRoutes(app, context);
  addFeedRoutes(app, context);
  addHealthRoutes(app, context);
}
