import type { Shutdown } from '@offing/kit';
import { loadFeedsConfig, watchConfig } from './feeds-config-file.ts';
import { LiveService, type LiveServiceOptions } from './live-service.ts';

/**
 * Runs the feeds of a configuration file, and follows its changes, until the shutdown. Throws OffingError `config` when the
 * file is wrong at the start; a change that is wrong is told and changes nothing.
 */
export async function serveFeeds(
  path: string,
  options: LiveServiceOptions,
  shutdown: Shutdown,
): Promise<void> {
  const config = await loadFeedsConfig(path);
  const live = new LiveService(options);
  let applied = live.apply(config);
  const change = async (): Promise<void> => {
    try {
      const next = await loadFeedsConfig(path);
      if (!shutdown.running) await live.apply(next);
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
    await live.stop();
  });
  await applied;
  if (config.feeds.length > 0) options.say(`feeds: ${config.feeds.map(({ name }) => name).join(', ')}`);
}
