import { randomBytes } from 'node:crypto';
import { existsSync, unwatchFile, watchFile, type Stats } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { OffingError } from '@offing/kit';
import { readVariable } from './config.ts';
import { CONFIG_NAME, faultLines, readFeedsConfig, type FeedsConfig } from './feeds-config.ts';

/** How often the file is looked at for changes, ms. */
const LOOK_EVERY_MS = 1000;

const EMPTY: FeedsConfig = { feeds: [], latenessMs: 600_000, rawKeepDays: 30, designations: [] };

/** Returns where the configuration stands: as named, else in the data folder or the working folder, whichever has one; else where one would be made. */
export function configPath(named: string | undefined, dataDir: string): string {
  if (named !== undefined) return resolve(named);
  const places = [join(resolve(dataDir), CONFIG_NAME), resolve(CONFIG_NAME)];
  return places.find((place) => existsSync(place)) ?? places[0];
}

/** Returns the configuration; one without feeds when there is no file. Throws OffingError `config` with all faults. */
export async function loadFeedsConfig(path: string): Promise<FeedsConfig> {
  const text = await textOf(path);
  if (text === null) return EMPTY;
  const { config, faults } = readFeedsConfig(text, readVariable);
  if (config !== null) return config;
  throw new OffingError('config', `${path} has ${faults.length} faults:\n${faultLines(faults)}`);
}

/** Calls back whenever the file has changed, come or gone; returns what ends that. */
export function watchConfig(path: string, onChange: () => void): () => void {
  const look = (now: Stats, before: Stats): void => {
    // A file that is not there is told once as if it had changed.
    if (now.mtimeMs !== before.mtimeMs || now.ino !== before.ino) onChange();
  };
  watchFile(path, { interval: LOOK_EVERY_MS, persistent: false }, look);
  return () => {
    unwatchFile(path, look);
  };
}

/** A feed as it stands in the file. */
export type FileFeed = Readonly<Record<string, unknown>>;

/** Returns the feeds as they stand in the file. Throws OffingError `config` when it is no JSON. */
export async function fileFeeds(
  path: string,
): Promise<{ readonly file: FileFeed; readonly feeds: readonly FileFeed[] }> {
  const text = await textOf(path);
  if (text === null) return { file: {}, feeds: [] };
  try {
    const file = JSON.parse(text) as FileFeed & { readonly feeds?: readonly FileFeed[] };
    if (file.feeds === undefined || Array.isArray(file.feeds)) return { file, feeds: file.feeds ?? [] };
  } catch {
    // Told below.
  }
  throw new OffingError('config', `${path} is no JSON with a list of feeds; correct it first`);
}

/** Writes the file as a whole or not at all; a reader never sees half of it. */
export async function writeFeeds(path: string, file: FileFeed, feeds: readonly FileFeed[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  await writeFile(part, `${JSON.stringify({ ...file, feeds }, null, 2)}\n`, { mode: 0o600 });
  await rename(part, path);
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new OffingError('config', `${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
