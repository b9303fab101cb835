import { OffingError } from '@offing/kit';
import { isoOf } from '@offing/units';
import { readTellConfig } from '../config.ts';
import { withDatabase } from '../database.ts';
import { importUrls } from '../fetch-lists.ts';
import { instantFlag } from '../flags.ts';
import { isListUrl, readListFiles } from '../list-files.ts';
import { takeLists, type TakeSay } from '../take-lists.ts';

/** Flags of `designations import` as the command line gives them. */
export type ImportFlags = {
  readonly list?: string;
  readonly published?: string;
  readonly acceptShrunk: boolean;
  readonly data: string;
};

/**
 * Runs `offing designations import`: reads list files, or fetches them, keeps what they hold, and tells what changed. Ships
 * that were seen while a list held them get their alerts, known since the list is. Returns 1 when a file changed nothing
 * because it must not be believed, or could not be had.
 */
export async function importDesignations(given: readonly string[], flags: ImportFlags): Promise<number> {
  const now = Date.now();
  const knownSince = flags.published === undefined ? now : instantFlag('--published', flags.published);
  if (knownSince > now)
    throw new OffingError('usage-published', `--published: ${isoOf(knownSince)} is not yet`, {
      value: flags.published,
    });
  const urls = given.filter(isListUrl);
  if (urls.length > 0 && urls.length < given.length)
    throw new OffingError('usage-lists', 'files and addresses at once; import one after the other');
  const options = {
    ...(flags.list === undefined ? {} : { list: flags.list }),
    knownSince,
    acceptShrunk: flags.acceptShrunk,
    say: SAY,
  };
  if (urls.length > 0) {
    const allowed = new Set(readTellConfig().allowedTargets);
    return withDatabase(flags.data, async ({ url }) => {
      const { outcome } = await importUrls(url, urls, { ...options, allowed });
      return outcome === 'refused' || outcome === 'failed' ? 1 : 0;
    });
  }
  const readings = await readListFiles(given.map((path) => ({ path, name: path })));
  return withDatabase(flags.data, async ({ url }) => {
    const { refusals } = await takeLists(url, readings, options);
    return refusals.length > 0 ? 1 : 0;
  });
}

const SAY: TakeSay = {
  text: (text) => process.stdout.write(text),
  alarm: (text) => process.stderr.write(text),
  waiting: () => process.stderr.write('another engine is writing to this database; waiting for it to end\n'),
};
