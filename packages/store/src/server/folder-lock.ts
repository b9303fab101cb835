import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { OffingError } from '@offing/kit';
import { startTicks } from './live-process.ts';

const PATIENCE_MS = 90_000;

/**
 * Does work that only one process may do at a time: the file names its holder, and a holder that is gone does not count.
 * Throws when the file cannot be written, or when another process holds it for a minute and a half.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await acquire(path);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string): Promise<void> {
  const mine = `${process.pid} ${await startTicks(process.pid)}`;
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      await writeFile(path, mine, { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (await isStale(path)) await rm(path, { force: true });
    else if (performance.now() > until) {
      throw new OffingError(
        'database-locked',
        `${path} is held by another process for too long; remove it if none runs`,
      );
    }
    await wait(20 + Math.floor(20 * (process.pid % 7)) / 7);
  }
}

async function isStale(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const [pid, ticks] = text.split(' ');
  // Empty: its holder is between creating and writing it.
  if (text === '') return false;
  const running = await startTicks(Number(pid));
  return running === null || running !== ticks;
}
