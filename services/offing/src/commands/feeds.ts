import { listFeeds, liveFeeds, rejectsByCode, type LiveFeedRecord } from '@offing/store';
import { isoOf, MINUTE_MS } from '@offing/units';
import { withReader } from '../database.ts';
import { configPath, fileFeeds } from '../feeds-config-file.ts';
import type { FeedsFlags } from './feeds-config.ts';

/** What a running service said longer ago than this says nothing about now, ms (ours): it says it every five seconds. */
const FRESH_MS = MINUTE_MS;

/** A feed of the configuration; `live` is how it is doing, null where no service runs it. */
type Configured = { readonly name: string; readonly kind: string; readonly live: LiveFeedRecord | null };

/** Prints the feeds that were read with what each brought, what was refused, and the configured feeds with how each is doing. */
export async function listKnownFeeds(options: FeedsFlags & { readonly json: boolean }): Promise<void> {
  const { feeds: inFile } = await fileFeeds(configPath(options.config, options.data));
  await withReader(options.data, async (reader) => {
    const feeds = await listFeeds(reader);
    const rejected = await rejectsByCode(reader);
    const running = (await liveFeeds(reader)).filter(({ updatedAt }) => Date.now() - updatedAt < FRESH_MS);
    const configured = inFile.map((feed): Configured => {
      const name = String(feed['name']);
      const live = running.find((one) => one.name === name && one.state !== 'stopped') ?? null;
      return { name, kind: String(feed['kind']), live };
    });
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ feeds, rejected, configured })}\n`
        : `${plainList(feeds, rejected)}${configured.map(configuredLine).join('')}`,
    );
  });
}

function plainList(
  feeds: Awaited<ReturnType<typeof listFeeds>>,
  rejected: Readonly<Record<string, number>>,
): string {
  if (feeds.length === 0) return 'No feed was read yet: offing replay FILES…\n';
  const lines = feeds.map((feed) => {
    const span =
      feed.firstAt === null ? '' : `, ${isoOf(feed.firstAt)} to ${isoOf(feed.lastAt ?? feed.firstAt)}`;
    const marked = feed.synthetic ? ' (SYNTHETIC: made-up ships)' : '';
    return `${feed.name}${marked}: ${feed.positions} positions of ${feed.vessels} vessels${span}`;
  });
  const refused = Object.entries(rejected).map(([code, n]) => `${n} ${code}`);
  return `${[...lines, ...(refused.length > 0 ? [`refused: ${refused.join(', ')}`] : [])].join('\n')}\n`;
}

function configuredLine({ name, kind, live }: Configured): string {
  if (live === null) return `configured: ${name} (${kind}), not running\n`;
  const rate = live.perMinute === null ? '' : `, ${live.perMinute} records a minute`;
  const fault = live.fault === null ? '' : `: ${live.fault}`;
  return `configured: ${name} (${kind}), ${live.state}${rate}${fault}\n`;
}
