import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { OffingError } from '@offing/kit';
import { startTicks } from './live-process.ts';

const PATIENCE_MS = 90_000;
/** A lock file that is empty for longer was left so. */
const HALF_WRITTEN_MS = 3_000;

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
    const stale = await staleText(path);
    if (stale !== null) await removeIf(path, stale);
    else if (performance.now() > until) {
      throw new OffingError(
        'database-locked',
        `${path} is held by another process for too long; remove it if none runs`,
      );
    }
    await wait(20 + Math.floor(20 * (process.pid % 7)) / 7);
  }
}

/** What a lock file says whose holder is gone; null while the holder lives. */
async function staleText(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  if (text === '') {
    // Its holder is between creating and writing it, or was killed there.
    const found = await stat(path).catch(() => null);
    return found !== null && Date.now() - found.mtimeMs > HALF_WRITTEN_MS ? text : null;
  }
  const [pid, ticks] = text.split(' ');
  const running = await startTicks(Number(pid));
  return running === null || running !== ticks ? text : null;
}

/** Removes a lock file if it still says this: another process may have put its own there meanwhile. */
async function removeIf(path: string, text: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== text) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}
