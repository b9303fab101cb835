import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase } from '@offing/store';

/** An embedded PostgreSQL with its usual settings (full durability), in a folder that goes when it is closed. */
export type BenchServer = { readonly url: string; readonly dataDir: string; close(): Promise<void> };

/** Starts a server with an empty schema. */
export async function startBenchServer(): Promise<BenchServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'offing-bench-'));
  const database = await openDatabase({ dataDir });
  await migrate(database.url);
  return {
    url: database.url,
    dataDir,
    async close() {
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const TICKS_PER_SECOND = 100;

/** Returns the processor seconds that the server of a data folder has used, those of ended sessions among them (proc(5)). */
export async function serverCpuSeconds(dataDir: string): Promise<number> {
  const pidFile = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  const postmaster = Number(pidFile.split('\n')[0]);
  if (!(postmaster > 0)) return 0;
  let ticks = 0;
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const stat = await statOf(Number(pid));
    if (stat === null) continue;
    if (Number(pid) === postmaster) ticks += stat.own + stat.children;
    else if (stat.parent === postmaster) ticks += stat.own;
  }
  return ticks / TICKS_PER_SECOND;
}

/** Returns processor seconds of one process so far and the most memory it held, MB; null when it is gone. */
export async function processUse(pid: number): Promise<{ cpuSeconds: number; peakRssMb: number } | null> {
  const stat = await statOf(pid);
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const peakKb = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? NaN);
  if (stat === null || Number.isNaN(peakKb)) return null;
  return { cpuSeconds: stat.own / TICKS_PER_SECOND, peakRssMb: peakKb / 1024 };
}

async function statOf(pid: number): Promise<{ parent: number; own: number; children: number } | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  if (text === '') return null;
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return { parent: fields[1], own: fields[11] + fields[12], children: fields[13] + fields[14] };
}
