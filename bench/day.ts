// Replays a made-up day of MarineCadastre's shape (8 million rows when left out) with the program itself, and looks whether
// memory stays where it is and the time left is told truly. Writes bench/results/day-<date>.json.
import { spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openDatabase } from '@offing/store';
import { processUse, serverCpuSeconds } from './bench-server.ts';

const VESSELS = 15_000;
const DAY_S = 86_400;
const HEADER =
  'MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,TransceiverClass';
const OFFING = fileURLToPath(new URL('../services/offing/bin/offing.js', import.meta.url));

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '8000000' }, help: { type: 'boolean' } },
});
const rows = Number(values.rows);
if (values.help === true || !(rows >= VESSELS * 24)) {
  console.log(`npm run bench:day [-- --rows N]: 8,000,000 when left out, ${VESSELS * 24} at least`);
  process.exit(values.help === true ? 0 : 2);
}

const folder = await mkdtemp(join(tmpdir(), 'offing-day-'));
const file = join(folder, 'AIS_2023_01_11.csv');
const written = writeDay(file);
const server = await openDatabase({ dataDir: join(folder, 'data') });
try {
  const report = await replay();
  const results = fileURLToPath(new URL('results/', import.meta.url));
  await mkdir(results, { recursive: true });
  const name = `day-${new Date().toISOString().slice(0, 10)}.json`;
  await writeFile(join(results, name), `${JSON.stringify(report, null, 2)}\n`);
  console.log(JSON.stringify(report, null, 2));
  console.log(`kept in bench/results/${name}`);
} finally {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}

/** Writes the day, hour by hour and in it ship by ship, as NOAA's files are in parts; returns the number of rows. */
function writeDay(path: string): number {
  const out = openSync(path, 'w');
  const perHour = Math.floor(rows / VESSELS / 24);
  writeSync(out, `${HEADER}\n`);
  let count = 0;
  for (let hour = 0; hour < 24; hour++) {
    for (let first = 0; first < VESSELS; first += 500) {
      const lines: string[] = [];
      for (let ship = first; ship < first + 500; ship++)
        for (let i = 0; i < perHour; i++)
          lines.push(lineOf(ship, hour * 3600 + ((i + (ship % 97) / 97) * 3600) / perHour));
      writeSync(out, `${lines.join('\n')}\n`);
      count += lines.length;
    }
  }
  closeSync(out);
  return count;
}

/** One row: each ship goes its own way at its own speed, a third of them lie still. */
function lineOf(ship: number, second: number): string {
  const at = new Date(Date.UTC(2023, 0, 11) + Math.floor(Math.min(second, DAY_S - 1)) * 1000).toISOString();
  const sogKn = ship % 3 === 0 ? 0 : 4 + (ship % 140) / 10;
  const courseDeg = (ship * 37) % 360;
  const milesRun = (sogKn * second) / 3600;
  const lat = 25 + (ship % 200) / 10 + (milesRun / 60) * Math.cos((courseDeg * Math.PI) / 180);
  const lon = -130 + Math.floor(ship / 200) * 0.8 + (milesRun / 50) * Math.sin((courseDeg * Math.PI) / 180);
  const cells = [
    ...[367_000_000 + ship, at.slice(0, 19), lat.toFixed(5), lon.toFixed(5), sogKn.toFixed(1)],
    ...[courseDeg.toFixed(1), `${courseDeg}.0`, `VESSEL ${ship}`, `IMO${9_000_000 + ship}`, `WD${ship}`],
    ...[30 + (ship % 60), `${ship % 3 === 0 ? 1 : 0}.0`, `${20 + (ship % 300)}.0`, `${5 + (ship % 40)}.0`],
    ...[`${3 + (ship % 12)}.5`, '70.0', 'A'],
  ];
  return cells.join(',');
}

/** What was told of the time left, and when. */
type Told = { readonly atS: number; readonly leftS: number };

async function replay() {
  const began = performance.now();
  const cpuBefore = await serverCpuSeconds(join(folder, 'data'));
  const child = spawn(process.execPath, [OFFING, 'replay', file, '--data', join(folder, 'data'), '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const told: Told[] = [];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    for (const [, left] of chunk.toString().matchAll(/ETA (\d+) s/g))
      told.push({ atS: (performance.now() - began) / 1000, leftS: Number(left) });
  });
  let code: number | null | undefined;
  child.on('close', (exit) => (code = exit));
  const memory: { readonly atS: number; readonly rssMb: number }[] = [];
  let cpuSeconds = 0;
  while (code === undefined) {
    const rssMb = await rssOf(child.pid ?? 0);
    if (rssMb !== null) memory.push({ atS: (performance.now() - began) / 1000, rssMb });
    cpuSeconds = (await processUse(child.pid ?? 0))?.cpuSeconds ?? cpuSeconds;
    await wait(250);
  }
  const seconds = (performance.now() - began) / 1000;
  const { positions } = JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as { positions: number };
  if (code !== 0 || positions !== written)
    throw new Error(`replay ended with ${code}: ${output.slice(-500)}`);
  const postgresSeconds = (await serverCpuSeconds(join(folder, 'data'))) - cpuBefore;
  const tenths = Array.from({ length: 10 }, (_, tenth) =>
    peakBetween(memory, (tenth * seconds) / 10, ((tenth + 1) * seconds) / 10),
  );
  return {
    machine: { cpu: cpus()[0].model, cores: cpus().length, node: process.versions.node },
    rows: written,
    vessels: VESSELS,
    seconds: Math.round(seconds),
    positionsPerSecond: Math.round(written / seconds),
    cpuUsPerPosition: {
      node: Math.round((cpuSeconds / written) * 1e8) / 100,
      postgres: Math.round((postgresSeconds / written) * 1e8) / 100,
    },
    /** Most memory in each tenth of the time. */
    rssMbByTenth: tenths,
    /** When, in hundredths of the whole, how much was left by what was told, and by what came. */
    etas: told.map(({ atS, leftS }) => ({
      atPercent: Math.round((atS / seconds) * 100),
      toldLeftS: leftS,
      trueLeftS: Math.round(seconds - atS),
    })),
  };
}

function peakBetween(
  memory: readonly { readonly atS: number; readonly rssMb: number }[],
  from: number,
  to: number,
) {
  return Math.round(
    Math.max(0, ...memory.filter(({ atS }) => atS >= from && atS < to).map(({ rssMb }) => rssMb)),
  );
}

async function rssOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kb = /VmRSS:\s+(\d+)/.exec(status)?.[1];
  return kb === undefined ? null : Number(kb) / 1024;
}
