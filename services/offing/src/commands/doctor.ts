import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OffingError } from '@offing/kit';
import { hasUserNamespaces, listFeeds, migrate, openDatabase, openReader } from '@offing/store';
import { isoOf } from '@offing/units';
import { readCommandConfig } from '../config.ts';
import { loadReference } from '../reference.ts';

/** Least free disk for the data folder, bytes: a day of world-wide positions takes about as much. */
const LEAST_FREE = 2 * 1024 ** 3;
/** The least version of Node.js, as in package.json. */
const LEAST_NODE = [20, 19] as const;

/** What a check says: whether all is well, what was found, and what to do if not. */
type Finding = { readonly what: string; readonly state: 'ok' | 'note' | 'fault'; readonly says: string };

/** Checks this machine, the database, the reference data and the feeds; prints what to do and returns 1 when something must be done. */
export async function doctor(options: { readonly data: string }): Promise<number> {
  const dataDir = resolve(options.data);
  const findings = [
    node(),
    clock(),
    await checked('data folder', () => folder(dataDir)),
    await checked('disk', () => disk(dataDir)),
    await checked('reference data', reference),
    ...(await database(dataDir)),
  ];
  const marks = { ok: 'ok   ', note: 'note ', fault: 'FAULT' };
  for (const { what, state, says } of findings)
    process.stdout.write(`${marks[state]}  ${what.padEnd(15)} ${says}\n`);
  const faults = findings.filter((finding) => finding.state === 'fault').length;
  process.stdout.write(
    faults === 0 ? 'All is well.\n' : `${faults} ${faults === 1 ? 'fault' : 'faults'}: see above.\n`,
  );
  return faults === 0 ? 0 : 1;
}

async function checked(what: string, check: () => Promise<Omit<Finding, 'what'>>): Promise<Finding> {
  try {
    return { what, ...(await check()) };
  } catch (error) {
    const code = error instanceof OffingError ? ` [${error.code}]` : '';
    return { what, state: 'fault', says: `${(error as Error).message}${code}` };
  }
}

function node(): Finding {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const good = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  const says = `${process.versions.node}${good ? '' : `; install ${LEAST_NODE.join('.')} or newer`}`;
  return { what: 'Node.js', state: good ? 'ok' : 'fault', says };
}

/** A clock that is far off would refuse good positions as future ones, or take bad ones. */
function clock(): Finding {
  const now = Date.now();
  const good = now > Date.UTC(2025, 0, 1);
  return {
    what: 'clock',
    state: good ? 'ok' : 'fault',
    says: good ? isoOf(now) : `${isoOf(now)} lies in the past; set the clock`,
  };
}

async function folder(dataDir: string): Promise<Omit<Finding, 'what'>> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  return { state: 'ok', says: dataDir };
}

async function disk(dataDir: string): Promise<Omit<Finding, 'what'>> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const gib = `${(free / 1024 ** 3).toFixed(1)} GiB free`;
  if (free >= LEAST_FREE) return { state: 'ok', says: gib };
  return { state: 'fault', says: `${gib}; make room, or choose another folder with --data` };
}

function reference(): Promise<Omit<Finding, 'what'>> {
  const { gazetteer, register } = loadReference();
  const watched = gazetteer.ports.filter((port) => port.watched).length;
  const says = `${gazetteer.ports.length} ports (${watched} watched), ${gazetteer.anchorages.length} anchorage points, ${register.version}`;
  return Promise.resolve({ state: 'ok', says });
}

async function database(dataDir: string): Promise<Finding[]> {
  const { databaseUrl } = readCommandConfig();
  const kind = databaseUrl === undefined ? 'embedded' : 'DATABASE_URL';
  let feeds: Finding = { what: 'feeds', state: 'note', says: 'not looked at: the database does not answer' };
  const server = await checked('database', async () => {
    const opened = await openDatabase({ dataDir, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
    try {
      await migrate(opened.url);
      feeds = await checked('feeds', () => feedsOf(opened.url));
      return {
        state: 'ok',
        says: `PostgreSQL ${opened.version}, ${kind}, ${opened.startedHere ? 'starts' : 'runs'}${asWhom(kind)}`,
      };
    } finally {
      await opened.close();
    }
  });
  const redis: Finding = { what: 'Redis', state: 'ok', says: 'not needed: one process does it all' };
  return [server, redis, feeds];
}

/** Root runs the server under another user; says how, for it is the first thing to look at when it does not start. */
function asWhom(kind: string): string {
  if (kind !== 'embedded' || process.getuid?.() !== 0) return '';
  return hasUserNamespaces() ? ', in a user namespace (you are root)' : ', as nobody (you are root)';
}

async function feedsOf(url: string): Promise<Omit<Finding, 'what'>> {
  const reader = openReader({ databaseUrl: url, connections: 1 });
  try {
    const feeds = await listFeeds(reader);
    if (feeds.length === 0)
      return {
        state: 'note',
        says: 'none was read yet: offing serve reads the bundled ones, offing replay FILES… your own',
      };
    const newest = Math.max(...feeds.map((feed) => feed.lastAt ?? 0));
    return { state: 'ok', says: `${feeds.length} read, newest position ${isoOf(newest)}` };
  } finally {
    await reader.close();
  }
}
