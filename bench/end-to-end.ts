import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openDatabase } from '@offing/store';
import { processUse, serverCpuSeconds } from './bench-server.ts';
import { writeTraffic } from './traffic.ts';

/** What the whole path came to: a file of NMEA lines to positions, events and alerts that can be asked for. */
export type EndToEndBench = {
  positionsPerSecond: number;
  positions: number;
  vessels: number;
  peakRssMb: number;
  cpuUsPerPosition: { node: number; postgres: number };
  /** The same for a longer input: what grows with its length shows here. */
  longer: { positionsPerSecond: number; positions: number; peakRssMb: number };
};

type Run = {
  readonly positionsPerSecond: number;
  readonly positions: number;
  readonly peakRssMb: number;
  readonly nodeUs: number;
  readonly postgresUs: number;
};

const VESSELS = 20_000;
const POSITIONS = 1_000_000;
const LONGER = 4_000_000;
const RUNS = 3;
const OFFING = fileURLToPath(new URL('../services/offing/bin/offing.js', import.meta.url));

/** Replays made-up traffic of 20,000 ships with the program itself, each time into a new data folder, server running. */
export async function benchEndToEnd(): Promise<EndToEndBench> {
  const folder = await mkdtemp(join(tmpdir(), 'offing-bench-'));
  try {
    const shorter = await median(folder, POSITIONS, RUNS);
    const longer = await median(folder, LONGER, 1);
    const grown = longer.peakRssMb - shorter.peakRssMb;
    console.log(
      `end to end  four times the input: ${grown > 0 ? '+' : ''}${grown.toFixed(0)} MB peak memory, ` +
        `${(longer.positionsPerSecond / shorter.positionsPerSecond).toFixed(2)} times the speed`,
    );
    return {
      positionsPerSecond: shorter.positionsPerSecond,
      positions: shorter.positions,
      vessels: VESSELS,
      peakRssMb: shorter.peakRssMb,
      cpuUsPerPosition: { node: shorter.nodeUs, postgres: shorter.postgresUs },
      longer: {
        positionsPerSecond: longer.positionsPerSecond,
        positions: longer.positions,
        peakRssMb: longer.peakRssMb,
      },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function median(folder: string, positions: number, runs: number): Promise<Run> {
  const file = join(folder, `traffic-${positions}.nmea`);
  writeTraffic(file, { vessels: VESSELS, positions, seed: 1 });
  const results: Run[] = [];
  for (let run = 0; run < runs; run++) results.push(await replay(file, positions));
  await rm(file);
  return results.sort((a, b) => a.positionsPerSecond - b.positionsPerSecond)[results.length >> 1];
}

async function replay(file: string, expected: number): Promise<Run> {
  const dataDir = await mkdtemp(join(tmpdir(), 'offing-bench-'));
  const server = await openDatabase({ dataDir });
  try {
    const cpuBefore = await serverCpuSeconds(dataDir);
    const child = spawn(process.execPath, [OFFING, 'replay', file, '--data', dataDir, '--json'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const use = { cpuSeconds: 0, peakRssMb: 0 };
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    let code: number | null | undefined;
    void ended.then((exit) => (code = exit));
    while (code === undefined) {
      Object.assign(use, await processUse(child.pid ?? 0));
      await Promise.race([ended, wait(50)]);
    }
    const report = JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as {
      positions: number;
      seconds: number;
    };
    if (code !== 0 || report.positions !== expected)
      throw new Error(`replay ended with ${code}, ${report.positions} of ${expected} positions`);
    const postgresSeconds = (await serverCpuSeconds(dataDir)) - cpuBefore;
    const run = {
      positionsPerSecond: Math.round(report.positions / report.seconds),
      positions: report.positions,
      peakRssMb: Math.round(use.peakRssMb),
      nodeUs: Math.round((use.cpuSeconds / report.positions) * 1e8) / 100,
      postgresUs: Math.round((postgresSeconds / report.positions) * 1e8) / 100,
    };
    console.log(
      `end to end  ${run.positions.toLocaleString('en')} positions: ${run.positionsPerSecond.toLocaleString('en')}/s, ` +
        `peak ${run.peakRssMb} MB, CPU ${run.nodeUs} µs (node) + ${run.postgresUs} µs (PostgreSQL) a position`,
    );
    return run;
  } finally {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(await benchEndToEnd()));
