import { execFile } from 'node:child_process';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { makeApp } from '@offing/api';
import pg from 'pg';
import type { Load, LoadResult } from './api-load.ts';
import { FLOOR_PATHS, withFloors } from './api-floors.ts';
import { fillForApi, MONTH_POSITIONS, MONTH_VESSEL, type ApiRows } from './api-rows.ts';
import { serverCpuSeconds, startBenchServer, type BenchServer } from './bench-server.ts';

/** One kind of question: how many answers a second, and what each takes of the server's processors. */
export type AnswerBench = LoadResult & {
  readonly cpuUsPerAnswer: { readonly node: number; readonly postgres: number };
};

/** The floors of three kinds of answer. */
export type Floors = Readonly<Record<'unchanged' | 'keptList' | 'databaseList', AnswerBench>>;

/** What answering came to, server and load on one machine. */
export type ApiBench = {
  readonly rows: ApiRows;
  readonly fillSeconds: number;
  /** What a bare server does for the same answers, measured in the same run: where others use the machine, only the shares tell. */
  readonly floors: Floors;
  readonly ratios: Readonly<Record<keyof Floors, number>>;
  readonly unchanged: AnswerBench;
  readonly keptList: AnswerBench;
  readonly databaseList: AnswerBench;
  readonly databaseCold: AnswerBench;
  readonly databaseFiltered: AnswerBench;
  readonly trackOfAMonth: { readonly positions: number; readonly ms: number };
  readonly stream: { readonly listeners: number; readonly p50Ms: number; readonly mostMs: number };
};

const USUAL: ApiRows = { alerts: 200_000, positions: 1_000_000 };
/** What the issue asks for; the positions are scaled to the disk. */
const FULL: ApiRows = { alerts: 2_000_000, positions: 20_000_000 };
const DAY_MS = 86_400_000;
/** The last opening in the rows. */
const NEWEST = Date.UTC(2016, 0, 1) + 3_650 * DAY_MS;
const SECONDS = 4;
const LISTENERS = 1_000;
const BROADCASTS = 10;

/** Measures the API; `--full` with two million alerts. */
export async function benchApi(): Promise<ApiBench> {
  const rows = process.argv.includes('--full') ? FULL : USUAL;
  const database = await startBenchServer();
  try {
    const started = performance.now();
    await fillForApi(database.url, rows);
    const fillSeconds = Math.round((performance.now() - started) / 1000);
    console.log(
      `api     ${rows.alerts.toLocaleString('en')} alerts, ${rows.positions.toLocaleString('en')} positions, made in ${fillSeconds} s`,
    );
    return { rows, fillSeconds, ...(await measured(database)) };
  } finally {
    await database.close();
  }
}

async function measured(database: BenchServer): Promise<Omit<ApiBench, 'rows' | 'fillSeconds'>> {
  const app = await makeApp({ databaseUrl: database.url, version: 'bench' });
  try {
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const under = (label: string, load: Omit<Load, 'port' | 'seconds'>) =>
      underLoad(label, database, { port, seconds: SECONDS, ...load });
    const accept = { accept: 'application/json' };
    const pairs = await besideFloors(database, port);
    const databaseCold = await under('the same over ten years', {
      paths: anywhere(),
      connections: 24,
      headers: accept,
    });
    const databaseFiltered = await under('the same with filters', {
      paths: filtered(),
      connections: 24,
      headers: accept,
    });
    const ratios = {
      unchanged: ratio(pairs.unchanged),
      keptList: ratio(pairs.keptList),
      databaseList: ratio(pairs.databaseList),
    };
    console.log(
      `api     of what a bare server does in the same minutes: 304 ${ratios.unchanged}, kept list ${ratios.keptList}, list from the database ${ratios.databaseList}`,
    );
    return {
      floors: {
        unchanged: pairs.unchanged.floor,
        keptList: pairs.keptList.floor,
        databaseList: pairs.databaseList.floor,
      },
      ratios,
      unchanged: pairs.unchanged.ours,
      keptList: pairs.keptList.ours,
      databaseList: pairs.databaseList.ours,
      databaseCold,
      databaseFiltered,
      trackOfAMonth: await track(port),
      stream: await broadcast(port, database.url),
    };
  } finally {
    await app.close();
  }
}

/** Twenty thousand questions, none of which is kept: each begins at another moment of these days. */
function pagesOf(from: number, days: number): readonly string[] {
  return Array.from({ length: 20_000 }, (_, n) => {
    const at = new Date(from + Math.floor((((n * 7_919) % 20_000) / 20_000) * days * DAY_MS)).toISOString();
    return `/v1/alerts?limit=50&to=${at}`;
  });
}

/** The newest quarter of a year, as people ask for it. */
const newest = () => pagesOf(NEWEST - 90 * DAY_MS, 90);
/** Ten years: hardly an alert comes twice. */
const anywhere = () => pagesOf(NEWEST - 3_500 * DAY_MS, 3_500);

function filtered(): readonly string[] {
  return newest().map((path, n) =>
    n % 2 === 0 ? `${path}&type=hovering&severity=medium` : `${path}&bbox=118,37,122,40&verdict=silent`,
  );
}

/** Three kinds of answer, each beside the least server's. */
async function besideFloors(
  database: BenchServer,
  port: number,
): Promise<Readonly<Record<keyof Floors, Pair>>> {
  const under = (label: string, load: Omit<Load, 'port' | 'seconds'>) =>
    underLoad(label, database, { port, seconds: SECONDS, ...load });
  const list = '/v1/alerts?limit=50';
  const accept = { accept: 'application/json' };
  const tag = (await fetch(`http://127.0.0.1:${port}${list}`, { headers: accept })).headers.get('etag') ?? '';
  const body = Buffer.from(
    await (await fetch(`http://127.0.0.1:${port}${list}`, { headers: accept })).arrayBuffer(),
  );
  // Each beside its floor: the machine changes from minute to minute.
  return withFloors(database.url, body, async (floorPort) => {
    const floor = (label: string, path: string, connections: number) =>
      underLoad(`${label} of a bare server`, database, {
        port: floorPort,
        seconds: SECONDS,
        paths: [path],
        connections,
      });
    const headers = { ...accept, 'if-none-match': tag };
    return {
      unchanged: {
        floor: await floor('304', FLOOR_PATHS.unchanged, 50),
        ours: await under('304', { paths: [list], connections: 50, headers }),
      },
      keptList: {
        floor: await floor('kept list of 50', FLOOR_PATHS.kept, 50),
        ours: await under('kept list of 50', { paths: [list], connections: 50, headers: accept }),
      },
      databaseList: {
        floor: await floor('list behind one statement', FLOOR_PATHS.database, 24),
        ours: await under('list of 50 from the database', {
          paths: newest(),
          connections: 24,
          headers: accept,
        }),
      },
    };
  });
}

type Pair = { readonly ours: AnswerBench; readonly floor: AnswerBench };

/** Answers a second of ours, as a share of the floor's. */
function ratio({ ours, floor }: Pair): number {
  return Math.round((ours.perSecond / floor.perSecond) * 100) / 100;
}

/** The load runs in a process of its own: its work is not the server's. */
async function underLoad(label: string, database: BenchServer, load: Load): Promise<AnswerBench> {
  await ask({ ...load, seconds: 1 });
  const [cpu, before] = [process.cpuUsage(), await serverCpuSeconds(database.dataDir)];
  const result = await ask(load);
  const { user, system } = process.cpuUsage(cpu);
  const postgres = (await serverCpuSeconds(database.dataDir)) - before;
  const perAnswer = (seconds: number) => Math.round((seconds / result.answers) * 1e7) / 10;
  const cpuUsPerAnswer = { node: perAnswer((user + system) / 1e6), postgres: perAnswer(postgres) };
  console.log(
    `api     ${label}: ${result.perSecond.toLocaleString('en')}/s, p99 ${result.p99Ms} ms, ${result.bytesPerAnswer} bytes, CPU ${cpuUsPerAnswer.node} µs of Node and ${cpuUsPerAnswer.postgres} µs of PostgreSQL each`,
  );
  return { ...result, cpuUsPerAnswer };
}

async function ask(load: Load): Promise<LoadResult> {
  const file = fileURLToPath(new URL('api-load.ts', import.meta.url));
  const child = promisify(execFile)(process.execPath, ['--import', 'tsx', file], { maxBuffer: 1e7 });
  child.child.stdin?.end(JSON.stringify(load));
  return JSON.parse((await child).stdout) as LoadResult;
}

/** All positions of a month, page by page; the median of some runs. */
async function track(port: number): Promise<ApiBench['trackOfAMonth']> {
  const times: number[] = [];
  for (let run = 0; run < 7; run++) {
    const started = performance.now();
    let positions = 0;
    let next: string | null = `/v1/vessels/${MONTH_VESSEL}/track?from=2024-05-01&to=2024-05-31&limit=10000`;
    while (next !== null) {
      const page = (await (await fetch(`http://127.0.0.1:${port}${next}`)).json()) as {
        items: unknown[];
        next: string | null;
      };
      positions += page.items.length;
      next =
        page.next === null
          ? null
          : `/v1/vessels/${MONTH_VESSEL}/track?from=2024-05-01&to=2024-05-31&limit=10000&cursor=${page.next}`;
    }
    if (positions !== MONTH_POSITIONS)
      throw new Error(`a month has ${MONTH_POSITIONS} positions, ${positions} came`);
    times.push(performance.now() - started);
  }
  const ms = Math.round(times.sort((a, b) => a - b)[times.length >> 1]);
  console.log(`api     track of a month (${MONTH_POSITIONS} positions): ${ms} ms`);
  return { positions: MONTH_POSITIONS, ms };
}

/** From the commit of a change until every listener has it, less what the server waits between two looks at the outbox. */
async function broadcast(port: number, databaseUrl: string): Promise<ApiBench['stream']> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  let heard = 0;
  let whole: () => void = () => undefined;
  const firstAt: number[] = [];
  const streams = await Promise.all(
    Array.from(
      { length: LISTENERS },
      () =>
        new Promise<{ destroy(): void }>((resolve, reject) => {
          const asked = request({ host: '127.0.0.1', port, path: '/v1/stream', agent: false }, (answer) => {
            answer.on('data', (data: Buffer) => {
              if (!data.includes('event: alert')) return resolve(asked);
              if (heard === 0) firstAt.push(performance.now());
              if (++heard === LISTENERS) whole();
            });
            answer.on('error', () => undefined);
          });
          asked.on('error', reject).end();
        }),
    ),
  );
  const all: number[] = [];
  for (let n = 0; n < BROADCASTS; n++) {
    heard = 0;
    const done = new Promise<void>((resolve) => (whole = resolve));
    await client.query(
      `insert into outbox (change_seq, alert_id, event_id, version, change)
       select $1, alert_id, event_id, 1, 'opened' from alert limit 1`,
      [n + 1],
    );
    await done;
    all.push(performance.now() - firstAt[n]);
  }
  for (const stream of streams) stream.destroy();
  await client.end();
  const sorted = all.sort((a, b) => a - b).map((ms) => Math.round(ms));
  const result = {
    listeners: LISTENERS,
    p50Ms: sorted[sorted.length >> 1],
    mostMs: sorted[sorted.length - 1],
  };
  console.log(
    `api     a change to ${LISTENERS} listeners: ${result.p50Ms} ms from the first to the last (at most ${result.mostMs})`,
  );
  return result;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(await benchApi()));
