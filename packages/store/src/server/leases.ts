import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTicks } from './live-process.ts';

let count = 0;

/** Writes down that a process uses the server of a data folder; returns the name to give back. */
export async function takeLease(folder: string, pid: number = process.pid): Promise<string> {
  await mkdir(folder, { recursive: true });
  const name = `${pid}-${await startTicks(pid)}-${count++}`;
  await writeFile(join(folder, name), '');
  return name;
}

/** Gives a lease back and returns how many are left whose processes still live; those of dead ones are cleared away. */
export async function giveBack(folder: string, name: string): Promise<number> {
  await rm(join(folder, name), { force: true });
  let left = 0;
  for (const lease of await readdir(folder)) {
    const [pid, ticks] = lease.split('-');
    if ((await startTicks(Number(pid))) === ticks) left++;
    else await rm(join(folder, lease), { force: true });
  }
  return left;
}
