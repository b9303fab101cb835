import type { Shutdown } from '@offing/kit';
import { loadFeedsConfig, watchConfig } from './feeds-config-file.ts';
import type { AllowedTargets } from '@offing/notify';
import { ListSchedule } from './list-schedule.ts';
import { LiveService, type LiveServiceOptions } from './live-service.ts';
import { loadReferenceOf } from './reference.ts';

/** What serving a configuration needs beside what the feeds do: what may be reached although it is not public. */
export type ServeFeedsOptions = LiveServiceOptions & { readonly allowed: AllowedTargets };

/**
 * Runs the feeds of a configuration file, fetches its lists of ships, and follows its changes, until the shutdown. Throws OffingError `config` when the
 * file is wrong at the start; a change that is wrong is told and changes nothing.
 */
export async function serveFeeds(
  path: string,
  options: ServeFeedsOptions,
  shutdown: Shutdown,
): Promise<void> {
  const config = await loadFeedsConfig(path);
  const live = new LiveService(options);
  const { databaseUrl, allowed, say } = options;
  const lists = new ListSchedule({
    databaseUrl,
    allowed,
    say,
    alone: (work) => aloneWith(live, databaseUrl, work),
  });
  let applied = live.apply(config).then(() => lists.apply(config.designations));
  const change = async (): Promise<void> => {
    try {
      const next = await loadFeedsConfig(path);
      if (!shutdown.running) {
        await live.apply(next);
        lists.apply(next.designations);
      }
      options.say(`feeds: ${next.feeds.map(({ name }) => name).join(', ') || 'none'} (${path} has changed)`);
    } catch (error) {
      options.say(`${(error as Error).message}\nthe feeds go on as before`);
    }
  };
  // One after the other: two changes within a second must not both start a feed.
  const unwatch = watchConfig(path, () => {
    applied = applied.then(change);
  });
  shutdown.add('live feeds', async () => {
    unwatch();
    await applied;
    const listsEnded = lists.stop();
    await live.stop();
    await listsEnded;
  });
  await applied;
  if (config.feeds.length > 0) options.say(`feeds: ${config.feeds.map(({ name }) => name).join(', ')}`);
}

/** Works while the feeds' engine is closed; it goes on with the lists as they are then. */
async function aloneWith<T>(live: LiveService, databaseUrl: string, work: () => Promise<T>): Promise<T> {
  let done: { readonly result: T } | null = null;
  await live.between(async () => {
    done = { result: await work() };
    return loadReferenceOf(databaseUrl);
  });
  if (done === null) throw new Error('the work was not done');
  return (done as { readonly result: T }).result;
}
