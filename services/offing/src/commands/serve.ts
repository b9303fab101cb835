import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeApp } from '@offing/api';
import { Engine } from '@offing/engine';
import { makeLogger, OffingError, onShutdown, type Shutdown } from '@offing/kit';
import { migrate, openDatabase, readSession, writeDesignations } from '@offing/store';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { readServeConfig, readTellConfig, readTraceConfig } from '../config.ts';
import { configPath } from '../feeds-config-file.ts';
import { loadDemo } from '../demo.ts';
import { numberFlag } from '../flags.ts';
import { loadReferenceOf, type Reference } from '../reference.ts';
import { copiesDirOf } from '../keep-recordings.ts';
import { replaySources } from '../replay-sources.ts';
import { accessOf, queueBoardOf, serveNotifier } from '../serve-access.ts';
import { serveFeeds } from '../serve-feeds.ts';
import { summaryOf } from '../summary.ts';
import { VERSION } from '../version.ts';

/** How many ports are tried behind one that is taken. */
const PORTS_TRIED = 20;

/** Where the build puts the scripts of the pages. */
const WEB_DIR = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/** Flags of `serve` as the command line gives them. */
export type ServeFlags = {
  readonly port: string;
  readonly host: string;
  readonly demo: boolean;
  readonly data: string;
  readonly config?: string;
};

/** Runs the all-in-one service until a signal ends it. */
export async function serve(flags: ServeFlags): Promise<void> {
  const port = numberFlag('--port', flags.port, 0, 65_535);
  const config = readServeConfig();
  const tellConfig = readTellConfig();
  const traces = readTraceConfig();
  const shutdown = onShutdown((name, error) =>
    say(`${name} did not close cleanly: ${(error as Error).message}`),
  );
  try {
    const dataDir = resolve(flags.data);
    say(`starting the database in ${config.databaseUrl === undefined ? dataDir : 'DATABASE_URL'} …`);
    const { databaseUrl } = config;
    const database = await openDatabase({ dataDir, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
    shutdown.add('database', () => database.close());
    await migrate(database.url);
    const reference = await loadReferenceOf(database.url);
    await prepare(database.url, reference, flags.demo, dataDir, shutdown);
    if (shutdown.running) {
      await shutdown.done;
      return;
    }
    const logger = makeLogger('offing', config.logLevel);
    const access = await accessOf(flags.host, tellConfig);
    const app = await makeApp({
      databaseUrl: database.url,
      gazetteer: reference.gazetteer,
      version: VERSION,
      logger,
      ...access.options,
      ...(await queueBoardOf(tellConfig, logger, shutdown)),
      webDir: WEB_DIR,
      ...(traces === undefined ? {} : { traces: { ...traces, version: VERSION } }),
    });
    shutdown.add('api', () => app.close());
    const url = await listen(app, flags.host, port);
    const isOpen = access.options.openReading === true;
    await serveNotifier(database.url, url, tellConfig, isOpen, logger, shutdown);
    const allowed = new Set(tellConfig.allowedTargets);
    const live = { databaseUrl: database.url, reference, say, allowed, copiesDir: copiesDirOf(dataDir) };
    await serveFeeds(configPath(flags.config, dataDir), live, shutdown);
    say(await withClient(database.url, (client) => summaryOf(client, url)));
    if (access.links !== null)
      say(`to subscribe in this machine's browser, open once: ${url}${access.links.create()}`);
  } catch (error) {
    const wanted = shutdown.running;
    await shutdown.run();
    // What breaks because its database was closed on purpose is no fault.
    if (!wanted) throw error;
  }
  await shutdown.done;
}

/** Brings the reference data and, on the first start, the demonstration into the database. */
async function prepare(
  url: string,
  reference: Reference,
  demo: boolean,
  dataDir: string,
  shutdown: Shutdown,
): Promise<void> {
  const { sessionId, sources } = loadDemo();
  const isRead = await withClient(url, async (client) => {
    await writeDesignations(client, reference.register.designations);
    return (await readSession(client, sessionId))?.state === 'done';
  });
  if (!demo || isRead) return;
  say('first start: reading the bundled recordings (real ones, and labelled tracks of made-up ships) …');
  const engine = await Engine.open({
    databaseUrl: url,
    ...reference,
    onWaiting: () => say('another process is writing to this database; waiting for it to end'),
  });
  shutdown.add('engine', () => engine.close());
  await replaySources(engine, sources, {
    tempDir: join(dataDir, 'tmp'),
    showProgress: true,
    sessionId,
    onFault: ({ path, message }) => say(`${path}: ${message}`),
  });
  // What a checkpoint writes now need not be written when Ctrl-C should end it all in two seconds.
  await engine.client.query('checkpoint').catch(() => undefined);
  await engine.close();
}

/** Listens on the port, or on the next that is free; returns the address to open. */
async function listen(app: FastifyInstance, host: string, wanted: number): Promise<string> {
  for (let port = wanted; port <= Math.min(65_535, wanted + PORTS_TRIED); port++) {
    try {
      return await app.listen({ host, port });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE') {
        say(`port ${port} is taken by another program; trying ${port + 1}`);
        continue;
      }
      if (code === 'EACCES') {
        throw new OffingError(
          'port-refused',
          `port ${port} needs more rights than this user has; choose one above 1023 with --port`,
          { cause: error },
        );
      }
      throw new OffingError('listen', `cannot listen on ${host}: ${message}; choose another with --host`, {
        cause: error,
      });
    }
  }
  throw new OffingError(
    'ports-taken',
    `ports ${wanted} to ${wanted + PORTS_TRIED} are taken; choose another with --port`,
  );
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
