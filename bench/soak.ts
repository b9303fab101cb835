// Runs five simulated feeds through the live service for minutes; each is cut, stalled, fed rubbish and restarted. Checks that
// nothing that was taken in is lost and that every outage is told. Writes bench/results/soak-<date>.json.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { migrate, openDatabase } from '@offing/store';
import pg from 'pg';
import { faultLines, readFeedsConfig } from '../services/offing/src/feeds-config.ts';
import { LiveService } from '../services/offing/src/live-service.ts';
import { loadReference } from '../services/offing/src/reference.ts';
import {
  aisstreamStation,
  gpsdStation,
  mqttStation,
  tcpStation,
  udpStation,
  type Station,
} from './soak-stations.ts';

const PER_SECOND = 5000;
const TICK_MS = 50;
/** The watchdog of the feeds, shorter than in earnest so that a run of a minute sees it. */
const SILENT_S = 5;
const OUTAGE_MS = 8000;
/** Between two blows, so that most feeds bring data most of the time. */
const REST_MS = 3000;
/** A feed must be back within this long: the longest wait between connections is a minute. */
const BACK_MS = 75_000;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '20' }, help: { type: 'boolean' } },
});
const minutes = Number(values.minutes);
if (values.help === true || !(minutes >= 1)) {
  console.log('npm run soak [-- --minutes N]: 20 minutes when left out, 1 at least');
  process.exit(values.help === true ? 0 : 2);
}

/** Something that is done to a station, and what must be told of it. */
type Blow = { readonly station: string; readonly what: string; at: number; told: boolean; back: boolean };

/** How one station is doing. */
type Lane = { readonly station: Station; isStalled: boolean; readonly blows: Blow[] };

const stations = [
  await tcpStation('tcp', 413_000_000),
  await udpStation('udp', 414_000_000),
  await aisstreamStation('aisstream', 431_000_000),
  await mqttStation('mqtt', 440_000_000),
  await gpsdStation('gpsd', 563_000_000),
];
const lanes = stations.map((station): Lane => ({ station, isStalled: false, blows: [] }));
const dataDir = await mkdtemp(join(tmpdir(), 'offing-soak-'));
const database = await openDatabase({ dataDir });
await migrate(database.url);

const read = readFeedsConfig(
  JSON.stringify({
    feeds: stations.map(({ config }) => ({ ...config, silentSeconds: SILENT_S })),
    allowedLatenessSeconds: 20,
  }),
  () => 'soak',
);
if (read.config === null) throw new Error(faultLines(read.faults));
const complaints: string[] = [];
const service = new LiveService({
  databaseUrl: database.url,
  reference: loadReference(),
  say: (text) => complaints.push(text),
});
await service.apply(read.config);
while (!service.feeds.statuses().every(({ state }) => state === 'open')) await sleep(50);

let peakRssMb = 0;
let mostWaiting = 0;
const began = performance.now();
const sending = setInterval(send, TICK_MS);
const watching = setInterval(watch, 100);
let due = 0;

/** Sends what is due by the clock, so that a late timer does not lower the rate. */
function send(): void {
  const wanted = ((performance.now() - began) / 1000) * (PER_SECOND / lanes.length);
  const messages = Math.min(2000, Math.floor(wanted - due));
  due += messages;
  for (const { station, isStalled } of lanes) if (!isStalled) station.send(messages);
}

function watch(): void {
  peakRssMb = Math.max(peakRssMb, process.memoryUsage().rss / 1e6);
  mostWaiting = Math.max(mostWaiting, service.feeds.inbox.records.length);
  for (const status of service.feeds.statuses()) {
    const lane = lanes.find(({ station }) => station.name === status.name);
    const open = lane?.blows.find((blow) => !blow.told && blow.what !== 'rubbish' && blow.at > 0);
    if (open !== undefined && status.faultCode !== null && status.since >= open.at) open.told = true;
  }
}

const until = began + minutes * 60_000;
while (performance.now() < until - 15_000) {
  for (const lane of lanes) {
    await strike(lane);
    await sleep(REST_MS);
    if (performance.now() > until - 15_000) break;
  }
}
await sleep(Math.max(0, until - performance.now()));
clearInterval(sending);
await sleep(2000);
clearInterval(watching);
await service.stop();
const seconds = (performance.now() - began) / 1000;
const report = await judge();
await database.close();
await Promise.all(stations.map((station) => station.close()));
await rm(dataDir, { recursive: true, force: true });
const folder = fileURLToPath(new URL('results/', import.meta.url));
await mkdir(folder, { recursive: true });
const file = `soak-${new Date().toISOString().slice(0, 10)}.json`;
await writeFile(join(folder, file), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
console.log(`kept in bench/results/${file}`);
process.exit(report.faults.length === 0 ? 0 : 1);

/** Does the next thing in turn to a station whose feed is well; a round over all takes about three quarters of a minute. */
async function strike(lane: Lane): Promise<void> {
  const { station, blows } = lane;
  const turn = blows.length;
  const what = (['rubbish', 'cut', 'restart', 'stall'] as const)[(turn + lanes.indexOf(lane)) % 4];
  const isSilence = what === 'stall' || what === 'restart' || (what === 'cut' && station.cut === null);
  const blow: Blow = { station: station.name, what, at: 0, told: false, back: await isBack(station.name) };
  blow.at = Date.now();
  blows.push(blow);
  if (what === 'rubbish') {
    const before = refusedBy(station.name);
    station.rubbish();
    await sleep(1000);
    blow.told = refusedBy(station.name) > before;
  } else if (what === 'cut' && station.cut !== null) {
    station.cut();
    await sleep(1500);
  } else if (isSilence) {
    if (what === 'restart') await station.leave();
    else lane.isStalled = true;
    await sleep(OUTAGE_MS);
    if (what === 'restart') await station.back();
    lane.isStalled = false;
    await sleep(2000);
  }
}

/** Waits until a feed is open and brings data again; returns whether it did in time. */
async function isBack(name: string): Promise<boolean> {
  const before = recordsOf(name);
  for (let waited = 0; waited < BACK_MS; waited += 100) {
    const status = service.feeds.statuses().find((one) => one.name === name);
    if (status?.state === 'open' && recordsOf(name) > before) return true;
    await sleep(100);
  }
  return false;
}

function recordsOf(name: string): number {
  return service.feeds.statuses().find((one) => one.name === name)?.records ?? 0;
}

function refusedBy(name: string): number {
  const status = service.feeds.statuses().find((one) => one.name === name);
  return Object.values(status?.rejected ?? {}).reduce((sum, n) => sum + n, 0);
}

/** How often each thing was done, and how often it was told. */
function summaryOf(blows: readonly Blow[]): Record<string, { done: number; told: number }> {
  const summary: Record<string, { done: number; told: number }> = {};
  for (const { what, told } of blows) {
    const { done, told: soFar } = summary[what] ?? { done: 0, told: 0 };
    summary[what] = { done: done + 1, told: soFar + Number(told) };
  }
  return summary;
}

async function judge() {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ name: string; n: number }>(
    'select name, count(*)::int as n from position join feed using (feed_id) group by name',
  );
  const journal = await client.query<{ n: number }>('select count(*)::int as n from live_journal');
  await client.end();
  const feeds = service.feeds.statuses().map((status) => {
    const lane = lanes.find(({ station }) => station.name === status.name);
    const { records, shed, connections, rejected } = status;
    const stored = rows.find(({ name }) => name === status.name)?.n ?? 0;
    const blows = summaryOf(lane?.blows ?? []);
    return {
      name: status.name,
      sent: lane?.station.sent ?? 0,
      records,
      stored,
      shed,
      connections,
      rejected,
      blows,
    };
  });
  const faults = [
    ...feeds
      .filter(({ records, stored }) => records !== stored)
      .map(({ name }) => `${name}: what was taken in is not what is stored`),
    ...lanes.flatMap(({ station, blows }) =>
      blows.flatMap(({ what, told, back }) => [
        ...(told ? [] : [`${station.name}: ${what} was not told`]),
        ...(back ? [] : [`${station.name}: was not back before ${what}`]),
      ]),
    ),
    ...(journal.rows[0].n > 0 ? ['the journal is not empty'] : []),
    ...complaints,
  ];
  const taken = feeds.reduce((sum, { records }) => sum + records, 0);
  return {
    machine: { cpu: cpus()[0].model, cores: cpus().length, node: process.versions.node },
    minutes,
    offeredPerSecond: PER_SECOND,
    takenPerSecond: Math.round(taken / seconds),
    peakRssMb: Math.round(peakRssMb),
    mostWaiting,
    feeds,
    faults,
  };
}
