import { listFeeds, openReader, rejectsByCode } from '@offing/store';
import { isoOf } from '@offing/units';
import { withDatabase } from '../database.ts';

/** Prints the feeds that were read with what each brought, and what was refused. */
export async function listKnownFeeds(options: {
  readonly json: boolean;
  readonly data: string;
}): Promise<void> {
  await withDatabase(options.data, async ({ url }) => {
    const reader = openReader({ databaseUrl: url, connections: 1 });
    try {
      const feeds = await listFeeds(reader);
      const rejected = await rejectsByCode(reader);
      process.stdout.write(
        options.json ? `${JSON.stringify({ feeds, rejected })}\n` : plainList(feeds, rejected),
      );
    } finally {
      await reader.close();
    }
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
