import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  access,
  chmod,
  chown,
  constants,
  lstat,
  mkdir,
  open,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { OffingError } from '@offing/kit';
import pg from 'pg';
import { databaseFault } from '../fault.ts';
import { findBinaries, SERVER_MAJOR } from './binaries.ts';
import { withLock } from './folder-lock.ts';
import { giveBack, takeLease } from './leases.ts';
import { commandLineOf, isAlive } from './live-process.ts';
import { decideRunAs, type RunAs } from './run-as.ts';

/** A database to work with. `close` gives it free; whoever leaves last stops an embedded server. */
export type OpenDatabase = {
  readonly url: string;
  /** As the server says, `18.4`. */
  readonly version: string;
  /** Whether this call started the server. */
  readonly startedHere: boolean;
  close(): Promise<void>;
};

/** What is to be opened. */
export type OpenOptions = {
  /** Folder in which the embedded server keeps everything. */
  readonly dataDir: string;
  /** A server of the user's own instead. */
  readonly databaseUrl?: string;
  /** Settings of the embedded server beside the usual ones. */
  readonly settings?: Readonly<Record<string, string>>;
};

/** Of the socket; written out, because PGPORT in the environment would change it. */
const PORT = 5432;
const DATABASE = 'offing';
const USER = 'offing';
const START_MS = 60_000;
const STOP_MS = 20_000;
/** What the server says when it finds sessions of a killed one. */
const STILL_IN_USE = 'pre-existing shared memory block';
/** Above the largest process id that Linux gives out (pid_max, 2^22). */
const NO_PID = String(2 ** 22 + 1);
/** A socket's path is at most 107 bytes long (unix(7)); the server adds `/.s.PGSQL.5432`. */
const SOCKET_DIR_BYTES = 90;

/** Durability stays full: fsync and synchronous_commit are on. The sizes suit two cores and a gigabyte or two of memory. */
const SETTINGS = {
  listen_addresses: '',
  port: String(PORT),
  max_connections: '60',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  wal_compression: 'off',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
} as const;

/** Opens the database of a data folder, starting its server or joining the one that runs; or a server of the user's own. */
export async function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  if (options.databaseUrl !== undefined) return openOwn(options.databaseUrl);
  const dataDir = await makeDataDir(options.dataDir);
  const leases = join(dataDir, 'users');
  const lockFile = join(dataDir, 'server.lock');
  return withLock(lockFile, async () => {
    const runAs = await decideRunAs(await findBinaries(join(dataDir, 'lib')), join(dataDir, 'postgres'));
    const socketDir = await makeSocketDir(dataDir, runAs);
    const startedHere = !(await isRunning(runAs.cluster));
    if (startedHere) await start(runAs, socketDir, dataDir, options.settings ?? {});
    const version = await prepareDatabase(socketDir);
    const lease = await takeLease(leases);
    let closed: Promise<void> | undefined;
    const leave = () =>
      withLock(lockFile, async () => {
        if ((await giveBack(leases, lease)) === 0) await stop(runAs.cluster);
      });
    return { url: urlOf(socketDir, DATABASE), version, startedHere, close: () => (closed ??= leave()) };
  });
}

async function openOwn(databaseUrl: string): Promise<OpenDatabase> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const version = await versionOf(client);
    return { url: databaseUrl, version, startedHere: false, close: () => Promise.resolve() };
  } catch (cause) {
    const { host, port, database } = client;
    const fault = databaseFault(cause) as Error;
    throw new OffingError(
      fault instanceof OffingError ? fault.code : 'database-refused',
      `DATABASE_URL (${host}:${port}/${database}) does not answer: ${fault.message}`,
      { cause },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes the folder and returns its one true path: a server is known by it, whatever links lead there. */
async function makeDataDir(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return await realpath(dataDir);
  } catch (cause) {
    throw new OffingError(
      'data-folder',
      `the data folder ${dataDir} cannot be written: ${(cause as Error).message}; choose another with --data`,
      {
        value: dataDir,
        cause,
      },
    );
  }
}

/** A folder for the server's socket that only its user can enter: beside the cluster, or in the temporary folder where that path is too long. */
async function makeSocketDir(dataDir: string, runAs: RunAs): Promise<string> {
  const beside = join(runAs.cluster, '..', 'socket');
  const inData = runAs.uid === undefined && Buffer.byteLength(beside) <= SOCKET_DIR_BYTES;
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const folder = inData ? beside : join(tmpdir(), `offing-${runAs.uid ?? process.getuid?.() ?? 0}-${hash}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  const owner = process.getuid?.() ?? found.uid;
  if (!found.isDirectory() || (found.uid !== owner && found.uid !== runAs.uid)) {
    throw new OffingError('socket-folder', `${folder} belongs to another user; remove it`, { value: folder });
  }
  await chmod(folder, 0o700);
  if (runAs.uid !== undefined) await chown(folder, runAs.uid, runAs.gid ?? runAs.uid);
  return folder;
}

function urlOf(socketDir: string, database: string): string {
  return `postgresql://${USER}@localhost:${PORT}/${database}?host=${encodeURIComponent(socketDir)}&sslmode=disable`;
}

async function start(
  runAs: RunAs,
  socketDir: string,
  dataDir: string,
  extra: Readonly<Record<string, string>>,
): Promise<void> {
  await makeCluster(runAs);
  await disownPid(runAs.cluster);
  const settings = Object.entries({
    ...SETTINGS,
    ...extra,
    unix_socket_directories: `"${socketDir.replaceAll('"', '""')}"`,
  });
  const logPath = join(dataDir, 'postgres.log');
  const words = ['-D', runAs.cluster, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const until = performance.now() + START_MS;
  for (;;) {
    const log = await open(logPath, 'a', 0o600);
    const { size } = await log.stat();
    const child = launch(runAs, 'postgres', words, { detached: true, stdio: ['ignore', log.fd, log.fd] });
    let ended = false;
    child.on('exit', () => {
      ended = true;
    });
    child.unref();
    await log.close();
    if (await answers(socketDir, () => ended, until)) return;
    const text = (await readFile(logPath)).subarray(size).toString();
    // Sessions of a server that was killed live on until they notice: the files are theirs for a moment.
    if (!text.includes(STILL_IN_USE) || performance.now() > until) throw didNotStart(logPath, text);
    await wait(100);
  }
}

function didNotStart(logPath: string, text: string): OffingError {
  const tail = text.trim().split('\n').slice(-6).join('\n');
  return new OffingError(
    'database-start',
    `the embedded PostgreSQL did not start; the end of ${logPath}:\n${tail}`,
  );
}

/**
 * Makes a pid file that a killed server left behind name no living process, if its pid went to another one meanwhile. The
 * file itself stays: by it the server sees whether sessions of the killed one still use its memory.
 */
async function disownPid(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid');
  const pid = await postmasterPid(cluster);
  if (pid === null) {
    await rm(path, { force: true });
    return;
  }
  if (!isAlive(pid)) return;
  const lines = (await readFile(path, 'utf8')).split('\n');
  await writeFile(path, [NO_PID, ...lines.slice(1)].join('\n'));
}

/** Waits until the server takes connections; false when it gave up or takes too long. */
async function answers(socketDir: string, hasEnded: () => boolean, until: number): Promise<boolean> {
  for (;;) {
    const client = new pg.Client({ connectionString: urlOf(socketDir, 'postgres') });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await client.end().catch(() => undefined);
      if (hasEnded() || performance.now() > until) return false;
    }
    await wait(15);
  }
}

/** Makes the cluster on first use: beside its place and then moved there, so that a half-made one is never taken for whole. */
async function makeCluster(runAs: RunAs): Promise<void> {
  const { cluster } = runAs;
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version !== null) {
    if (version.trim() === SERVER_MAJOR) return;
    throw new OffingError(
      'database-version',
      `${cluster} was made by PostgreSQL ${version.trim()}, the bundled one is ${SERVER_MAJOR}; use another --data folder or DATABASE_URL`,
      { value: version.trim() },
    );
  }
  const fresh = runAs.uid === undefined ? `${cluster}.new` : cluster;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  if (runAs.uid !== undefined) await chown(fresh, runAs.uid, runAs.gid ?? runAs.uid);
  await initialise(runAs, fresh);
  if (fresh === cluster) return;
  await rm(cluster, { recursive: true, force: true });
  await rename(fresh, cluster);
}

async function initialise(runAs: RunAs, folder: string): Promise<void> {
  const words = [
    '-D',
    folder,
    '-U',
    USER,
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-sync',
  ];
  const output: string[] = [];
  const child = launch(runAs, 'initdb', words, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code === 0) return;
  const tail = output.join('').trim().split('\n').slice(-4).join('\n');
  throw new OffingError('database-init', `a new database could not be made in ${folder}:\n${tail}`, {
    value: code,
  });
}

function launch(runAs: RunAs, program: string, words: readonly string[], options: SpawnOptions) {
  const [first, ...rest] = [...runAs.prefix, join(runAs.binaries.folder, 'bin', program), ...words];
  const { DATABASE_URL: _url, ...inherited } = process.env;
  return spawn(first, rest, {
    ...options,
    cwd: '/',
    env: { ...inherited, ...runAs.binaries.env, LC_ALL: 'C', PGDATA: '' },
    ...(runAs.uid === undefined ? {} : { uid: runAs.uid, gid: runAs.gid ?? runAs.uid }),
  });
}

/** Whether a server of this very cluster runs, by its pid file and by what the process says it is. */
async function isRunning(cluster: string): Promise<boolean> {
  const pid = await postmasterPid(cluster);
  if (pid === null || !isAlive(pid)) return false;
  const words = await commandLineOf(pid);
  return words === null || words.includes(`-D ${cluster} `);
}

async function postmasterPid(cluster: string): Promise<number | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

/** Fast shutdown, as `pg_ctl stop -m fast`: sessions are ended, what was committed is kept. */
async function stop(cluster: string): Promise<void> {
  const pid = await postmasterPid(cluster);
  if (pid === null || !(await isRunning(cluster))) return;
  process.kill(pid, 'SIGINT');
  const until = performance.now() + STOP_MS;
  while (isAlive(pid) && !(await isZombie(pid)) && performance.now() < until) await wait(10);
}

/** A child that ended while nobody waited for it still has its pid. */
async function isZombie(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}

async function prepareDatabase(socketDir: string): Promise<string> {
  const client = new pg.Client({ connectionString: urlOf(socketDir, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
    return await versionOf(client);
  } finally {
    await client.end();
  }
}

async function versionOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  return rows[0].server_version;
}

/** Whether this machine can run programs in a user namespace; for `offing doctor`. */
export function hasUserNamespaces(): boolean {
  return spawnSync('unshare', ['--user', '--map-user=1000', 'true'], { stdio: 'ignore' }).status === 0;
}
